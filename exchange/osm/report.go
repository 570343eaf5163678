package osm

import (
	"maps"
	"sort"
)

// maxUnknown bounds how many different values that are not understood are
// told apart; the others are counted together.
const maxUnknown = 5000

// Report tells what was read from a file and what was not understood.
type Report struct {
	File                    string
	Nodes, Ways, Relations  int // in the file
	Roads                   int // ways that some profile may use
	Classes                 map[string]Extent
	LeftOut                 map[string]int // ways that look like roads, by the reason why they are none
	Unknown                 map[string]int // tags with values that are not understood, as key=value
	Spots                   map[string]int // gates, bollards, lights on roads
	Conditional             int            // tags that hold at certain hours only and are not applied
	Restrictions            int            // turn restrictions that can be applied
	Ignored                 map[string]int // turn restrictions that are not, by reason
	MissingNodes, WaysShort int            // nodes that a road names and the file lacks; roads cut for it
}

// Extent is how many ways there are and how long they are together.
type Extent struct {
	Ways int
	Km   float64
}

// counter counts while blocks are read; every worker has its own.
type counter struct{ report Report }

func newCounter() *counter {
	return &counter{Report{Classes: map[string]Extent{}, LeftOut: map[string]int{}, Unknown: map[string]int{}, Spots: map[string]int{}, Ignored: map[string]int{}}}
}

func (c *counter) unknown(key, value string) {
	name := key + "=" + clip(value)
	if _, there := c.report.Unknown[name]; !there && len(c.report.Unknown) >= maxUnknown {
		name = "others"
	}
	c.report.Unknown[name]++
}

// leaveOut counts a way that is not taken and reports false.
func (c *counter) leaveOut(reason string) bool {
	c.report.LeftOut[reason]++
	return false
}

// add adds what another worker counted.
func (c *counter) add(o *counter) {
	r, s := &c.report, &o.report
	r.Nodes, r.Ways, r.Relations = r.Nodes+s.Nodes, r.Ways+s.Ways, r.Relations+s.Relations
	r.Roads, r.Conditional, r.Restrictions = r.Roads+s.Roads, r.Conditional+s.Conditional, r.Restrictions+s.Restrictions
	for _, m := range [][2]map[string]int{{r.LeftOut, s.LeftOut}, {r.Unknown, s.Unknown}, {r.Spots, s.Spots}, {r.Ignored, s.Ignored}} {
		for k, v := range m[1] {
			m[0][k] += v
		}
	}
}

// Counted is a count by name.
type Counted struct {
	Name  string
	Count int
}

// Most returns the counts of a map, the largest first.
func Most(m map[string]int) []Counted {
	out := make([]Counted, 0, len(m))
	for k := range maps.Keys(m) {
		out = append(out, Counted{k, m[k]})
	}
	sort.Slice(out, func(i, j int) bool {
		if out[i].Count != out[j].Count {
			return out[i].Count > out[j].Count
		}
		return out[i].Name < out[j].Name
	})
	return out
}
