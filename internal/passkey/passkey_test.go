package passkey_test

import (
	"testing"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/passkey"
	"github.com/shanyraq/shanyraq/internal/passkey/passkeytest"
)

func TestWhereThereArePasskeys(t *testing.T) {
	for address, want := range map[string]string{
		"https://shanyraq.example.kz":      "https://shanyraq.example.kz",
		"https://shanyraq.example.kz:8443": "https://shanyraq.example.kz:8443",
		"http://127.0.0.1:8080":            "http://localhost:8080",
		"http://[::1]:8080":                "http://localhost:8080",
		"http://localhost:8080":            "http://localhost:8080",
		"http://shanyraq.example.kz":       "",
		"https://10.0.0.7":                 "",
		"":                                 "",
		"/":                                "",
		"https://":                         "",
	} {
		got := ""
		s, err := passkey.New(address)
		if err == nil {
			got = s.Origin()
		} else if !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", address, err)
		}
		if got != want {
			t.Errorf("%s: %q, not %q", address, got, want)
		}
	}
}

const (
	origin = "https://shanyraq.example.kz"
	host   = "shanyraq.example.kz"
)

var owner = passkey.Owner{ID: "u_1", Name: "Aigul", Email: "aigul@example.kz"}

func site(t *testing.T) *passkey.Site {
	t.Helper()
	s, err := passkey.New(origin)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func ask(t *testing.T, c passkey.Challenge, err error) passkey.Challenge {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func registered(t *testing.T, s *passkey.Site) (*passkeytest.Device, passkey.Key) {
	t.Helper()
	d := passkeytest.New(t, origin, host)
	c, err := s.AskNew(owner, nil)
	c = ask(t, c, err)
	k, err := s.New(owner, c.State, d.Register(c.Options))
	if err != nil {
		t.Fatal(err)
	}
	return d, k
}

func TestWhatIsNoNewPasskey(t *testing.T) {
	s := site(t)
	for name, spoil := range map[string]func(*passkeytest.Device){
		"the page of another site": func(d *passkeytest.Device) { d.Origin = "https://shanyraq.example.org" },
		"another port":             func(d *passkeytest.Device) { d.Origin += ":8443" },
		"without TLS":              func(d *passkeytest.Device) { d.Origin = "http://" + host },
		"a key for another site":   func(d *passkeytest.Device) { d.Site = "example.kz" },
		"nobody was verified":      func(d *passkeytest.Device) { d.Unverified = true },
		"another challenge":        func(d *passkeytest.Device) { d.Challenge = "c29tZXRoaW5nIGVsc2UgYWx0b2dldGhlcg" },
		"an answer to sign in":     func(d *passkeytest.Device) { d.Type = "webauthn.get" },
	} {
		d := passkeytest.New(t, origin, host)
		spoil(d)
		c, err := s.AskNew(owner, nil)
		c = ask(t, c, err)
		if _, err := s.New(owner, c.State, d.Register(c.Options)); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	c, err := s.AskNew(owner, nil)
	c = ask(t, c, err)
	d := passkeytest.New(t, origin, host)
	if _, err := s.New(passkey.Owner{ID: "u_2"}, c.State, d.Register(c.Options)); !fault.Is(err, fault.Invalid) {
		t.Errorf("the question of somebody else: %v", err)
	}
}

func TestWhoIsNotLetIn(t *testing.T) {
	s := site(t)
	for name, try := range map[string]func(d *passkeytest.Device, options []byte) []byte{
		"forged":                   func(d *passkeytest.Device, o []byte) []byte { return d.Forge().SignIn(o) },
		"the page of another site": func(d *passkeytest.Device, o []byte) []byte { d.Origin = "https://evil.example"; return d.SignIn(o) },
		"a key for another site":   func(d *passkeytest.Device, o []byte) []byte { d.Site = "evil.example"; return d.SignIn(o) },
		"nobody was verified":      func(d *passkeytest.Device, o []byte) []byte { d.Unverified = true; return d.SignIn(o) },
		"another challenge": func(d *passkeytest.Device, o []byte) []byte {
			d.Challenge = "c29tZXRoaW5nIGVsc2UgYWx0b2dldGhlcg"
			return d.SignIn(o)
		},
		"another owner":         func(d *passkeytest.Device, o []byte) []byte { d.Handle = []byte("u_2"); return d.SignIn(o) },
		"no owner":              func(d *passkeytest.Device, o []byte) []byte { d.Handle = nil; return d.SignIn(o) },
		"another key":           func(d *passkeytest.Device, o []byte) []byte { d.ID = []byte("another key, 16+"); return d.SignIn(o) },
		"an answer to register": func(d *passkeytest.Device, o []byte) []byte { d.Type = "webauthn.create"; return d.SignIn(o) },
		"a copy that lags":      func(d *passkeytest.Device, o []byte) []byte { d.Count = 3; return d.SignIn(o) },
		"a copy that stands":    func(d *passkeytest.Device, o []byte) []byte { d.Count = 4; return d.SignIn(o) },
	} {
		d, k := registered(t, s)
		k.Count = 5
		d.Count = 7
		c, err := s.Ask()
		c = ask(t, c, err)
		a, err := passkey.Read(try(d, c.Options))
		if err == nil {
			_, err = s.Check(owner.ID, k, c.State, a)
		}
		if !fault.Is(err, fault.Forbidden) {
			t.Errorf("%s: %v", name, err)
		}
	}
	d, k := registered(t, s)
	c, err := s.Ask()
	c = ask(t, c, err)
	a, err := passkey.Read(d.SignIn(c.Options))
	if err != nil {
		t.Fatal(err)
	}
	if k, err = s.Check(owner.ID, k, c.State, a); err != nil || k.Count != 1 {
		t.Errorf("the right answer: %d %v", k.Count, err)
	}
	if _, err = s.Check(owner.ID, k, c.State, a); !fault.Is(err, fault.Forbidden) {
		t.Errorf("the same answer again: %v", err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"id":"AAAA","rawId":"AAAA","type":"public-key","response":{}}`))
	f.Add([]byte(`{}`))
	f.Add([]byte(``))
	s, err := passkey.New(origin)
	if err != nil {
		f.Fatal(err)
	}
	c, err := s.Ask()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		a, err := passkey.Read(raw)
		if err != nil {
			return
		}
		if _, err := s.Check("u_1", passkey.Key{ID: a.Key()}, c.State, a); err == nil {
			t.Fatal("let in without a key")
		}
	})
}
