package app

import (
	"context"
	"fmt"
	"slices"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/blob"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/ledger"
)

// LinkFile lays a file beside something published, for everybody to see. It is
// a publication, and needs that right too; those who have it not attach their
// files to an answer or a report, which is approved first.
func (a *App) LinkFile(ctx context.Context, id string, l httpapi.FileLink) (*httpapi.File, error) {
	const op = "app.LinkFile"
	l.About = plainID(l.About)
	v, f, err := a.fileToLink(ctx, id, l.About)
	if err != nil {
		return nil, err
	}
	switch {
	case f.State == fileErased:
		return nil, fault.New(fault.Conflict, op, "", "the content of this file was erased: nothing can be shown")
	case f.Restricted:
		return nil, fault.New(fault.Conflict, op, "", "this file is restricted: lift that first if everybody may see it")
	}
	return a.publishLink(ctx, v, f, "link", ledger.Attachment{About: l.About, File: id})
}

// UnlinkFile takes a file away from something published. The link and the
// reason stay in the ledger, the content stays where it is.
func (a *App) UnlinkFile(ctx context.Context, id string, u httpapi.FileUnlink) (*httpapi.File, error) {
	u.About = plainID(u.About)
	v, f, err := a.fileToLink(ctx, id, u.About)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(v.publishedFor(id), u.About) {
		return nil, fault.New(fault.NotFound, "app.UnlinkFile", "", "this file does not lie beside that: nothing was changed")
	}
	return a.publishLink(ctx, v, f, "unlink", ledger.Attachment{About: u.About, File: id, Withdrawn: true, Reason: u.Reason})
}

// fileToLink returns a file that whoever acts may publish beside a thing.
func (a *App) fileToLink(ctx context.Context, id, about string) (*view, *keptFile, error) {
	v, f, _, err := a.fileSeen(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	at, err := a.placeOf(ctx, v, about)
	if err != nil {
		return nil, nil, err
	}
	for _, act := range []actor.Act{actor.AttachFile, actor.Publish} {
		if err := a.may(ctx, v, act, f.Place); err != nil {
			return nil, nil, err
		}
		if err := a.may(ctx, v, act, at); err != nil {
			return nil, nil, err
		}
	}
	return v, f, nil
}

// publishLink writes a link to the ledger. What was linked already stays so.
func (a *App) publishLink(ctx context.Context, v *view, f *keptFile, verb string, link ledger.Attachment) (*httpapi.File, error) {
	if err := link.Check(); err != nil {
		return nil, err
	}
	e := actor.Entry{At: a.Clock(), Actor: v.who(ctx).ID, Op: "file." + verb, Subject: f.ID, Detail: "about=" + link.About}
	b := ledger.Batch{Run: a.run(ctx, ledger.FormRun, "evidence", map[string]string{"file": f.ID}), Attachments: []ledger.Attachment{link}}
	if err := a.Store.Act(ctx, e, func(tx *store.Tx) error {
		_, err := tx.Publish(b)
		return err
	}); err != nil {
		return nil, err
	}
	return a.File(ctx, f.ID)
}

// EraseFile removes the content of a file for good, and with it every file of
// that content. What was known of them stays as tombstones, without name,
// caption and place of the photo, so that a link tells what became of it.
func (a *App) EraseFile(ctx context.Context, id string, e httpapi.FileErasure) (*httpapi.File, error) {
	const op = "app.EraseFile"
	v, f, s, err := a.fileSeen(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := a.may(ctx, v, actor.EraseFile, f.Place); err != nil {
		return nil, err
	}
	if a.Blobs == nil {
		return nil, noBlobs(op)
	}
	copies, names, err := a.copiesOf(ctx, f)
	if err != nil {
		return nil, err
	}
	for _, c := range copies {
		if !v.who(ctx).May(actor.EraseFile, c.Place, v.Atlas) {
			return nil, fault.New(fault.Conflict, op, "", "a file of another territory (%s) has the same content, and nothing was erased: let an administrator of both do it", c.Place)
		}
	}
	if err := a.entomb(ctx, v, copies, names, e.Reason); err != nil {
		return nil, err
	}
	for _, n := range names { // again after a failure: erasing twice is no error
		if err := a.Blobs.Erase(ctx, n); err != nil {
			return nil, err
		}
	}
	out, err := a.File(ctx, id)
	if fault.Is(err, fault.NotFound) {
		return v.viewFile(ctx, f, s), nil
	}
	return out, err
}

// entomb makes tombstones of files and notes that their contents are not taken
// again, in one act.
func (a *App) entomb(ctx context.Context, v *view, files []*keptFile, names []blob.Name, reason string) error {
	if len(files) == 0 {
		return nil
	}
	entry := func(f *keptFile) actor.Entry {
		return actor.Entry{At: a.Clock(), Actor: v.who(ctx).ID, Op: "file.erase", Subject: f.ID, Detail: fmt.Sprintf("sha256=%s", f.Content)}
	}
	return a.Store.Act(ctx, entry(files[0]), func(tx *store.Tx) error {
		for i, f := range files {
			f.State, f.Reason = fileErased, reason
			f.Name, f.Caption, f.Point, f.Taken, f.Offset, f.Flags = "erased"+suffixOf(f.Name), nil, nil, nil, nil, nil
			it, err := f.item()
			if err != nil {
				return err
			}
			if _, err := tx.Put(it, f.Version); err != nil {
				return err
			}
			if i > 0 {
				tx.Also(entry(f))
			}
		}
		for _, n := range names {
			if _, err := tx.Item(kindErased, string(n)); err == nil {
				continue
			} else if !fault.Is(err, fault.NotFound) {
				return err
			}
			if _, err := tx.Put(store.Item{Kind: kindErased, ID: string(n), Path: files[0].Path, State: fileErased, Owner: string(v.who(ctx).ID), Body: []byte("{}")}, 0); err != nil {
				return err
			}
		}
		return nil
	})
}

// notErased refuses a content that was erased, whatever it is sent for.
func notErased(d itemSource, n blob.Name) error {
	_, err := d.Item(kindErased, string(n))
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return fault.New(fault.Conflict, "app.AddFile", "", "this content was erased by an administrator and is not taken again")
}

// copiesOf returns the files that still keep the content of a file, or a picture
// made of it, as their own, and the names of all that goes with them: what a
// file of another content needs stays.
func (a *App) copiesOf(ctx context.Context, f *keptFile) (copies []*keptFile, names []blob.Name, err error) {
	own := f.contents()
	shared := map[blob.Name]bool{}
	names = slices.Clone(own)
	err = a.eachFile(ctx, func(other *keptFile) error {
		switch {
		case other.State != fileKept:
		case slices.Contains(own, other.Content):
			copies = append(copies, other)
			names = append(names, other.contents()...)
		default:
			for _, n := range other.contents() {
				shared[n] = true
			}
		}
		return nil
	})
	slices.Sort(names)
	return copies, slices.DeleteFunc(slices.Compact(names), func(n blob.Name) bool { return shared[n] }), err
}

// eachFile visits every file on the desk.
func (a *App) eachFile(ctx context.Context, visit func(*keptFile) error) error {
	for after := ""; ; {
		items, next, err := a.Store.Items(ctx, store.ItemQuery{Kind: kindFile, After: after, Limit: maxFiles})
		if err != nil {
			return err
		}
		for _, it := range items {
			f, err := fileOf(it)
			if err == nil {
				err = visit(f)
			}
			if err != nil {
				return err
			}
		}
		if after = next; next == "" {
			return nil
		}
	}
}

func suffixOf(name string) string {
	for i := len(name) - 1; i > 0; i-- {
		if name[i] == '.' {
			return name[i:]
		}
	}
	return ""
}

// FilesReport tells whether all contents are there and unbroken.
type FilesReport struct {
	Files    int          `json:"files"`    // on the desk
	Contents int          `json:"contents"` // that they refer to, smaller pictures included
	Bytes    int64        `json:"bytes"`
	Erased   int          `json:"erased"`
	Spare    int          `json:"spare"` // contents to which no file refers
	Broken   []BrokenFile `json:"broken"`
	Where    string       `json:"where"`
}

// BrokenFile is a content that is missing or not what its name says.
type BrokenFile struct {
	File    string `json:"file"`
	Content string `json:"content"`
	Why     string `json:"why"` // missing, broken or unreadable
}

// VerifyFiles reads every content that a file refers to and compares it with
// its name. It returns an error only when the work itself cannot be done.
func (a *App) VerifyFiles(ctx context.Context, step func(done int)) (*FilesReport, error) {
	if a.Blobs == nil {
		return nil, noBlobs("app.VerifyFiles")
	}
	out := &FilesReport{Broken: []BrokenFile{}, Where: a.Blobs.Where()}
	seen := map[blob.Name]string{} // and what is wrong with it
	err := a.eachFile(ctx, func(f *keptFile) error {
		out.Files++
		if f.State == fileErased {
			out.Erased++
			return nil
		}
		for _, n := range f.contents() {
			why, known := seen[n]
			if !known {
				var size int64
				var err error
				if size, why, err = a.verifyContent(ctx, n); err != nil {
					return err
				}
				seen[n] = why
				out.Contents++
				out.Bytes += size
				if step != nil {
					step(out.Contents)
				}
			}
			if why != "" {
				out.Broken = append(out.Broken, BrokenFile{File: f.ID, Content: string(n), Why: why})
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, a.Blobs.Each(ctx, func(i blob.Info) error {
		if _, ok := seen[i.Name]; !ok {
			out.Spare++
		}
		return nil
	})
}

// verifyContent reads a content; why is empty when nothing is wrong with it.
func (a *App) verifyContent(ctx context.Context, n blob.Name) (size int64, why string, err error) {
	c, err := a.Blobs.Open(ctx, n)
	switch {
	case err == nil:
		return c.Size, "", c.Close()
	case fault.Is(err, fault.NotFound):
		return 0, "missing", nil
	case fault.Is(err, fault.Conflict):
		return 0, "broken", nil
	}
	return 0, "", err
}
