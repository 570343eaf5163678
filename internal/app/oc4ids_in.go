package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"io/fs"
	"slices"

	"github.com/shanyraq/shanyraq/country"
	"github.com/shanyraq/shanyraq/country/kz"
	"github.com/shanyraq/shanyraq/exchange/oc4ids"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/works"
)

// OC4IDSImport says how a file of projects is to be brought in.
type OC4IDSImport struct {
	Lang   lang.Code // of messages
	Prefix string    // of ids that we gave ourselves
	DryRun bool      // report, and write nothing
}

// OC4IDSReceipt says what came of it.
type OC4IDSReceipt struct {
	Projects, Accepted int
	Repairs, Problems  int
	Works, Lines       int // written
	Document           string
}

// projectsAtOnce is how many projects are written in one act.
const projectsAtOnce = 50

// ImportOC4IDS brings the projects of a file into works and hands over a report
// on each, in the order of the file. A project is written whole or not at all;
// one that cannot be written has the reason among its problems and is not
// accepted. The same file a second time changes nothing; a newer one changes
// what it says otherwise and takes back what it no longer says. name is the
// file name without folders.
//
// It returns fault.Invalid, with line and column, for a file that cannot be
// read to its end; then nothing was written.
func (a *App) ImportOC4IDS(ctx context.Context, name string, r io.ReadSeeker, in OC4IDSImport, see func(oc4ids.Report) error) (*OC4IDSReceipt, error) {
	x := &takingOC4IDS{app: a, ctx: ctx, in: in, see: see}
	home, err := Home()
	if err != nil {
		return nil, err
	}
	if err := x.begin(name, r); err != nil {
		return nil, err
	}
	err = oc4ids.Repairs(r, name, oc4ids.Options{Lang: in.Lang, Home: home}, x.project)
	if err == nil {
		err = x.flush()
	}
	return &x.got, err
}

// takingOC4IDS is one import.
type takingOC4IDS struct {
	app     *App
	ctx     context.Context
	in      OC4IDSImport
	see     func(oc4ids.Report) error
	country oc4ids.Country
	doc     ledger.Document
	known   bool // the document is in the ledger
	waiting []takenProject
	got     OC4IDSReceipt
}

// takenProject is a report with what is to be written for it.
type takenProject struct {
	report  oc4ids.Report
	changes []WorkChange
}

// begin looks at the database and names the document of the ledger.
func (x *takingOC4IDS) begin(name string, r io.ReadSeeker) error {
	if !x.in.DryRun {
		if err := x.app.ensureHome(x.ctx); err != nil {
			return err
		}
	}
	v, err := x.app.look(x.ctx, When{})
	if err != nil {
		return err
	}
	if x.country, err = v.oc4idsCountry(x.in.Lang, x.in.Prefix); err != nil {
		return err
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, r); err != nil {
		return fault.New(fault.Internal, "app.ImportOC4IDS", name, "%s: cannot be read: %w", name, err)
	}
	hash := hex.EncodeToString(sum.Sum(nil))
	x.doc = ledger.Document{Name: name, Kind: "reference", SHA256: hash, Title: everyLanguage(name, name), Publisher: everyLanguage("", "OC4IDS")}
	if d, ok := v.documentOf("", hash); ok {
		x.doc, x.known = d, true
	} else if _, taken := v.Documents[name]; taken {
		x.doc.Name = hash[:8] + " " + name
	}
	if len(x.doc.Name) > 120 {
		x.doc.Name = hash[:16] + ".json"
	}
	x.country.Fit = func(w *works.Work) []string { return v.fitWork(w, x.has) }
	x.country.Says, x.got.Document = x.doc.Name, x.doc.Name
	return nil
}

// ensureHome gives a database without country the territories and sources of
// money of ours, and nothing else: works must lie somewhere.
func (a *App) ensureHome(ctx context.Context) error {
	v, err := a.look(ctx, When{})
	if err != nil || v.Atlas.Root() != "" {
		return err
	}
	p, err := country.Load(kz.Pack())
	if err != nil {
		return err
	}
	b, err := p.Batch()
	if err != nil {
		return err
	}
	ground := []string{country.KindCountry, country.KindPlace, country.KindFact, country.KindEvent, country.KindFunding}
	b = ledger.Batch{Catalogue: slices.DeleteFunc(b.Catalogue, func(it ledger.Item) bool { return !slices.Contains(ground, it.Kind) }), Run: a.run(ctx, ledger.ImportRun, "country "+p.Country.Code, nil)}
	_, err = a.commit(ctx, b)
	return err
}

// homeCountry is the country of this program without a database.
func homeCountry() (country.Country, error) {
	var c country.Country
	raw, err := fs.ReadFile(kz.Pack(), "country.json")
	if err == nil {
		err = json.Unmarshal(raw, &c)
	}
	return c, err
}

// project prepares one project, and writes when enough are waiting.
func (x *takingOC4IDS) project(r oc4ids.Report, v *oc4ids.Value) error {
	t := takenProject{report: r}
	if r.Accepted {
		taken := x.country.Works(v, r.Package)
		t.report.Problems = append(t.report.Problems, taken.Problems...)
		if !x.in.DryRun {
			if err := x.prepare(&t, taken, r.Package); err != nil {
				return err
			}
		}
	}
	if x.waiting = append(x.waiting, t); len(x.waiting) < projectsAtOnce {
		return nil
	}
	return x.flush()
}

// prepare decides what is to be written for a project.
func (x *takingOC4IDS) prepare(t *takenProject, taken oc4ids.Taken, around *oc4ids.Value) error {
	if err := x.document(around); err != nil {
		return err
	}
	have, err := x.kept(taken.Project.Work.ID)
	if err != nil {
		return err
	}
	was := oc4ids.Taken{}
	if have != nil {
		came, same := oc4ids.Foreign(&have.Work, &taken.Project.Work)
		if !came && !oc4ids.Nothing(&have.Work, have.lines, &taken.Project) {
			t.report.Problems = append(t.report.Problems, x.country.Exists(""))
		}
		if !came || same {
			return nil
		}
		if was, err = x.country.Before(&have.Work); err != nil {
			return err
		}
	}
	if err := x.change(t, have, &was.Project, &taken.Project); err != nil {
		return err
	}
	for i := range taken.Parts {
		now := &taken.Parts[i]
		then := &oc4ids.Kept{}
		if j := slices.IndexFunc(was.Parts, func(k oc4ids.Kept) bool { return k.Work.ID == now.Work.ID }); j >= 0 {
			then = &was.Parts[j]
		}
		have, err := x.kept(now.Work.ID)
		if err != nil {
			return err
		}
		if have != nil {
			if came, _ := oc4ids.Foreign(&have.Work, &now.Work); !came || have.Parent != now.Work.Parent {
				t.report.Problems = append(t.report.Problems, x.country.Exists(""))
				continue
			}
		}
		if err := x.change(t, have, then, now); err != nil {
			return err
		}
	}
	return nil
}

// has reports whether a work is kept, or comes in the same file before.
func (x *takingOC4IDS) has(id works.ID) bool {
	f, err := x.kept(id)
	return err == nil && f != nil
}

func (x *takingOC4IDS) kept(id works.ID) (*workFile, error) {
	f, err := x.app.workFile(x.ctx, id)
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	return f, err
}

// change adds what one work needs. A cancelled work is written first as one
// that goes on, since its lines come from that time.
func (x *takingOC4IDS) change(t *takenProject, have *workFile, then, now *oc4ids.Kept) error {
	record, lines, expected := &now.Work, now.Lines, int64(0)
	if have != nil {
		expected = AnyVersion
		var err error
		if then.Work.ID == "" {
			then = &oc4ids.Kept{Work: have.Work}
		}
		if record, err = oc4ids.Renew(&have.Work, &then.Work, &now.Work); err != nil {
			return err
		}
		lines = x.country.RenewLines(have.lines, then.Lines, now.Lines)
	}
	final := *record
	if final.Condition == works.Cancelled && len(lines) > 0 {
		going := final
		going.Condition = works.Active
		t.changes = append(t.changes, WorkChange{ID: final.ID, Record: &going, Expected: expected, Lines: lines, Origin: x.doc.Name})
		lines, expected = nil, AnyVersion
	}
	t.changes = append(t.changes, WorkChange{ID: final.ID, Record: &final, Expected: expected, Lines: lines, Origin: x.doc.Name})
	return nil
}

// document records the file in the ledger, once.
func (x *takingOC4IDS) document(around *oc4ids.Value) error {
	if x.known {
		return nil
	}
	d := &x.doc
	if p := around.Str("publisher", "name"); p != "" {
		d.Publisher = everyLanguage(p, p)
	}
	d.Licence, d.Address = around.Str("license"), around.Str("uri")
	if s := around.Str("publishedDate"); len(s) >= 10 {
		if day, err := period.ParseDate(s[:10]); err == nil {
			d.Published = &day
		}
	}
	if err := d.Check(); err != nil {
		return err
	}
	b := ledger.Batch{Run: x.app.run(x.ctx, ledger.ImportRun, "oc4ids "+d.Name, map[string]string{"sha256": d.SHA256}), Documents: []ledger.Document{*d}}
	if _, err := x.app.commit(x.ctx, b); err != nil {
		return err
	}
	x.known = true
	return nil
}

// flush writes the projects that wait, together when that goes, else one by
// one, so that one that is refused does not keep the others out.
func (x *takingOC4IDS) flush() error {
	var all []WorkChange
	for i := range x.waiting {
		all = append(all, x.waiting[i].changes...)
	}
	if len(all) > 0 {
		got, err := x.write(all)
		switch {
		case err == nil:
			x.got.Works += got.Works
			x.got.Lines += got.Lines
		case fault.Is(err, fault.Invalid), fault.Is(err, fault.Conflict), fault.Is(err, fault.TooLarge):
			if err := x.oneByOne(); err != nil {
				return err
			}
		default:
			return err
		}
	}
	for _, t := range x.waiting {
		x.got.Projects++
		if t.report.Accepted {
			x.got.Accepted++
		}
		x.got.Repairs += len(t.report.Repairs)
		x.got.Problems += len(t.report.Problems)
		if err := x.see(t.report); err != nil {
			return err
		}
	}
	x.waiting = x.waiting[:0]
	return nil
}

func (x *takingOC4IDS) write(changes []WorkChange) (WorkReceipt, error) {
	return x.app.ChangeWorks(x.ctx, "import.oc4ids", x.doc.Name, changes)
}

func (x *takingOC4IDS) oneByOne() error {
	for i := range x.waiting {
		t := &x.waiting[i]
		if len(t.changes) == 0 {
			continue
		}
		got, err := x.write(t.changes)
		switch k := fault.KindOf(err); {
		case err == nil:
			x.got.Works += got.Works
			x.got.Lines += got.Lines
		case k == fault.Internal || k == fault.Unavailable || k == fault.Forbidden:
			return err
		default:
			t.report.Accepted = false
			t.report.Problems = append(t.report.Problems, oc4ids.NotTaken(x.in.Lang, "", err))
		}
	}
	return nil
}
