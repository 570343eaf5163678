// Package httpapi is the JSON API and the way to the pages: it decodes, asks
// and answers. It decides nothing about health care and holds no SQL.
package httpapi

import (
	"context"
	"io/fs"
	"log/slog"
	"net/http"
	"net/netip"
	"reflect"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
)

// Options say how to serve.
type Options struct {
	Reader        Reader
	Writer        Writer   // nil: nothing can be recorded from documents
	Identity      Identity // nil: nobody has an account
	Accounts      Accounts
	Dialogue      Dialogue
	Works         Works
	Equipment     Equipment
	Access        Access
	Flow          Flow
	Reporting     Reporting
	Imports       Imports
	Files         Files
	Notices       Notices
	Operations    Operations
	Log           *slog.Logger
	Version       string
	Assets        fs.FS // the built pages; nil or without index.html: not built
	Administrator bool  // the server listens on this machine only: as long as nobody has an account, whoever reaches it is administrator
	// Proxies are the addresses of proxies before the server: they tell from
	// whom a request comes.
	Proxies []netip.Prefix
	// ReadsPerSecond bounds the requests of one address; 0 is the default.
	ReadsPerSecond float64
	Now            func() time.Time
	// Ready tells whether questions can be answered, and what cannot be done
	// meanwhile; nil asks Reader whether the database answers.
	Ready func(context.Context) (note string, err error)
	// Draining tells that the server is about to end; nil: never.
	Draining func() bool
	Samples  func(context.Context) []Sample // for /metrics; nil: none

	mux *http.ServeMux // for tables, which are no routes of huma
}

// New returns the handler of everything under one address.
func New(o Options) http.Handler {
	o.fill()
	mux := http.NewServeMux()
	api := register(mux, o)
	outside(mux, o)
	mux.HandleFunc("/api/", unknownPath(mux))
	mux.HandleFunc("/api", unknownPath(mux))
	m := newMetrics(api)
	if o.Notices != nil {
		m.registry.MustRegister(workload{o.Notices})
	}
	health(mux, o, m)
	mux.Handle("/", pages(o.Assets))
	return chain(mux, o, m)
}

// fill sets what was left out.
func (o *Options) fill() {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Ready == nil && o.Reader != nil {
		o.Ready = func(ctx context.Context) (string, error) { return "", o.Reader.Ping(ctx) }
	}
	if o.Draining == nil {
		o.Draining = func() bool { return false }
	}
}

// Description returns the OpenAPI document.
func Description(version string) ([]byte, error) {
	mux := http.NewServeMux()
	o := Options{Version: version, Log: slog.New(slog.DiscardHandler), Writer: noWriter{}, Accounts: noAccounts{}, Notices: noNotices{}}
	api := register(mux, o)
	return api.OpenAPI().MarshalJSON()
}

func register(mux *http.ServeMux, o Options) huma.API {
	c := huma.DefaultConfig("Shanyraq", o.Version)
	c.OpenAPIPath, c.DocsPath, c.SchemasPath = "/api/openapi", "", ""
	c.CreateHooks = nil                   // no $schema in answers
	c.RejectUnknownQueryParameters = true // a misspelt filter must not look like one that chose everything
	c.Info.Description = "What was promised for health care, what happened, who says so. Every figure leads to its document and line or to its recipe."
	c.Info.License = &huma.License{Name: "Apache-2.0"}
	api := humago.New(mux, c)
	o.mux = mux
	r := o.Reader
	if r == nil {
		r = noReader{}
	}
	routesBoard(api, o.Log, r)
	routesLedger(api, o.Log, r)
	routesPlaces(api, o.Log, r)
	routesWords(api, o.Log, r)
	if o.Writer != nil {
		routesWrite(api, o)
	}
	for _, room := range []func(huma.API, Options){routesAccounts, routesDialogue, routesWorks, routesEquipment, routesAccess, routesWorksReport, routesFlow, routesReporting, routesImports, routesFiles, routesNotices, routesOperations} {
		room(api, o)
	}
	tables(api, o)
	nullable(api.OpenAPI().Components.Schemas)
	return api
}

// noReader and noWriter stand where only the description is wanted.
type (
	noReader struct{ Reader }
	noWriter struct{ Writer }
)

// nullable says of every field that is a pointer to an object that it may be
// null; huma says it of simple values only.
func nullable(reg huma.Registry) {
	for name, s := range reg.Map() {
		t := reg.TypeFromRef("#/components/schemas/" + name)
		if t == nil || t.Kind() != reflect.Struct {
			continue
		}
		for f := range fieldsOf(t) {
			tag, more, _ := strings.Cut(f.Tag.Get("json"), ",")
			p := s.Properties[tag]
			if p == nil || f.Type.Kind() != reflect.Pointer || (p.Ref != "" && more == "omitempty") { // left out, never null
				continue
			}
			if p.Ref != "" {
				s.Properties[tag] = &huma.Schema{OneOf: []*huma.Schema{{Ref: p.Ref}, {Type: "null"}}}
			} else {
				p.Nullable = true
			}
		}
	}
}

func fieldsOf(t reflect.Type) func(func(reflect.StructField) bool) {
	return func(yield func(reflect.StructField) bool) {
		for _, f := range reflect.VisibleFields(t) { // also those of embedded words
			if !f.Anonymous && !yield(f) {
				return
			}
		}
	}
}

// unknownPath answers what no route takes: a wrong method on a path that
// exists, or a path that does not.
func unknownPath(mux *http.ServeMux) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
			probe := r.Clone(r.Context())
			probe.Method = method
			if _, pattern := mux.Handler(probe); method != r.Method && !strings.HasPrefix(pattern, "/api") && pattern != "/" && pattern != "" {
				w.Header().Set("Allow", method)
				writeProblem(w, http.StatusMethodNotAllowed, "this path takes "+method)
				return
			}
		}
		writeProblem(w, http.StatusNotFound, "there is nothing at this address: /api/openapi.json lists the paths")
	}
}
