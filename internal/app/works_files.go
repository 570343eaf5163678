package app

import (
	"context"
	"slices"
	"strings"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/works"
)

// aboutWork stands before the id of a work where files say what they are about.
const aboutWork = "work:"

func workAbout(id works.ID) string { return aboutWork + string(id) }

// workNamed returns the work that files are about; nil when they are about
// something else. A draft is not there for who may not read drafts.
func (a *App) workNamed(ctx context.Context, v *view, about string) (*workFile, error) {
	id, is := strings.CutPrefix(about, aboutWork)
	if !is {
		return nil, nil
	}
	return a.seenWork(ctx, v, works.ID(id))
}

// attach lays the files of the lines that stand beside a work that everybody
// sees, and takes away those of lines that were taken back. Restricted files
// stay with those who may read them.
func (x *changing) attach(f *workFile, s *works.State) error {
	about := workAbout(f.ID)
	there := map[string]bool{}
	for _, a := range x.view.Attachments {
		if a.About == about && !a.Withdrawn {
			there[a.File] = true
		}
	}
	var wanted []string
	if f.Condition != works.Draft {
		for _, l := range s.Lines {
			wanted = append(wanted, l.Files...)
		}
	}
	var fresh []string
	for _, id := range wanted {
		if !there[id] && !slices.Contains(fresh, id) {
			fresh = append(fresh, id)
		}
	}
	open, err := x.openFiles(fresh)
	if err != nil {
		return err
	}
	for _, id := range open {
		x.post.batch.Attachments = append(x.post.batch.Attachments, ledger.Attachment{About: about, File: id})
	}
	for i := range f.lines {
		for _, id := range f.lines[i].Files {
			if there[id] && !slices.Contains(wanted, id) {
				there[id] = false
				x.post.batch.Attachments = append(x.post.batch.Attachments, ledger.Attachment{About: about, File: id, Withdrawn: true, Reason: "the line of the work does not stand any more"})
			}
		}
	}
	return nil
}

// openFiles returns those of some files that everybody may see.
func (x *changing) openFiles(ids []string) ([]string, error) {
	var out []string
	for part := range slices.Chunk(ids, maxFiles) {
		items, _, err := x.tx.Items(store.ItemQuery{Kind: kindFile, IDs: part})
		if err != nil {
			return nil, err
		}
		for _, it := range items {
			f, err := fileOf(it)
			if err != nil {
				return nil, err
			}
			if f.State == fileKept && !f.Restricted {
				out = append(out, f.ID)
			}
		}
	}
	slices.Sort(out)
	return out, nil
}

// pageFiles adds the evidence that the reader may see: of the lines, sent for
// the work, or laid beside it. Where the reader does not see a file, a line does
// not name it either.
func (a *App) pageFiles(ctx context.Context, v *view, out *httpapi.WorkPage, f *workFile) error {
	items, err := a.filesAbout(ctx, v, workAbout(f.ID))
	if err != nil {
		return err
	}
	var ids []string
	for i := range f.lines {
		for _, id := range f.lines[i].Files {
			if !slices.Contains(ids, id) && !slices.ContainsFunc(items, func(it store.Item) bool { return it.ID == id }) {
				ids = append(ids, id)
			}
		}
	}
	for part := range slices.Chunk(ids, maxFiles) {
		more, _, err := a.Store.Items(ctx, store.ItemQuery{Kind: kindFile, IDs: part})
		if err != nil {
			return err
		}
		items = append(items, more...)
	}
	seen := map[string]bool{}
	for _, it := range items {
		file, err := fileOf(it)
		if err != nil {
			return err
		}
		if s := v.sees(ctx, file); s != sightNone {
			seen[file.ID] = true
			out.Files = append(out.Files, *v.viewFile(ctx, file, s))
		}
	}
	slices.SortFunc(out.Files, func(x, y httpapi.File) int {
		if c := y.SentAt.Compare(x.SentAt); c != 0 {
			return c
		}
		return strings.Compare(x.ID, y.ID)
	})
	for i := range out.Lines {
		l := &out.Lines[i]
		l.Files = slices.DeleteFunc(l.Files, func(id string) bool { return !seen[id] })
	}
	return nil
}

// linkable refuses to publish a file beside a work that nobody sees yet.
func linkable(f *workFile) error {
	if f.Condition == works.Draft {
		return fault.New(fault.Conflict, "app.LinkFile", "", "the work is a draft: its files are for everybody when it is published")
	}
	return nil
}
