package account

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"
	"pgregory.net/rapid"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/place"
)

// land is a small tree: KZ above KZ-35 above Balkhash, and KZ-61 beside.
type land map[place.ID]place.ID

func (l land) Within(id, root place.ID) bool {
	for ; id != ""; id = l[id] {
		if id == root {
			return true
		}
	}
	return false
}

var kz = land{"KZ-35": "KZ", "KZ-61": "KZ", "Balkhash": "KZ-35"}

var noon = time.Date(2026, 11, 24, 7, 0, 0, 0, time.UTC)

func grant(role actor.Role, at place.ID) actor.Grant { return actor.Grant{Role: role, Territory: at} }

func account(id string, home place.ID, grants ...actor.Grant) Account {
	return Account{ID: actor.ID(id), State: Active, Home: home, Grants: grants}
}

func administrator(at place.ID) actor.Actor {
	return account("u_admin", at, grant(actor.Administrator, at)).Actor()
}

func seatOf(office string) place.ID {
	return map[string]place.ID{"moh": "KZ", "akimat-35": "KZ-35", "akimat-61": "KZ-61"}[office]
}

// Nobody becomes more than the one who lets them.
func TestRightsDoNotGrowThroughGrants(t *testing.T) {
	token := Token{Scope: actor.Acts()}.Actor(administrator("KZ"))
	speaks := func(office string) Account {
		return Account{ID: "u_1", State: Active, Home: "KZ-35", Office: office}
	}
	kzWide := account("u_x", "KZ-35", grant(actor.Approver, "KZ"))
	for _, tc := range []struct {
		name          string
		who           actor.Actor
		before, after Account
		want          fault.Kind // "" for allowed
	}{
		{"a new contributor in the own region", administrator("KZ-35"), Account{}, account("u_1", "Balkhash", grant(actor.Contributor, "Balkhash")), ""},
		{"a new administrator of the own region", administrator("KZ-35"), Account{}, account("u_1", "KZ-35", grant(actor.Administrator, "KZ-35")), ""},
		{"an account without grants", administrator("KZ-35"), Account{}, account("u_1", "KZ-35"), ""},
		{"a new administrator of the country", administrator("KZ-35"), Account{}, account("u_1", "KZ-35", grant(actor.Administrator, "KZ")), fault.Forbidden},
		{"a new contributor next door", administrator("KZ-35"), Account{}, account("u_1", "KZ-35", grant(actor.Contributor, "KZ-61")), fault.Forbidden},
		{"a home next door", administrator("KZ-35"), Account{}, account("u_1", "KZ-61"), fault.Forbidden},
		{"a home above", administrator("KZ-35"), Account{}, account("u_1", "KZ"), fault.Forbidden},
		{"an approver creates", account("u_a", "KZ", grant(actor.Approver, "KZ")).Actor(), Account{}, account("u_1", "KZ"), fault.Forbidden},
		{"nobody creates", actor.Actor{}, Account{}, account("u_1", "KZ"), fault.Forbidden},
		{"a token creates", token, Account{}, account("u_1", "KZ"), fault.Forbidden},
		{"the own rights", administrator("KZ-35"), account("u_admin", "KZ-35", grant(actor.Administrator, "KZ-35")), account("u_admin", "KZ-35", grant(actor.Administrator, "KZ-35"), grant(actor.Approver, "KZ-35")), fault.Forbidden},
		{"the own office", administrator("KZ"), account("u_admin", "KZ"), Account{ID: "u_admin", State: Active, Home: "KZ", Office: "moh"}, fault.Forbidden},
		{"the own language", administrator("KZ"), account("u_admin", "KZ"), Account{ID: "u_admin", State: Active, Home: "KZ", Language: "ru"}, ""},
		{"a right taken within", administrator("KZ-35"), account("u_1", "KZ-35", grant(actor.Approver, "Balkhash")), account("u_1", "KZ-35"), ""},
		{"a national right taken by a region", administrator("KZ-35"), kzWide, account("u_x", "KZ-35"), fault.Forbidden},
		{"a right added beside a national one", administrator("KZ-35"), kzWide, account("u_x", "KZ-35", grant(actor.Approver, "KZ"), grant(actor.Contributor, "KZ-35")), ""},
		{"a national account switched off by a region", administrator("KZ-35"), kzWide, Account{ID: "u_x", State: Disabled, Home: "KZ-35", Grants: kzWide.Grants}, fault.Forbidden},
		{"a national account moved to another office by a region", administrator("KZ-35"), kzWide, Account{ID: "u_x", State: Active, Home: "KZ-35", Grants: kzWide.Grants, Office: "akimat-35"}, fault.Forbidden},
		{"an office of the own region", administrator("KZ-35"), account("u_1", "KZ-35"), speaks("akimat-35"), ""},
		{"an office in the own region, new", administrator("KZ-35"), Account{}, speaks("akimat-35"), ""},
		{"an office next door", administrator("KZ-35"), account("u_1", "KZ-35"), speaks("akimat-61"), fault.Forbidden},
		{"a ministry", administrator("KZ-35"), account("u_1", "KZ-35"), speaks("moh"), fault.Forbidden},
		{"a ministry, new", administrator("KZ-35"), Account{}, speaks("moh"), fault.Forbidden},
		{"a ministry by the country", administrator("KZ"), account("u_1", "KZ-35"), speaks("moh"), ""},
		{"the same office kept", administrator("KZ-35"), speaks("moh"), Account{ID: "u_1", State: Active, Home: "KZ-35", Office: "moh", Grants: []actor.Grant{grant(actor.Contributor, "KZ-35")}}, ""},
		{"no office any more", administrator("KZ-35"), speaks("moh"), account("u_1", "KZ-35"), ""},
		{"an account carried off to another region", administrator("KZ-35"), account("u_1", "KZ-61"), account("u_1", "KZ-35"), fault.Forbidden},
		{"the role of everybody", administrator("KZ"), Account{}, account("u_1", "KZ", grant(actor.Public, "KZ")), fault.Invalid},
		{"an unknown role", administrator("KZ"), Account{}, account("u_1", "KZ", grant("emperor", "KZ")), fault.Invalid},
		{"a grant of nowhere", administrator("KZ"), Account{}, account("u_1", "KZ", grant(actor.Approver, "")), fault.Invalid},
		{"twice the same", administrator("KZ"), Account{}, account("u_1", "KZ", grant(actor.Approver, "KZ"), grant(actor.Approver, "KZ")), fault.Invalid},
		{"the name of the machine", administrator("KZ"), Account{}, account("local", "KZ"), fault.Invalid},
	} {
		err := Change(tc.who, tc.before, tc.after, seatOf, kz)
		if (tc.want == "") != (err == nil) || (tc.want != "" && !fault.Is(err, tc.want)) {
			t.Errorf("%s: %v, want %q", tc.name, err, tc.want)
		}
	}
}

// Whatever a regional administrator is asked to do and allowed, the account
// has afterwards no right outside the region that it had not before.
func TestNoChangeReachesBeyond(t *testing.T) {
	grants := rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) actor.Grant {
		return grant(rapid.SampledFrom(actor.Roles()).Draw(t, "role"), rapid.SampledFrom([]place.ID{"KZ", "KZ-35", "KZ-61", "Balkhash"}).Draw(t, "at"))
	}), 0, 4, func(g actor.Grant) actor.Grant { return g })
	rapid.Check(t, func(t *rapid.T) {
		homes := rapid.SampledFrom([]place.ID{"KZ", "KZ-35", "KZ-61", "Balkhash"})
		before := account("u_1", homes.Draw(t, "home"), grants.Draw(t, "before")...)
		after := account("u_1", homes.Draw(t, "home"), grants.Draw(t, "after")...)
		if Change(administrator("KZ-35"), before, after, seatOf, kz) != nil {
			return
		}
		for _, act := range actor.Acts() {
			for _, at := range []place.ID{"KZ", "KZ-61"} {
				if !before.Actor().May(act, at, kz) && after.Actor().May(act, at, kz) {
					t.Fatalf("%v to %v: now may %s in %s", before.Grants, after.Grants, act, at)
				}
			}
		}
	})
}

func TestWhoseAccountsAreSeen(t *testing.T) {
	national := account("u_n", "KZ-35", grant(actor.Approver, "KZ"))
	speaking := account("u_s", "KZ-35")
	speaking.Office = "moh"
	for _, tc := range []struct {
		name          string
		who           actor.Actor
		a             Account
		sees, manages bool
	}{
		{"in the region", administrator("KZ-35"), account("u_1", "Balkhash"), true, true},
		{"with an office beyond", administrator("KZ-35"), speaking, true, false},
		{"with an office beyond, from above", administrator("KZ"), speaking, true, true},
		{"next door", administrator("KZ-61"), account("u_1", "Balkhash"), false, false},
		{"with rights beyond", administrator("KZ-35"), national, true, false},
		{"from above", administrator("KZ"), national, true, true},
		{"the own", national.Actor(), national, true, false},
		{"by a token of the own", Token{Scope: actor.Acts()}.Actor(national.Actor()), national, false, false},
		{"by a token of an administrator", Token{Scope: actor.Acts()}.Actor(administrator("KZ")), national, false, false},
		{"by nobody", actor.Actor{}, national, false, false},
	} {
		if got := Sees(tc.who, tc.a, kz); got != tc.sees {
			t.Errorf("%s: sees %v", tc.name, got)
		}
		if got := Manages(tc.who, tc.a, seatOf, kz); got != tc.manages {
			t.Errorf("%s: manages %v", tc.name, got)
		}
	}
}

func TestAddresses(t *testing.T) {
	for in, want := range map[string]string{" Asel@Example.KZ ": "asel@example.kz", "a@b": "a@b", "Әсел@мысал.қаз": "әсел@мысал.қаз",
		"": "", "asel": "", "@b": "", "a@": "", "a b@c": "", "a@b\nBcc: x@y": "", "a@b,c@d": "", "<a@b>": "", strings.Repeat("a", 260) + "@b": ""} {
		got, err := FoldEmail(in)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q, %v", in, got, err)
		}
	}
	for _, p := range []Person{{}, {Name: " ", Email: "a@b"}, {Name: "a\nb", Email: "a@b"}, {Name: strings.Repeat("a", 121), Email: "a@b"}, {Name: "a", Email: "b"}} {
		if p.Check() == nil {
			t.Errorf("%+v passed", p)
		}
	}
}

func TestPasswordsAreJudged(t *testing.T) {
	p := Person{Name: "Асель Нурланова", Email: "asel.nurlanova@example.kz"}
	for password, ok := range map[string]bool{
		"төрт ат пен бір арба": true, "correct horse battery": true, "Zh7-kp2.w9": true, "дом у синего моря": true, "1234567890x!z": true,
		"": false, "short": false, "123456789": false, "1234567890": false, "0987654321": false, "qwertyuiop": false, "Qwertyuiop!": false, "йцукенгшщз": false, "abcdefghijkl": false,
		"aaaaaaaaaaaa": false, "abcabcabcabc": false, "Password123": false, "PASSWORD123!!!": false, "asel.nurlanova": false, "asel.nurlanova2026": false, "АсельНурланова": false, "asel.nurlanova@example.kz": false,
		"Қазақстан123": false, strings.Repeat("long ", 60): false,
	} {
		if err := CheckPassword(password, p); (err == nil) != ok {
			t.Errorf("%q: %v", password, err)
		} else if err != nil && password != "" && strings.Contains(err.Error(), password) {
			t.Errorf("%q is repeated: %v", password, err)
		}
	}
}

func TestPasswordsAreVerified(t *testing.T) {
	const password = "төрт ат пен бір арба"
	h, err := HashPassword(password)
	if err != nil || !strings.HasPrefix(h, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Fatalf("%q, %v", h, err)
	}
	if again, _ := HashPassword(password); again == h {
		t.Error("two hashes of one password are the same: there is no salt")
	}
	if right, renew := VerifyPassword(password, h); !right || renew {
		t.Errorf("right %v, renew %v", right, renew)
	}
	for name, try := range map[string][2]string{"another": {password + " ", h}, "none": {"", h}, "very long": {strings.Repeat("a", 10_000), h}, "nobody": {password, ""}, "nobody, no password": {"", ""}, "no hash": {password, "plain"}, "the zero key": {"\x00", ""}} {
		if right, _ := VerifyPassword(try[0], try[1]); right {
			t.Errorf("%s was taken", name)
		}
	}
	// The same letters written in two ways of Unicode are the same password.
	if right, _ := VerifyPassword("e\u0301clair de nuit", must(HashPassword("\u00e9clair de nuit"))); !right {
		t.Error("a composed letter is taken for another one")
	}
	// An old hash is renewed at the next sign-in.
	old := cost
	cost.Memory /= 2
	weak := must(HashPassword(password))
	cost = old
	if right, renew := VerifyPassword(password, weak); !right || !renew {
		t.Errorf("old parameters: right %v, renew %v", right, renew)
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func TestSecrets(t *testing.T) {
	s := must(NewSecret(rand.Reader))
	if !IsSecret(s) || len(Hash(s)) != 64 || Hash(s) == Hash(s+"x") {
		t.Errorf("%q", s)
	}
	for _, bad := range []string{"", s[1:], s + "A", s[:len(s)-1] + "%", strings.Repeat("A", 44), "../../etc", "' OR 1=1 --"} {
		if IsSecret(bad) {
			t.Errorf("%q passes for a secret", bad)
		}
	}
	if _, err := NewSecret(bytes.NewReader(nil)); err == nil {
		t.Error("a secret without randomness")
	}
}

func TestPathsAfterSignIn(t *testing.T) {
	for in, want := range map[string]string{"/kk": "/kk", "/ru/account?show=1#x": "/ru/account?show=1#x", "/": "/",
		"": "/", "kk": "/", "//evil.example": "/", "/\\evil.example": "/", "\\\\evil": "/", "https://evil.example": "/", "javascript:alert(1)": "/", "/\t/evil.example": "/", "/\n/evil.example": "/",
		" //evil.example": "/", "/a\\b": "/", "/" + strings.Repeat("a", 3000): "/", "///evil.example": "/", "@evil.example": "/"} {
		if got := LocalPath(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// Wherever a path leads, a browser stays on this server.
func FuzzPathsAfterSignIn(f *testing.F) {
	for _, s := range []string{"/kk", "//a", "/\\a", "/\t/a", "/%2f%2fa", "/..//a", "/@a", "/?//a"} {
		f.Add(s)
	}
	base, _ := url.Parse("https://here.example/")
	f.Fuzz(func(t *testing.T, s string) {
		got := LocalPath(s)
		u, err := url.Parse(got)
		if err != nil {
			return // no browser follows what is no address, and Go does not send it
		}
		if at := base.ResolveReference(u); at.Host != base.Host || at.Scheme != base.Scheme {
			t.Errorf("%q leads to %s", s, at)
		}
	})
}

func TestSessionsEnd(t *testing.T) {
	s := NewSession(noon, strings.Repeat("ж", 300))
	if len([]rune(s.Device)) != 200 {
		t.Error("the name of a browser is not bounded")
	}
	for after, want := range map[time.Duration]bool{0: true, IdleLife - 1: true, IdleLife: false, AbsoluteLife: false, -time.Hour: false} {
		if got := s.Open(noon.Add(after)); got != want {
			t.Errorf("after %s: %v", after, got)
		}
	}
	s.Seen = noon.Add(AbsoluteLife - time.Minute)
	if s.Open(noon.Add(AbsoluteLife)) {
		t.Error("a session in use lives for ever")
	}
	if s.Stale(s.Seen.Add(SeenEvery-1)) || !s.Stale(s.Seen.Add(SeenEvery)) {
		t.Error("seen is written too often or never")
	}
	l := Link{Expires: noon}
	if l.Open(noon) || !l.Open(noon.Add(-1)) {
		t.Error("a link ends at its instant")
	}
}

func TestWaitsGrow(t *testing.T) {
	a := Attempts{}
	now := noon
	var waits []time.Duration
	for range 16 {
		waits = append(waits, OfAccount.Wait(a, now))
		now = now.Add(OfAccount.Wait(a, now))
		if OfAccount.Wait(a, now) != 0 {
			t.Fatal("one who waited has to wait again")
		}
		a = OfAccount.Next(a, now)
	}
	s := time.Second
	if want := []time.Duration{0, 0, 0, 0, 0, 15 * s, 30 * s, 60 * s, 120 * s, 240 * s, 480 * s, 900 * s, 900 * s, 900 * s, 900 * s, 900 * s}; !slices.Equal(waits, want) {
		t.Errorf("%v", waits)
	}
	for _, n := range []int64{100, 1 << 40} {
		if got := OfAccount.Wait(Attempts{n, now}, now); got != OfAccount.Most {
			t.Errorf("after %d failures: %s", n, got)
		}
	}
	if OfAccount.Wait(Attempts{100, now}, now.Add(24*time.Hour)) != 0 || OfAccount.Next(Attempts{100, now}, now.Add(24*time.Hour)).Failures != 1 {
		t.Error("a series of failures never ends")
	}
	// A clock that was set back makes nobody wait longer.
	if got := OfAccount.Wait(Attempts{6, now}, now.Add(-time.Hour)); got > OfAccount.Most {
		t.Errorf("clock set back: %s", got)
	}
}

func TestTokens(t *testing.T) {
	who := account("u_1", "KZ-35", grant(actor.Contributor, "KZ-35")).Actor()
	day := noon.Add(24 * time.Hour)
	tok, text, err := NewToken(who, " loader ", []actor.Act{actor.ImportFigures, actor.ImportFigures, actor.ReadDrafts}, day, noon, rand.Reader)
	if err != nil || tok.Name != "loader" || len(tok.Scope) != 2 || !strings.HasPrefix(text, "shq_") {
		t.Fatalf("%+v %v", tok, err)
	}
	body, _ := json.Marshal(tok)
	if strings.Contains(string(body), text) {
		t.Error("the token itself is kept")
	}
	id, ok := TokenID(text)
	if !ok || id != tok.ID || !tok.Opens(text, noon) {
		t.Error("the token does not open")
	}
	for name, bad := range map[string]string{"cut off": text[:len(text)-1], "another": must(second(NewToken(who, "x", []actor.Act{actor.ReadDrafts}, day, noon, rand.Reader))), "empty": "", "the hash": tok.Hash, "longer": text + "A"} {
		if tok.Opens(bad, noon) {
			t.Errorf("%s opens", name)
		}
	}
	if tok.Opens(text, day) || tok.Opens(text, noon.Add(-time.Hour)) {
		t.Error("an expired token opens")
	}
	narrow := tok.Actor(who)
	if !narrow.May(actor.ImportFigures, "KZ-35", kz) || narrow.May(actor.Submit, "KZ-35", kz) || narrow.May(actor.ImportFigures, "KZ-61", kz) {
		t.Error("the scope is not the one given")
	}
	if none := (Token{}).Actor(who); none.Scope == nil || none.May(actor.Submit, "KZ-35", kz) {
		t.Error("an empty scope allows everything")
	}
	if all := (Token{Scope: actor.Acts()}).Actor(administrator("KZ")); all.May(actor.ManageAccounts, "KZ", kz) {
		t.Error("a token manages accounts")
	}
	for name, tc := range map[string]struct {
		who     actor.Actor
		name    string
		scope   []actor.Act
		expires time.Time
		want    fault.Kind
	}{
		"no name":              {who, " ", []actor.Act{actor.Submit}, day, fault.Invalid},
		"a long name":          {who, strings.Repeat("a", 81), []actor.Act{actor.Submit}, day, fault.Invalid},
		"no scope":             {who, "x", nil, day, fault.Invalid},
		"an unknown act":       {who, "x", []actor.Act{"burn"}, day, fault.Invalid},
		"accounts":             {administrator("KZ"), "x", []actor.Act{actor.ManageAccounts}, day, fault.Invalid},
		"more than the owner":  {who, "x", []actor.Act{actor.Approve}, day, fault.Forbidden},
		"already over":         {who, "x", []actor.Act{actor.Submit}, noon, fault.Invalid},
		"for ever":             {who, "x", []actor.Act{actor.Submit}, noon.Add(400 * 24 * time.Hour), fault.Invalid},
		"by a token":           {narrow, "x", []actor.Act{actor.ImportFigures}, day, fault.Forbidden},
		"by nobody":            {actor.Actor{}, "x", []actor.Act{actor.Submit}, day, fault.Forbidden},
		"by a disabled reader": {actor.Actor{ID: "u_2"}, "x", []actor.Act{actor.Submit}, day, fault.Forbidden},
	} {
		if _, _, err := NewToken(tc.who, tc.name, tc.scope, tc.expires, noon, rand.Reader); !fault.Is(err, tc.want) {
			t.Errorf("%s: %v, want %s", name, err, tc.want)
		}
	}
}

func second(_ Token, text string, err error) (string, error) { return text, err }

func FuzzTokenID(f *testing.F) {
	f.Add("shq_0123456789abcdef0123_AAAA")
	f.Add(must(second(NewToken(administrator("KZ"), "x", []actor.Act{actor.Submit}, noon.Add(time.Hour), noon, rand.Reader))))
	f.Fuzz(func(t *testing.T, s string) {
		if id, ok := TokenID(s); ok && (len(id) != 20 || !strings.HasPrefix(s, "shq_"+id+"_")) {
			t.Errorf("%q: %q", s, id)
		}
	})
}

func TestSecondFactor(t *testing.T) {
	f := must(NewFactor(rand.Reader))
	code := func(at time.Time) string { return must(totp.GenerateCode(f.Secret, at)) }
	if _, _, err := f.Confirm("000000x", noon, rand.Reader); err == nil {
		t.Error("a wrong code switches the factor on")
	}
	on, paper, err := f.Confirm(code(noon), noon, rand.Reader)
	if err != nil || !on.On || len(paper) != recoveryCodes || len(on.Recovery) != recoveryCodes {
		t.Fatalf("%+v %v", on, err)
	}
	if _, ok := on.Use(code(noon), noon.Add(time.Second)); ok {
		t.Error("a code is taken twice")
	}
	next, ok := on.Use(code(noon.Add(30*time.Second)), noon.Add(30*time.Second))
	if !ok {
		t.Error("the next code is refused")
	}
	if _, ok := next.Use(code(noon), noon.Add(30*time.Second)); ok {
		t.Error("an earlier code is taken after a later one")
	}
	for name, bad := range map[string]string{"empty": "", "letters": "abcdef", "long ago": code(noon.Add(-time.Hour)), "ahead": code(noon.Add(time.Hour)), "spaces": "      "} {
		if _, ok := next.Use(bad, noon.Add(time.Minute)); ok {
			t.Errorf("%s is taken", name)
		}
	}
	used, ok := next.Use(strings.ToUpper(paper[3]), noon)
	if !ok || len(used.Recovery) != recoveryCodes-1 {
		t.Error("a code from the paper is refused")
	}
	if _, ok := used.Use(paper[3], noon); ok {
		t.Error("a code from the paper is taken twice")
	}
	u, err := f.URL("Шаңырақ", "asel@example.kz")
	if p, perr := url.Parse(u); err != nil || perr != nil || p.Scheme != "otpauth" || p.Query().Get("secret") != f.Secret {
		t.Errorf("%q %v", u, err)
	}
}
