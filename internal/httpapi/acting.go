package httpapi

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shanyraq/shanyraq/actor"
)

// Identity tells who sends a request; *app.App does.
type Identity interface {
	// Identify returns who holds a session or a token, whichever is given.
	// Neither, or a session or token that ended, is nobody.
	Identify(ctx context.Context, session, token string) (actor.Actor, error)
	// Peopled tells whether anybody has an account. As long as nobody has,
	// whoever sits at the machine may do everything.
	Peopled(ctx context.Context) (bool, error)
}

// The name of the cookie of a session: the browser sends one with the prefix
// back over TLS only, and lets no other host set it.
const (
	cookieTLS   = "__Host-shanyraq"
	cookiePlain = "shanyraq"
)

// cookieName is the one name under which this server looks for a session. With
// two, a foreign page could put one beside the other.
func (o *Options) cookieName() string {
	if o.secure() {
		return cookieTLS
	}
	return cookiePlain
}

// sessionOf returns what the browser holds, "" when nothing.
func sessionOf(r *http.Request, o *Options) string {
	if c, err := r.Cookie(o.cookieName()); err == nil {
		return c.Value
	}
	return ""
}

// ownSite reports whether a browser says that a page of this server sent the
// request. A browser that says neither is not let write with its cookie.
func ownSite(r *http.Request) bool {
	if site := r.Header.Get("Sec-Fetch-Site"); site != "" {
		return site == "same-origin"
	}
	u, err := url.Parse(r.Header.Get("Origin"))
	return err == nil && u.Host != "" && u.Host == r.Host
}

// reads reports whether a method changes nothing.
func reads(method string) bool {
	return method == http.MethodGet || method == http.MethodHead || method == http.MethodOptions
}

// senderOf is the address from which a request comes. A proxy that we trust
// writes the one it heard from at the end of X-Forwarded-For; what stands
// before the first address that is no such proxy, anybody may have written.
func senderOf(r *http.Request, proxies []netip.Prefix) string {
	sender := r.RemoteAddr
	list := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, before := range slices.Backward(list) {
		if before = strings.TrimSpace(before); before == "" || !trusted(sender, proxies) {
			break
		}
		sender = before
	}
	return sender
}

func trusted(address string, proxies []netip.Prefix) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		host = address
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && slices.ContainsFunc(proxies, func(p netip.Prefix) bool { return p.Contains(ip.Unmap().WithZone("")) })
}

// tokenOf returns what a program shows.
func tokenOf(r *http.Request) (token string, shown bool) {
	head := r.Header.Get("Authorization")
	if head == "" {
		return "", false
	}
	kind, token, _ := strings.Cut(head, " ")
	if !strings.EqualFold(kind, "Bearer") {
		return "", true
	}
	return strings.TrimSpace(token), true
}

// identified puts into the context of a request who sends it.
func identified(next http.Handler, o Options) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !isAPI(r.URL.Path) {
			next.ServeHTTP(w, r)
			return
		}
		who, err := identify(r, o)
		if p := (*Problem)(nil); errors.As(err, &p) {
			write(w, p)
			return
		}
		if err != nil {
			answerPlain(w, r, o.Log, err)
			return
		}
		ctx := context.WithValue(actor.With(r.Context(), who), fromKey{}, From{Session: sessionOf(r, &o), Address: neighbours(senderOf(r, o.Proxies)), Device: r.UserAgent()})
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

func identify(r *http.Request, o Options) (actor.Actor, error) {
	token, shown := tokenOf(r)
	if shown && (token == "" || o.Identity == nil) {
		return actor.Actor{}, badToken()
	}
	peopled := false
	if o.Identity != nil {
		session := ""
		if !shown {
			session = sessionOf(r, &o)
		}
		if session != "" || shown {
			who, err := o.Identity.Identify(r.Context(), session, token)
			if err == nil && who.SignedIn() && !shown && !reads(r.Method) && !ownSite(r) {
				return actor.Actor{}, newProblem(http.StatusForbidden, "this request does not come from a page of this server: write from there, or with a token")
			}
			if err != nil || who.SignedIn() {
				return who, err
			}
			if shown {
				return who, badToken()
			}
		}
		var err error
		if peopled, err = o.Identity.Peopled(r.Context()); err != nil {
			return actor.Actor{}, err
		}
	}
	if o.Administrator && !peopled {
		return actor.Local(""), nil
	}
	return actor.Actor{}, nil
}

func badToken() error {
	return newProblem(http.StatusUnauthorized, "this token is not good or has ended: make a new one on the page of your account")
}

// actExtension is where the description of the API says what a route needs: an
// act, or one of these two words.
const (
	actExtension = "x-act"
	everybody    = "public"
	signedIn     = "signed_in"
)

// op describes a route that not everybody may use, or that changes something.
type op struct {
	ID, Method, Path, Tag, Summary string
	// Act is what the reader must be allowed somewhere; the domain then decides
	// about the thing itself. Without it, Public or signing in decides.
	Act actor.Act
	// Token lists the acts of which a token needs one where signing in is enough
	// for a person. Without any, no token gets through.
	Token   []actor.Act
	Public  bool
	MaxBody int64 // bytes; default defaultBody
	// BodyTime is how long a body may be on its way; default a few seconds.
	BodyTime time.Duration
	Status   int // of success; default 200
}

const defaultBody = 256 << 10

func (x op) needs() string {
	switch {
	case x.Act != "":
		return string(x.Act)
	case x.Public:
		return everybody
	}
	return signedIn
}

// opens reports whether somebody gets as far as the domain.
func (x op) opens(who actor.Actor) bool {
	switch {
	case x.Public:
		return true
	case x.Act != "":
		return who.MayAnywhere(x.Act)
	case who.Scope != nil:
		return slices.ContainsFunc(x.Token, who.MayAnywhere)
	}
	return who.SignedIn()
}

// tokenRefused says what a token lacks, or that no token does it.
func tokenRefused(acts []actor.Act) string {
	if len(acts) == 0 {
		return "a token cannot do this: sign in"
	}
	names := make([]string, len(acts))
	for i, act := range acts {
		names[i] = string(act)
	}
	return "this token cannot do this: make one that may " + strings.Join(names, " or ")
}

// guard refuses who may do the act nowhere, before the body is read.
func (x op) guard(api huma.API) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		who := actor.From(ctx.Context())
		if x.opens(who) {
			next(ctx)
			return
		}
		p := denied(ctx.Context(), &actor.Denied{Act: x.Act})
		if x.Act == "" && who.SignedIn() {
			p = newProblem(http.StatusForbidden, tokenRefused(x.Token))
		}
		ctx.SetHeader("Content-Type", p.ContentType(""))
		ctx.SetHeader("Cache-Control", "no-store")
		ctx.SetStatus(p.Status)
		_ = api.Marshal(ctx.BodyWriter(), p.ContentType(""), p) // the reader may be gone
	}
}

// serve registers a route: check, decode, do, answer.
func serve[I, T any](api huma.API, o Options, x op, do func(context.Context, *I) (*T, error)) {
	serveWith(api, o, x, func(ctx context.Context, in *I) (*answerOf[T], error) {
		v, err := do(ctx, in)
		if err != nil {
			return nil, err
		}
		return &answerOf[T]{*v}, nil
	})
}

// serveWith is serve for answers with headers of their own: *T is huma's
// output.
func serveWith[I, T any](api huma.API, o Options, x op, do func(context.Context, *I) (*T, error)) {
	if x.MaxBody == 0 {
		x.MaxBody = defaultBody
	}
	huma.Register(api, huma.Operation{OperationID: x.ID, Method: x.Method, Path: x.Path, Tags: []string{x.Tag}, Summary: x.Summary, DefaultStatus: x.Status,
		Errors: []int{401, 403, 404, 409, 413, 422, 429, 500}, MaxBodyBytes: x.MaxBody, BodyReadTimeout: x.BodyTime, Middlewares: huma.Middlewares{x.guard(api)}, Extensions: map[string]any{actExtension: x.needs()}},
		func(ctx context.Context, in *I) (*T, error) {
			v, err := do(ctx, in)
			if err != nil {
				return nil, withRetry(answer(ctx, o.Log, err))
			}
			return v, nil
		})
}

// withRetry says in a header too how long to wait.
func withRetry(err error) error {
	if p, ok := err.(*Problem); ok && p.RetryAfter > 0 {
		return huma.ErrorWithHeaders(p, http.Header{"Retry-After": {strconv.Itoa(p.RetryAfter)}})
	}
	return err
}

// shared are the first words of the paths whose answers are the same for
// everybody and follow from the ledger alone: only they are kept in memory.
var shared = []string{"board", "promises", "questions", "figures", "series", "map", "places", "boundaries", "documents", "search", "vocabulary", "about", "openapi", "entries", "releases"}

// isShared reports whether the answer at a path may be kept for others.
func isShared(path string) bool {
	rest, ok := strings.CutPrefix(path, "/api/")
	if !ok {
		return false
	}
	name, _, _ := strings.Cut(rest, "/")
	name, _, _ = strings.Cut(name, ".")
	return slices.Contains(shared, name)
}
