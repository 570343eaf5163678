package httpapi

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
)

// Problem is an error in the words of RFC 9457. Code is stable and for
// programs; Detail is for a person and says what to do. What somebody sent is
// never repeated.
type Problem struct {
	Type   string         `json:"type" example:"about:blank"`
	Title  string         `json:"title"`
	Status int            `json:"status"`
	Code   string         `json:"code" doc:"stable name of the kind of error" example:"not_found"`
	Detail string         `json:"detail,omitempty"`
	Errors []ProblemField `json:"errors,omitempty" doc:"what is wrong where"`
	// Missing is what the reader may not do, and Givers the roles that may.
	Missing *MissingRight `json:"missing,omitempty" doc:"the right that the reader lacks"`
	Givers  []string      `json:"givers,omitempty" doc:"the roles that have it"`
	// Version and Current are of the thing as it stands, when a write came too late.
	Version int64 `json:"version,omitempty" doc:"the version that stands now"`
	Current any   `json:"current,omitempty" doc:"what stands now, where somebody was faster"`
	// RetryAfter is how many seconds to wait.
	RetryAfter int `json:"retry_after,omitempty" doc:"seconds to wait before the next attempt"`
	// See is the page of what stands in the way.
	See string `json:"see,omitempty" doc:"path of a page, without the language" example:"/asks/0f6c1d2e"`
}

// MissingRight is an act in a territory.
type MissingRight struct {
	Act       string `json:"act"`
	Territory string `json:"territory,omitempty" doc:"code of a place; empty: in no territory"`
}

// ProblemField is one thing that is wrong with a request.
type ProblemField struct {
	Location string `json:"location" example:"query.period"`
	Message  string `json:"message"`
}

func (p *Problem) Error() string { return p.Title + ": " + p.Detail }

// GetStatus tells huma the status.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType tells huma the media type.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// statusOf translates the kinds of faults.
var statusOf = map[fault.Kind]int{
	fault.Invalid: http.StatusUnprocessableEntity, fault.NotFound: http.StatusNotFound, fault.Conflict: http.StatusConflict, fault.Forbidden: http.StatusForbidden,
	fault.TooLarge: http.StatusRequestEntityTooLarge, fault.Unavailable: http.StatusServiceUnavailable, fault.Internal: http.StatusInternalServerError,
}

var codeOf = map[int]string{
	http.StatusBadRequest: "bad_request", http.StatusNotFound: "not_found", http.StatusMethodNotAllowed: "method_not_allowed", http.StatusUnprocessableEntity: "invalid",
	http.StatusUnsupportedMediaType: "media_type", http.StatusRequestEntityTooLarge: "too_large", http.StatusTooManyRequests: "too_many_requests", http.StatusForbidden: "forbidden", http.StatusUnauthorized: "sign_in",
	http.StatusConflict: "conflict", http.StatusServiceUnavailable: "unavailable", http.StatusInternalServerError: "internal", http.StatusNotAcceptable: "not_acceptable",
	http.StatusRequestTimeout: "timeout", http.StatusPreconditionFailed: "changed", http.StatusRequestURITooLong: "too_large",
}

func newProblem(status int, detail string) *Problem {
	code := codeOf[status]
	if code == "" {
		code = "error"
	}
	return &Problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Code: code, Detail: detail}
}

// answer turns a fault into a problem. Our own faults are logged with what is
// needed to find them and shown without detail.
func answer(ctx context.Context, log *slog.Logger, err error) error {
	if p := refusedSignIn(err); p != nil {
		return p
	}
	kind := fault.KindOf(err)
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return newProblem(http.StatusServiceUnavailable, "the request was given up before it was answered: try again")
	}
	if kind == fault.Internal {
		log.ErrorContext(ctx, "request failed", "request", requestID(ctx), "error", err.Error())
		return newProblem(http.StatusInternalServerError, "the server failed: request "+requestID(ctx)+" is in its log")
	}
	status := statusOf[kind]
	if status == 0 {
		status = http.StatusInternalServerError
	}
	p := newProblem(status, messageOf(err))
	p.Code = string(kind)
	var before *Earlier
	if errors.As(err, &before) {
		p.See = before.Path
	}
	var changed *Changed
	if errors.As(err, &changed) {
		p.Version, p.Current = changed.Version, changed.Current
	}
	var at *AtField
	if errors.As(err, &at) {
		p.Errors = []ProblemField{{Location: at.Location, Message: p.Detail}}
	}
	var lacks *actor.Denied
	if errors.As(err, &lacks) {
		return denied(ctx, lacks)
	}
	return p
}

// refusedSignIn answers who has to wait or was not let in; nil for every other
// error.
func refusedSignIn(err error) *Problem {
	var wait *Wait
	var not *NotLetIn
	switch {
	case errors.As(err, &wait):
		p := newProblem(http.StatusTooManyRequests, wait.Error())
		p.RetryAfter = max(1, int((wait.For+time.Second-1)/time.Second))
		return p
	case errors.As(err, &not):
		p := newProblem(http.StatusUnauthorized, not.Error())
		p.Code = "not_let_in"
		if not.NeedsCode {
			p.Code = "needs_code"
		}
		return p
	}
	return nil
}

// denied says what is missing: to sign in, or a right that somebody can give.
func denied(ctx context.Context, d *actor.Denied) *Problem {
	p := newProblem(http.StatusForbidden, "this needs a right that you do not have: missing says which, givers who has it")
	if !actor.From(ctx).SignedIn() {
		p = newProblem(http.StatusUnauthorized, "sign in first: this is not for everybody")
	}
	p.Missing = &MissingRight{Act: string(d.Act), Territory: string(d.At)}
	for _, r := range actor.Givers(d.Act) {
		p.Givers = append(p.Givers, string(r))
	}
	return p
}

// messageOf returns what the innermost fault tells a person, without the
// subject: it may be something that somebody sent.
func messageOf(err error) string {
	msg := err.Error()
	for e := (*fault.Error)(nil); errors.As(err, &e); err = e.Err {
		msg = e.Message
	}
	return msg
}

func init() {
	// huma repeats the value that was wrong, which may be personal data.
	huma.NewError = func(status int, msg string, errs ...error) huma.StatusError {
		if msg == "validation failed" {
			msg = "the request is not as the description of the API says: errors tells what is wrong where"
		}
		p := newProblem(status, msg)
		for _, err := range errs {
			var d *huma.ErrorDetail
			switch {
			case errors.As(err, &d):
				p.Errors = append(p.Errors, ProblemField{Location: d.Location, Message: d.Message})
			case err != nil:
				p.Errors = append(p.Errors, ProblemField{Message: "cannot be read"})
			}
		}
		return p
	}
	huma.DefaultArrayNullable = false
}

// answerPlain answers with a fault outside huma.
func answerPlain(w http.ResponseWriter, r *http.Request, log *slog.Logger, err error) {
	if p, ok := answer(r.Context(), log, err).(*Problem); ok {
		write(w, p)
	}
}

// writeProblem answers outside huma.
func writeProblem(w http.ResponseWriter, status int, detail string) {
	write(w, newProblem(status, detail))
}

func write(w http.ResponseWriter, p *Problem) {
	w.Header().Del("Content-Disposition")
	w.Header().Set("Content-Type", "application/problem+json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p) // the reader may be gone
}

func isAPI(path string) bool { return path == "/api" || strings.HasPrefix(path, "/api/") }

// ProblemOf puts a fault of one of many into the words of the API.
func ProblemOf(ctx context.Context, err error) *Problem {
	p, _ := answer(ctx, slog.New(slog.DiscardHandler), err).(*Problem)
	return p
}
