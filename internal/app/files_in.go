package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/country"
	"github.com/shanyraq/shanyraq/exchange/photo"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/blob"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/place"
)

// The kinds of evidence.
const (
	photoKind = "photo"
	otherKind = "other"
)

// AddFile keeps a file that somebody sends. The same content for the same thing
// is kept once, whoever sends it again.
func (a *App) AddFile(ctx context.Context, in httpapi.NewFile) (*httpapi.File, error) {
	const op = "app.AddFile"
	in.About = plainID(in.About)
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, err
	}
	at, facility, err := a.placeOfFile(ctx, v, in)
	if err != nil {
		return nil, err
	}
	if err := a.may(ctx, v, actor.AttachFile, at); err != nil {
		return nil, err
	}
	f := &keptFile{Item: store.Item{Kind: kindFile, ID: fileID(in, at), Path: v.path(at), About: in.About, State: fileKept, Owner: string(v.who(ctx).ID)}}
	if out, err := a.knownFile(ctx, v, f.ID); out != nil || err != nil {
		return out, err
	}
	if err := notErased(atRest{ctx, a.Store}, blob.NameOf(in.Body)); err != nil {
		return nil, err
	}
	made, err := a.inspect(ctx, in, &f.fileRecord)
	if err != nil {
		return nil, err
	}
	f.fileRecord.About, f.Place, f.Facility, f.Office, f.Restricted, f.Sent = in.About, at, facility, v.who(ctx).Office, in.Restricted, a.Clock().UTC()
	var outlines map[place.ID]orb.MultiPolygon
	if made.Point != nil {
		if outlines, err = a.outlines(ctx, v); err != nil {
			return nil, err
		}
	}
	f.Flags = v.flags(made, outlines, at, facility, a.Clock())
	if a.Blobs == nil {
		return nil, noBlobs(op)
	}
	if err := a.keep(ctx, in.Body, made, &f.fileRecord); err != nil {
		return nil, err
	}
	err = a.changeFile(ctx, v, "add", f, fmt.Sprintf("sha256=%s size=%d type=%s restricted=%t", f.Content, f.Size, f.Type, f.Restricted), func(tx *store.Tx) error { return notErased(tx, f.Content) })
	if fault.Is(err, fault.Conflict) { // sent twice at the same time
		if out, known := a.knownFile(ctx, v, f.ID); out != nil || known != nil {
			return out, known
		}
	}
	if err != nil {
		return nil, err
	}
	return v.viewFile(ctx, f, sightFull), nil
}

// fileID names a file by its content, what it is about and where it belongs.
func fileID(in httpapi.NewFile, at place.ID) string {
	h := sha256.New()
	for _, s := range []string{string(blob.NameOf(in.Body)), in.About, string(at), fmt.Sprint(in.Restricted)} {
		fmt.Fprintf(h, "%d:%s", len(s), s)
	}
	return "f" + hex.EncodeToString(h.Sum(nil)[:12])
}

// knownFile returns a file that was sent before, nil when it was not.
func (a *App) knownFile(ctx context.Context, v *view, id string) (*httpapi.File, error) {
	it, err := a.Store.Item(ctx, kindFile, id)
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	f, err := fileOf(it)
	if err != nil {
		return nil, err
	}
	if f.State == fileErased {
		return nil, fault.New(fault.Conflict, "app.AddFile", "", "this content was erased by an administrator and is not taken again")
	}
	out := v.viewFile(ctx, f, sightFull)
	out.Known = true
	return out, nil
}

// looked is what the bytes of a file say, and the pictures made of it.
type looked struct {
	photo.Finding
	small, large, open []byte
}

// inspect tells what was sent. Only few pictures are decoded at a time.
func (a *App) inspect(ctx context.Context, in httpapi.NewFile, r *fileRecord) (looked, error) {
	select {
	case a.looking <- struct{}{}:
		defer func() { <-a.looking }()
	case <-ctx.Done():
		return looked{}, ctx.Err()
	}
	found, err := photo.Look(in.Body, in.Name, a.FileLimits)
	if err != nil {
		return looked{}, err
	}
	out := looked{Finding: found}
	if found.Type.Decoded() {
		if out.small, out.large, out.open, err = photo.Pictures(in.Body, found); err != nil {
			return looked{}, err
		}
	}
	r.Name, r.Type, r.Width, r.Height = photo.Name(in.Name, found.Type), found.Type, found.Width, found.Height
	if strings.HasPrefix(string(found.Type), "text/") {
		r.Charset = photo.Charset(in.Body)
	}
	r.Kind = in.Kind
	if r.Kind == "" {
		r.Kind = otherKind
		if found.Type.Picture() {
			r.Kind = photoKind
		}
	}
	if t := found.Taken; t != nil {
		r.Taken, r.Offset = &t.Local, t.Offset
	}
	if p := found.Point; p != nil {
		r.Point = &lonLat{p.Lat, p.Lon}
	}
	return out, nil
}

// keep brings content and pictures into the store of files, the content last:
// when it is there, all is there.
func (a *App) keep(ctx context.Context, body []byte, made looked, r *fileRecord) error {
	for _, part := range []struct {
		b    []byte
		name *blob.Name
	}{{made.small, &r.Small}, {made.large, &r.Large}, {made.open, &r.Open}, {body, &r.Content}} {
		if part.b == nil {
			continue
		}
		i, err := a.Blobs.Put(ctx, bytes.NewReader(part.b), int64(len(part.b)))
		if err != nil {
			return err
		}
		*part.name = i.Name
	}
	r.Size = int64(len(body))
	return nil
}

// placeOfFile tells where a file belongs, and to which facility: where the
// sender says, where the thing is that it is about, or where the sender works.
func (a *App) placeOfFile(ctx context.Context, v *view, in httpapi.NewFile) (at place.ID, facility string, err error) {
	const op = "app.AddFile"
	if in.Place != "" {
		if v.Atlas.Has(place.ID(in.Place)) {
			return place.ID(in.Place), "", nil
		}
		if f, ok := v.facility(in.Place); ok {
			return f.Place, f.Code, nil
		}
		return "", "", fault.New(fault.Invalid, op, "", "no place or facility has this code: see /api/vocabulary")
	}
	if w, err := a.workNamed(ctx, v, in.About); w != nil || err != nil {
		if err != nil {
			return "", "", err
		}
		return w.Place, string(w.Facility), nil
	}
	if in.About != "" {
		f, err := a.figureOf(ctx, v, in.About)
		if err == nil {
			return f.Place, f.Dims()["facility"], nil
		}
		if !fault.Is(err, fault.NotFound) {
			return "", "", err
		}
	}
	if own := v.who(ctx).Where(actor.AttachFile); len(own) > 0 && v.Atlas.Has(own[0]) {
		return own[0], "", nil
	}
	return "", "", fault.New(fault.Invalid, op, "", "say with place where the file belongs")
}

// facility finds a facility by its code.
func (v *view) facility(code string) (country.Facility, bool) {
	i := slices.IndexFunc(v.Facilities, func(f country.Facility) bool { return f.Code == code })
	if i < 0 {
		return country.Facility{}, false
	}
	return v.Facilities[i], true
}

// placeOf returns the place of something published: a promise, an ask, a figure
// or a work. It returns fault.NotFound when nothing has that id.
func (a *App) placeOf(ctx context.Context, v *view, about string) (place.ID, error) {
	if w, err := a.workNamed(ctx, v, about); w != nil || err != nil {
		if err == nil {
			err = linkable(w)
		}
		if err != nil {
			return "", err
		}
		return w.Place, nil
	}
	f, err := a.figureOf(ctx, v, about)
	if err != nil {
		return "", err
	}
	return f.Place, nil
}

// figureOf returns the figure behind a promise, an ask or a figure id.
func (a *App) figureOf(ctx context.Context, v *view, about string) (*ledger.Figure, error) {
	for _, k := range v.Programme.Asks {
		if k.ID == about && k.About != about {
			return a.figureOf(ctx, v, k.About)
		}
	}
	for _, s := range v.Programme.Statements {
		if s.ID == about {
			if f := v.Programme.Figures[s.Figure]; f != nil {
				return f, nil
			}
		}
	}
	id, err := ledger.ParseFigureID(about)
	if err != nil {
		return nil, fault.New(fault.NotFound, "app.placeOf", "", "no promise, ask or figure has this id")
	}
	f, err := a.Store.Figure(ctx, id, v.at)
	if err != nil {
		return nil, err
	}
	return &f, nil
}
