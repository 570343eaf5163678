package httpapi

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/shanyraq/shanyraq/actor"
)

// Imports is files of figures brought in by the wizard; *app.App does it.
type Imports interface {
	// UploadImport keeps a file and looks at it. The same id sent again by the
	// same account is the same import.
	UploadImport(ctx context.Context, id, name string, file io.Reader) (*Import, error)
	Import(ctx context.Context, id string) (*Import, error)
	Imports(ctx context.Context, q ImportQuery) (*List[Import], error)
	PlanImport(ctx context.Context, id string, p ImportPlan) (*Import, error)
	EditImport(ctx context.Context, id string, e ImportEdits) (*Import, error)
	CheckImport(ctx context.Context, id string, s ImportStep) (*Import, error)
	CommitImport(ctx context.Context, id string, s ImportStep) (*Import, error)
	CancelImport(ctx context.Context, id string) (*Import, error)
	DiscardImport(ctx context.Context, id string) (*Import, error)
	WithdrawImport(ctx context.Context, id string, w ImportWithdrawal) (*Import, error)
	ImportProblems(ctx context.Context, id string, q ProblemQuery) (*ImportProblems, error)
	// AnnotatedImport returns what writes the file with its problems, and its
	// name.
	AnnotatedImport(ctx context.Context, id, format, lang string) (write func(io.Writer) error, name string, err error)
}

// ImportQuery chooses imports.
type ImportQuery struct {
	State string `query:"state" enum:"open,checking,checked,committing,submitted,published,withdrawing,withdrawn" doc:"state of the import"`
	After string `query:"after" maxLength:"200" doc:"where the page before ended"`
	Limit int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

// ProblemQuery chooses problems.
type ProblemQuery struct {
	Code  string `query:"code" maxLength:"40" doc:"only of this kind"`
	After string `query:"after" maxLength:"20" doc:"where the page before ended"`
	Limit int    `query:"limit" minimum:"1" maximum:"500" default:"100"`
}

const tagImports = "imports"

type importIn struct {
	ID string `path:"id" maxLength:"40"`
}

type importBody[T any] struct {
	ID   string `path:"id" maxLength:"40"`
	Body T
}

type importsIn struct{ ImportQuery }

type problemsIn struct {
	ID string `path:"id" maxLength:"40"`
	ProblemQuery
}

type annotatedIn struct {
	ID     string `path:"id" maxLength:"40"`
	Format string `query:"format" enum:"csv,xlsx" default:"xlsx"`
	Lang   string `query:"lang" enum:"kk,ru,en" default:"kk" doc:"language of the messages"`
}

// uploadIn takes the body as it comes: it may be larger than memory.
type uploadIn struct {
	ID   string `query:"id" maxLength:"40" doc:"8 to 40 small letters, digits or dashes: sent again, it is the same import"`
	Name string `query:"name" required:"true" maxLength:"200" doc:"name of the file"`
	body io.Reader
}

// Resolve keeps the body of the request; huma reads none for this input.
func (in *uploadIn) Resolve(ctx huma.Context) []error {
	in.body = ctx.BodyReader()
	r, w := humago.Unwrap(ctx)
	in.body = &patient{in: r.Body, limits: http.NewResponseController(w)}
	return nil
}

// patient moves the time limit of a connection while something arrives.
type patient struct {
	in     io.Reader
	limits *http.ResponseController
	since  int
	begun  bool
}

// A file may take long to arrive as long as it moves on: every pieceOf bytes
// give it patience more.
const (
	pieceOf  = 1 << 20
	patience = time.Minute
)

func (p *patient) Read(b []byte) (int, error) {
	n, err := p.in.Read(b)
	if p.since += n; p.since >= pieceOf || !p.begun {
		p.since, p.begun = 0, true
		// A server without limits has none to move.
		_ = p.limits.SetReadDeadline(time.Now().Add(patience))
		_ = p.limits.SetWriteDeadline(time.Now().Add(2 * patience))
	}
	return n, err
}

func routesImports(api huma.API, o Options) {
	i := o.Imports
	if i == nil {
		i = noImports{}
	}
	route := func(id, method, path, summary string) op {
		return op{ID: id, Method: method, Path: path, Tag: tagImports, Summary: summary, Act: actor.ImportFigures}
	}
	upload := route("uploadImport", http.MethodPost, "/api/imports", "Uploads a CSV or XLSX file of figures and looks at it")
	upload.MaxBody = -1 // the domain bounds it while it is written
	serve(api, o, upload, func(ctx context.Context, in *uploadIn) (*Import, error) {
		return i.UploadImport(ctx, in.ID, in.Name, in.body)
	})
	serve(api, o, route("listImports", http.MethodGet, "/api/imports", "Imports, the newest first"), func(ctx context.Context, in *importsIn) (*List[Import], error) {
		return i.Imports(ctx, in.ImportQuery)
	})
	serve(api, o, route("getImport", http.MethodGet, "/api/imports/{id}", "An import with its preview, mapping and progress"), func(ctx context.Context, in *importIn) (*Import, error) {
		return i.Import(ctx, in.ID)
	})
	serve(api, o, route("discardImport", http.MethodDelete, "/api/imports/{id}", "Throws an import away that was not published"), func(ctx context.Context, in *importIn) (*Import, error) {
		return i.DiscardImport(ctx, in.ID)
	})
	plan := route("planImport", http.MethodPut, "/api/imports/{id}/mapping", "Says how the file is to be read: sheet, header, columns")
	plan.MaxBody = 8 << 20
	serve(api, o, plan, func(ctx context.Context, in *importBody[ImportPlan]) (*Import, error) {
		return i.PlanImport(ctx, in.ID, in.Body)
	})
	edit := route("editImport", http.MethodPut, "/api/imports/{id}/cells", "Corrects cells in place and leaves rows out; the file stays as it is")
	edit.MaxBody = 10 << 20
	serve(api, o, edit, func(ctx context.Context, in *importBody[ImportEdits]) (*Import, error) {
		return i.EditImport(ctx, in.ID, in.Body)
	})
	serve(api, o, route("listImportProblems", http.MethodGet, "/api/imports/{id}/problems", "What is wrong, cell by cell"), func(ctx context.Context, in *problemsIn) (*ImportProblems, error) {
		return i.ImportProblems(ctx, in.ID, in.ProblemQuery)
	})
	for _, s := range []struct {
		x  op
		do func(context.Context, string, ImportStep) (*Import, error)
	}{
		{route("checkImport", http.MethodPost, "/api/imports/{id}/check", "Begins a dry run in the background"), i.CheckImport},
		{route("commitImport", http.MethodPost, "/api/imports/{id}/commit", "Publishes or submits, in the background and as one run"), i.CommitImport},
	} {
		serve(api, o, s.x, func(ctx context.Context, in *importBody[ImportStep]) (*Import, error) {
			return s.do(ctx, in.ID, in.Body)
		})
	}
	serve(api, o, route("cancelImport", http.MethodPost, "/api/imports/{id}/cancel", "Breaks the background work off"), func(ctx context.Context, in *importIn) (*Import, error) {
		return i.CancelImport(ctx, in.ID)
	})
	withdraw := route("withdrawImport", http.MethodPost, "/api/imports/{id}/withdraw", "Takes back what a published import brought")
	withdraw.Act = actor.WithdrawRun
	serve(api, o, withdraw, func(ctx context.Context, in *importBody[ImportWithdrawal]) (*Import, error) {
		return i.WithdrawImport(ctx, in.ID, in.Body)
	})
	serveWith(api, o, route("annotatedImport", http.MethodGet, "/api/imports/{id}/annotated", "The file again with its problems beside the rows"), func(ctx context.Context, in *annotatedIn) (*huma.StreamResponse, error) {
		write, name, err := i.AnnotatedImport(ctx, in.ID, in.Format, in.Lang)
		if err != nil {
			return nil, err
		}
		return &huma.StreamResponse{Body: func(ctx huma.Context) {
			kind := "text/csv; charset=utf-8"
			if in.Format == "xlsx" {
				kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
			}
			ctx.SetHeader("Content-Type", kind)
			ctx.SetHeader("Content-Disposition", "attachment; filename*=UTF-8''"+strings.ReplaceAll(url.QueryEscape(name), "+", "%20"))
			if err := write(&steady{w: ctx.BodyWriter()}); err != nil {
				o.Log.Warn("an annotated file was broken off", "request", requestID(ctx.Context()), "error", err.Error())
				panic(http.ErrAbortHandler) // half a file must not look whole
			}
		}}, nil
	})
}

// steady moves the time limit while a long answer is taken.
type steady struct {
	w     io.Writer
	since int
}

func (s *steady) Write(b []byte) (int, error) {
	n, err := s.w.Write(b)
	if s.since += n; s.since >= pieceOf {
		s.since = 0
		if w, ok := s.w.(http.ResponseWriter); ok {
			_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(patience)) // a server without limits has none to move
		}
	}
	return n, err
}

// noImports stands where only the description is wanted.
type (
	noImports struct{ imports }
	imports   = Imports
)
