package schedule

import (
	"encoding/json"
	"io"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/works/network"
)

// StageMap says to which stage of ours the parts of a plan belong. A key is the
// code of an activity, the WBS code of a section, TYPE=VALUE of an activity code
// or custom field, or a name; the value is the code of a stage, or "" for what
// stays apart.
type StageMap map[string]string

// maxMap bounds a mapping file.
const maxMap = 4 << 20

// ReadStageMap reads a mapping: {"stages":{"1.2":"frame","STAGE=IN":"interior"}}.
// It returns fault.Invalid for what is no such JSON.
func ReadStageMap(r io.Reader, name string) (StageMap, error) {
	const op = "schedule.ReadStageMap"
	raw, err := io.ReadAll(io.LimitReader(r, maxMap+1))
	if err != nil {
		return nil, fault.New(fault.Internal, op, name, "%s: cannot be read: %w", name, err)
	}
	if len(raw) > maxMap {
		return nil, fault.New(fault.TooLarge, op, name, "%s: larger than %d MB: this is no mapping", name, maxMap>>20)
	}
	var m struct {
		Stages StageMap `json:"stages"`
	}
	dec := json.NewDecoder(strings.NewReader(string(raw)))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&m); err != nil || len(m.Stages) == 0 {
		return nil, fault.New(fault.Invalid, op, name, "%s: not a mapping: write {\"stages\":{\"1.2\":\"frame\"}}", name)
	}
	return m.Stages, nil
}

// How tells by what a part of a plan was given to a stage.
type How string

// The ways, the surest first.
const (
	ByMap  How = "map"  // somebody said so
	ByCode How = "code" // an activity code or custom field bears the code of the stage
	ByName How = "name" // its name is that of the stage, or one of its usual words
)

// Group is what a plan says about one stage, or about a part that belongs to none.
type Group struct {
	Stage string // empty: a part of its own
	Code  string // of the part: WBS or activity code
	Name  string
	How   []How
	Tasks int // activities, without summaries and efforts

	Start, Finish                 *network.Minute
	ActualStart                   *network.Minute
	ActualFinish                  *network.Minute // when all of it has ended
	BaselineStart, BaselineFinish *network.Minute
	BaselineOn                    *network.Minute // when it was set, where the file says it
	// Unplanned is how many of the tasks have no baseline.
	Unplanned int
	// Percent is what was done, weighed by duration; nil when somewhere it is not
	// said. Events count only where there is nothing else.
	Percent *decimal.Decimal
	Cost    *decimal.Decimal

	weight, done   decimal.Decimal
	events, passed int
	unsaid, ended  int
}

// LastDay returns the last day of the group in the baseline.
func (g *Group) LastDay() period.Date { return g.BaselineFinish.LastDay() }

// Groups sorts the activities of a project into the stages that a template has,
// in its order, and behind them the parts that belong to none. What a summary is
// given to, its parts are, unless they are given to another one themselves.
func Groups(p *Project, stages []string, m StageMap) []Group {
	x := &sorter{stages: stages, said: StageMap{}, at: map[string]int{}, given: map[string]given{}}
	for k, v := range m {
		x.said[lang.Fold(k)] = v
	}
	for i := range p.Tasks {
		x.at[p.Tasks[i].ID] = i
	}
	x.p = p
	out := map[string]*Group{}
	var order []string
	for i := range p.Tasks {
		t := &p.Tasks[i]
		if t.Inactive || t.External || t.Kind == network.Summary || t.Kind == network.Effort {
			continue
		}
		g, head := x.of(t, 0)
		key := "stage " + g.stage
		if g.stage == "" {
			key = "own " + head.ID
		}
		if out[key] == nil {
			out[key] = &Group{Stage: g.stage, Code: head.Code, Name: head.Name}
			if g.stage != "" {
				out[key].Code, out[key].Name = "", ""
			}
			order = append(order, key)
		}
		out[key].add(t, g.how)
	}
	var list []Group
	for _, s := range stages {
		if g := out["stage "+s]; g != nil {
			list = append(list, g.finish())
		}
	}
	for _, key := range order {
		if g := out[key]; g.Stage == "" {
			list = append(list, g.finish())
		}
	}
	return list
}

type given struct {
	stage string
	how   How
	head  string // id of the task that was given
}

// sorter finds the stage of tasks.
type sorter struct {
	p      *Project
	stages []string
	said   StageMap
	at     map[string]int
	given  map[string]given // of summaries, so that each is looked at once
}

// of returns the stage of a task, and the part under which it stands when it has
// none: the section below the whole.
func (x *sorter) of(t *Task, depth int) (given, *Task) {
	if g, ok := x.given[t.ID]; ok {
		return g, &x.p.Tasks[x.at[g.head]]
	}
	g, found := x.own(t)
	head := t
	up, ok := x.at[t.Parent]
	if !found && ok && depth < maxDepth && x.p.Tasks[up].Level > 0 {
		g, head = x.of(&x.p.Tasks[up], depth+1)
	} else {
		g.head = t.ID
	}
	if t.Kind == network.Summary {
		x.given[t.ID] = g
	}
	return g, head
}

// maxDepth bounds how deep sections are nested.
const maxDepth = 100

// own returns what a task says by itself.
func (x *sorter) own(t *Task) (given, bool) {
	keys := []string{t.Code, t.WBS, t.Name}
	if t.Kind != network.Summary {
		keys = []string{t.Code, t.Name} // the code of its section speaks for the section
	}
	for _, c := range t.Codes {
		keys = append(keys, c.Type+"="+c.Value)
	}
	for _, f := range t.Fields {
		keys = append(keys, f.Name+"="+f.Value)
	}
	for _, k := range keys {
		if stage, ok := x.said[lang.Fold(k)]; ok && k != "" && (stage == "" || slices.Contains(x.stages, stage)) {
			return given{stage: stage, how: ByMap}, true
		}
	}
	for _, c := range t.Codes {
		for _, v := range []string{c.Value, c.Name} {
			if s := x.coded(v); s != "" {
				return given{stage: s, how: ByCode}, true
			}
		}
	}
	for _, f := range t.Fields {
		if s := x.coded(f.Value); s != "" {
			return given{stage: s, how: ByCode}, true
		}
	}
	if s := x.named(t.Name); s != "" {
		return given{stage: s, how: ByName}, true
	}
	return given{}, false
}

// coded returns the stage whose code a text is.
func (x *sorter) coded(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	if slices.Contains(x.stages, s) {
		return s
	}
	return ""
}

// add counts a task in.
func (g *Group) add(t *Task, how How) {
	g.Tasks++
	if how != "" && !slices.Contains(g.How, how) {
		g.How = append(g.How, how)
	}
	earliest(&g.Start, t.Start)
	latest(&g.Finish, t.Finish)
	earliest(&g.ActualStart, t.ActualStart)
	latest(&g.ActualFinish, t.ActualFinish)
	if t.ActualFinish != nil {
		g.ended++
	}
	if b := t.Baseline(0); b != nil && b.Start != nil && b.Finish != nil {
		earliest(&g.BaselineStart, b.Start)
		latest(&g.BaselineFinish, b.Finish)
		latest(&g.BaselineOn, b.On)
		if b.Cost != nil {
			sum := *b.Cost
			if g.Cost != nil {
				sum = sum.Add(*g.Cost)
			}
			g.Cost = &sum
		}
	} else {
		g.Unplanned++
	}
	percent := t.Done()
	if percent == nil && t.ActualStart == nil && t.ActualFinish == nil {
		percent = &decimal.Zero
	}
	switch {
	case t.Duration == 0:
		g.events++
		if t.ActualFinish != nil || percent != nil && percent.Equal(hundred) {
			g.passed++
		}
	case percent == nil:
		g.unsaid++
	default:
		w := decimal.NewFromInt(t.Duration)
		g.weight, g.done = g.weight.Add(w), g.done.Add(w.Mul(*percent))
	}
}

var hundred = decimal.NewFromInt(100)

func (g *Group) finish() Group {
	var p decimal.Decimal
	switch {
	case g.unsaid > 0:
	case g.weight.IsPositive():
		p = g.done.DivRound(g.weight, 2)
		g.Percent = &p
	case g.events > 0:
		p = decimal.NewFromInt(int64(g.passed)).Mul(hundred).DivRound(decimal.NewFromInt(int64(g.events)), 2)
		g.Percent = &p
	}
	if g.ended < g.Tasks {
		g.ActualFinish = nil
	}
	return *g
}

func earliest(to **network.Minute, m *network.Minute) {
	if m != nil && (*to == nil || *m < **to) {
		*to = m
	}
}

func latest(to **network.Minute, m *network.Minute) {
	if m != nil && (*to == nil || *m > **to) {
		*to = m
	}
}
