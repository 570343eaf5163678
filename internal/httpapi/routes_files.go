package httpapi

import (
	"context"
	"log/slog"
	"mime"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/shanyraq/shanyraq/actor"
)

// Files is evidence: photos, acts, contracts; *app.App does it.
type Files interface {
	// MaxFile bounds a file, in bytes.
	MaxFile() int64
	AddFile(context.Context, NewFile) (*File, error)
	ListFiles(context.Context, FileFilter) ([]File, error)
	File(ctx context.Context, id string) (*File, error)
	ChangeFile(ctx context.Context, id string, c FileChange) (*File, error)
	// Content opens the content of a file, or a smaller picture of it.
	Content(ctx context.Context, id, size string) (*FileContent, error)
	LinkFile(ctx context.Context, id string, l FileLink) (*File, error)
	UnlinkFile(ctx context.Context, id string, u FileUnlink) (*File, error)
	EraseFile(ctx context.Context, id string, e FileErasure) (*File, error)
}

const (
	tagFiles = "evidence"
	// A photo from a phone may take its time on the way.
	uploadTimeout = 5 * time.Minute
	usualFile     = 25 << 20 // bytes
)

type newFileInput struct {
	Name       string `query:"name" required:"true" minLength:"1" maxLength:"400" doc:"what the file is called"`
	About      string `query:"about" maxLength:"120" doc:"promise, figure, ask or draft of which it is evidence"`
	Place      string `query:"place" maxLength:"40" doc:"code of a territory or a facility; default that of what it is about, else the sender's own"`
	Kind       string `query:"kind" enum:"photo,act,contract,other," doc:"default photo for a picture, other for the rest"`
	Restricted bool   `query:"restricted" doc:"never for everybody"`
	RawBody    []byte `contentType:"application/octet-stream"`
}

type filesInput struct {
	IDs   string `query:"ids" maxLength:"4200" doc:"ids with commas between"`
	About string `query:"about" maxLength:"120" doc:"id of a promise, figure, ask or draft"`
	Place string `query:"place" maxLength:"40" doc:"a place and everything in it"`
	Kind  string `query:"kind" enum:"photo,act,contract,other,"`
}

type fileInput struct {
	ID string `path:"id" minLength:"8" maxLength:"40"`
}

type fileBody[T any] struct {
	ID   string `path:"id" minLength:"8" maxLength:"40"`
	Body T
}

type thumbInput struct {
	ID   string `path:"id" minLength:"8" maxLength:"40"`
	Size string `query:"size" enum:"small,large" default:"small" doc:"longest side 320 or 1280 pixels"`
}

func routesFiles(api huma.API, o Options) {
	f := o.Files
	limit := int64(usualFile)
	if f != nil {
		limit = f.MaxFile()
	}
	// A byte more than the limit tells a file that is too large from one that fits.
	serve(api, o, op{ID: "addFile", Method: http.MethodPost, Path: "/api/files", Tag: tagFiles, Summary: "Sends a file; the same content for the same thing is kept once", Act: actor.AttachFile, MaxBody: limit + 1, BodyTime: uploadTimeout},
		func(ctx context.Context, in *newFileInput) (*File, error) {
			return f.AddFile(ctx, NewFile{Name: in.Name, About: in.About, Place: in.Place, Kind: in.Kind, Restricted: in.Restricted, Body: in.RawBody})
		})
	serve(api, o, op{ID: "listFiles", Method: http.MethodGet, Path: "/api/files", Tag: tagFiles, Summary: "Evidence that the reader may see, newest first", Public: true},
		func(ctx context.Context, in *filesInput) (*List[File], error) {
			list, err := f.ListFiles(ctx, FileFilter{IDs: in.IDs, About: in.About, Place: in.Place, Kind: in.Kind})
			return &List[File]{Items: list}, err
		})
	serve(api, o, op{ID: "getFile", Method: http.MethodGet, Path: "/api/files/{id}", Tag: tagFiles, Summary: "What is known of a file", Public: true},
		func(ctx context.Context, in *fileInput) (*File, error) { return f.File(ctx, in.ID) })
	serve(api, o, op{ID: "changeFile", Method: http.MethodPut, Path: "/api/files/{id}", Tag: tagFiles, Summary: "Changes caption, kind or who may see a file", Act: actor.AttachFile},
		func(ctx context.Context, in *fileBody[FileChange]) (*File, error) {
			return f.ChangeFile(ctx, in.ID, in.Body)
		})
	serve(api, o, op{ID: "linkFile", Method: http.MethodPost, Path: "/api/files/{id}/attachments", Tag: tagFiles, Summary: "Lays a file beside a promise, a figure or an ask, for everybody to see", Act: actor.AttachFile},
		func(ctx context.Context, in *fileBody[FileLink]) (*File, error) {
			return f.LinkFile(ctx, in.ID, in.Body)
		})
	serve(api, o, op{ID: "unlinkFile", Method: http.MethodPost, Path: "/api/files/{id}/attachments/withdraw", Tag: tagFiles, Summary: "Takes a file away again, with a reason that everybody can read", Act: actor.AttachFile},
		func(ctx context.Context, in *fileBody[FileUnlink]) (*File, error) {
			return f.UnlinkFile(ctx, in.ID, in.Body)
		})
	serve(api, o, op{ID: "eraseFile", Method: http.MethodPost, Path: "/api/files/{id}/erase", Tag: tagFiles, Summary: "Removes a content for good, for personal data published by mistake", Act: actor.EraseFile},
		func(ctx context.Context, in *fileBody[FileErasure]) (*File, error) {
			return f.EraseFile(ctx, in.ID, in.Body)
		})
	serveWith(api, o, op{ID: "getFileContent", Method: http.MethodGet, Path: "/api/files/{id}/content", Tag: tagFiles, Summary: "The content of a file; of a published photo everybody gets a copy without the notes of the camera", Public: true},
		func(ctx context.Context, in *fileInput) (*huma.StreamResponse, error) {
			return stream(ctx, o.Log, f, in.ID, ContentWhole)
		})
	serveWith(api, o, op{ID: "getFileThumb", Method: http.MethodGet, Path: "/api/files/{id}/thumb", Tag: tagFiles, Summary: "A smaller picture of a photo", Public: true},
		func(ctx context.Context, in *thumbInput) (*huma.StreamResponse, error) {
			return stream(ctx, o.Log, f, in.ID, in.Size)
		})
}

// contentPolicy lets nothing in a content run or load, whatever it holds.
const (
	contentPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'none'; sandbox"
	// The readers of PDF in browsers do not start in a sandbox; they are one.
	documentPolicy = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'"
)

const pdfType = "application/pdf"

// stream sends a content, or the part of it that was asked for.
func stream(ctx context.Context, log *slog.Logger, f Files, id, size string) (*huma.StreamResponse, error) {
	c, err := f.Content(ctx, id, size)
	if err != nil {
		return nil, err
	}
	return &huma.StreamResponse{Body: func(ctx huma.Context) {
		defer func() {
			if err := c.Close(); err != nil {
				log.Warn("a content could not be closed", "error", err.Error())
			}
		}()
		r, w := humago.Unwrap(ctx)
		head := w.Header()
		head.Set("Content-Type", c.Type)
		head.Set("Content-Disposition", disposition(c))
		head.Set("X-Content-Type-Options", "nosniff")
		head.Set("Content-Security-Policy", contentPolicy)
		if c.Type == pdfType {
			head.Set("Content-Security-Policy", documentPolicy)
		}
		head.Set("Cache-Control", "no-store")
		if c.Public {
			head.Set("Cache-Control", "no-cache")
			head.Set("ETag", `"`+c.ETag+`"`)
		}
		http.ServeContent(w, r, "", time.Time{}, c)
	}}, nil
}

func disposition(c *FileContent) string {
	how := "attachment"
	if c.Inline {
		how = "inline"
	}
	if s := mime.FormatMediaType(how, map[string]string{"filename": c.Name}); s != "" {
		return s
	}
	return how
}
