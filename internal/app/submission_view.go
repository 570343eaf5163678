package app

import (
	"context"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/ledger/submission"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
)

func needed(n submission.Need) *httpapi.Needed {
	out := &httpapi.Needed{Act: string(n.Act), Place: string(n.Place), Givers: []string{}}
	for _, r := range actor.Givers(n.Act) {
		out.Givers = append(out.Givers, string(r))
	}
	return out
}

func (v *view) submissionRow(who actor.Actor, h held) httpapi.SubmissionRow {
	s := h.s
	out := httpapi.SubmissionRow{ID: s.ID, Version: h.Version, Kind: string(s.Kind), State: string(s.State), Place: string(s.Place), Office: optional(s.Office), Template: optional(s.Template),
		Period: optional(s.Period), Ask: optional(s.Ask), About: optional(s.About), Values: max(len(s.Values), s.Beside), Files: len(s.Files), Mine: s.Author == who.ID, May: []string{},
		Comment: s.Comment, Run: optional(s.Run), ChangedAt: instant(h.At)}
	if st, ok := v.Programme.ByID(s.About); ok {
		out.Subject = st.Title
	}
	if s.Import != nil {
		out.Values = s.Import.Rows
	}
	for _, x := range s.Values {
		if len(x.Flags) > 0 {
			out.Flags++
		}
	}
	if n, ok := s.Next(v.Atlas); ok {
		out.Next = needed(n)
	}
	for _, act := range s.May(who, v.Atlas) {
		out.May = append(out.May, string(act))
	}
	return out
}

// submissionPage is all of a submission.
func (a *App) submissionPage(ctx context.Context, v *view, who actor.Actor, h held) (*httpapi.Submission, error) {
	s := h.s
	out := &httpapi.Submission{SubmissionRow: v.submissionRow(who, h), Content: submissionContent(s, h.Version), Levels: []httpapi.SubmissionLevel{}, History: []httpapi.SubmissionStep{}}
	for i, l := range s.Levels {
		x := httpapi.SubmissionLevel{Level: string(l), Place: string(submission.Seat(l, s.Place, v.Atlas))}
		if i < len(s.Approvals) {
			g := s.Approvals[i]
			x.Given, x.Office, x.Comment, x.Signed = true, optional(g.Office), g.Comment, g.Signature != nil
			x.At = optional(instant(g.At))
			if g.Signature != nil {
				x.SignType = optional(g.Signature.Type)
			}
		}
		out.Levels = append(out.Levels, x)
	}
	versions, err := a.Store.ItemHistory(ctx, kindSubmission, s.ID)
	if err != nil {
		return nil, err
	}
	for _, it := range versions {
		x, err := readHeld(it)
		if err != nil {
			return nil, err
		}
		step := httpapi.SubmissionStep{Version: it.Version, At: instant(it.At), State: it.State, Office: optional(x.s.By), Mine: it.Actor == who.ID, Comment: x.s.Comment}
		if it.State == string(submission.Draft) {
			step.Office = optional(x.s.Office)
		}
		out.History = append(out.History, step)
	}
	if out.Changes, err = a.submissionChanges(ctx, v, s); err != nil {
		return nil, err
	}
	if it := v.Programme.At(v.at.AsOf).Item(s.About); it != nil {
		out.Deadline = dateText(it.Deadline)
	}
	if s.Run != "" {
		out.Undone = v.undone(s.Run)
	}
	return out, nil
}

func submissionContent(s submission.Submission, version int64) httpapi.SubmissionInput {
	out := httpapi.SubmissionInput{Version: version, Kind: string(s.Kind), Place: string(s.Place), Office: s.Office, Template: s.Template, Period: s.Period, Ask: s.Ask, About: s.About,
		Text: s.Text, Deadline: s.Deadline, Reason: s.Reason, Withdraw: s.Withdraw, Files: s.Files, Values: []httpapi.SubmissionValue{}}
	for _, x := range s.Values {
		out.Values = append(out.Values, httpapi.SubmissionValue{Measure: x.Measure, Place: string(x.Place), Period: x.Period, Dimensions: x.Dimensions, Kind: string(x.Kind), Value: x.Value, Qualifier: x.Qualifier,
			Status: x.Status, Unit: x.Unit, Note: x.Note, Flags: x.Flags})
	}
	if t := s.Import; t != nil {
		out.Import = httpapi.SubmissionTable{File: t.File, Name: t.Name, Source: t.Source, Rows: t.Rows, New: t.New, Known: t.Known, Changes: t.Changes, Options: t.Options}
	}
	return out
}

// comparing finds what is published beside the values of a submission.
type comparing struct {
	place  place.ID
	period string
}

// submissionChanges puts each value beside what is published of the same thing:
// what the same office said, or else the headline.
func (a *App) submissionChanges(ctx context.Context, v *view, s submission.Submission) ([]httpapi.SubmissionChange, error) {
	groups := map[comparing][]string{}
	for _, x := range s.Values {
		x = s.Full(x)
		k := comparing{x.Place, x.Period}
		if !slices.Contains(groups[k], x.Measure) {
			groups[k] = append(groups[k], x.Measure)
		}
	}
	type key struct {
		comparing
		measure, dimensions string
		kind                ledger.Kind
	}
	published := map[key][]ledger.Figure{}
	for k, measures := range groups {
		p, err := period.Parse(k.period)
		if err != nil || !p.Known() {
			continue
		}
		err = a.Store.EachFigure(ctx, store.Query{At: v.at, Measures: measures, Places: []place.ID{k.place}, Period: p, NotSource: ledger.Computed}, func(f *ledger.Figure) error {
			c := key{k, f.Measure, f.Dimensions, f.Kind}
			published[c] = append(published[c], *f)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	out := []httpapi.SubmissionChange{}
	for _, x := range s.Values {
		x = s.Full(x)
		found := published[key{comparing{x.Place, x.Period}, x.Measure, x.Dimensions, x.Kind}]
		out = append(out, v.submissionChange(s, x, found))
	}
	return out, nil
}

func (v *view) submissionChange(s submission.Submission, x submission.Value, found []ledger.Figure) httpapi.SubmissionChange {
	out := httpapi.SubmissionChange{Measure: x.Measure, Place: string(x.Place), Period: optional(x.Period), Unit: x.Unit, NewStatus: x.Status, Qualifier: x.Qualifier, Note: x.Note, Flags: append([]string{}, x.Flags...)}
	if out.Unit == "" {
		out.Unit = v.Measures[x.Measure].Unit
	}
	out.Dimensions = ledger.Series{Dimensions: x.Dimensions}.Dims()
	var now *decimal.Decimal
	if n, err := readValue(x.Value); x.Value != "" && err == nil {
		now = n
		out.New = numberText(n)
	}
	var was *ledger.Figure
	if i := slices.IndexFunc(found, func(f ledger.Figure) bool { return f.Source == s.Office }); i >= 0 {
		was = &found[i]
	} else {
		was = ledger.Headline(found, v.Measures[x.Measure].Headline)
	}
	if was == nil {
		return out
	}
	out.Old, out.OldStatus, out.OldSource, out.Figure = numberText(was.Value), string(was.Status), optional(was.Source), optional(was.ID.String())
	if now == nil || was.Value == nil {
		return out
	}
	d := now.Sub(*was.Value)
	out.Difference = numberText(&d)
	if !was.Value.IsZero() {
		p := d.Mul(decimal.NewFromInt(100)).DivRound(was.Value.Abs(), 1)
		out.Percent = numberText(&p)
	}
	return out
}

// Run returns one act of bringing in; everybody may know of it.
func (a *App) Run(ctx context.Context, id string) (*httpapi.Run, error) {
	run, err := a.runOf(ctx, id)
	if err != nil {
		return nil, err
	}
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, err
	}
	return v.run(ctx, run), nil
}

func (a *App) runOf(ctx context.Context, id string) (store.StoredRun, error) {
	n, err := ledger.ParseRunID(id)
	if err != nil {
		return store.StoredRun{}, fault.New(fault.NotFound, "app.Run", "", "no run has this id")
	}
	return a.Store.RunByID(ctx, n)
}

func (v *view) run(ctx context.Context, r store.StoredRun) *httpapi.Run {
	got := r.Receipt
	out := &httpapi.Run{ID: r.ID.String(), Kind: string(r.Kind), Subject: r.Subject, Program: r.Program, RecordedAt: instant(r.Recorded), Inputs: map[string]string{}, Figures: got.Figures,
		Corrected: got.Corrected, Statements: got.Statements, Others: got.Others, Undone: v.undone(r.ID.String()), May: []string{}}
	for k, text := range r.Inputs {
		out.Inputs[k] = text
	}
	if out.Undone == nil && r.Kind != ledger.MethodRun && r.Kind != ledger.WithdrawalRun && v.who(ctx).MayAnywhere(actor.WithdrawRun) {
		out.May = append(out.May, "withdraw_run")
	}
	return out
}

// undone tells whether a run was taken back, and why.
func (s *Snapshot) undone(run string) *httpapi.Undone {
	w, ok := s.Withdrawn[run]
	if !ok {
		return nil
	}
	return &httpapi.Undone{At: instant(w.at), Reason: w.Reason, Office: optional(w.Office)}
}
