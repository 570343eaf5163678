package oc4ids

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/works"
)

// Foreign reports whether a work came from OC4IDS, and whether exactly so.
func Foreign(have, now *works.Work) (came, same bool) {
	if now.Level == works.Package {
		id, ok := have.Foreign[foreignProcess]
		return ok && id == now.Foreign[foreignProcess], false
	}
	was, ok := have.Foreign[foreignProject]
	return ok, was == now.Foreign[foreignProject]
}

// Before reads again what a work kept of the file it came from.
func (c Country) Before(w *works.Work) (Taken, error) {
	base, err := Parse(strings.NewReader(w.Foreign[foreignProject]))
	if err != nil {
		return Taken{}, fault.New(fault.Internal, "oc4ids.Before", string(w.ID), "what the publisher wrote cannot be read back: %w", err)
	}
	c.Says = w.Foreign[foreignSays]
	return c.Works(base, c.PackageOf(w)), nil
}

// Renew brings a newer file into a work that is kept: what the file says
// otherwise than the older one is taken, everything else stays as it is here,
// so that what people have entered is not lost.
func Renew(have, then, now *works.Work) (*works.Work, error) {
	merged := merge(plain(have), plain(then), plain(now))
	out := new(works.Work)
	if err := json.Unmarshal(merged.Append(nil), out); err != nil {
		return nil, fault.New(fault.Internal, "oc4ids.Renew", string(have.ID), "the two records do not fit together: %w", err)
	}
	out.Documents = slices.Clone(have.Documents)
	for _, d := range now.Documents {
		if !slices.Contains(out.Documents, d) {
			out.Documents = append(out.Documents, d)
		}
	}
	return out, nil
}

// RenewLines returns the lines by which a newer file differs: those that are
// new, and for those that the older one said and this one does not, a line that
// takes them back. have are the lines that stand.
func (c Country) RenewLines(have, then, now []works.Line) []works.Line {
	says := map[string]bool{}
	for i := range now {
		says[saying(&now[i])] = true
	}
	var published *period.Date
	for i := range now {
		published = cmp.Or(published, now[i].Published)
	}
	said := map[string]bool{}
	for i := range then {
		said[saying(&then[i])] = true
	}
	var out []works.Line
	stands := map[string]bool{}
	for i := range have {
		l := &have[i]
		key := saying(l)
		stands[key] = true
		if said[key] && !says[key] {
			back := works.Line{Work: l.Work, Kind: works.WithdrawLine, On: l.On, Published: published, Document: c.Says, Takes: l.ID, Reason: say(c.Lang, "withdrawn", "document", c.Says)}
			if back.Seal() == nil {
				out = append(out, back)
			}
		}
	}
	for _, l := range now {
		if stands[saying(&l)] {
			continue
		}
		if l.Kind == works.DeadlineLine || l.Kind == works.StatusLine {
			l.Reason = say(c.Lang, "renewed", "document", c.Says)
			if l.Seal() != nil {
				continue
			}
		}
		out = append(out, l)
	}
	return out
}

// saying is what a line says, whoever said it and wherever.
func saying(l *works.Line) string {
	x := *l
	x.ID, x.Document, x.Published, x.Reason, x.Posted, x.Seq, x.Recorded, x.Actor = "", "", nil, "", nil, 0, time.Time{}, ""
	x.Remark, x.Files = "", nil // they stay at home
	raw, err := json.Marshal(x)
	if err != nil {
		return ""
	}
	return string(raw)
}

// Nothing reports whether a file says nothing new of a work that is kept here
// in its own right.
func Nothing(have *works.Work, lines []works.Line, now *Kept) bool {
	a, b := *have, now.Work
	a.Foreign, b.Foreign = nil, nil
	known := map[string]bool{}
	for i := range lines {
		known[saying(&lines[i])] = true
	}
	for i := range now.Lines {
		if l := now.Lines[i]; l.Kind != works.WithdrawLine && !known[saying(&l)] {
			return false
		}
	}
	return plain(a).Equal(plain(b))
}

// Exists says in words that a work of ours stays as it is.
func (c Country) Exists(at string) Finding {
	return Finding{at, "exists", say(c.Lang, "exists")}
}

// NotTaken says in words why a store refused a project.
func NotTaken(code lang.Code, at string, err error) Finding {
	return Finding{at, "works", say(code, "refused", "why", err)}
}
