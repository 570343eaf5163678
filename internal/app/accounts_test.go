package app

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/actor/account"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/oidc"
	"github.com/shanyraq/shanyraq/internal/oidc/oidctest"
	"github.com/shanyraq/shanyraq/internal/store"
)

const (
	rootMail     = "aigul@example.kz"
	goodPassword = "төрт ат пен бір арба"
)

var proof = httpapi.Proof{Password: goodPassword}

// house is a server in which people sign in, with a clock that can be moved.
type house struct {
	*App
	t   *testing.T
	h   http.Handler
	now time.Time
}

func newHouse(t *testing.T) *house {
	t.Helper()
	x := &house{App: kazakhstan(t), t: t, now: time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)}
	x.Clock = func() time.Time { return x.now }
	x.open(true)
	return x
}

// open starts the server; local listens on this machine only.
func (x *house) open(local bool) {
	o := x.Serving()
	o.Administrator = local
	x.h = httpapi.New(o)
}

// later moves the clock on.
func (x *house) later(d time.Duration) { x.now = x.now.Add(d) }

// browser is a reader with cookies; own says that requests come from a page of
// the server.
type browser struct {
	*house
	cookies map[string]string
	own     bool
}

func (x *house) browser() *browser {
	return &browser{house: x, cookies: map[string]string{}, own: true}
}

func (b *browser) request(method, path string, body any, head ...string) *httptest.ResponseRecorder {
	b.t.Helper()
	var text []byte
	switch v := body.(type) {
	case nil:
	case string:
		text = []byte(v)
	default:
		var err error
		if text, err = json.Marshal(v); err != nil {
			b.t.Fatal(err)
		}
	}
	r := httptest.NewRequest(method, path, bytes.NewReader(text))
	r.Host = "localhost"
	if len(text) > 0 {
		r.Header.Set("Content-Type", "application/json")
	}
	if b.own {
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	for i := 0; i+1 < len(head); i += 2 {
		r.Header.Set(head[i], head[i+1])
	}
	for name, value := range b.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	b.h.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		if c.MaxAge < 0 {
			delete(b.cookies, c.Name)
		} else {
			b.cookies[c.Name] = c.Value
		}
	}
	return w
}

// must sends a request that must succeed and decodes the answer.
func must[T any](b *browser, method, path string, body any) T {
	b.t.Helper()
	var v T
	w := b.request(method, path, body)
	if err := json.Unmarshal(w.Body.Bytes(), &v); w.Code != http.StatusOK || err != nil {
		b.t.Fatalf("%s %s: %d %v %.300s", method, path, w.Code, err, w.Body)
	}
	return v
}

// code sends a request and returns status and code of the problem.
func (b *browser) code(method, path string, body any, head ...string) string {
	b.t.Helper()
	w := b.request(method, path, body, head...)
	var p httpapi.Problem
	_ = json.Unmarshal(w.Body.Bytes(), &p) // other answers have no code
	return strings.TrimSpace(fmt.Sprint(w.Code, " ", p.Code))
}

func (b *browser) session() httpapi.Session {
	b.t.Helper()
	return must[httpapi.Session](b, "GET", "/api/session", nil)
}

// secretOf takes the secret out of a one-time link.
func secretOf(t *testing.T, link string) string {
	t.Helper()
	u, err := url.Parse(link)
	if err != nil || u.Query().Get("token") == "" {
		t.Fatalf("%q is no link", link)
	}
	return u.Query().Get("token")
}

// root makes the first administrator and returns a browser in which that one
// is signed in.
func (x *house) root() *browser {
	x.t.Helper()
	link, err := x.FirstLink(x.t.Context(), "kk")
	if err != nil {
		x.t.Fatal(err)
	}
	b := x.browser()
	must[httpapi.SignedIn](b, "POST", "/api/links/accept", httpapi.AcceptLink{Token: secretOf(x.t, link), Password: goodPassword, Name: "Айгүл Серікқызы", Email: rootMail, Language: "kk"})
	return b
}

// person invites somebody through the administrator and lets them choose a
// password.
func (b *browser) person(name, home string, grants ...string) (*browser, string) {
	b.t.Helper()
	in := httpapi.NewAccount{Name: name, Email: name + "@example.kz", Home: home, Grants: []httpapi.Grant{}}
	for _, g := range grants {
		role, at, _ := strings.Cut(g, "@")
		in.Grants = append(in.Grants, httpapi.Grant{Role: role, Territory: at})
	}
	l := must[httpapi.AccountLink](b, "POST", "/api/accounts", in)
	p := b.browser()
	must[httpapi.SignedIn](p, "POST", "/api/links/accept", httpapi.AcceptLink{Token: secretOf(b.t, l.Link), Password: goodPassword})
	return p, l.Account.ID
}

// As long as nobody has an account, whoever sits at the machine may do
// everything; the link for the first one works once, for a day, and only the
// newest does.
func TestTheFirstAdministrator(t *testing.T) {
	x := newHouse(t)
	nobody := x.browser()
	if s := nobody.session(); !s.First || !slices.Contains(s.Acts, "manage_accounts") || s.Account != nil {
		t.Errorf("before the first account: %+v", s)
	}
	first := func() string {
		link, err := x.FirstLink(t.Context(), "en")
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(link, "/en/first?token=") {
			t.Errorf("link %s", link)
		}
		return secretOf(t, link)
	}
	accept := func(token string) string {
		return x.browser().code("POST", "/api/links/accept", httpapi.AcceptLink{Token: token, Password: goodPassword, Name: "A", Email: "a@example.kz"})
	}
	old := first()
	if got := accept(old[1:]); got != "404 not_found" {
		t.Errorf("cut off: %s", got)
	}
	late := first()
	if got := accept(old); got != "404 not_found" {
		t.Errorf("the link of an earlier start: %s", got)
	}
	x.later(24 * time.Hour)
	if got := accept(late); got != "404 not_found" {
		t.Errorf("a day later: %s", got)
	}
	token := first()
	for name, in := range map[string]httpapi.AcceptLink{
		"a short password": {Token: token, Password: "short", Name: "A", Email: "a@example.kz"},
		"no name":          {Token: token, Password: goodPassword, Email: "a@example.kz"},
		"no address":       {Token: token, Password: goodPassword, Name: "A", Email: "a"},
	} {
		if got := x.browser().code("POST", "/api/links/accept", in); got != "422 invalid" {
			t.Errorf("%s: %s", name, got)
		}
	}
	if got := accept(token); got != "200" {
		t.Fatalf("the newest link: %s", got)
	}
	if got := accept(token); got != "404 not_found" {
		t.Errorf("used twice: %s", got)
	}
	if link, err := x.FirstLink(t.Context(), "en"); link != "" || err != nil {
		t.Errorf("a link for a second first one: %q %v", link, err)
	}
	if s := nobody.session(); s.First || len(s.Acts) != 1 || s.Administrator {
		t.Errorf("who did not sign in still may: %+v", s)
	}
	if got := nobody.code("POST", "/api/entries", `{"act":"figure","document":"x","line":1,"from":0,"to":1}`); got != "401 sign_in" {
		t.Errorf("an entry by nobody: %s", got)
	}
}

// The cookie cannot be read by scripts, is not sent along from other sites,
// and on a network it is bound to TLS and to this host.
func TestTheCookie(t *testing.T) {
	for local, want := range map[bool]string{true: "shanyraq", false: "__Host-shanyraq"} {
		x := newHouse(t)
		x.root()
		x.open(local)
		w := x.browser().request("POST", "/api/sign-in", httpapi.SignIn{Email: rootMail, Password: goodPassword})
		list := w.Result().Cookies()
		if w.Code != 200 || len(list) != 1 {
			t.Fatalf("%d, cookies %v", w.Code, list)
		}
		c := list[0]
		if c.Name != want || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Secure == local || c.Path != "/" || c.Domain != "" || !account.IsSecret(c.Value) {
			t.Errorf("this machine only %v: %+v", local, c)
		}
		if strings.Contains(w.Body.String(), c.Value) || w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("the session stands in the answer, or is kept: %s", w.Body)
		}
	}
}

func TestForgedCookies(t *testing.T) {
	x := newHouse(t)
	root := x.root()
	asel, id := root.person("asel", "KZ-35", "contributor@KZ-35")
	good := asel.cookies["shanyraq"]
	gone, _ := root.person("gone", "KZ-35")
	out := gone.cookies["shanyraq"]
	must[httpapi.Done](gone, "POST", "/api/sign-out", nil)
	fresh, err := account.NewSecret(strings.NewReader(strings.Repeat("x", 32)))
	if err != nil {
		t.Fatal(err)
	}
	for name, cookies := range map[string]map[string]string{
		"none":                  {},
		"empty":                 {"shanyraq": ""},
		"cut off":               {"shanyraq": good[:len(good)-1]},
		"longer":                {"shanyraq": good + "A"},
		"one letter else":       {"shanyraq": flip(good)},
		"made up":               {"shanyraq": fresh},
		"the hash that is kept": {"shanyraq": account.Hash(good)},
		"signed out":            {"shanyraq": out},
		"the id of the account": {"shanyraq": id},
		"under the other name":  {"__Host-shanyraq": good},
		"SQL":                   {"shanyraq": "' OR 1=1 --"},
		"very long":             {"shanyraq": strings.Repeat("A", 5000)},
	} {
		b := x.browser()
		b.cookies = cookies
		if s := b.session(); s.Account != nil || len(s.Acts) != 1 {
			t.Errorf("%s: %+v", name, s.Account)
		}
		if got := b.code("GET", "/api/account", nil); got != "401 sign_in" {
			t.Errorf("%s: %s", name, got)
		}
	}
	if s := asel.session(); s.Account == nil || s.Account.ID != id {
		t.Errorf("the good one: %+v", s)
	}
	x.later(account.IdleLife)
	if s := asel.session(); s.Account != nil {
		t.Error("an idle session does not end")
	}
}

func flip(s string) string {
	if s[5] == 'A' {
		return s[:5] + "B" + s[6:]
	}
	return s[:5] + "A" + s[6:]
}

// A session that is used does not live for ever either.
func TestSessionsEndAtLast(t *testing.T) {
	x := newHouse(t)
	root := x.root()
	for range int(account.AbsoluteLife/(10*time.Hour)) + 1 {
		if x.later(10 * time.Hour); root.session().Account == nil {
			break
		}
	}
	if age := x.now.Sub(time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)); age < account.AbsoluteLife || age > account.AbsoluteLife+10*time.Hour {
		t.Errorf("ended after %s", age)
	}
}

// Nobody can plant a session: signing in always begins a new one, and the one
// that the browser brought ends.
func TestFixation(t *testing.T) {
	x := newHouse(t)
	x.root()
	planted := strings.Repeat("A", 43)
	victim := x.browser()
	victim.cookies["shanyraq"] = planted
	must[httpapi.SignedIn](victim, "POST", "/api/sign-in", httpapi.SignIn{Email: rootMail, Password: goodPassword})
	before := victim.cookies["shanyraq"]
	if before == planted {
		t.Fatal("the planted session was taken")
	}
	must[httpapi.SignedIn](victim, "POST", "/api/sign-in", httpapi.SignIn{Email: rootMail, Password: goodPassword})
	for name, value := range map[string]string{"planted": planted, "the one before": before} {
		b := x.browser()
		b.cookies["shanyraq"] = value
		if b.session().Account != nil {
			t.Errorf("%s is signed in", name)
		}
	}
}

// What changes something with a cookie comes from a page of this server.
func TestCrossSiteRequests(t *testing.T) {
	x := newHouse(t)
	root := x.root()
	for name, tc := range map[string]struct {
		head []string
		want string
	}{
		"from our page":                  {[]string{"Sec-Fetch-Site", "same-origin"}, "200"},
		"from our page, an old browser":  {[]string{"Origin", "http://localhost"}, "200"},
		"from another site":              {[]string{"Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example"}, "403 forbidden"},
		"from another site, old browser": {[]string{"Origin", "https://evil.example"}, "403 forbidden"},
		"from a host beside":             {[]string{"Sec-Fetch-Site", "same-site"}, "403 forbidden"},
		"from a form of no origin":       {[]string{"Origin", "null"}, "403 forbidden"},
		"typed":                          {[]string{"Sec-Fetch-Site", "none"}, "403 forbidden"},
		"without a word":                 {nil, "403 forbidden"},
		"another port":                   {[]string{"Origin", "http://localhost:81"}, "403 forbidden"},
	} {
		b := x.browser()
		b.own, b.cookies = false, root.cookies
		if got := b.code("PUT", "/api/account", httpapi.Profile{Name: "A", Language: "kk"}, tc.head...); got != tc.want {
			t.Errorf("%s: %s, want %s", name, got, tc.want)
		}
		if got := b.code("GET", "/api/account", nil, tc.head...); got != "200" {
			t.Errorf("reading, %s: %s", name, got)
		}
	}
}

// What a profile takes is name and language, whatever else is sent along.
func TestMassAssignment(t *testing.T) {
	x := newHouse(t)
	root := x.root()
	asel, id := root.person("asel", "KZ-35", "contributor@KZ-35")
	for _, more := range []string{`"grants":[{"role":"administrator","territory":"KZ"}]`, `"id":"u_x"`, `"home":"KZ"`, `"office":"moh"`, `"email":"root@example.kz"`, `"state":"active"`, `"password":"x"`, `"factor":false`, `"Grants":[]`} {
		if got := asel.code("PUT", "/api/account", `{"name":"Asel","language":"ru",`+more+`}`); got != "422 invalid" {
			t.Errorf("%s: %s", more, got)
		}
	}
	for _, more := range []string{`"state":"active"`, `"id":"u_x"`, `"version":7`, `"password":"x"`} {
		if got := root.code("POST", "/api/accounts", `{"name":"B","email":"b@example.kz","home":"KZ","grants":[],`+more+`}`); got != "422 invalid" {
			t.Errorf("invitation with %s: %s", more, got)
		}
	}
	if got := asel.code("POST", "/api/sign-in", `{"email":"a@b","password":"x","account":"u_x"}`); got != "422 invalid" {
		t.Errorf("sign-in: %s", got)
	}
	if a := must[httpapi.Account](root, "GET", "/api/accounts/"+id, nil); len(a.Grants) != 1 || a.Name != "asel" || a.Home != "KZ-35" {
		t.Errorf("%+v", a)
	}
}

// Nobody gets, over the network, a right that they could not give.
func TestPrivilegesDoNotGrow(t *testing.T) {
	x := newHouse(t)
	root := x.root()
	region, regionID := root.person("region", "KZ-35", "administrator@KZ-35")
	_, nationalID := root.person("national", "KZ-35", "approver@KZ")
	_, ownID := root.person("own", "KZ-35", "contributor@KZ-35")
	_, otherID := root.person("other", "KZ-61", "contributor@KZ-61")
	_, rootID := root.person("second", "KZ", "administrator@KZ")
	plain, _ := root.person("plain", "KZ-35", "approver@KZ-35")
	change := func(id string, edit func(*httpapi.ChangedAccount)) (string, httpapi.ChangedAccount) {
		a := must[httpapi.Account](root, "GET", "/api/accounts/"+id, nil)
		c := httpapi.ChangedAccount{Version: a.Version, State: a.State, Home: a.Home, Office: a.Office, Grants: a.Grants}
		edit(&c)
		return "/api/accounts/" + id, c
	}
	grants := func(list ...string) func(*httpapi.ChangedAccount) {
		return func(c *httpapi.ChangedAccount) {
			c.Grants = []httpapi.Grant{}
			for _, g := range list {
				role, at, _ := strings.Cut(g, "@")
				c.Grants = append(c.Grants, httpapi.Grant{Role: role, Territory: at})
			}
		}
	}
	for _, tc := range []struct {
		name string
		by   *browser
		id   string
		edit func(*httpapi.ChangedAccount)
		want string
	}{
		{"in the own region", region, ownID, grants("contributor@KZ-35", "approver@KZ-35"), "200"},
		{"the whole country", region, ownID, grants("approver@KZ"), "403 forbidden"},
		{"next door", region, ownID, grants("contributor@KZ-61"), "403 forbidden"},
		{"the own rights", region, regionID, grants("administrator@KZ"), "403 forbidden"},
		{"more in the own region", region, regionID, grants("administrator@KZ-35", "approver@KZ-35"), "403 forbidden"},
		{"an account next door", region, otherID, grants(), "404 not_found"},
		{"an account above", region, rootID, grants(), "404 not_found"},
		{"a national right taken", region, nationalID, grants(), "403 forbidden"},
		{"a national account switched off", region, nationalID, func(c *httpapi.ChangedAccount) { c.State = "disabled" }, "403 forbidden"},
		{"the home moved up", region, ownID, func(c *httpapi.ChangedAccount) { c.Home = "KZ" }, "403 forbidden"},
		{"an unknown role", region, ownID, grants("emperor@KZ-35"), "422 invalid"},
		{"an unknown place", region, ownID, grants("approver@XX"), "422 invalid"},
		{"by an approver", plain, ownID, grants(), "403 forbidden"},
		{"by nobody", x.browser(), ownID, grants(), "401 sign_in"},
	} {
		path, body := change(tc.id, tc.edit)
		if got := tc.by.code("PUT", path, body); got != tc.want {
			t.Errorf("%s: %s, want %s", tc.name, got, tc.want)
		}
	}
	// A link to a national account would be its rights.
	for id, want := range map[string]string{nationalID: "403 forbidden", otherID: "404 not_found", rootID: "404 not_found", ownID: "200"} {
		if got := region.code("POST", "/api/accounts/"+id+"/link", httpapi.LinkWish{}); got != want {
			t.Errorf("a link: %s, want %s", got, want)
		}
	}
	// Nor may one that was made before be used after the account has grown.
	l := must[httpapi.AccountLink](region, "POST", "/api/accounts/"+ownID+"/link", httpapi.LinkWish{})
	path, body := change(ownID, grants("approver@KZ"))
	must[httpapi.Account](root, "PUT", path, body)
	if got := x.browser().code("POST", "/api/links/accept", httpapi.AcceptLink{Token: secretOf(t, l.Link), Password: "another good password"}); got != "404 not_found" {
		t.Errorf("a link made before the account grew: %s", got)
	}
	// The names of other territories are nobody's business.
	list := must[httpapi.List[httpapi.Account]](region, "GET", "/api/accounts", nil)
	var names []string
	for _, a := range list.Items {
		names = append(names, a.Name)
	}
	if want := []string{"national", "own", "plain", "region"}; !slices.Equal(names, want) {
		t.Errorf("a region sees %v, want %v", names, want)
	}
	if w := plain.request("GET", "/api/accounts", nil); w.Code != 403 || !strings.Contains(w.Body.String(), `"manage_accounts"`) || strings.Contains(w.Body.String(), "example.kz") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if got := region.code("POST", "/api/accounts", httpapi.NewAccount{Name: "x", Email: "x@example.kz", Home: "KZ-35", Grants: []httpapi.Grant{{Role: "administrator", Territory: "KZ"}}}); got != "403 forbidden" {
		t.Errorf("an invitation beyond: %s", got)
	}
	if got := region.code("POST", "/api/accounts", httpapi.NewAccount{Name: "x", Email: strings.ToUpper(rootMail), Home: "KZ-35", Grants: []httpapi.Grant{}}); got != "409 conflict" {
		t.Errorf("an address that somebody has: %s", got)
	}
}

// The last administrator of the whole country cannot be taken away, by
// whomever.
func TestTheLastAdministratorStays(t *testing.T) {
	x := newHouse(t)
	root := x.root()
	other, _ := root.person("second", "KZ", "administrator@KZ")
	own := must[httpapi.OwnAccount](root, "GET", "/api/account", nil)
	a := must[httpapi.Account](other, "GET", "/api/accounts/"+own.ID, nil)
	must[httpapi.Account](other, "PUT", "/api/accounts/"+own.ID, httpapi.ChangedAccount{Version: a.Version, State: "disabled", Home: a.Home, Grants: a.Grants})
	if root.session().Account != nil {
		t.Error("who was switched off is still signed in")
	}
	self := must[httpapi.OwnAccount](other, "GET", "/api/account", nil)
	if got := other.code("PUT", "/api/accounts/"+self.ID, httpapi.ChangedAccount{Version: 2, State: "disabled", Home: "KZ", Grants: []httpapi.Grant{}}); got != "403 forbidden" {
		t.Errorf("the last one by itself: %s", got)
	}
}

// Rights are read anew with every request.
func TestChangesCountAtOnce(t *testing.T) {
	x := newHouse(t)
	root := x.root()
	asel, id := root.person("asel", "KZ-35", "contributor@KZ-35")
	second := x.browser()
	must[httpapi.SignedIn](second, "POST", "/api/sign-in", httpapi.SignIn{Email: "asel@example.kz", Password: goodPassword})
	a := must[httpapi.Account](root, "GET", "/api/accounts/"+id, nil)
	a = must[httpapi.Account](root, "PUT", "/api/accounts/"+id, httpapi.ChangedAccount{Version: a.Version, State: "active", Home: "KZ-35", Grants: []httpapi.Grant{{Role: "approver", Territory: "KZ-35"}}})
	if s := asel.session(); slices.Contains(s.Acts, "submit") || !slices.Contains(s.Acts, "approve") {
		t.Errorf("after another role: %v", s.Acts)
	}
	if got := root.code("PUT", "/api/accounts/"+id, httpapi.ChangedAccount{Version: a.Version - 1, State: "active", Home: "KZ-35", Grants: []httpapi.Grant{}}); got != "409 conflict" {
		t.Errorf("an old version: %s", got)
	}
	tok := must[httpapi.MadeToken](asel, "POST", "/api/account/tokens", httpapi.NewToken{Name: "x", Scope: []string{"approve"}, Expires: "2026-12-31", Proof: proof})
	must[httpapi.Account](root, "PUT", "/api/accounts/"+id, httpapi.ChangedAccount{Version: a.Version, State: "disabled", Home: "KZ-35", Grants: a.Grants})
	for name, b := range map[string]*browser{"one browser": asel, "another": second} {
		if b.session().Account != nil {
			t.Errorf("%s is still signed in", name)
		}
	}
	if got := x.browser().code("GET", "/api/account", nil, "Authorization", "Bearer "+tok.Text); got != "401 sign_in" {
		t.Errorf("a token of an account that is off: %s", got)
	}
	if got := x.browser().code("POST", "/api/sign-in", httpapi.SignIn{Email: "asel@example.kz", Password: goodPassword}); got != "401 not_let_in" {
		t.Errorf("signing in: %s", got)
	}
}

func TestSigningOutEverywhere(t *testing.T) {
	x := newHouse(t)
	root := x.root()
	asel, _ := root.person("asel", "KZ-35")
	var more []*browser
	for range 3 {
		x.later(time.Second)
		b := x.browser()
		must[httpapi.SignedIn](b, "POST", "/api/sign-in", httpapi.SignIn{Email: "asel@example.kz", Password: goodPassword})
		more = append(more, b)
	}
	own := must[httpapi.OwnAccount](asel, "GET", "/api/account", nil)
	if len(own.Sessions) != 4 || !own.Sessions[0].Here {
		t.Fatalf("%+v", own.Sessions)
	}
	if got := root.code("DELETE", "/api/account/sessions/"+own.Sessions[1].ID, nil); got != "404 not_found" {
		t.Errorf("the session of another: %s", got)
	}
	must[httpapi.Done](asel, "DELETE", "/api/account/sessions/"+own.Sessions[1].ID, nil)
	if more[0].session().Account != nil || more[1].session().Account == nil {
		t.Error("not the one session was ended")
	}
	// A new password ends all but the one in which it was changed.
	must[httpapi.Done](asel, "PUT", "/api/account/password", httpapi.NewPassword{Old: goodPassword, New: "another good password"})
	if asel.session().Account == nil || more[1].session().Account != nil {
		t.Error("a new password does not end the others")
	}
	must[httpapi.Done](asel, "POST", "/api/sign-out-everywhere", nil)
	if asel.session().Account != nil {
		t.Error("signed out everywhere but here")
	}
}

func TestAPITokens(t *testing.T) {
	x := newHouse(t)
	root := x.root()
	asel, id := root.person("asel", "KZ-35", "contributor@KZ-35", "administrator@KZ-35")
	tok := must[httpapi.MadeToken](asel, "POST", "/api/account/tokens", httpapi.NewToken{Name: "loader", Scope: []string{"import_figures", "read_drafts"}, Expires: "2026-12-31", Proof: proof})
	if w := asel.request("GET", "/api/account", nil); strings.Contains(w.Body.String(), tok.Text) || !strings.Contains(w.Body.String(), tok.ID) {
		t.Errorf("the token is shown again: %s", w.Body)
	}
	program := x.browser()
	program.own = false
	bearer := func(text string) []string { return []string{"Authorization", "Bearer " + text} }
	var s httpapi.Session
	w := program.request("GET", "/api/session", nil, bearer(tok.Text)...)
	if err := json.Unmarshal(w.Body.Bytes(), &s); err != nil || !slices.Equal(s.Acts, []string{"read_published", "read_drafts", "import_figures"}) {
		t.Errorf("a token may %v (%v)", s.Acts, err)
	}
	for name, tc := range map[string]struct{ method, path, want string }{
		"accounts":          {"GET", "/api/accounts", "403 forbidden"},
		"an account":        {"GET", "/api/accounts/" + id, "403 forbidden"},
		"the own account":   {"GET", "/api/account", "403 forbidden"},
		"another token":     {"POST", "/api/account/tokens", "403 forbidden"},
		"its own end":       {"DELETE", "/api/account/tokens/" + tok.ID, "403 forbidden"},
		"the second factor": {"POST", "/api/account/factor", "403 forbidden"},
		"everywhere":        {"POST", "/api/sign-out-everywhere", "403 forbidden"},
		"out of scope":      {"POST", "/api/accounts/" + id + "/sign-out", "403 forbidden"},
	} {
		var body any
		if name == "another token" {
			body = httpapi.NewToken{Name: "x", Scope: []string{"read_drafts"}, Expires: "2026-12-31"}
		}
		if got := program.code(tc.method, tc.path, body, bearer(tok.Text)...); got != tc.want {
			t.Errorf("%s: %s, want %s", name, got, tc.want)
		}
	}
	for name, text := range map[string]string{"cut off": tok.Text[:len(tok.Text)-1], "another": flip(tok.Text), "empty": "", "the id": tok.ID, "a session": asel.cookies["shanyraq"]} {
		if got := program.code("GET", "/api/session", nil, bearer(text)...); got != "401 sign_in" {
			t.Errorf("%s: %s", name, got)
		}
	}
	if got := program.code("GET", "/api/session", nil, "Authorization", "Basic "+tok.Text); got != "401 sign_in" {
		t.Errorf("another scheme: %s", got)
	}
	for name, in := range map[string]httpapi.NewToken{
		"accounts":   {Name: "x", Scope: []string{"manage_accounts"}, Expires: "2026-12-31"},
		"everything": {Name: "x", Scope: []string{"approve"}, Expires: "2026-12-31"},
		"yesterday":  {Name: "x", Scope: []string{"read_drafts"}, Expires: "2026-11-22"},
	} {
		if got := asel.code("POST", "/api/account/tokens", in); got == "200" {
			t.Errorf("a token for %s", name)
		}
	}
	if got := root.code("DELETE", "/api/account/tokens/"+tok.ID, nil); got != "404 not_found" {
		t.Errorf("the token of another: %s", got)
	}
	// The last day counts to its end, on the clock of the country.
	x.now = time.Date(2026, 12, 31, 18, 59, 59, 0, time.UTC)
	if got := program.code("GET", "/api/session", nil, bearer(tok.Text)...); got != "200" {
		t.Errorf("on the last day: %s", got)
	}
	x.later(time.Second)
	if got := program.code("GET", "/api/session", nil, bearer(tok.Text)...); got != "401 sign_in" {
		t.Errorf("after the last day: %s", got)
	}
	x.now = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	must[httpapi.Done](asel, "DELETE", "/api/account/tokens/"+tok.ID, nil)
	if got := program.code("GET", "/api/session", nil, bearer(tok.Text)...); got != "401 sign_in" {
		t.Errorf("revoked: %s", got)
	}
}

// Guessing becomes slow, for an address that somebody has and for one that
// nobody has alike, and a restart does not help.
func TestLockout(t *testing.T) {
	x := newHouse(t)
	x.root()
	guess := func(email, password string) string {
		return x.browser().code("POST", "/api/sign-in", httpapi.SignIn{Email: email, Password: password})
	}
	for _, email := range []string{rootMail, "nobody@example.kz", "no address"} {
		for i := range 5 {
			if got := guess(email, "wrong password"); got != "401 not_let_in" {
				t.Errorf("%s, attempt %d: %s", email, i, got)
			}
		}
		w := x.browser().request("POST", "/api/sign-in", httpapi.SignIn{Email: email, Password: goodPassword})
		if w.Code != 429 || !strings.Contains(w.Body.String(), `"retry_after":15`) || w.Header().Get("Retry-After") != "15" {
			t.Errorf("%s: %d %s %v", email, w.Code, w.Body, w.Header())
		}
	}
	again := New(x.Store, "restarted")
	again.Clock = x.Clock
	x.App = again
	x.open(true)
	if got := guess(rootMail, goodPassword); got != "429 too_many_requests" {
		t.Errorf("after a restart: %s", got)
	}
	x.later(15 * time.Second)
	if got := guess(rootMail, "wrong password"); got != "401 not_let_in" {
		t.Errorf("after the wait: %s", got)
	}
	if got := guess(rootMail, goodPassword); got != "429 too_many_requests" {
		t.Errorf("the wait does not grow: %s", got)
	}
	x.later(30 * time.Second)
	if got := guess(rootMail, goodPassword); got != "200" {
		t.Errorf("the right password after the wait: %s", got)
	}
	if got := guess(rootMail, "wrong password"); got != "401 not_let_in" {
		t.Errorf("the count does not begin anew: %s", got)
	}
	// Behind one address many may sit, but not without end.
	last := ""
	for i := range 40 {
		last = guess(fmt.Sprintf("p%d@example.kz", i), "wrong password")
	}
	if last != "429 too_many_requests" {
		t.Errorf("forty accounts from one address: %s", last)
	}
}

// An unknown address takes as long as a wrong password: half of the attempts
// of each kind lie within the bound, taken in turns on a busy machine.
func TestTimeTellsNothing(t *testing.T) {
	x := newHouse(t)
	x.root()
	took := map[string][]time.Duration{}
	for i := range 21 {
		for kind, address := range map[string]string{"known": rootMail, "unknown": fmt.Sprintf("p%d@example.kz", i)} {
			from := time.Now()
			_, err := x.SignIn(t.Context(), httpapi.SignIn{Email: address, Password: "wrong password"}, httpapi.From{})
			took[kind] = append(took[kind], time.Since(from))
			if err == nil {
				t.Fatal("let in")
			}
			x.later(time.Hour) // nobody has to wait
		}
	}
	median := func(kind string) float64 {
		slices.Sort(took[kind])
		return float64(took[kind][len(took[kind])/2])
	}
	t.Logf("medians known %.1f ms, unknown %.1f ms", median("known")/1e6, median("unknown")/1e6)
	if ratio := median("known") / median("unknown"); ratio < 0.6 || ratio > 1.67 {
		t.Errorf("medians known %.1f ms, unknown %.1f ms: ratio %.2f", median("known")/1e6, median("unknown")/1e6, ratio)
	}
}

func TestInvitations(t *testing.T) {
	x := newHouse(t)
	root := x.root()
	in := httpapi.NewAccount{Name: "Асель", Email: "asel@example.kz", Home: "KZ-35", Language: "ru", Grants: []httpapi.Grant{{Role: "contributor", Territory: "KZ-35"}}}
	l := must[httpapi.AccountLink](root, "POST", "/api/accounts", in)
	token := secretOf(t, l.Link)
	if l.Account.State != "invited" || !strings.HasPrefix(l.Link, "/ru/invitation?") {
		t.Errorf("%+v", l)
	}
	for range 2 { // looking does not use it up
		o := must[httpapi.OpenedLink](x.browser(), "POST", "/api/links/open", httpapi.OneTime{Token: token})
		if o.Purpose != "invitation" || o.Name != "Асель" || o.Email != "asel@example.kz" {
			t.Errorf("%+v", o)
		}
	}
	if got := x.browser().code("POST", "/api/links/accept", httpapi.AcceptLink{Token: token, Password: "asel@example.kz"}); got != "422 invalid" {
		t.Errorf("the address as a password: %s", got)
	}
	again := must[httpapi.AccountLink](root, "POST", "/api/accounts/"+l.Account.ID+"/link", httpapi.LinkWish{})
	if got := x.browser().code("POST", "/api/links/open", httpapi.OneTime{Token: token}); got != "404 not_found" {
		t.Errorf("the earlier link: %s", got)
	}
	token = secretOf(t, again.Link)
	x.later(7 * 24 * time.Hour)
	if got := x.browser().code("POST", "/api/links/accept", httpapi.AcceptLink{Token: token, Password: goodPassword}); got != "404 not_found" {
		t.Errorf("a week later: %s", got)
	}
	root = x.browser()
	must[httpapi.SignedIn](root, "POST", "/api/sign-in", httpapi.SignIn{Email: rootMail, Password: goodPassword})
	token = secretOf(t, must[httpapi.AccountLink](root, "POST", "/api/accounts/"+l.Account.ID+"/link", httpapi.LinkWish{}).Link)
	asel := x.browser()
	// A name and an address that are sent along change nothing.
	must[httpapi.SignedIn](asel, "POST", "/api/links/accept", httpapi.AcceptLink{Token: token, Password: goodPassword, Name: "Root", Email: rootMail})
	if own := must[httpapi.OwnAccount](asel, "GET", "/api/account", nil); own.Name != "Асель" || own.Email != "asel@example.kz" || len(own.Grants) != 1 {
		t.Errorf("%+v", own)
	}
	if got := x.browser().code("POST", "/api/links/accept", httpapi.AcceptLink{Token: token, Password: goodPassword}); got != "404 not_found" {
		t.Errorf("used twice: %s", got)
	}
	// A way to a new password ends every session.
	reset := must[httpapi.AccountLink](root, "POST", "/api/accounts/"+l.Account.ID+"/link", httpapi.LinkWish{})
	must[httpapi.SignedIn](x.browser(), "POST", "/api/links/accept", httpapi.AcceptLink{Token: secretOf(t, reset.Link), Password: "another good password"})
	if asel.session().Account != nil {
		t.Error("a new password leaves old sessions open")
	}
	if got := x.browser().code("POST", "/api/sign-in", httpapi.SignIn{Email: "asel@example.kz", Password: goodPassword}); got != "401 not_let_in" {
		t.Errorf("the old password: %s", got)
	}
}

// A wrong address is put right by who may give a link to the account, and then
// only the new one lets in.
func TestAnAddressIsPutRight(t *testing.T) {
	x := newHouse(t)
	root := x.root()
	region, _ := root.person("region", "KZ-35", "administrator@KZ-35")
	_, ownID := root.person("own", "KZ-35", "contributor@KZ-35")
	_, nationalID := root.person("national", "KZ-35", "approver@KZ")
	change := func(id, name, email string) string {
		a := must[httpapi.Account](root, "GET", "/api/accounts/"+id, nil)
		return region.code("PUT", "/api/accounts/"+id, httpapi.ChangedAccount{Version: a.Version, State: a.State, Name: name, Email: email, Home: a.Home, Grants: a.Grants})
	}
	for _, tc := range []struct{ id, name, email, want string }{
		{nationalID, "", "region2@example.kz", "403 forbidden"}, {nationalID, "x", "", "403 forbidden"}, {ownID, "", "no address", "422 invalid"},
		{ownID, "", rootMail, "409 conflict"}, {ownID, "Own Two", "Own2@example.kz", "200"}, {ownID, "", "", "200"},
	} {
		if got := change(tc.id, tc.name, tc.email); got != tc.want {
			t.Errorf("%q %q: %s, want %s", tc.name, tc.email, got, tc.want)
		}
	}
	for email, want := range map[string]string{"own@example.kz": "401 not_let_in", "own2@example.kz": "200", rootMail: "200"} {
		if got := x.browser().code("POST", "/api/sign-in", httpapi.SignIn{Email: email, Password: goodPassword}); got != want {
			t.Errorf("%s: %s, want %s", email, got, want)
		}
	}
	if a := must[httpapi.Account](region, "GET", "/api/accounts/"+ownID, nil); a.Name != "Own Two" || a.Email != "own2@example.kz" {
		t.Errorf("%+v", a)
	}
}

func TestTheSecondFactor(t *testing.T) {
	x := newHouse(t)
	root := x.root()
	asel, id := root.person("asel", "KZ-35")
	f := must[httpapi.NewFactor](asel, "POST", "/api/account/factor", proof)
	if !strings.HasPrefix(f.Image, "data:image/png;base64,") || !strings.HasPrefix(f.URL, "otpauth://totp/") {
		t.Errorf("%.60s %s", f.Image, f.URL)
	}
	code := func() string {
		c, err := totp.GenerateCode(f.Secret, x.now)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	if got := asel.code("PUT", "/api/account/factor", httpapi.FactorCode{Code: "000000"}); got != "422 invalid" {
		t.Errorf("a wrong code: %s", got)
	}
	paper := must[httpapi.RecoveryCodes](asel, "PUT", "/api/account/factor", httpapi.FactorCode{Code: code()})
	enter := func(code string) string {
		return x.browser().code("POST", "/api/sign-in", httpapi.SignIn{Email: "asel@example.kz", Password: goodPassword, Code: code})
	}
	if got := enter(""); got != "401 needs_code" {
		t.Errorf("the password alone: %s", got)
	}
	if got := enter(code()); got != "401 not_let_in" {
		t.Errorf("the code that was used: %s", got)
	}
	x.later(time.Minute)
	if got := enter(code()); got != "200" {
		t.Errorf("a new code: %s", got)
	}
	if got := enter(paper.Codes[0]); got != "200" {
		t.Errorf("a code from paper: %s", got)
	}
	if got := enter(paper.Codes[0]); got != "401 not_let_in" {
		t.Errorf("the same from paper: %s", got)
	}
	for range 4 {
		enter("123456")
	}
	x.later(time.Second)
	if got := enter(paper.Codes[1]); got != "429 too_many_requests" {
		t.Errorf("codes can be guessed: %s", got)
	}
	x.later(time.Hour)
	// A link to a new password is not a way around it.
	reset := must[httpapi.AccountLink](root, "POST", "/api/accounts/"+id+"/link", httpapi.LinkWish{})
	b := x.browser()
	if s := must[httpapi.SignedIn](b, "POST", "/api/links/accept", httpapi.AcceptLink{Token: secretOf(t, reset.Link), Password: "another good password"}); s.SignedIn || len(b.cookies) != 0 {
		t.Error("let in without the second factor")
	}
	b = x.browser()
	must[httpapi.SignedIn](b, "POST", "/api/sign-in", httpapi.SignIn{Email: "asel@example.kz", Password: "another good password", Code: code()})
	if got := b.code("POST", "/api/account/factor/drop", httpapi.PasswordOnly{Password: "guess"}); got != "401 not_let_in" {
		t.Errorf("taken away without the password: %s", got)
	}
	must[httpapi.Done](b, "POST", "/api/account/factor/drop", httpapi.PasswordOnly{Password: "another good password"})
	must[httpapi.SignedIn](x.browser(), "POST", "/api/sign-in", httpapi.SignIn{Email: "asel@example.kz", Password: "another good password"})
}

// People come from a real provider over the network: who was invited under the
// address that it has verified, and nobody else.
func TestSigningInThroughAProvider(t *testing.T) {
	x := newHouse(t)
	x.Clock = time.Now // the provider has its own
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
	come := func(who, next string) (*browser, string) {
		t.Helper()
		b := x.browser()
		w := b.request("GET", "/api/outside/begin?next="+url.QueryEscape(next), nil)
		if w.Code != http.StatusSeeOther {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
		back := oidctest.SignIn(t, w.Header().Get("Location"), who, oidctest.Password)
		w = b.request("GET", back.RequestURI(), nil)
		return b, w.Header().Get("Location")
	}
	if _, to := come("asel", "/kk"); to != "/sign-in?state=uninvited" {
		t.Errorf("not invited: %s", to)
	}
	l := must[httpapi.AccountLink](root, "POST", "/api/accounts", httpapi.NewAccount{Name: "Асель", Email: "Asel@Example.kz", Home: "KZ-35", Grants: []httpapi.Grant{{Role: "contributor", Territory: "KZ-35"}}})
	if _, to := come("mask", "/kk"); to != "/sign-in?state=uninvited" {
		t.Errorf("an address that was not verified: %s", to)
	}
	b, to := come("asel", "/kk/account?show=1")
	if s := b.session(); to != "/kk/account?show=1" || s.Account == nil || s.Account.ID != l.Account.ID || !slices.Contains(s.Acts, "submit") {
		t.Errorf("invited: %s %+v", to, s.Account)
	}
	for _, next := range []string{"//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/\t/evil.example"} {
		if _, to := come("asel", next); to != "/" {
			t.Errorf("%q leads to %s", next, to)
		}
	}
	if got := x.browser().code("POST", "/api/links/open", httpapi.OneTime{Token: secretOf(t, l.Link)}); got != "404 not_found" {
		t.Errorf("the invitation can still be used: %s", got)
	}
	// Another browser cannot finish what this one began.
	w := x.browser().request("GET", "/api/outside/begin", nil)
	back := oidctest.SignIn(t, w.Header().Get("Location"), "asel", oidctest.Password)
	stranger := x.browser()
	if w := stranger.request("GET", back.RequestURI(), nil); w.Header().Get("Location") != "/sign-in?state=refused" || stranger.session().Account != nil {
		t.Errorf("another browser: %s", w.Header().Get("Location"))
	}
	a := must[httpapi.Account](root, "GET", "/api/accounts/"+l.Account.ID, nil)
	must[httpapi.Account](root, "PUT", "/api/accounts/"+a.ID, httpapi.ChangedAccount{Version: a.Version, State: "disabled", Home: a.Home, Grants: a.Grants})
	if b, to := come("asel", "/kk"); to != "/sign-in?state=refused" || b.session().Account != nil {
		t.Errorf("switched off: %s", to)
	}
	x.OutsideCreate = true
	reader, _ := come("bolat", "/kk")
	if s := reader.session(); s.Account == nil || len(s.Grants) != 0 || len(s.Acts) != 1 {
		t.Errorf("let in as a reader: %+v", s)
	}
	again, _ := come("bolat", "/kk")
	if again.session().Account.ID != reader.session().Account.ID {
		t.Error("a second account for the same person")
	}
}

// What the journal keeps for ever names no person.
func TestTheJournalNamesNobody(t *testing.T) {
	x := newHouse(t)
	root := x.root()
	asel, id := root.person("asel", "KZ-35", "contributor@KZ-35")
	must[httpapi.Done](asel, "PUT", "/api/account", httpapi.Profile{Name: "Ивановна", Language: "ru"})
	x.browser().code("POST", "/api/sign-in", httpapi.SignIn{Email: "asel@example.kz", Password: "wrong password"})
	if _, _, err := x.Store.VerifyJournal(t.Context()); err != nil {
		t.Error(err)
	}
	history, err := x.Store.ItemHistory(t.Context(), kindAccount, id)
	if err != nil || len(history) < 3 {
		t.Fatalf("%d versions, %v", len(history), err)
	}
	kept := ""
	for _, it := range history {
		kept += string(it.Body) + string(it.Actor) + it.Owner + it.About
	}
	entries, _, err := x.Store.Journal(t.Context(), store.JournalQuery{Chains: []string{"desk"}})
	if err != nil || len(entries) < 5 {
		t.Fatalf("%d entries, %v", len(entries), err)
	}
	for _, e := range entries {
		kept += string(e.Actor) + e.Op + e.Subject + e.Detail
	}
	for _, word := range []string{"asel", "example.kz", "Ивановна", "argon2id"} {
		if strings.Contains(kept, word) {
			t.Errorf("the history of an account holds %q: %s", word, kept)
		}
	}
}

// The table that people are shown is the one by which is decided.
func TestRightsAreShown(t *testing.T) {
	x := newHouse(t)
	root := x.root()
	b := x.browser()
	table := must[httpapi.Rights](b, "GET", "/api/rights", nil)
	if len(table.Acts) != len(actor.Acts()) || len(table.Roles) != len(actor.Roles()) {
		t.Errorf("%+v", table)
	}
	in := httpapi.NewAccount{Name: "r", Email: "r@example.kz", Home: "KZ-35", Office: officeOf(t, x), Grants: []httpapi.Grant{{Role: "administrator", Territory: "KZ-35"}}}
	l := must[httpapi.AccountLink](root, "POST", "/api/accounts", in)
	must[httpapi.SignedIn](x.browser(), "POST", "/api/links/accept", httpapi.AcceptLink{Token: secretOf(t, l.Link), Password: goodPassword})
	for at, want := range map[string][]string{"KZ-35": {in.Office}, "KZ-61": {}} {
		got := must[httpapi.Rights](b, "GET", "/api/rights?act=approve&territory="+at, nil)
		if !slices.Equal(got.Offices, want) || len(got.Acts) != 1 {
			t.Errorf("%s: %+v", at, got)
		}
	}
}

func officeOf(t *testing.T, x *house) string {
	t.Helper()
	v, err := x.look(t.Context(), When{})
	if err != nil {
		t.Fatal(err)
	}
	for code := range v.Offices {
		return code
	}
	t.Fatal("no office")
	return ""
}
