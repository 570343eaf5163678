package app

import (
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/passkey/passkeytest"
	"github.com/shanyraq/shanyraq/internal/store"
)

const (
	passkeySite   = "shanyraq.example.kz"
	passkeyOrigin = "https://" + passkeySite
)

func newPasskeyHouse(t *testing.T) *house {
	x := newHouse(t)
	x.PublicURL = passkeyOrigin
	return x
}

// passkey makes one for whoever is signed in.
func (b *browser) passkey(name string) (*passkeytest.Device, httpapi.Passkey) {
	b.t.Helper()
	d := passkeytest.New(b.t, passkeyOrigin, passkeySite)
	q := must[httpapi.PasskeyQuestion](b, "POST", "/api/account/passkeys/begin", httpapi.Proof{Password: goodPassword})
	return d, must[httpapi.Passkey](b, "POST", "/api/account/passkeys", httpapi.NewPasskey{Ticket: q.Ticket, Answer: d.Register(q.Options), Name: name})
}

func (x *house) askPasskey() httpapi.PasskeyQuestion {
	x.t.Helper()
	return must[httpapi.PasskeyQuestion](x.browser(), "POST", "/api/sign-in/passkey/begin", nil)
}

func (b *browser) enterWith(d *passkeytest.Device) string {
	b.t.Helper()
	q := b.askPasskey()
	return b.code("POST", "/api/sign-in/passkey", httpapi.PasskeyAnswer{Ticket: q.Ticket, Answer: d.SignIn(q.Options)})
}

func TestPasskeys(t *testing.T) {
	x := newPasskeyHouse(t)
	root := x.root()
	asel, id := root.person("asel", "KZ-35", "contributor@KZ-35")
	if s := x.browser().session(); s.Passkeys == nil || *s.Passkeys != passkeyOrigin {
		t.Errorf("where there are passkeys: %v", s.Passkeys)
	}
	phone, first := asel.passkey("Менің телефоным")
	stick, second := asel.passkey("stick")
	if first.ID == second.ID || first.Used != nil {
		t.Errorf("%+v %+v", first, second)
	}
	must[httpapi.RecoveryCodes](asel, "PUT", "/api/account/factor", httpapi.FactorCode{Code: totpOf(t, must[httpapi.NewFactor](asel, "POST", "/api/account/factor", proof).Secret, x.now)})
	b := x.browser()
	if got := b.enterWith(phone); got != "200" { // both factors: no code is asked for
		t.Fatalf("with a passkey: %s", got)
	}
	if s := b.session(); s.Account == nil || s.Account.ID != id {
		t.Errorf("signed in as %+v", s.Account)
	}
	own := must[httpapi.OwnAccount](b, "GET", "/api/account", nil)
	if len(own.Passkeys) != 2 {
		t.Fatalf("passkeys %+v", own.Passkeys)
	}
	for _, k := range own.Passkeys {
		if (k.ID == first.ID) != (k.Used != nil) || (k.ID == first.ID && k.Name != "Менің телефоным") {
			t.Errorf("%+v", k)
		}
	}
	// What belongs to somebody else is not there.
	if got := root.code("DELETE", "/api/account/passkeys/"+first.ID, nil); got != "404 not_found" {
		t.Errorf("removed by somebody else: %s", got)
	}
	must[httpapi.Done](b, "DELETE", "/api/account/passkeys/"+first.ID, nil)
	if got := x.browser().enterWith(phone); got != "401 not_let_in" {
		t.Errorf("a passkey that was removed: %s", got)
	}
	if got := b.code("DELETE", "/api/account/passkeys/"+first.ID, nil); got != "404 not_found" {
		t.Errorf("removed twice: %s", got)
	}
	// Switched off, nobody comes in; on again, the passkey is as it was.
	for _, c := range []struct{ state, want string }{{"disabled", "401 not_let_in"}, {"active", "200"}} {
		acc := must[httpapi.Account](root, "GET", "/api/accounts/"+id, nil)
		must[httpapi.Account](root, "PUT", "/api/accounts/"+id, httpapi.ChangedAccount{Version: acc.Version, State: c.state, Home: acc.Home, Grants: acc.Grants})
		if got := x.browser().enterWith(stick); got != c.want {
			t.Errorf("%s: %s", c.state, got)
		}
	}
	// Who has lost the phone has lost its passkeys.
	must[httpapi.AccountLink](root, "POST", "/api/accounts/"+id+"/link", httpapi.LinkWish{DropFactor: true})
	if got := x.browser().enterWith(stick); got != "401 not_let_in" {
		t.Errorf("after the factors were taken away: %s", got)
	}
	entries, _, err := x.Store.Journal(t.Context(), store.JournalQuery{Chains: []string{"desk"}})
	if err != nil {
		t.Fatal(err)
	}
	ops := map[string]int{}
	for _, e := range entries {
		ops[e.Op+" "+e.Detail]++
		if strings.Contains(e.Detail+e.Subject, "телефон") || strings.Contains(e.Detail+e.Subject, "stick") {
			t.Errorf("the journal names a passkey: %+v", e)
		}
	}
	if ops["passkey "] != 2 || ops["passkey-remove "] != 1 || ops["sign-in passkey"] != 2 {
		t.Errorf("journal: %v", ops)
	}
}

// What is refused when somebody signs in with a passkey, and leaves nobody
// signed in.
func TestForgedPasskeys(t *testing.T) {
	x := newPasskeyHouse(t)
	root := x.root()
	enter := func(q httpapi.PasskeyQuestion, d *passkeytest.Device) string {
		return x.browser().code("POST", "/api/sign-in/passkey", httpapi.PasskeyAnswer{Ticket: q.Ticket, Answer: d.SignIn(q.Options)})
	}
	for name, try := range map[string]struct {
		want string
		do   func(d *passkeytest.Device) string
	}{
		"forged": {"401 not_let_in", func(d *passkeytest.Device) string { return enter(x.askPasskey(), d.Forge()) }},
		"of nobody": {"401 not_let_in", func(d *passkeytest.Device) string {
			d.ID = []byte("some other key id")
			return enter(x.askPasskey(), d)
		}},
		"the page of another": {"401 not_let_in", func(d *passkeytest.Device) string { d.Origin = "https://evil.example"; return enter(x.askPasskey(), d) }},
		"nobody was verified": {"401 not_let_in", func(d *passkeytest.Device) string { d.Unverified = true; return enter(x.askPasskey(), d) }},
		"a copy": {"401 not_let_in", func(d *passkeytest.Device) string {
			if got := enter(x.askPasskey(), d); got != "200" {
				t.Errorf("the original: %s", got)
			}
			d.Count = 0
			return enter(x.askPasskey(), d)
		}},
		"the same answer again": {"409 conflict", func(d *passkeytest.Device) string {
			q := x.askPasskey()
			in := httpapi.PasskeyAnswer{Ticket: q.Ticket, Answer: d.SignIn(q.Options)}
			x.browser().code("POST", "/api/sign-in/passkey", in)
			return x.browser().code("POST", "/api/sign-in/passkey", in)
		}},
		"the answer to another question": {"401 not_let_in", func(d *passkeytest.Device) string {
			q := x.askPasskey()
			q.Ticket = x.askPasskey().Ticket
			return enter(q, d)
		}},
		"too late": {"409 conflict", func(d *passkeytest.Device) string {
			q := x.askPasskey()
			x.later(askedLife)
			return enter(q, d)
		}},
		"a ticket to register": {"409 conflict", func(d *passkeytest.Device) string {
			return enter(must[httpapi.PasskeyQuestion](root, "POST", "/api/account/passkeys/begin", httpapi.Proof{Password: goodPassword}), d)
		}},
		"no ticket": {"409 conflict", func(d *passkeytest.Device) string {
			return enter(httpapi.PasskeyQuestion{Options: x.askPasskey().Options}, d)
		}},
		"no answer": {"401 not_let_in", func(*passkeytest.Device) string {
			return x.browser().code("POST", "/api/sign-in/passkey", httpapi.PasskeyAnswer{Ticket: x.askPasskey().Ticket, Answer: []byte(`{"id":1}`)})
		}},
	} {
		x.later(24 * time.Hour) // attempts are forgotten
		root = x.browser()
		must[httpapi.SignedIn](root, "POST", "/api/sign-in", httpapi.SignIn{Email: rootMail, Password: goodPassword})
		d, made := root.passkey(name)
		if got := try.do(d); got != try.want {
			t.Errorf("%s: %s, not %s", name, got, try.want)
		}
		must[httpapi.Done](root, "DELETE", "/api/account/passkeys/"+made.ID, nil)
	}
}

// Making a passkey needs the owner, the password and an answer to one's own
// question; a token does not do.
func TestWhoMakesPasskeys(t *testing.T) {
	x := newPasskeyHouse(t)
	root := x.root()
	asel, _ := root.person("asel", "KZ-35", "contributor@KZ-35")
	begin := func(b *browser, password string, head ...string) string {
		return b.code("POST", "/api/account/passkeys/begin", httpapi.Proof{Password: password}, head...)
	}
	if got := begin(asel, "guess"); got != "401 not_let_in" {
		t.Errorf("without the password: %s", got)
	}
	if got := begin(x.browser(), goodPassword); got != "401 sign_in" {
		t.Errorf("by nobody: %s", got)
	}
	token := must[httpapi.MadeToken](asel, "POST", "/api/account/tokens", httpapi.NewToken{Name: "program", Scope: []string{"read_published"}, Expires: "2026-12-31", Proof: proof})
	d, made := asel.passkey("phone")
	program, bearer := x.browser(), "Bearer "+token.Text
	for _, try := range []struct {
		method, path string
		body         any
	}{
		{"POST", "/api/account/passkeys/begin", httpapi.Proof{Password: goodPassword}},
		{"POST", "/api/account/passkeys", httpapi.NewPasskey{Ticket: "x", Answer: []byte(`{}`), Name: "x"}},
		{"DELETE", "/api/account/passkeys/" + made.ID, nil},
	} {
		if got := program.code(try.method, try.path, try.body, "Authorization", bearer); got != "403 forbidden" {
			t.Errorf("%s %s by a token: %s", try.method, try.path, got)
		}
	}
	q := must[httpapi.PasskeyQuestion](asel, "POST", "/api/account/passkeys/begin", httpapi.Proof{Password: goodPassword})
	if strings.Contains(string(q.Options), `"excludeCredentials":[]`) || !strings.Contains(string(q.Options), `"excludeCredentials"`) {
		t.Errorf("a device may hold two keys of one owner: %s", q.Options)
	}
	other := passkeytest.New(t, passkeyOrigin, passkeySite)
	in := httpapi.NewPasskey{Ticket: q.Ticket, Answer: other.Register(q.Options), Name: "planted"}
	if got := root.code("POST", "/api/account/passkeys", in); got != "409 conflict" {
		t.Errorf("the question of somebody else: %s", got)
	}
	if got := asel.code("POST", "/api/account/passkeys", in); got != "409 conflict" {
		t.Errorf("a ticket that was shown already: %s", got)
	}
	for _, name := range []string{"", "   ", strings.Repeat("x", maxPasskeyName+1)} {
		if got := asel.code("POST", "/api/account/passkeys", httpapi.NewPasskey{Ticket: q.Ticket, Answer: in.Answer, Name: name}); got != "422 invalid" {
			t.Errorf("the name %q: %s", name, got)
		}
	}
	q = must[httpapi.PasskeyQuestion](root, "POST", "/api/account/passkeys/begin", httpapi.Proof{Password: goodPassword})
	if got := root.code("POST", "/api/account/passkeys", httpapi.NewPasskey{Ticket: q.Ticket, Answer: d.Register(q.Options), Name: "twice"}); got != "409 conflict" {
		t.Errorf("a key that somebody has: %s", got)
	}
	x.PublicURL = "http://10.0.0.7:8080"
	if got := begin(asel, goodPassword); got != "422 invalid" {
		t.Errorf("where browsers have no passkeys: %s", got)
	}
	if s := asel.session(); s.Passkeys != nil {
		t.Errorf("passkeys at %s", *s.Passkeys)
	}
}

// Attempts with passkeys wait like those with passwords, and passwords that
// are guessed do not lock a passkey out.
func TestPasskeysWait(t *testing.T) {
	x := newPasskeyHouse(t)
	root := x.root()
	d, _ := root.passkey("phone")
	for range 8 {
		x.browser().code("POST", "/api/sign-in", httpapi.SignIn{Email: rootMail, Password: "guess"})
	}
	if got := x.browser().enterWith(d); got != "200" {
		t.Errorf("after guesses of the password: %s", got)
	}
	forged, got := d.Forge(), ""
	for range 6 {
		got = x.browser().enterWith(forged)
	}
	if got != "429 too_many_requests" {
		t.Errorf("the sixth forged answer: %s", got)
	}
	x.later(time.Hour)
	d.Count++
	if got := x.browser().enterWith(d); got != "200" {
		t.Errorf("an hour later: %s", got)
	}
	begin := ""
	for range 60 {
		begin = x.browser().code("POST", "/api/sign-in/passkey/begin", nil)
	}
	if begin != "429 too_many_requests" {
		t.Errorf("challenges without end: %s", begin)
	}
}

func totpOf(t *testing.T, secret string, at time.Time) string {
	t.Helper()
	c, err := totp.GenerateCode(secret, at)
	if err != nil {
		t.Fatal(err)
	}
	return c
}
