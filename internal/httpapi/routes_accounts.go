package httpapi

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
)

// Accounts is who signs in, and what they may do; *app.App does it.
type Accounts interface {
	SignIn(context.Context, SignIn, From) (*SignedIn, error)
	SignOut(context.Context, From) error
	SignOutEverywhere(context.Context, SignOutWish) error
	OpenLink(context.Context, OneTime) (*OpenedLink, error)
	AcceptLink(context.Context, AcceptLink, From) (*SignedIn, error)

	OwnAccount(context.Context, From) (*OwnAccount, error)
	SaveProfile(context.Context, Profile) (*Done, error)
	ChangePassword(context.Context, NewPassword, From) (*Done, error)
	EndSession(ctx context.Context, id string) (*Done, error)
	MakeToken(context.Context, NewToken, From) (*MadeToken, error)
	RevokeToken(ctx context.Context, id string) (*Done, error)
	BeginFactor(context.Context, Proof, From) (*NewFactor, error)
	ConfirmFactor(context.Context, FactorCode) (*RecoveryCodes, error)
	DropFactor(context.Context, PasswordOnly, From) (*Done, error)

	BeginPasskeySignIn(context.Context, From) (*PasskeyQuestion, error)
	PasskeySignIn(context.Context, PasskeyAnswer, From) (*SignedIn, error)
	BeginPasskey(context.Context, Proof, From) (*PasskeyQuestion, error)
	AddPasskey(context.Context, NewPasskey) (*Passkey, error)
	RemovePasskey(ctx context.Context, id string) (*Done, error)

	ListAccounts(context.Context, AccountFilter) (*List[Account], error)
	Account(ctx context.Context, id string) (*Account, error)
	Invite(context.Context, NewAccount) (*AccountLink, error)
	ChangeAccount(ctx context.Context, id string, c ChangedAccount) (*Account, error)
	LinkAccount(ctx context.Context, id string, w LinkWish) (*AccountLink, error)
	SignOutAccount(ctx context.Context, id string) (*Done, error)
	Rights(context.Context, RightsFilter) (*Rights, error)

	// BeginOutside returns where the browser goes to sign in with a provider,
	// and what it keeps meanwhile; FinishOutside who came back, and where to.
	BeginOutside(ctx context.Context, next string) (address, ticket string, err error)
	FinishOutside(ctx context.Context, ticket string, answer url.Values, from From) (*SignedIn, string, error)
}

// noAccounts stands where only the description is wanted.
type noAccounts struct{ Accounts }

const tagAccounts = "accounts"

type fromKey struct{}

// fromOf returns where a request comes from.
func fromOf(ctx context.Context) From {
	f, _ := ctx.Value(fromKey{}).(From)
	return f
}

// secure reports whether browsers reach the server over TLS. Without it is
// only a server that nobody but this machine reaches.
func (o *Options) secure() bool { return !o.Administrator }

// cookie is what a browser keeps. Strict would lose the session of a reader
// who comes by a link from a letter.
func (o *Options) cookie(name, value string, expires time.Time, path string) http.Cookie {
	c := http.Cookie{Name: name, Value: value, Path: path, Expires: expires, HttpOnly: true, Secure: o.secure(), SameSite: http.SameSiteLaxMode}
	if value == "" {
		c.MaxAge = -1
	}
	return c
}

func (o *Options) sessionCookie(value string, expires time.Time) http.Cookie {
	return o.cookie(o.cookieName(), value, expires, "/")
}

// withCookie is an answer that begins or ends a session.
type withCookie[T any] struct {
	SetCookie []http.Cookie `header:"Set-Cookie"`
	Body      T
}

// letIn answers who was let in, with the session in a cookie. The one that the
// browser held before has ended.
func letIn(o Options, s *SignedIn, err error) (*withCookie[SignedIn], error) {
	if err != nil {
		return nil, err
	}
	out := &withCookie[SignedIn]{Body: *s}
	if s.Secret != "" {
		out.SetCookie = []http.Cookie{o.sessionCookie(s.Secret, s.Expires)}
	}
	return out, nil
}

// bodyOf is a request with nothing but a body.
type bodyOf[T any] struct{ Body T }

// thing is a request about one thing by its id.
type thing struct {
	ID string `path:"id" maxLength:"64"`
}

type thingWith[T any] struct {
	ID   string `path:"id" maxLength:"64"`
	Body T
}

func routesAccounts(api huma.API, o Options) {
	if o.Accounts == nil {
		return
	}
	routesSignIn(api, o)
	routesOwnAccount(api, o)
	routesPasskeys(api, o)
	routesOtherAccounts(api, o)
}

func routesSignIn(api huma.API, o Options) {
	a := o.Accounts
	serveWith(api, o, op{ID: "signIn", Method: http.MethodPost, Path: "/api/sign-in", Tag: tagAccounts, Summary: "Signs in with address and password, and a code where there is a second factor", Public: true, MaxBody: 8 << 10},
		func(ctx context.Context, in *bodyOf[SignIn]) (*withCookie[SignedIn], error) {
			s, err := a.SignIn(ctx, in.Body, fromOf(ctx))
			return letIn(o, s, err)
		})
	out := func(ctx context.Context, err error) (*withCookie[Done], error) {
		if err != nil {
			return nil, err
		}
		return &withCookie[Done]{SetCookie: []http.Cookie{o.sessionCookie("", time.Unix(1, 0))}, Body: Done{true}}, nil
	}
	serveWith(api, o, op{ID: "signOut", Method: http.MethodPost, Path: "/api/sign-out", Tag: tagAccounts, Summary: "Ends the session of this browser", Public: true},
		func(ctx context.Context, _ *struct{}) (*withCookie[Done], error) {
			return out(ctx, a.SignOut(ctx, fromOf(ctx)))
		})
	serveWith(api, o, op{ID: "signOutEverywhere", Method: http.MethodPost, Path: "/api/sign-out-everywhere", Tag: tagAccounts, Summary: "Ends every session of the account, and its tokens where that is asked for"},
		func(ctx context.Context, in *struct{ Body *SignOutWish }) (*withCookie[Done], error) {
			wish := SignOutWish{}
			if in.Body != nil {
				wish = *in.Body
			}
			return out(ctx, a.SignOutEverywhere(ctx, wish))
		})
	serve(api, o, op{ID: "openLink", Method: http.MethodPost, Path: "/api/links/open", Tag: tagAccounts, Summary: "Tells what a one-time link is for; it stays usable", Public: true, MaxBody: 4 << 10},
		func(ctx context.Context, in *bodyOf[OneTime]) (*OpenedLink, error) { return a.OpenLink(ctx, in.Body) })
	serveWith(api, o, op{ID: "acceptLink", Method: http.MethodPost, Path: "/api/links/accept", Tag: tagAccounts, Summary: "Uses a one-time link: sets a password and signs in", Public: true, MaxBody: 8 << 10},
		func(ctx context.Context, in *bodyOf[AcceptLink]) (*withCookie[SignedIn], error) {
			s, err := a.AcceptLink(ctx, in.Body, fromOf(ctx))
			return letIn(o, s, err)
		})
	serve(api, o, op{ID: "getRights", Method: http.MethodGet, Path: "/api/rights", Tag: tagAccounts, Summary: "Who may do what, and which offices give rights in a territory", Public: true},
		func(ctx context.Context, in *RightsFilter) (*Rights, error) { return a.Rights(ctx, *in) })
}

func routesOwnAccount(api huma.API, o Options) {
	a := o.Accounts
	serve(api, o, op{ID: "getOwnAccount", Method: http.MethodGet, Path: "/api/account", Tag: tagAccounts, Summary: "The own account, with its sessions and tokens"},
		func(ctx context.Context, _ *struct{}) (*OwnAccount, error) { return a.OwnAccount(ctx, fromOf(ctx)) })
	serve(api, o, op{ID: "saveProfile", Method: http.MethodPut, Path: "/api/account", Tag: tagAccounts, Summary: "Changes the own name and language"},
		func(ctx context.Context, in *bodyOf[Profile]) (*Done, error) { return a.SaveProfile(ctx, in.Body) })
	serve(api, o, op{ID: "changePassword", Method: http.MethodPut, Path: "/api/account/password", Tag: tagAccounts, Summary: "Changes the own password and ends all other sessions and all tokens", MaxBody: 8 << 10},
		func(ctx context.Context, in *bodyOf[NewPassword]) (*Done, error) {
			return a.ChangePassword(ctx, in.Body, fromOf(ctx))
		})
	serve(api, o, op{ID: "endSession", Method: http.MethodDelete, Path: "/api/account/sessions/{id}", Tag: tagAccounts, Summary: "Ends one of the own sessions"},
		func(ctx context.Context, in *thing) (*Done, error) { return a.EndSession(ctx, in.ID) })
	serve(api, o, op{ID: "makeToken", Method: http.MethodPost, Path: "/api/account/tokens", Tag: tagAccounts, Summary: "Makes a token for a program, with the password once more; its text is shown once"},
		func(ctx context.Context, in *bodyOf[NewToken]) (*MadeToken, error) {
			return a.MakeToken(ctx, in.Body, fromOf(ctx))
		})
	serve(api, o, op{ID: "revokeToken", Method: http.MethodDelete, Path: "/api/account/tokens/{id}", Tag: tagAccounts, Summary: "Revokes a token"},
		func(ctx context.Context, in *thing) (*Done, error) { return a.RevokeToken(ctx, in.ID) })
	serve(api, o, op{ID: "beginFactor", Method: http.MethodPost, Path: "/api/account/factor", Tag: tagAccounts, Summary: "Draws the secret of a second factor, with the password once more; it is not in force yet", MaxBody: 8 << 10},
		func(ctx context.Context, in *bodyOf[Proof]) (*NewFactor, error) {
			return a.BeginFactor(ctx, in.Body, fromOf(ctx))
		})
	serve(api, o, op{ID: "confirmFactor", Method: http.MethodPut, Path: "/api/account/factor", Tag: tagAccounts, Summary: "Puts the second factor in force and returns codes for paper"},
		func(ctx context.Context, in *bodyOf[FactorCode]) (*RecoveryCodes, error) {
			return a.ConfirmFactor(ctx, in.Body)
		})
	serve(api, o, op{ID: "dropFactor", Method: http.MethodPost, Path: "/api/account/factor/drop", Tag: tagAccounts, Summary: "Takes the second factor away", MaxBody: 8 << 10},
		func(ctx context.Context, in *bodyOf[PasswordOnly]) (*Done, error) {
			return a.DropFactor(ctx, in.Body, fromOf(ctx))
		})
}

// maxAnswer bounds the answer of a browser: keys of the older kind are long.
const maxAnswer = 32 << 10

func routesPasskeys(api huma.API, o Options) {
	a := o.Accounts
	serve(api, o, op{ID: "beginPasskeySignIn", Method: http.MethodPost, Path: "/api/sign-in/passkey/begin", Tag: tagAccounts, Summary: "What a browser is asked in order to sign in with a passkey", Public: true},
		func(ctx context.Context, _ *struct{}) (*PasskeyQuestion, error) {
			return a.BeginPasskeySignIn(ctx, fromOf(ctx))
		})
	serveWith(api, o, op{ID: "passkeySignIn", Method: http.MethodPost, Path: "/api/sign-in/passkey", Tag: tagAccounts, Summary: "Signs in with the answer of a passkey, which counts as both factors", Public: true, MaxBody: maxAnswer},
		func(ctx context.Context, in *bodyOf[PasskeyAnswer]) (*withCookie[SignedIn], error) {
			s, err := a.PasskeySignIn(ctx, in.Body, fromOf(ctx))
			return letIn(o, s, err)
		})
	serve(api, o, op{ID: "beginPasskey", Method: http.MethodPost, Path: "/api/account/passkeys/begin", Tag: tagAccounts, Summary: "What a browser is asked in order to make a passkey; needs the password again", MaxBody: 8 << 10},
		func(ctx context.Context, in *bodyOf[Proof]) (*PasskeyQuestion, error) {
			return a.BeginPasskey(ctx, in.Body, fromOf(ctx))
		})
	serve(api, o, op{ID: "addPasskey", Method: http.MethodPost, Path: "/api/account/passkeys", Tag: tagAccounts, Summary: "Keeps the passkey that the browser made", MaxBody: maxAnswer},
		func(ctx context.Context, in *bodyOf[NewPasskey]) (*Passkey, error) { return a.AddPasskey(ctx, in.Body) })
	serve(api, o, op{ID: "removePasskey", Method: http.MethodDelete, Path: "/api/account/passkeys/{id}", Tag: tagAccounts, Summary: "Removes a passkey"},
		func(ctx context.Context, in *thing) (*Done, error) { return a.RemovePasskey(ctx, in.ID) })
}

func routesOtherAccounts(api huma.API, o Options) {
	a := o.Accounts
	manage := func(id, method, path, summary string) op {
		return op{ID: id, Method: method, Path: path, Tag: tagAccounts, Summary: summary, Act: actor.ManageAccounts}
	}
	serve(api, o, manage("listAccounts", http.MethodGet, "/api/accounts", "The accounts of the territories whose accounts the reader manages"),
		func(ctx context.Context, in *AccountFilter) (*List[Account], error) { return a.ListAccounts(ctx, *in) })
	serve(api, o, manage("getAccount", http.MethodGet, "/api/accounts/{id}", "One account"),
		func(ctx context.Context, in *thing) (*Account, error) { return a.Account(ctx, in.ID) })
	serve(api, o, manage("invite", http.MethodPost, "/api/accounts", "Makes an account and the one-time link for its owner"),
		func(ctx context.Context, in *bodyOf[NewAccount]) (*AccountLink, error) { return a.Invite(ctx, in.Body) })
	serve(api, o, manage("changeAccount", http.MethodPut, "/api/accounts/{id}", "Changes state, territory, office and grants of an account"),
		func(ctx context.Context, in *thingWith[ChangedAccount]) (*Account, error) {
			return a.ChangeAccount(ctx, in.ID, in.Body)
		})
	serve(api, o, manage("linkAccount", http.MethodPost, "/api/accounts/{id}/link", "Makes a new one-time link for the owner of an account; earlier ones end"),
		func(ctx context.Context, in *thingWith[LinkWish]) (*AccountLink, error) {
			return a.LinkAccount(ctx, in.ID, in.Body)
		})
	serve(api, o, manage("signOutAccount", http.MethodPost, "/api/accounts/{id}/sign-out", "Ends every session of an account"),
		func(ctx context.Context, in *thing) (*Done, error) { return a.SignOutAccount(ctx, in.ID) })
}

const (
	outsideCookie = "shanyraq-outside"
	outsidePath   = "/api/outside"
	outsideLife   = 10 * time.Minute
)

// outside is the way to the provider of identities and back. A browser walks
// it, so that what goes wrong leads to a page and not to a problem in JSON.
func outside(mux *http.ServeMux, o Options) {
	if o.Accounts == nil {
		return
	}
	name := outsideCookie
	if o.secure() {
		name = "__Secure-" + name
	}
	fail := func(w http.ResponseWriter, r *http.Request, err error) {
		why := "provider"
		switch fault.KindOf(err) {
		case fault.Forbidden:
			why = "refused"
		case fault.NotFound:
			why = "uninvited"
		case fault.Conflict:
			why = "in_use"
		}
		http.Redirect(w, r, "/sign-in?state="+why, http.StatusSeeOther)
	}
	mux.HandleFunc("GET "+outsidePath+"/begin", func(w http.ResponseWriter, r *http.Request) {
		address, ticket, err := o.Accounts.BeginOutside(r.Context(), r.URL.Query().Get("next"))
		if err != nil {
			fail(w, r, err)
			return
		}
		c := o.cookie(name, ticket, o.Now().Add(outsideLife), outsidePath)
		http.SetCookie(w, &c)
		http.Redirect(w, r, address, http.StatusSeeOther)
	})
	mux.HandleFunc("GET "+outsidePath+"/callback", func(w http.ResponseWriter, r *http.Request) {
		ticket := ""
		if c, err := r.Cookie(name); err == nil {
			ticket = c.Value
		}
		gone := o.cookie(name, "", time.Unix(1, 0), outsidePath)
		http.SetCookie(w, &gone)
		s, next, err := o.Accounts.FinishOutside(r.Context(), ticket, r.URL.Query(), fromOf(r.Context()))
		if err != nil {
			fail(w, r, err)
			return
		}
		c := o.sessionCookie(s.Secret, s.Expires)
		http.SetCookie(w, &c)
		http.Redirect(w, r, next, http.StatusSeeOther)
	})
}
