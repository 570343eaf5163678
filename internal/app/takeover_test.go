package app

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/oidc"
	"github.com/shanyraq/shanyraq/internal/oidc/oidctest"
	"github.com/shanyraq/shanyraq/internal/store"
)

// A browser left open is not enough for what outlives it.
func TestABrowserLeftOpen(t *testing.T) {
	x := newHouse(t)
	root := x.root()
	own := must[httpapi.OwnAccount](root, "GET", "/api/account", nil)
	token := httpapi.NewToken{Name: "x", Scope: []string{"read_drafts"}, Expires: "2026-12-31"}
	wrong := token
	wrong.Password = "another good password"
	for name, tc := range map[string]struct {
		path string
		body any
		want string
	}{
		"a link to the own account":         {"/api/accounts/" + own.ID + "/link", httpapi.LinkWish{}, "403 forbidden"},
		"the own factor taken away by link": {"/api/accounts/" + own.ID + "/link", httpapi.LinkWish{DropFactor: true}, "403 forbidden"},
		"a token without the password":      {"/api/account/tokens", token, "401 not_let_in"},
		"a token with a wrong one":          {"/api/account/tokens", wrong, "401 not_let_in"},
		"a factor without the password":     {"/api/account/factor", httpapi.Proof{}, "401 not_let_in"},
	} {
		if got := root.code("POST", tc.path, tc.body); got != tc.want {
			t.Errorf("%s: %s, want %s", name, got, tc.want)
		}
	}
}

// What ends tokens, and what leaves them.
func TestWhatEndsTokens(t *testing.T) {
	for name, tc := range map[string]struct {
		do   func(root, own *browser, id string)
		want string
	}{
		"a new password": {func(_, own *browser, _ string) {
			must[httpapi.Done](own, "PUT", "/api/account/password", httpapi.NewPassword{Old: goodPassword, New: "another good password"})
		}, "401 sign_in"},
		"a link that was used": {func(root, own *browser, id string) {
			l := must[httpapi.AccountLink](root, "POST", "/api/accounts/"+id+"/link", httpapi.LinkWish{})
			must[httpapi.SignedIn](own, "POST", "/api/links/accept", httpapi.AcceptLink{Token: secretOf(own.t, l.Link), Password: "another good password"})
		}, "401 sign_in"},
		"out everywhere with the tokens": {func(_, own *browser, _ string) {
			must[httpapi.Done](own, "POST", "/api/sign-out-everywhere", httpapi.SignOutWish{Tokens: true})
		}, "401 sign_in"},
		"out everywhere without": {func(_, own *browser, _ string) { must[httpapi.Done](own, "POST", "/api/sign-out-everywhere", nil) }, "200"},
	} {
		t.Run(name, func(t *testing.T) {
			x := newHouse(t)
			root := x.root()
			own, id := root.person("asel", "KZ-35", "contributor@KZ-35")
			tok := must[httpapi.MadeToken](own, "POST", "/api/account/tokens", httpapi.NewToken{Name: "x", Scope: []string{"read_drafts"}, Expires: "2026-12-31", Proof: proof})
			tc.do(root, own, id)
			if got := x.browser().code("GET", "/api/session", nil, "Authorization", "Bearer "+tok.Text); got != tc.want {
				t.Errorf("the token: %s, want %s", got, tc.want)
			}
		})
	}
}

// Who may speak for an office is said in the journal, and that an address
// changed; neither names anybody.
func TestTheJournalOfGrants(t *testing.T) {
	x := newHouse(t)
	root := x.root()
	office := officeOf(t, x)
	l := must[httpapi.AccountLink](root, "POST", "/api/accounts", httpapi.NewAccount{Name: "Асель", Email: "asel@example.kz", Home: "KZ-35", Office: office, Grants: []httpapi.Grant{}})
	must[httpapi.Account](root, "PUT", "/api/accounts/"+l.Account.ID, httpapi.ChangedAccount{Version: l.Account.Version, State: "invited", Home: "KZ-61", Email: "new@example.kz", Grants: []httpapi.Grant{}})
	entries, _, err := x.Store.Journal(t.Context(), store.JournalQuery{Chains: []string{"desk"}})
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]string{}
	for _, e := range entries {
		if e.Subject == l.Account.ID {
			said[e.Op] = e.Detail
		}
	}
	for op, want := range map[string]string{"invite": "invited office=" + office + " home=KZ-35", "grant": "invited office= home=KZ-61 address changed"} {
		if said[op] != want {
			t.Errorf("%s: %q, want %q", op, said[op], want)
		}
	}
}

// Whoever holds an address at the provider does not come into an account that
// somebody uses; its owner, signed in, connects the provider.
func TestAnAccountInUseIsNotTakenThroughAProvider(t *testing.T) {
	x := newHouse(t)
	x.Clock = time.Now
	x.open(true)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { x.h.ServeHTTP(w, r) }))
	defer server.Close()
	redirect := server.URL + "/api/outside/callback"
	p, err := oidc.New(oidc.Config{Issuer: oidctest.Start(t, redirect), ClientID: oidctest.ClientID, ClientSecret: oidctest.ClientSecret, Redirect: redirect})
	if err != nil {
		t.Fatal(err)
	}
	x.Outside = p
	root := x.root()
	owner, id := root.person("asel", "KZ-35", "contributor@KZ-35")
	for _, tc := range []struct {
		name string
		b    *browser
		to   string
		in   bool
	}{
		{"nobody signed in", x.browser(), "/sign-in?state=in_use", false},
		{"somebody else signed in", root, "/sign-in?state=in_use", false},
		{"the owner signed in", owner, "/kk/account", true},
		{"from then on by identity", x.browser(), "/kk/account", true},
	} {
		w := tc.b.request("GET", "/api/outside/begin?next=/kk/account", nil)
		back := oidctest.SignIn(t, w.Header().Get("Location"), "asel", oidctest.Password)
		to := tc.b.request("GET", back.RequestURI(), nil).Header().Get("Location")
		s := tc.b.session()
		if in := s.Account != nil && s.Account.ID == id; to != tc.to || in != tc.in {
			t.Errorf("%s: %s, let in %v", tc.name, to, in)
		}
	}
}

// An office is given by who manages the accounts where it sits.
func TestOfficesStayAtHome(t *testing.T) {
	x := newHouse(t)
	root := x.root()
	region, _ := root.person("region", "KZ-35", "administrator@KZ-35")
	_, id := root.person("own", "KZ-35", "contributor@KZ-35")
	v, err := x.look(t.Context(), When{})
	if err != nil {
		t.Fatal(err)
	}
	var away string
	for code, o := range v.Offices {
		if o.Place == "" || !v.Atlas.Within(o.Place, "KZ-35") {
			away = code
		}
	}
	a := must[httpapi.Account](root, "GET", "/api/accounts/"+id, nil)
	change := httpapi.ChangedAccount{Version: a.Version, State: a.State, Home: a.Home, Office: away, Grants: a.Grants}
	fresh := httpapi.NewAccount{Name: "x", Email: "x@example.kz", Home: "KZ-35", Office: away, Grants: []httpapi.Grant{}}
	for name, tc := range map[string][]string{"changed": {"PUT", "/api/accounts/" + id}, "invited": {"POST", "/api/accounts"}} {
		var body any = change
		if slices.Contains(tc, "POST") {
			body = fresh
		}
		if w := region.request(tc[0], tc[1], body); w.Code != http.StatusForbidden || !strings.Contains(w.Body.String(), "manage_accounts") {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
		if got := root.code(tc[0], tc[1], body); got != "200" {
			t.Errorf("%s by the country: %s", name, got)
		}
	}
}

// Where signing in is enough for a person, a token needs an act in its scope.
func TestTokensNeedTheirScope(t *testing.T) {
	x := newHouse(t)
	asel, _ := x.root().person("asel", "KZ-35", "contributor@KZ-35", "approver@KZ-35")
	token := func(scope ...string) []string {
		tok := must[httpapi.MadeToken](asel, "POST", "/api/account/tokens", httpapi.NewToken{Name: "x", Scope: scope, Expires: "2026-12-31", Proof: proof})
		return []string{"Authorization", "Bearer " + tok.Text}
	}
	reads, writes, imports, approves, idle := token("read_drafts"), token("submit"), token("import_figures"), token("approve"), token("read_published")
	program := x.browser()
	for _, tc := range []struct {
		name, method, path string
		token              []string
		refused            bool
	}{
		{"the session", "GET", "/api/session", idle, false},
		{"the list, reading", "GET", "/api/submissions", reads, false},
		{"the list, writing", "GET", "/api/submissions", writes, true},
		{"one, reading", "GET", "/api/submissions/x1234567", reads, false},
		{"one, nothing", "GET", "/api/submissions/x1234567", idle, true},
		{"save, writing", "PUT", "/api/submissions/x1234567", writes, false},
		{"save, importing", "PUT", "/api/submissions/x1234567", imports, false},
		{"save, reading", "PUT", "/api/submissions/x1234567", reads, true},
		{"submit, reading", "POST", "/api/submissions/x1234567/submit", reads, true},
		{"withdraw, reading", "POST", "/api/submissions/x1234567/withdraw", reads, true},
		{"withdraw, writing", "POST", "/api/submissions/x1234567/withdraw", writes, false},
		{"many, approving", "POST", "/api/submissions/steps", approves, false},
		{"many, reading", "POST", "/api/submissions/steps", reads, true},
		{"notifications", "GET", "/api/notifications", reads, true},
		{"notifications read", "POST", "/api/notifications/read", reads, true},
		{"letters", "GET", "/api/account/letters", reads, true},
		{"letters chosen", "PUT", "/api/account/letters", reads, true},
		{"the account", "GET", "/api/account", reads, true},
	} {
		if got := program.code(tc.method, tc.path, nil, tc.token...); (got == "403 forbidden") != tc.refused {
			t.Errorf("%s: %s", tc.name, got)
		}
	}
}
