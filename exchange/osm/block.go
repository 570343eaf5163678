package osm

import (
	"errors"
	"fmt"
	"math"
)

// errIndex is a reference to a string that the block does not have.
var errIndex = errors.New("it refers to a text that it does not have: the file is damaged here")

// tags are the keys and values of one object; valid during a call only.
type tags struct {
	text  []string
	pairs [][2]uint32
}

// get returns the value of a key, "" when there is none.
func (t tags) get(key string) string {
	for _, p := range t.pairs {
		if t.text[p[0]] == key {
			return t.text[p[1]]
		}
	}
	return ""
}

// member is one member of a relation.
type member struct {
	id   int64
	kind int // 0 node, 1 way, 2 relation
	role string
}

// visitor is told what is in a block. A nil function passes over its kind.
type visitor struct {
	node     func(id int64, lat, lon int32, t tags) error
	way      func(id int64, t tags, refs []int64) error
	relation func(id int64, t tags, members []member) error
}

// holds says which kinds of objects a block has.
type holds struct{ nodes, ways, relations bool }

// block is the content of one OSMData blob.
type block struct {
	text        []string
	granularity int64
	lat0, lon0  int64
	t           tags
	refs        []int64
	members     []member
}

// read tells v what is in the block.
func (b *block) read(data []byte, v visitor) (holds, error) {
	var has holds
	b.text, b.granularity, b.lat0, b.lon0 = b.text[:0], 100, 0, 0
	var groups [][]byte
	w := wire{b: data}
	for field, t := range w.fields {
		switch field {
		case 1:
			if err := b.strings(w.bytes(t)); err != nil {
				return has, err
			}
		case 2:
			groups = append(groups, w.bytes(t))
		case 17:
			b.granularity = int64(int32(w.number(t)))
		case 19:
			b.lat0 = int64(w.number(t))
		case 20:
			b.lon0 = int64(w.number(t))
		default:
			w.skip(t)
		}
	}
	if w.err != nil {
		return has, w.err
	}
	if b.granularity <= 0 {
		return has, fmt.Errorf("its granularity is %d: the file is damaged here", b.granularity)
	}
	b.t.text = b.text
	for _, g := range groups {
		if err := b.group(g, v, &has); err != nil {
			return has, err
		}
	}
	return has, nil
}

func (b *block) strings(data []byte) error {
	w := wire{b: data}
	for field, t := range w.fields {
		if field == 1 {
			b.text = append(b.text, string(w.bytes(t)))
		} else {
			w.skip(t)
		}
	}
	return w.err
}

func (b *block) group(data []byte, v visitor, has *holds) error {
	w := wire{b: data}
	for field, t := range w.fields {
		var err error
		switch {
		case field == 1:
			if has.nodes = true; v.node != nil {
				err = b.node(w.bytes(t), v.node)
				break
			}
			w.skip(t)
		case field == 2:
			if has.nodes = true; v.node != nil {
				err = b.dense(w.bytes(t), v.node)
				break
			}
			w.skip(t)
		case field == 3:
			if has.ways = true; v.way != nil {
				err = b.way(w.bytes(t), v.way)
				break
			}
			w.skip(t)
		case field == 4:
			if has.relations = true; v.relation != nil {
				err = b.relation(w.bytes(t), v.relation)
				break
			}
			w.skip(t)
		default:
			w.skip(t)
		}
		if err != nil {
			return err
		}
	}
	return w.err
}

// place turns a stored coordinate into ten-millionths of a degree.
func (b *block) place(lat, lon int64) (int32, int32, error) {
	y, x := (b.lat0+b.granularity*lat)/100, (b.lon0+b.granularity*lon)/100
	if y < -90e7 || y > 90e7 || x < -180e7 || x > 180e7 {
		return 0, 0, fmt.Errorf("a node lies at latitude %v, longitude %v: the file is damaged here", float64(y)/1e7, float64(x)/1e7)
	}
	return int32(y), int32(x), nil
}

func (b *block) node(data []byte, do func(int64, int32, int32, tags) error) error {
	var id, lat, lon int64
	var keys, values []byte
	w := wire{b: data}
	for field, t := range w.fields {
		switch field {
		case 1, 8, 9:
			v := w.number(t)
			s := int64(v>>1) ^ -int64(v&1)
			switch field {
			case 1:
				id = s
			case 8:
				lat = s
			case 9:
				lon = s
			}
		case 2:
			keys = w.bytes(t)
		case 3:
			values = w.bytes(t)
		default:
			w.skip(t)
		}
	}
	if w.err != nil {
		return w.err
	}
	y, x, err := b.place(lat, lon)
	if err != nil {
		return err
	}
	if err := b.pairs(keys, values); err != nil {
		return err
	}
	return do(id, y, x, b.t)
}

func (b *block) dense(data []byte, do func(int64, int32, int32, tags) error) error {
	var ids, lats, lons, texts wire
	w := wire{b: data}
	for field, t := range w.fields {
		switch field {
		case 1:
			ids.b = w.bytes(t)
		case 8:
			lats.b = w.bytes(t)
		case 9:
			lons.b = w.bytes(t)
		case 10:
			texts.b = w.bytes(t)
		default:
			w.skip(t)
		}
	}
	if w.err != nil {
		return w.err
	}
	tagged := len(texts.b) > 0
	var id, lat, lon int64
	for len(ids.b) > 0 {
		if len(lats.b) == 0 || len(lons.b) == 0 {
			return errors.New("it has more nodes than places: the file is damaged here")
		}
		id += ids.signed()
		lat += lats.signed()
		lon += lons.signed()
		b.t.pairs = b.t.pairs[:0]
		for tagged {
			if len(texts.b) == 0 {
				return errIndex
			}
			k := texts.varint()
			if k == 0 && texts.err == nil {
				break
			}
			value := texts.varint()
			if texts.err != nil || k >= uint64(len(b.text)) || value >= uint64(len(b.text)) {
				return errIndex
			}
			b.t.pairs = append(b.t.pairs, [2]uint32{uint32(k), uint32(value)})
		}
		if ids.err != nil || lats.err != nil || lons.err != nil {
			return errWire
		}
		y, x, err := b.place(lat, lon)
		if err != nil {
			return err
		}
		if err := do(id, y, x, b.t); err != nil {
			return err
		}
	}
	return nil
}

// pairs fills in the tags of an object from its keys and values.
func (b *block) pairs(keys, values []byte) error {
	b.t.pairs = b.t.pairs[:0]
	k, v := wire{b: keys}, wire{b: values}
	for len(k.b) > 0 {
		key, value := k.varint(), v.varint()
		if k.err != nil || v.err != nil {
			return errWire
		}
		if key >= uint64(len(b.text)) || value >= uint64(len(b.text)) {
			return errIndex
		}
		b.t.pairs = append(b.t.pairs, [2]uint32{uint32(key), uint32(value)})
	}
	return nil
}

func (b *block) way(data []byte, do func(int64, tags, []int64) error) error {
	var id int64
	var keys, values, refs []byte
	w := wire{b: data}
	for field, t := range w.fields {
		switch field {
		case 1:
			id = int64(w.number(t))
		case 2:
			keys = w.bytes(t)
		case 3:
			values = w.bytes(t)
		case 8:
			refs = w.bytes(t)
		default:
			w.skip(t)
		}
	}
	if w.err != nil {
		return w.err
	}
	if err := b.pairs(keys, values); err != nil {
		return err
	}
	b.refs = b.refs[:0]
	var ref int64
	for r := (wire{b: refs}); len(r.b) > 0; {
		ref += r.signed()
		if r.err != nil {
			return r.err
		}
		b.refs = append(b.refs, ref)
	}
	return do(id, b.t, b.refs)
}

func (b *block) relation(data []byte, do func(int64, tags, []member) error) error {
	var id int64
	var keys, values []byte
	var roles, ids, kinds wire
	w := wire{b: data}
	for field, t := range w.fields {
		switch field {
		case 1:
			id = int64(w.number(t))
		case 2:
			keys = w.bytes(t)
		case 3:
			values = w.bytes(t)
		case 8:
			roles.b = w.bytes(t)
		case 9:
			ids.b = w.bytes(t)
		case 10:
			kinds.b = w.bytes(t)
		default:
			w.skip(t)
		}
	}
	if w.err != nil {
		return w.err
	}
	if err := b.pairs(keys, values); err != nil {
		return err
	}
	if n := count(ids.b); n != count(roles.b) || n != count(kinds.b) {
		return errors.New("a relation has more members than roles or kinds: the file is damaged here")
	}
	b.members = b.members[:0]
	var ref int64
	for len(ids.b) > 0 {
		ref += ids.signed()
		role, kind := roles.varint(), kinds.varint()
		if ids.err != nil || roles.err != nil || kinds.err != nil {
			return errWire
		}
		if role >= uint64(len(b.text)) || kind > math.MaxInt8 {
			return errIndex
		}
		b.members = append(b.members, member{ref, int(kind), b.text[role]})
	}
	return do(id, b.t, b.members)
}
