package httpapi

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/exchange/figures"
	"github.com/shanyraq/shanyraq/exchange/sheet"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/ledger"
)

const (
	xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	csvType  = "text/csv; charset=utf-8"
)

// table is a list that can be had as CSV and XLSX too, under the same path
// with a suffix.
type table struct {
	id, path, tag, summary string
	params                 []string // query parameters that it knows
	write                  func(ctx context.Context, q query, f sheet.Format, w io.Writer) error
	// act is what the reader must be allowed somewhere; "" is for everybody.
	act actor.Act
}

// query reads the parameters of a table by name.
type query struct {
	r    *http.Request
	when When
}

func (q query) get(name string) string { return q.r.URL.Query().Get(name) }

func (q query) filter() PromiseFilter {
	return PromiseFilter{Place: q.get("place"), Theme: q.get("theme"), Due: q.get("due"), Evidence: q.get("evidence")}
}

func (q query) figures() (FigureQuery, error) {
	exact, err := q.yes("exact")
	if err != nil {
		return FigureQuery{}, err
	}
	history, err := q.yes("history")
	return FigureQuery{Measure: q.get("measure"), Place: q.get("place"), Exact: exact, Period: q.get("period"), Kind: q.get("kind"), Document: q.get("document"), Run: q.get("run"), History: history}, err
}

// yes reads a parameter that is true or false, as huma does.
func (q query) yes(name string) (bool, error) {
	s := q.get(name)
	if s == "" {
		return false, nil
	}
	v, err := strconv.ParseBool(s)
	if err != nil {
		return false, fault.New(fault.Invalid, "httpapi.table", name, "%s is true or false", name)
	}
	return v, nil
}

// maxParam bounds a parameter of a table, as huma does for the other routes.
const maxParam = 4000

func tables(api huma.API, o Options) {
	r := o.Reader
	filter := []string{"place", "theme", "due", "evidence"}
	list := []table{
		{"tablePromises", "/api/promises", tagBoard, "Promises as a table", filter, func(ctx context.Context, q query, f sheet.Format, w io.Writer) error {
			return promiseTable(ctx, r, q, f, w)
		}, ""},
		{"tableQuestions", "/api/questions", tagBoard, "What the rules say, as a table", []string{"state", "rule"}, func(ctx context.Context, q query, f sheet.Format, w io.Writer) error {
			return checkTable(ctx, r, q, f, w)
		}, ""},
		{"tableFigures", "/api/figures", tagLedger, "Figures as a table that can be imported again", []string{"measure", "place", "exact", "period", "kind", "document", "run", "history"},
			func(ctx context.Context, q query, f sheet.Format, w io.Writer) error {
				fq, err := q.figures()
				if err != nil {
					return err
				}
				_, err = figures.Write(w, f, func(yield func(*ledger.Figure) error) error { return r.EachFigure(ctx, q.when, fq, yield) }, figures.WriteOptions{Computed: true, BOM: true})
				return err
			}, ""},
		{"tableSeries", "/api/series", tagLedger, "A measure in a place by source, as a table", []string{"measure", "place", "dimensions"}, func(ctx context.Context, q query, f sheet.Format, w io.Writer) error {
			return seriesTable(ctx, r, q, f, w)
		}, ""},
		{"tableMap", "/api/map", tagPlaces, "The headline figure of every territory, as a table", []string{"measure", "period", "kind"}, func(ctx context.Context, q query, f sheet.Format, w io.Writer) error {
			return mapTable(ctx, r, q, f, w)
		}, ""},
		{"tableDocuments", "/api/documents", tagLedger, "Documents and sources as a table", nil, func(ctx context.Context, q query, f sheet.Format, w io.Writer) error {
			return documentTable(ctx, r, q, f, w)
		}, ""},
		{"tableCompleteness", "/api/completeness", tagReporting, "Who reported, as a table", []string{"template", "place", "since"}, func(ctx context.Context, q query, f sheet.Format, w io.Writer) error {
			return completenessTable(ctx, o, q, f, w)
		}, actor.ReadDrafts},
	}
	for _, t := range list {
		serveTable(api, o, t)
	}
}

// serveTable registers a table under the path of its list, once for each kind
// of file.
func serveTable(api huma.API, o Options, t table) {
	for suffix, kind := range map[string]string{".csv": csvType, ".xlsx": xlsxType} {
		o.mux.HandleFunc("GET "+t.path+suffix, t.handler(o.Log, sheet.Format(suffix[1:]), kind))
		describe(api, t, suffix, kind)
	}
}

func (t table) handler(log *slog.Logger, f sheet.Format, kind string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if t.act != "" && !actor.From(r.Context()).MayAnywhere(t.act) {
			write(w, denied(r.Context(), &actor.Denied{Act: t.act}))
			return
		}
		values := r.URL.Query()
		if detail := t.refuse(values); detail != "" {
			writeProblem(w, http.StatusUnprocessableEntity, detail)
			return
		}
		when, err := Moment{AsOf: values.Get("as_of"), RecordedAsOf: values.Get("recorded_as_of"), Release: values.Get("release")}.When()
		out := &lateWriter{w: w, kind: kind, name: path.Base(t.path) + "." + string(f)}
		if err == nil {
			err = t.write(r.Context(), query{r, when}, f, out)
		}
		if err == nil {
			return
		}
		if rec, ok := w.(*recorder); out.begun && (!ok || !rec.takeBack()) {
			log.WarnContext(r.Context(), "table broken off", "request", requestID(r.Context()), "kind", fault.KindOf(err))
			panic(http.ErrAbortHandler) // the reader must not take half a table for a whole one
		}
		answerPlain(w, r, log, err)
	}
}

// moments are the parameters of every table.
var moments = []string{"as_of", "recorded_as_of", "release"}

// refuse says what is wrong with the parameters of a table, or nothing.
func (t table) refuse(values url.Values) string {
	for name, v := range values {
		if !slices.Contains(moments, name) && !slices.Contains(t.params, name) {
			return "this table does not know one of the parameters: it takes " + strings.Join(append(slices.Clone(moments), t.params...), ", ")
		}
		for _, s := range v {
			if len(s) > maxParam {
				return "a parameter is too long"
			}
		}
	}
	return ""
}

// lateWriter sends the headers with the first byte, so that a question that
// is refused is answered as a problem.
type lateWriter struct {
	w          http.ResponseWriter
	kind, name string
	begun      bool
}

func (l *lateWriter) Write(b []byte) (int, error) {
	if !l.begun {
		l.begun = true
		l.w.Header().Set("Content-Type", l.kind)
		l.w.Header().Set("Content-Disposition", `attachment; filename="shanyraq-`+l.name+`"`)
	}
	return l.w.Write(b)
}

func describe(api huma.API, t table, suffix, kind string) {
	op := &huma.Operation{Extensions: map[string]any{actExtension: op{Act: t.act, Public: t.act == ""}.needs()}, OperationID: t.id + map[string]string{".csv": "CSV", ".xlsx": "XLSX"}[suffix], Method: http.MethodGet, Path: t.path + suffix, Tags: []string{t.tag}, Summary: t.summary,
		Responses: map[string]*huma.Response{"200": {Description: "The table", Content: map[string]*huma.MediaType{strings.Split(kind, ";")[0]: {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}}}}}
	for _, name := range append(slices.Clone(moments), t.params...) {
		op.Parameters = append(op.Parameters, &huma.Param{Name: name, In: "query", Schema: &huma.Schema{Type: huma.TypeString}})
	}
	api.OpenAPI().AddOperation(op)
}
