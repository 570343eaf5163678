// Package osm reads roads from an extract of OpenStreetMap (.osm.pbf) and
// makes a network of them on which travel times can be computed.
//
// [Read] takes from the file what a car or an ambulance can use, with all that
// its speed depends on. [Roads.Network] turns that into a graph for one
// vehicle, one season and one table of speeds, as often as wanted, without
// reading again. Nothing in the network loses its number: every node of every
// road can be asked for by its id in OpenStreetMap, and the times keep gates,
// one-way streets and turn restrictions exactly.
//
// Nothing is guessed in silence. What a mapper wrote and the program does not
// understand is counted in the [Report], with every road that was left out and
// every restriction that was not applied, and why. Assumptions stand in
// speeds.csv, and a user may put a table of her own over it. The method is told
// in docs/method/access.md, OpenStreetMap.
package osm

import (
	"context"
	"io"
	"math"
	"slices"
	"sync"

	"github.com/shanyraq/shanyraq/fault"
)

// nowhere marks a node whose place the file does not have.
const nowhere = math.MinInt32

// maxRefs bounds the nodes of all roads, counted along the roads.
const maxRefs = math.MaxInt32 - 1 // so that a piece fits 32 bits with its direction

// Roads are the roads of a file. They do not change and may be used by several
// goroutines at once.
type Roads struct {
	Report Report

	ids      []int64 // of the nodes, ascending
	lat, lon []int32 // in ten-millionths of a degree; nowhere where not known

	ways   []int64  // ids, in the order of the file
	kindOf []uint32 // the kind of each way
	first  []int    // where the nodes of each way begin in refs, and the end
	refs   []uint32 // nodes along the ways
	kinds  []Kind

	spots  []Spot
	spotAt map[uint32]uint32 // node: place in spots

	restrictions []Restriction
}

// Read reads the roads of an extract. The file is read twice: first the ways,
// then the places of the nodes that they use, so that the memory grows with
// the roads and not with the file.
//
// It returns fault.Invalid with the number and the first byte of the block
// where a file is damaged, cut off, or of another format.
func Read(ctx context.Context, file string, src io.ReadSeeker) (*Roads, error) {
	r := &Roads{spotAt: map[uint32]uint32{}}
	all := newCounter()
	withNodes, raw, err := r.readWays(ctx, file, src, all)
	if err != nil {
		return nil, err
	}
	if len(r.ways) == 0 {
		return nil, fault.New(fault.Invalid, "osm.Read", file, "there are no roads in it (%d ways, none with a highway that may be driven): take an extract with roads", all.report.Ways)
	}
	r.number(raw)
	if _, err := src.Seek(0, io.SeekStart); err != nil {
		return nil, fault.New(fault.Internal, "osm.Read", file, "cannot go back to the start of the file: %w", err)
	}
	if err := r.readNodes(ctx, file, src, all, withNodes); err != nil {
		return nil, err
	}
	all.report.File = file
	r.Report = all.report
	r.measure()
	return r, nil
}

// way is a road as a block has it.
type way struct {
	id   int64
	kind Kind
	refs []int64
}

// found is what the first pass takes from a block.
type found struct {
	has          holds
	ways         []way
	restrictions []Restriction
}

// readWays is the first pass. It returns the blocks that hold nodes and the
// ids of nodes along the ways.
func (r *Roads) readWays(ctx context.Context, file string, src io.Reader, all *counter) (withNodes map[int]bool, raw []int64, err error) {
	withNodes = map[int]bool{}
	kindNumber := map[Kind]uint32{}
	r.first = []int{0}
	workers := newWorkers()
	worker := func() func([]byte) (found, error) {
		c := workers.counter()
		var u unpacker
		var b block
		return func(packed []byte) (f found, err error) {
			data, err := u.unpack(packed)
			if err != nil {
				return f, err
			}
			f.has, err = b.read(data, visitor{
				way: func(id int64, t tags, refs []int64) error {
					c.report.Ways++
					if k, ok := c.kind(t); ok {
						if len(refs) < 2 {
							c.leaveOut("fewer than two nodes")
							return nil
						}
						f.ways = append(f.ways, way{id, k, slices.Clone(refs)})
					}
					return nil
				},
				relation: func(id int64, t tags, members []member) error {
					c.report.Relations++
					f.restrictions = append(f.restrictions, c.restriction(id, t, members)...)
					return nil
				},
			})
			return f, err
		}
	}
	b := newBlobs(file, src)
	err = inOrder(ctx, b, b.wantData, worker, func(at blob, f found) error {
		if f.has.nodes {
			withNodes[at.number] = true
		}
		for _, w := range f.ways {
			k, known := kindNumber[w.kind]
			if !known {
				k = uint32(len(r.kinds))
				kindNumber[w.kind] = k
				r.kinds = append(r.kinds, w.kind)
			}
			r.ways, r.kindOf = append(r.ways, w.id), append(r.kindOf, k)
			raw = append(raw, w.refs...)
			r.first = append(r.first, len(raw))
		}
		r.restrictions = append(r.restrictions, f.restrictions...)
		if len(raw) > maxRefs {
			return fault.New(fault.TooLarge, "osm.Read", file, "the roads have more than %d nodes: take an extract of a part", maxRefs)
		}
		return nil
	})
	workers.sum(all)
	return withNodes, raw, err
}

// number gives the nodes of the roads numbers of their own, in the order of
// their ids.
func (r *Roads) number(raw []int64) {
	r.ids = slices.Clone(raw)
	slices.Sort(r.ids)
	r.ids = slices.Clip(slices.Compact(r.ids))
	r.refs = make([]uint32, len(raw))
	for i, id := range raw {
		n, _ := slices.BinarySearch(r.ids, id)
		r.refs[i] = uint32(n)
	}
	r.lat, r.lon = make([]int32, len(r.ids)), make([]int32, len(r.ids))
	for i := range r.lat {
		r.lat[i] = nowhere
	}
}

// hit is a node of a road that stands in a block.
type hit struct {
	node     uint32
	lat, lon int32
	spot     *Spot
}

// readNodes is the second pass.
func (r *Roads) readNodes(ctx context.Context, file string, src io.Reader, all *counter, withNodes map[int]bool) error {
	workers := newWorkers()
	spotNumber := map[Spot]uint32{}
	worker := func() func([]byte) ([]hit, error) {
		c := workers.counter()
		var u unpacker
		var b block
		return func(packed []byte) (hits []hit, err error) {
			data, err := u.unpack(packed)
			if err != nil {
				return nil, err
			}
			at, before := 0, int64(math.MinInt64)
			_, err = b.read(data, visitor{node: func(id int64, lat, lon int32, t tags) error {
				c.report.Nodes++
				if before == math.MinInt64 || id < before {
					at, _ = slices.BinarySearch(r.ids, id)
				}
				for before = id; at < len(r.ids) && r.ids[at] < id; at++ {
				}
				if at < len(r.ids) && r.ids[at] == id {
					h := hit{uint32(at), lat, lon, nil}
					if len(t.pairs) > 0 {
						if s, ok := c.spot(t); ok {
							h.spot = &s
						}
					}
					hits = append(hits, h)
				}
				return nil
			}})
			return hits, err
		}
	}
	b := newBlobs(file, src)
	err := inOrder(ctx, b, func(x blob) bool { return withNodes[x.number] }, worker, func(_ blob, hits []hit) error {
		for _, h := range hits {
			r.lat[h.node], r.lon[h.node] = h.lat, h.lon
			if h.spot == nil {
				continue
			}
			n, known := spotNumber[*h.spot]
			if !known {
				n = uint32(len(r.spots))
				spotNumber[*h.spot] = n
				r.spots = append(r.spots, *h.spot)
			}
			r.spotAt[h.node] = n
		}
		return nil
	})
	workers.sum(all)
	for _, n := range r.spotAt {
		all.report.Spots[r.spots[n].What]++
	}
	return err
}

// workers are the counters of the workers of one pass.
type workers struct {
	mu  sync.Mutex
	all []*counter
}

func newWorkers() *workers { return &workers{} }

func (w *workers) counter() *counter {
	c := newCounter()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.all = append(w.all, c)
	return c
}

func (w *workers) sum(into *counter) {
	for _, c := range w.all {
		into.add(c)
	}
}

// measure counts lengths by class and what the file lacks.
func (r *Roads) measure() {
	for _, l := range r.lat {
		if l == nowhere {
			r.Report.MissingNodes++
		}
	}
	for w := range r.ways {
		x := r.Report.Classes[r.kinds[r.kindOf[w]].Class]
		x.Ways++
		short := false
		for i := r.first[w]; i+1 < r.first[w+1]; i++ {
			if r.lat[r.refs[i]] == nowhere || r.lat[r.refs[i+1]] == nowhere {
				short = true
				continue
			}
			x.Km += r.metres(r.refs[i], r.refs[i+1]) / 1000
		}
		if short {
			r.Report.WaysShort++
		}
		r.Report.Classes[r.kinds[r.kindOf[w]].Class] = x
	}
	r.Report.Roads = len(r.ways)
}

// earth is the mean radius of the earth in metres.
const earth = 6371008.8

// metres returns the length of the great circle between two nodes (haversine).
func (r *Roads) metres(a, b uint32) float64 {
	const rad = math.Pi / 180 / 1e7
	lat1, lat2 := float64(r.lat[a])*rad, float64(r.lat[b])*rad
	s := math.Sin((lat2 - lat1) / 2)
	t := math.Sin((float64(r.lon[b]) - float64(r.lon[a])) * rad / 2)
	return 2 * earth * math.Asin(math.Min(1, math.Sqrt(s*s+math.Cos(lat1)*math.Cos(lat2)*t*t)))
}

// Place returns the longitude and latitude of a node by its id; ok is false
// where no road has it or the file lacks its place.
func (r *Roads) Place(id int64) (lon, lat float64, ok bool) {
	n, there := slices.BinarySearch(r.ids, id)
	if !there || r.lat[n] == nowhere {
		return 0, 0, false
	}
	lon, lat = r.degrees(uint32(n))
	return lon, lat, true
}

// IDs returns the ids of the nodes of all roads, ascending. Do not change it.
func (r *Roads) IDs() []int64 { return r.ids }
