package httpapi

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics counts requests by route, never by what was asked.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	names    map[string]bool // the first words of the paths of the API
}

func newMetrics(api huma.API) *metrics {
	names := map[string]bool{"openapi": true}
	for path := range api.OpenAPI().Paths {
		name, _, _ := strings.Cut(strings.TrimPrefix(path, "/api/"), "/")
		names[name] = true
	}
	m := &metrics{names: names, registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "shanyraq_http_requests_total", Help: "Requests answered, by route, method and status."}, []string{"route", "method", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "shanyraq_http_request_seconds", Help: "Time to answer a request, by route.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 5}}, []string{"route"})}
	m.registry.MustRegister(m.requests, m.seconds, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// route names the kind of a path, so that the number of series stays small.
func (m *metrics) route(path string) string {
	p := strings.Split(strings.Trim(path, "/"), "/")
	switch {
	case p[0] != "api":
		return "pages"
	case len(p) == 1:
		return "/api"
	case len(p) == 2:
		name, _, _ := strings.Cut(p[1], ".")
		if !m.names[name] {
			return "other"
		}
		return "/api/" + name
	case !m.names[p[1]]:
		return "other"
	case len(p) == 3:
		return "/api/" + p[1] + "/{id}"
	}
	return "/api/" + p[1] + "/{id}/..."
}

var methods = map[string]bool{http.MethodGet: true, http.MethodHead: true, http.MethodPost: true, http.MethodPut: true, http.MethodPatch: true, http.MethodDelete: true, http.MethodOptions: true}

func (m *metrics) observe(name, method string, status int, took time.Duration) {
	if !methods[method] {
		method = "other"
	}
	m.requests.WithLabelValues(name, method, strconv.Itoa(status)).Inc()
	m.seconds.WithLabelValues(name).Observe(took.Seconds())
}

const pingTimeout = 2 * time.Second

// health tells whether the program lives, whether it can answer, and how much
// it has to do.
func health(mux *http.ServeMux, o Options, m *metrics) {
	plain := func(w http.ResponseWriter, status int, text string) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.Header().Set("Cache-Control", "no-store")
		w.WriteHeader(status)
		_, _ = w.Write([]byte(text + "\n"))
	}
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { plain(w, http.StatusOK, "ok") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), pingTimeout)
		defer cancel()
		if o.Draining() {
			plain(w, http.StatusServiceUnavailable, "the server is about to end")
			return
		}
		note, err := o.Ready(ctx)
		switch {
		case err != nil:
			plain(w, http.StatusServiceUnavailable, "the database does not answer")
		case note != "":
			plain(w, http.StatusOK, note)
		default:
			plain(w, http.StatusOK, "ok")
		}
	})
	if o.Samples != nil {
		m.registry.MustRegister(&samples{of: o.Samples, now: o.Now})
	}
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}))
}
