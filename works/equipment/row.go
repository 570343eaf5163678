package equipment

import (
	"github.com/shanyraq/shanyraq/money"
	"github.com/shanyraq/shanyraq/period"
)

// Row is what lists and sums know of a device: its record and the fold of its
// events, without what depends on the day on which one looks.
type Row struct {
	Asset
	State    State           `json:"state,omitempty"`
	Since    *period.Date    `json:"since,omitempty"`
	Furthest State           `json:"furthest,omitempty"`
	Start    *period.Date    `json:"start,omitempty"`
	Dues     []Due           `json:"dues,omitempty"`
	Outages  int             `json:"outages,omitempty"`
	First    map[State]int32 `json:"first,omitempty"` // days counted from 1970
	Events   int             `json:"events"`
}

// Due is when a service of a device is due.
type Due struct {
	Service string      `json:"service"`
	Kind    ServiceKind `json:"kind"`
	On      period.Date `json:"on"`
}

// RowOf makes the row of a device.
func RowOf(a *Asset, events []Event, today period.Date) Row {
	s := At(a, events, today)
	r := Row{Asset: *a, State: s.State, Furthest: s.Furthest(), Start: s.Start, Outages: len(s.Downs), Events: len(events), First: map[State]int32{}}
	if len(s.Steps) > 0 {
		since := s.Since
		r.Since = &since
	}
	for state, on := range s.First {
		r.First[state] = int32(on)
	}
	for _, x := range s.Services {
		if x.Due != nil {
			r.Dues = append(r.Dues, Due{x.Name(), x.Kind, *x.Due})
		}
	}
	return r
}

// NextDue returns the service that is due first; nil when none is.
func (r *Row) NextDue() *Due {
	var out *Due
	for i := range r.Dues {
		if out == nil || r.Dues[i].On < out.On {
			out = &r.Dues[i]
		}
	}
	return out
}

// Overdue counts the services that are late on a day.
func (r *Row) Overdue(day period.Date) (n int) {
	for _, d := range r.Dues {
		if d.On < day {
			n++
		}
	}
	return n
}

// Tally counts devices by how far they are.
type Tally struct {
	Named int64
	// Now counts them by the state in which they are.
	Now Counts
	// Reached counts those that got at least as far as a state of the way to use.
	Reached Counts
	// Price adds up the prices that are known, in smallest units, and Unpriced
	// counts the devices without one.
	Price    money.Amount
	Unpriced int64
}

// Counts are numbers by state. Devices of which nobody said a state count
// under the empty one.
type Counts [9]int64

// Of returns the number of a state.
func (c *Counts) Of(s State) int64 { return c[s.place()] }

// place is where a state stands among the counts.
func (s State) place() int {
	switch s {
	case Needed:
		return 0
	case Ordered:
		return 1
	case Delivered:
		return 2
	case Installed:
		return 3
	case Commissioned:
		return 4
	case InUse:
		return 5
	case Down:
		return 6
	case WrittenOff:
		return 7
	}
	return 8
}

// Way lists the states on the way to use, in order.
func Way() []State { return []State{Needed, Ordered, Delivered, Installed, Commissioned, InUse} }

// Add counts one more device. It returns fault.TooLarge when the prices no
// longer fit.
func (t *Tally) Add(r *Row) error {
	t.Named++
	t.Now[r.State.place()]++
	for i := 0; i <= r.Furthest.rank(); i++ {
		t.Reached[i]++
	}
	if r.Price == nil {
		t.Unpriced++
		return nil
	}
	var err error
	t.Price, err = t.Price.Add(*r.Price)
	return err
}

// Purchase compares what was promised with what the register names.
type Purchase struct {
	Promised int64
	// Unnamed is how many of the promised devices the register does not name: of
	// them nothing is known, not even whether they were ordered.
	Unnamed int64
	// Beyond is how many devices are named above the number that was promised.
	Beyond int64
}

// Compare sets the devices of the register against a promised number.
func (t *Tally) Compare(promised int64) Purchase {
	return Purchase{Promised: promised, Unnamed: max(0, promised-t.Named), Beyond: max(0, t.Named-promised)}
}
