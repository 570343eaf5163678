package equipment

import "github.com/shanyraq/shanyraq/lang"

// State is where a device is on its way.
type State string

// The states, in order.
const (
	Needed       State = "needed"       // asked for, nobody has ordered it
	Ordered      State = "ordered"      // a contract is signed
	Delivered    State = "delivered"    // it is on the spot, perhaps in its crate
	Installed    State = "installed"    // mounted and connected
	Commissioned State = "commissioned" // tested, people are trained, the act is signed
	InUse        State = "in_use"       // patients
	Down         State = "down"         // out of order
	WrittenOff   State = "written_off"
)

// States lists the states in order.
func States() []State {
	return []State{Needed, Ordered, Delivered, Installed, Commissioned, InUse, Down, WrittenOff}
}

var stateNames = map[State]lang.Text{
	Needed:       {lang.KK: "Қажет", lang.RU: "Потребность", lang.EN: "Needed"},
	Ordered:      {lang.KK: "Тапсырыс берілді", lang.RU: "Заказано", lang.EN: "Ordered"},
	Delivered:    {lang.KK: "Жеткізілді", lang.RU: "Поставлено", lang.EN: "Delivered"},
	Installed:    {lang.KK: "Орнатылды", lang.RU: "Смонтировано", lang.EN: "Installed"},
	Commissioned: {lang.KK: "Пайдалануға берілді", lang.RU: "Введено в эксплуатацию", lang.EN: "Commissioned"},
	InUse:        {lang.KK: "Жұмыс істеп тұр", lang.RU: "Используется", lang.EN: "In use"},
	Down:         {lang.KK: "Істен шықты", lang.RU: "Неисправно", lang.EN: "Down"},
	WrittenOff:   {lang.KK: "Есептен шығарылды", lang.RU: "Списано", lang.EN: "Written off"},
}

// Name returns the name of the state.
func (s State) Name() lang.Text { return stateNames[s] }

// rank orders the way to use; states outside the way have -1.
func (s State) rank() int {
	if i := s.place(); i <= InUse.place() {
		return i
	}
	return -1
}

// Move says whether a device may go from one state to another.
type Move int

// The moves.
const (
	Never      Move = iota
	Forward         // as things go; steps may be left out where nobody recorded them
	WithReason      // back: an order is cancelled, a device goes back to the supplier
)

// moves is the whole law of states; the row is where a device is.
//
//	                needed ordered delivered installed commissioned in use  down   written off
//	needed            -      go       go        go         go         go     -         -
//	ordered          why     -        go        go         go         go     -         -
//	delivered        why    why       -         go         go         go     -        go
//	installed        why    why      why        -          go         go    go        go
//	commissioned      -      -       why       why         -          go    go        go
//	in use            -      -       why       why        why         -     go        go
//	down              -      -       why       why        why         go     -        go
//	written off       -      -        -         -          -          -      -         -
var moves = map[State]map[State]Move{
	Needed:       {Ordered: Forward, Delivered: Forward, Installed: Forward, Commissioned: Forward, InUse: Forward},
	Ordered:      {Needed: WithReason, Delivered: Forward, Installed: Forward, Commissioned: Forward, InUse: Forward},
	Delivered:    {Needed: WithReason, Ordered: WithReason, Installed: Forward, Commissioned: Forward, InUse: Forward, WrittenOff: Forward},
	Installed:    {Needed: WithReason, Ordered: WithReason, Delivered: WithReason, Commissioned: Forward, InUse: Forward, Down: Forward, WrittenOff: Forward},
	Commissioned: {Delivered: WithReason, Installed: WithReason, InUse: Forward, Down: Forward, WrittenOff: Forward},
	InUse:        {Delivered: WithReason, Installed: WithReason, Commissioned: WithReason, Down: Forward, WrittenOff: Forward},
	Down:         {Delivered: WithReason, Installed: WithReason, Commissioned: WithReason, InUse: Forward, WrittenOff: Forward},
	WrittenOff:   {},
}

// MoveTo says whether a device in the state may go to another.
func (s State) MoveTo(to State) Move { return moves[s][to] }

// Next lists where a device may go from the state, in order.
func (s State) Next() []State {
	var out []State
	for _, to := range States() {
		if s.MoveTo(to) != Never {
			out = append(out, to)
		}
	}
	return out
}

// serves reports whether services of a device in the state fall due.
func (s State) serves() bool { return s == Commissioned || s == InUse || s == Down }
