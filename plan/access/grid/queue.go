package grid

import (
	"math"
	"math/bits"
)

// queue holds the cells that a search has seen and not yet settled, by their
// time. Times are cut into slots of equal width, numbered by 32 bits; a list
// of cells hangs on the slot of the search at hand and on the next few hundred,
// coarser lists on what is farther, and a coarse list is dealt out when its
// turn comes: the multi-level buckets of Cherkassky, Goldberg and Silverstein,
// SIAM Journal on Computing 28 (1999) 1326-1346.
//
// Inside a slot the order is that of arrival. A search therefore may settle a
// cell, find a shorter way inside the same slot, and settle it again: what it
// ends with is exact whatever the width of a slot.
//
// The lists are kept apart for groups of sources that are neighbours: see
// finder.run.
type queue struct {
	*lists          // of the group at hand
	perSlot float64 // slots for a second
	// pool is cut into blocks; the first word of a block is the end of the
	// block before it in its list, the others are entries: slot and cell.
	pool []uint64
	free uint32 // the first of the blocks that are free
}

// lists are the lists of a group.
type lists struct {
	now  uint32              // the slot at hand
	ends [levels][256]uint32 // where the next entry of each list goes
	some [levels][4]uint64   // which lists have entries
}

const (
	levels = 4  // of 8 bits each
	block  = 64 // words

	// A time beyond the last slot waits in the last one.
	lastSlot = math.MaxUint32
)

// reset empties the queue for times of about that width; cells is how many
// there are on the map.
func (q *queue) reset(width float64, cells int) {
	if q.pool == nil {
		// Memory is taken where it is used, a page at a time.
		q.pool = make([]uint64, block, 16*block+cells/2)
	}
	q.pool, q.free, q.lists = q.pool[:block], 0, nil
	q.perSlot = 1 / width
	if !(q.perSlot < math.MaxFloat64) {
		q.perSlot = 1
	}
}

// slot is that of a time. It grows with time, and never falls.
func (q *queue) slot(seconds float64) uint32 {
	if x := seconds * q.perSlot; x < lastSlot {
		return uint32(x)
	}
	return lastSlot
}

// push adds a cell whose slot is that at hand or a later one.
func (q *queue) push(slot, cell uint32) {
	level := uint(bits.Len32(slot^q.now|1)-1) / 8 % levels
	list := slot >> (8 * level) & 255
	end := q.ends[level][list]
	if end%block == 0 {
		end = q.grow(level, list)
	}
	q.pool[end] = uint64(slot)<<32 | uint64(cell)
	q.ends[level][list] = end + 1
}

// grow gives a list another block and returns where its next entry goes.
func (q *queue) grow(level uint, list uint32) uint32 {
	before := q.ends[level][list]
	if before == 0 {
		q.some[level][list/64] |= 1 << (list % 64)
	}
	b := q.free
	if b != 0 {
		q.free = uint32(q.pool[b])
	} else {
		b = uint32(len(q.pool))
		q.pool = append(q.pool, make([]uint64, block)...)
	}
	q.pool[b] = uint64(before)
	return b + 1
}

// next takes the list of the first slot that has one and returns its end; 0
// when no slot before until has one. Walk the list backwards with done.
func (q *queue) next(until uint64) uint32 {
	for {
		if list, ok := q.first(0); ok {
			now := q.now&^255 | list
			if uint64(now) >= until {
				return 0
			}
			q.now = now
			return q.take(0, list)
		}
		level := uint(1)
		list, ok := uint32(0), false
		for ; level < levels; level++ {
			if list, ok = q.first(level); ok {
				break
			}
		}
		now := (q.now>>(8*level)&^255 | list) << (8 * level)
		if !ok || uint64(now) >= until {
			return 0
		}
		q.now = now
		for end := q.take(level, list); end != 0; {
			first := (end - 1) &^ (block - 1)
			for i := first + 1; i < end; i++ {
				e := q.pool[i]
				q.push(uint32(e>>32), uint32(e))
			}
			end = q.done(first)
		}
	}
}

// first finds the lowest list of a level that has entries.
func (q *lists) first(level uint) (uint32, bool) {
	for i, w := range q.some[level] {
		if w != 0 {
			return uint32(64*i + bits.TrailingZeros64(w)), true
		}
	}
	return 0, false
}

// start is the first slot of the first list that has entries; the entries of a
// coarse list may be later.
func (q *lists) start() (uint32, bool) {
	for level := range uint(levels) {
		if list, ok := q.first(level); ok {
			return (q.now>>(8*level)&^255 | list) << (8 * level), true
		}
	}
	return 0, false
}

func (q *lists) take(level uint, list uint32) uint32 {
	end := q.ends[level][list]
	q.ends[level][list] = 0
	q.some[level][list/64] &^= 1 << (list % 64)
	return end
}

// done frees a block that has been walked and returns the end of the block
// before it, 0 if it was the last.
func (q *queue) done(first uint32) uint32 {
	before := uint32(q.pool[first])
	q.pool[first] = uint64(q.free)
	q.free = first
	return before
}
