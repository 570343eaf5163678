package app

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/exchange/photo"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/blob"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/place"
)

const (
	kindFile   = "file"           // on the desk
	kindErased = "erased_content" // named by its content: not taken again

	fileKept   = "kept"
	fileErased = "erased"

	// maxLooking bounds how many pictures are decoded at the same time, since
	// each may take some hundred megabytes.
	maxLooking = 2
	// maxFiles bounds the files of one answer.
	maxFiles = 500
)

// fileRecord is what the desk keeps of a file.
type fileRecord struct {
	Name       string     `json:"name"`
	Type       photo.Type `json:"type"`
	Charset    string     `json:"charset,omitempty"` // of a text
	Size       int64      `json:"size"`
	Content    blob.Name  `json:"content"`
	Small      blob.Name  `json:"small,omitempty"`
	Large      blob.Name  `json:"large,omitempty"`
	Open       blob.Name  `json:"open,omitempty"` // what everybody gets in place of a photo
	Width      int        `json:"width,omitempty"`
	Height     int        `json:"height,omitempty"`
	Kind       string     `json:"kind"`
	Caption    lang.Text  `json:"caption,omitempty"`
	Place      place.ID   `json:"place"`
	Facility   string     `json:"facility,omitempty"`
	Office     string     `json:"office,omitempty"`
	About      string     `json:"about,omitempty"`
	Restricted bool       `json:"restricted,omitempty"`
	Taken      *time.Time `json:"taken,omitempty"` // on the clock of the camera
	Offset     *int       `json:"offset,omitempty"`
	Point      *lonLat    `json:"point,omitempty"`
	Flags      []string   `json:"flags,omitempty"`
	Sent       time.Time  `json:"sent"`
	Reason     string     `json:"reason,omitempty"` // why it was erased
}

type lonLat struct {
	Lat float64 `json:"lat"`
	Lon float64 `json:"lon"`
}

// contents lists the names of everything that a file keeps in the store.
func (f *fileRecord) contents() []blob.Name {
	out := []blob.Name{f.Content}
	for _, n := range []blob.Name{f.Small, f.Large, f.Open} {
		if n != "" && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}

// keptFile is a file and the item that holds it.
type keptFile struct {
	store.Item
	fileRecord
}

func fileOf(it store.Item) (*keptFile, error) {
	f := &keptFile{Item: it}
	if err := json.Unmarshal(it.Body, &f.fileRecord); err != nil {
		return nil, fault.New(fault.Internal, "app.File", it.ID, "a file cannot be read back: %w", err)
	}
	return f, nil
}

func (f *keptFile) item() (store.Item, error) {
	body, err := json.Marshal(f.fileRecord)
	it := f.Item
	it.Body = body
	return it, err
}

// sight is how much of a file somebody may see.
type sight int

const (
	sightNone sight = iota
	sightOpen       // what was published of it
	sightFull       // all, with the notes of the camera
)

// sees decides who sees what of a file. What belongs to something published is
// for everybody, without the notes of the camera; the rest is for those who
// may read drafts where it belongs, and what is restricted for fewer.
func (v *view) sees(ctx context.Context, f *keptFile) sight {
	who := v.who(ctx)
	act := actor.ReadDrafts
	if f.Restricted {
		act = actor.ReadRestricted
	}
	switch {
	case who.SignedIn() && f.Owner == string(who.ID) && who.InScope(act), who.May(act, f.Place, v.Atlas):
		return sightFull
	case !f.Restricted && len(v.publishedFor(f.ID)) > 0:
		return sightOpen
	}
	return sightNone
}

// publishedFor returns the published things that refer to a file: those beside
// which it lies, and those to which an answer brought it. A withdrawal takes it
// away from both.
func (v *view) publishedFor(id string) []string {
	var out []string
	withdrawn := map[string]bool{}
	add := func(about string) {
		if !withdrawn[about] && !slices.Contains(out, about) {
			out = append(out, about)
		}
	}
	for _, a := range v.Attachments {
		if a.File == id && a.Withdrawn {
			withdrawn[a.About] = true
		}
	}
	for _, a := range v.Attachments {
		if a.File == id {
			add(a.About)
		}
	}
	for _, a := range v.Programme.Answers {
		if slices.Contains(a.Files, id) {
			add(a.About)
		}
	}
	return out
}

// noFile hides what is not there and what may not be seen behind one answer.
func noFile() error {
	return fault.New(fault.NotFound, "app.File", "", "there is no such file, or it is not published: sign in if it belongs to your office")
}

// fileSeen returns a file if whoever acts may see it.
func (a *App) fileSeen(ctx context.Context, id string) (*view, *keptFile, sight, error) {
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, nil, sightNone, err
	}
	it, err := a.Store.Item(ctx, kindFile, id)
	if fault.Is(err, fault.NotFound) {
		err = noFile()
	}
	if err != nil {
		return nil, nil, sightNone, err
	}
	f, err := fileOf(it)
	if err != nil {
		return nil, nil, sightNone, err
	}
	s := v.sees(ctx, f)
	if s == sightNone {
		return nil, nil, s, noFile()
	}
	return v, f, s, nil
}

// File returns what is known of a file.
func (a *App) File(ctx context.Context, id string) (*httpapi.File, error) {
	v, f, s, err := a.fileSeen(ctx, id)
	if err != nil {
		return nil, err
	}
	return v.viewFile(ctx, f, s), nil
}

// viewFile puts a file into the words of the API.
func (v *view) viewFile(ctx context.Context, f *keptFile, s sight) *httpapi.File {
	published := v.publishedFor(f.ID)
	out := &httpapi.File{ID: f.ID, Version: f.Version, Name: f.Name, Type: string(f.Type), Size: f.Size, SHA256: string(f.Content), Kind: f.fileRecord.Kind, Caption: f.Caption,
		Place: string(f.Place), Facility: f.Facility, Office: f.Office, Restricted: f.Restricted, Public: !f.Restricted && len(published) > 0, Erased: f.State == fileErased, Reason: f.Reason,
		About: published, Width: f.Width, Height: f.Height, Thumb: f.Small != "" && f.State == fileKept, Flags: f.Flags, SentAt: f.Sent, May: v.mayOnFile(ctx, f)}
	if out.About == nil {
		out.About = []string{}
	}
	if out.Flags == nil {
		out.Flags = []string{}
	}
	if s == sightFull && f.fileRecord.About != "" && !slices.Contains(out.About, f.fileRecord.About) {
		out.About = append(out.About, f.fileRecord.About)
	}
	if f.Taken != nil {
		out.TakenAt = &httpapi.TakenAt{Local: f.Taken.Format("2006-01-02T15:04:05"), Offset: f.Offset}
	}
	if f.Point != nil {
		out.Point = &httpapi.Point{Lat: f.Point.Lat, Lon: f.Point.Lon}
	}
	if f.Caption == nil {
		out.Caption = lang.Text{}
	}
	return out
}

// mayOnFile lists the acts that a page can offer.
func (v *view) mayOnFile(ctx context.Context, f *keptFile) []string {
	out := []string{}
	who := v.who(ctx)
	public := len(v.publishedFor(f.ID)) > 0
	for _, act := range []actor.Act{actor.AttachFile, actor.Publish, actor.EraseFile} {
		if act == actor.AttachFile && public && !who.May(actor.Publish, f.Place, v.Atlas) {
			continue
		}
		if f.State == fileKept && who.May(act, f.Place, v.Atlas) {
			out = append(out, string(act))
		}
	}
	return out
}

// ListFiles returns the files that whoever asks may see, newest first.
func (a *App) ListFiles(ctx context.Context, q httpapi.FileFilter) ([]httpapi.File, error) {
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, err
	}
	if q.Place != "" && !v.Atlas.Has(place.ID(q.Place)) {
		return nil, fault.New(fault.NotFound, "app.ListFiles", "", "no place has this code: see /api/vocabulary")
	}
	items, err := a.candidates(ctx, v, q)
	if err != nil {
		return nil, err
	}
	out := []httpapi.File{}
	for _, it := range items {
		f, err := fileOf(it)
		if err != nil {
			return nil, err
		}
		s := v.sees(ctx, f)
		if s == sightNone || q.Kind != "" && f.fileRecord.Kind != q.Kind || q.Place != "" && !v.Atlas.Within(f.Place, place.ID(q.Place)) {
			continue
		}
		if out = append(out, *v.viewFile(ctx, f, s)); len(out) == maxFiles {
			break
		}
	}
	slices.SortStableFunc(out, func(x, y httpapi.File) int { return cmp.Or(y.SentAt.Compare(x.SentAt), strings.Compare(x.ID, y.ID)) })
	return out, nil
}

// candidates reads the items among which a list is chosen.
func (a *App) candidates(ctx context.Context, v *view, q httpapi.FileFilter) ([]store.Item, error) {
	base := store.ItemQuery{Kind: kindFile, Newest: true}
	switch {
	case q.IDs != "":
		base.IDs = slices.DeleteFunc(strings.Split(q.IDs, ","), func(s string) bool { return s == "" })
		if len(base.IDs) > maxFiles {
			return nil, fault.New(fault.TooLarge, "app.ListFiles", "", "ask for at most %d files at a time", maxFiles)
		}
	case q.About != "":
		return a.filesAbout(ctx, v, plainID(q.About))
	default:
		return a.filesIn(ctx, v, q.Place)
	}
	if len(base.IDs) == 0 {
		return nil, nil
	}
	items, _, err := a.Store.Items(ctx, base)
	return items, err
}

// filesAbout reads what was sent for a thing and what was published beside it.
func (a *App) filesAbout(ctx context.Context, v *view, about string) ([]store.Item, error) {
	sent, _, err := a.Store.Items(ctx, store.ItemQuery{Kind: kindFile, About: about, Newest: true, Limit: maxFiles})
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, id := range v.publishedFiles() {
		known := slices.ContainsFunc(sent, func(it store.Item) bool { return it.ID == id })
		if !known && slices.Contains(v.publishedFor(id), about) {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return sent, nil
	}
	more, _, err := a.Store.Items(ctx, store.ItemQuery{Kind: kindFile, IDs: ids[:min(len(ids), maxFiles)]})
	return append(sent, more...), err
}

// filesIn reads the drafts of the territories in which whoever acts may read
// them, and what was published.
func (a *App) filesIn(ctx context.Context, v *view, at string) ([]store.Item, error) {
	var out []store.Item
	paths := append(v.paths(ctx, actor.ReadDrafts), v.paths(ctx, actor.ReadRestricted)...)
	if at != "" {
		paths = narrowed(paths, v.path(place.ID(at)))
	}
	if len(paths) > 0 {
		drafts, _, err := a.Store.Items(ctx, store.ItemQuery{Kind: kindFile, Paths: paths, Newest: true, Limit: maxFiles})
		if err != nil {
			return nil, err
		}
		out = drafts
	}
	var ids []string
	for _, id := range v.publishedFiles() {
		if !slices.ContainsFunc(out, func(it store.Item) bool { return it.ID == id }) {
			ids = append(ids, id)
		}
	}
	for part := range slices.Chunk(ids, maxFiles) {
		items, _, err := a.Store.Items(ctx, store.ItemQuery{Kind: kindFile, IDs: part})
		if err != nil {
			return nil, err
		}
		out = append(out, items...)
	}
	return out, nil
}

// narrowed cuts territories down to what lies within one of them and within at.
func narrowed(paths []string, at string) []string {
	var out []string
	for _, p := range paths {
		switch {
		case strings.HasPrefix(at, p):
			return []string{at}
		case strings.HasPrefix(p, at):
			out = append(out, p)
		}
	}
	return out
}

// publishedFiles lists every file that something published refers to, or did.
func (v *view) publishedFiles() []string {
	var out []string
	for _, a := range v.Attachments {
		out = append(out, a.File)
	}
	for _, a := range v.Programme.Answers {
		out = append(out, a.Files...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Content opens the content of a file, or a smaller picture of it. Whoever may
// see only what was published gets a photo without the notes of the camera.
func (a *App) Content(ctx context.Context, id, size string) (*httpapi.FileContent, error) {
	const op = "app.Content"
	v, f, s, err := a.fileSeen(ctx, id)
	if err != nil {
		return nil, err
	}
	if f.State == fileErased {
		return nil, fault.New(fault.NotFound, op, "", "the content of this file was erased by an administrator")
	}
	out := &httpapi.FileContent{Name: f.Name, Type: string(f.Type), Inline: f.Type.Picture() || f.Type == photo.PDF, Public: !f.Restricted && len(v.publishedFor(id)) > 0}
	name := f.Content
	switch {
	case size == httpapi.ContentSmall:
		name = f.Small
	case size == httpapi.ContentLarge:
		name = f.Large
	case s == sightOpen && f.Type.Picture():
		name = f.Open
	}
	if name == "" {
		return nil, fault.New(fault.NotFound, op, "", "no picture can be shown of this file: its content is for those who may read drafts here")
	}
	if name != f.Content && f.Type.Picture() {
		out.Type, out.Name = string(photo.JPEG), photo.Name(f.Name, photo.JPEG)
	}
	if f.Charset != "" {
		out.Type += "; charset=" + f.Charset
	}
	if a.Blobs == nil {
		return nil, noBlobs(op)
	}
	c, err := a.Blobs.Open(ctx, name)
	if err != nil {
		return nil, err
	}
	// What is not for everybody is shown only when it is journaled.
	if f.Restricted || !out.Public && f.Owner != string(v.who(ctx).ID) {
		if err := a.noteRead(ctx, readFile, f.ID); err != nil {
			_ = c.Close() // only read
			return nil, err
		}
	}
	out.ReadSeekCloser, out.ETag = c, string(name)
	return out, nil
}

func noBlobs(op string) error {
	return fault.New(fault.Unavailable, op, "", "this server has no place for files: start it with --files")
}

// MaxFile bounds a file that is sent, in bytes.
func (a *App) MaxFile() int64 { return a.FileLimits.Bytes }

// act records a change of a file on the desk.
func (a *App) changeFile(ctx context.Context, v *view, verb string, f *keptFile, detail string, more func(*store.Tx) error) error {
	it, err := f.item()
	if err != nil {
		return err
	}
	return a.Store.Act(ctx, actor.Entry{At: a.Clock(), Actor: v.who(ctx).ID, Op: "file." + verb, Subject: f.ID, Detail: detail}, func(tx *store.Tx) error {
		if more != nil {
			if err := more(tx); err != nil {
				return err
			}
		}
		version, err := tx.Put(it, f.Version)
		f.Version = version
		return err
	})
}

// ChangeFile changes caption, kind or who may see a file. Who makes a file
// restricted must be able to read it afterwards.
func (a *App) ChangeFile(ctx context.Context, id string, c httpapi.FileChange) (*httpapi.File, error) {
	const op = "app.ChangeFile"
	v, f, s, err := a.fileSeen(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := a.may(ctx, v, actor.AttachFile, f.Place); err != nil {
		return nil, err
	}
	// What everybody sees is changed only by those who may publish it.
	if len(v.publishedFor(id)) > 0 {
		if err := a.may(ctx, v, actor.Publish, f.Place); err != nil {
			return nil, err
		}
	}
	if f.State == fileErased {
		return nil, fault.New(fault.Conflict, op, "", "the content of this file was erased: nothing can be changed")
	}
	if c.Version != f.Version {
		return nil, fault.New(fault.Conflict, op, "", "somebody else has changed this file: look at it again, then repeat")
	}
	if c.Caption != nil {
		if err := checkCaption(*c.Caption); err != nil {
			return nil, err
		}
		f.Caption = *c.Caption
	}
	f.fileRecord.Kind = cmp.Or(c.Kind, f.fileRecord.Kind)
	if c.Restricted != nil && *c.Restricted != f.Restricted {
		// Opening to all what was kept closed is a publication.
		needs := actor.Publish
		if *c.Restricted {
			needs = actor.ReadRestricted
		}
		if !*c.Restricted || f.Owner != string(v.who(ctx).ID) {
			if err := a.may(ctx, v, needs, f.Place); err != nil {
				return nil, err
			}
		}
		f.Restricted = *c.Restricted
	}
	if err := a.changeFile(ctx, v, "change", f, fmt.Sprintf("restricted=%t", f.Restricted), nil); err != nil {
		return nil, err
	}
	return v.viewFile(ctx, f, s), nil
}

const maxCaption = 500 // bytes in one language

func checkCaption(t lang.Text) error {
	for code, s := range t {
		if !slices.Contains(lang.Codes(), code) {
			return fault.New(fault.Invalid, "app.ChangeFile", "", "a caption is in kk, ru or en")
		}
		if len(s) > maxCaption {
			return fault.New(fault.Invalid, "app.ChangeFile", "", "a caption has at most %d bytes: shorten it", maxCaption)
		}
	}
	return nil
}
