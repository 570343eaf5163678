package mail

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"math/big"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	netmail "net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"github.com/shanyraq/shanyraq/fault"
)

// post is a real SMTP server that keeps what it gets, and says no when told to.
type post struct {
	mu      sync.Mutex
	got     []envelope
	rcpt    error // answer to RCPT
	data    error // answer to the letter
	hang    time.Duration
	needsIn bool
}

type envelope struct {
	from, to string
	body     []byte
}

type talk struct {
	p        *post
	env      envelope
	signedIn bool
}

func (p *post) NewSession(*smtp.Conn) (smtp.Session, error) { return &talk{p: p}, nil }

func (t *talk) AuthMechanisms() []string { return []string{sasl.Plain} }
func (t *talk) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != "clerk" || password != "s3cret" {
			return smtp.ErrAuthFailed
		}
		t.signedIn = true
		return nil
	}), nil
}

func (t *talk) Mail(from string, _ *smtp.MailOptions) error {
	if t.p.needsIn && !t.signedIn {
		return smtp.ErrAuthRequired
	}
	t.env.from = from
	return nil
}

func (t *talk) Rcpt(to string, _ *smtp.RcptOptions) error {
	t.p.mu.Lock()
	defer t.p.mu.Unlock()
	t.env.to = to
	return t.p.rcpt
}

func (t *talk) Data(r io.Reader) error {
	b, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	time.Sleep(t.p.hang)
	t.p.mu.Lock()
	defer t.p.mu.Unlock()
	if t.p.data != nil {
		return t.p.data
	}
	t.env.body = b
	t.p.got = append(t.p.got, t.env)
	return nil
}

func (t *talk) Reset()        {}
func (t *talk) Logout() error { return nil }

func (p *post) only(t *testing.T) envelope {
	t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.got) != 1 {
		t.Fatalf("%d letters arrived, want one", len(p.got))
	}
	return p.got[0]
}

// certificate is one for 127.0.0.1, and who trusts it.
func certificate(t *testing.T) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, c, c, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(parsed)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pool
}

// open starts the server; tlsMode is none, starttls or tls.
func (p *post) open(t *testing.T, tlsMode string) (address string, trust *x509.CertPool) {
	t.Helper()
	cert, pool := certificate(t)
	srv := smtp.NewServer(p)
	srv.Domain, srv.AllowInsecureAuth = "localhost", true
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address = l.Addr().String()
	switch tlsMode {
	case "starttls":
		srv.TLSConfig = &tls.Config{Certificates: []tls.Certificate{cert}}
	case "tls":
		l = tls.NewListener(l, &tls.Config{Certificates: []tls.Certificate{cert}})
	}
	done := make(chan struct{})
	go func() { defer close(done); _ = srv.Serve(l) }()
	t.Cleanup(func() { srv.Close(); <-done })
	return address, pool
}

const sender = "Shanyraq <noreply@example.kz>"

func server(t *testing.T, address, password string, trust *x509.CertPool) *Server {
	t.Helper()
	s, err := New(address, password, sender)
	if err != nil {
		t.Fatal(err)
	}
	s.timeout = 2 * time.Second
	if trust != nil {
		s.tls = &tls.Config{RootCAs: trust, ServerName: "127.0.0.1", MinVersion: tls.VersionTLS12}
	}
	return s
}

var letter = Letter{ID: "n1.u_2", To: "aigul@example.kz", Subject: "Мекемеңізге сұрақ қойылды", Text: "Сәлеметсіз бе!\n\n. нүктеден басталатын жол\n", HTML: "<p>Сәлеметсіз бе!</p>",
	Language: "kk", Unsubscribe: "https://shanyraq.example/api/unsubscribe?key=k"}

func TestALetterArrives(t *testing.T) {
	for _, tt := range []struct{ name, mode, scheme, user, password string }{
		{"plainly on this machine", "none", "smtp://", "", ""},
		{"after STARTTLS", "starttls", "smtp://", "clerk@", "s3cret"},
		{"encrypted from the first byte", "tls", "smtps://", "clerk@", "s3cret"},
		{"with the password in the address", "tls", "smtps://", "clerk:s3cret@", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := &post{needsIn: tt.user != ""}
			address, trust := p.open(t, tt.mode)
			s := server(t, tt.scheme+tt.user+address, tt.password, trust)
			if err := s.Send(t.Context(), letter); err != nil {
				t.Fatal(err)
			}
			got := p.only(t)
			if got.from != "noreply@example.kz" || got.to != "aigul@example.kz" {
				t.Errorf("from %s to %s", got.from, got.to)
			}
			m, err := netmail.ReadMessage(bytes.NewReader(got.body))
			if err != nil {
				t.Fatal(err)
			}
			for name, want := range map[string]string{
				"Subject": letter.Subject, "From": `"Shanyraq" <noreply@example.kz>`, "To": "<aigul@example.kz>", "Message-Id": "<n1.u_2@example.kz>",
				"List-Unsubscribe": "<https://shanyraq.example/api/unsubscribe?key=k>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
				"Auto-Submitted": "auto-generated", "Content-Language": "kk", "X-Mailer": "", "User-Agent": "",
			} {
				have, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get(name))
				if err != nil || have != want {
					t.Errorf("%s: %q %v, want %q", name, have, err, want)
				}
			}
			if text := parts(t, m); text["text/plain"] != strings.ReplaceAll(letter.Text, "\n", "\r\n") || text["text/html"] != letter.HTML {
				t.Errorf("%q", text)
			}
		})
	}
}

func parts(t *testing.T, m *netmail.Message) map[string]string {
	t.Helper()
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatal(kind, err)
	}
	out := map[string]string{}
	for r := multipart.NewReader(m.Body, params["boundary"]); ; {
		part, err := r.NextRawPart()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		kind, _, err := mime.ParseMediaType(part.Header.Get("Content-Type"))
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(quotedprintable.NewReader(part))
		if err != nil {
			t.Fatal(err)
		}
		out[kind] = string(b)
	}
}

// What goes wrong, and whether another attempt makes sense.
func TestWhatAServerMayDo(t *testing.T) {
	no := func(code int) error {
		return &smtp.SMTPError{Code: code, Message: "aigul@example.kz is not welcome"}
	}
	for _, tt := range []struct {
		name   string
		p      *post
		mode   string
		scheme string
		kind   fault.Kind
		says   string
	}{
		{"unknown person", &post{rcpt: no(550)}, "none", "smtp://", fault.Invalid, "refuses the letter (550)"},
		{"greylisting", &post{rcpt: no(451)}, "none", "smtp://", fault.Unavailable, "asks to try later (451)"},
		{"full mailbox", &post{data: no(452)}, "none", "smtp://", fault.Unavailable, "asks to try later (452)"},
		{"spam", &post{data: no(554)}, "none", "smtp://", fault.Invalid, "refuses the letter (554)"},
		{"no TLS", &post{}, "none", "smtp://clerk:s3cret@", fault.Unavailable, "no encrypted connection"},
		{"a certificate of nobody", &post{}, "starttls", "smtp://clerk:s3cret@", fault.Unavailable, "no encrypted connection"},
		{"too slow", &post{hang: 3 * time.Second}, "none", "smtp://", fault.Unavailable, "in time"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			address, _ := tt.p.open(t, tt.mode)
			err := server(t, tt.scheme+address, "", nil).Send(t.Context(), letter)
			refused(t, err, tt.kind, tt.says)
		})
	}
	t.Run("wrong password", func(t *testing.T) {
		p := &post{needsIn: true}
		address, trust := p.open(t, "starttls")
		refused(t, server(t, "smtp://clerk@"+address, "wrong", trust).Send(t.Context(), letter), fault.Unavailable, "user and password")
	})
	t.Run("nobody there", func(t *testing.T) {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		address := l.Addr().String()
		l.Close()
		refused(t, server(t, "smtp://"+address, "", nil).Send(t.Context(), letter), fault.Unavailable, "cannot be reached")
	})
	t.Run("silence", func(t *testing.T) {
		l, err := net.Listen("tcp", "127.0.0.1:0") // takes connections and says nothing
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		refused(t, server(t, "smtp://"+l.Addr().String(), "", nil).Send(t.Context(), letter), fault.Unavailable, "in time")
	})
	t.Run("broken off", func(t *testing.T) {
		address, _ := (&post{hang: time.Second}).open(t, "none")
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(100*time.Millisecond, cancel)
		if err := server(t, "smtp://"+address, "", nil).Send(ctx, letter); err != nil {
			refused(t, err, fault.Unavailable, "")
		}
	})
}

func refused(t *testing.T, err error, kind fault.Kind, says string) {
	t.Helper()
	if !fault.Is(err, kind) || !strings.Contains(err.Error(), says) {
		t.Errorf("%v (%s), want %q (%s)", err, fault.KindOf(err), says, kind)
	}
	if err != nil && (strings.Contains(err.Error(), "aigul") || strings.Contains(err.Error(), "s3cret")) {
		t.Errorf("the error tells too much: %v", err)
	}
}

// Nothing that somebody writes becomes a header of its own.
func TestNoHeaderIsInjected(t *testing.T) {
	for _, bad := range []string{"x\r\nBcc: spy@example.com", "x\nBcc: spy@example.com", "x\rBcc: spy@example.com", "x\u2028Bcc: spy@example.com", "x\r\n\r\nanother body", "x\x00y"} {
		p := &post{}
		address, _ := p.open(t, "none")
		s := server(t, "smtp://"+address, "", nil)
		l := letter
		l.Subject, l.ID, l.Language, l.Unsubscribe = bad, bad, bad, bad
		if err := s.Send(t.Context(), l); err != nil {
			t.Fatalf("%q: %v", bad, err)
		}
		m, err := netmail.ReadMessage(bytes.NewReader(p.only(t).body))
		if err != nil {
			t.Fatal(err)
		}
		if m.Header.Get("Bcc") != "" || len(m.Header["Subject"]) != 1 {
			t.Errorf("%q made a header: %v", bad, m.Header)
		}
		l.To = "aigul@example.kz" + bad[1:]
		if err := s.Send(t.Context(), l); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q as an address: %v", l.To, err)
		}
	}
}

func TestAddressesOfServers(t *testing.T) {
	good := map[string]Server{
		"smtp://mail.example.kz":               {host: "mail.example.kz", port: 587},
		"smtp://clerk@mail.example.kz:2525":    {host: "mail.example.kz", port: 2525, user: "clerk", password: "p"},
		"smtps://clerk@mail.example.kz/":       {host: "mail.example.kz", port: 465, user: "clerk", password: "p", fromFirstByte: true},
		"smtp://localhost:1025":                {host: "localhost", port: 1025, plain: true},
		"smtp://[::1]:1025":                    {host: "::1", port: 1025, plain: true},
		"smtp://clerk@127.0.0.1:1025":          {host: "127.0.0.1", port: 1025, user: "clerk", password: "p"},
		"smtps://c%40example.kz:q@mail.kz:465": {host: "mail.kz", port: 465, user: "c@example.kz", password: "q", fromFirstByte: true},
		"smtp://127.0.0.1.evil.example:25":     {host: "127.0.0.1.evil.example", port: 25},
	}
	for address, want := range good {
		password := ""
		if want.user == "clerk" {
			password = "p"
		}
		s, err := New(address, password, sender)
		if err != nil {
			t.Errorf("%s: %v", address, err)
			continue
		}
		s.from, s.timeout = nil, 0
		if *s != want {
			t.Errorf("%s: %+v, want %+v", address, *s, want)
		}
	}
	for _, bad := range []string{"", "mail.example.kz", "http://mail.example.kz", "smtp://", "smtp://mail:0", "smtp://mail:99999", "smtp://clerk@mail", "smtp://mail/path", "smtp://mail?x=1", "smtp://ma il"} {
		if _, err := New(bad, "", sender); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: %v", bad, err)
		}
	}
	if _, err := New("smtp://mail", "password without a user", sender); !fault.Is(err, fault.Invalid) {
		t.Errorf("%v", err)
	}
	for _, bad := range []string{"", "nobody", "a@b\r\nBcc: c@d", "a@b, c@d"} {
		if _, err := New("smtp://mail", "", bad); !fault.Is(err, fault.Invalid) {
			t.Errorf("from %q: %v", bad, err)
		}
	}
}

func FuzzOneLine(f *testing.F) {
	f.Add("Subject: x\r\nBcc: y")
	f.Fuzz(func(t *testing.T, s string) {
		if strings.ContainsAny(oneLine(s), "\r\n\x00\u0085\u2028") {
			t.Errorf("%q", oneLine(s))
		}
	})
}
