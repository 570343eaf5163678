// Package mail hands letters to an SMTP server.
//
// The way there is encrypted, unless the server is on this machine. Nothing of
// what is sent, and no address, stands in an error: those are kept in logs.
package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	netmail "net/mail"
	"net/url"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"github.com/shanyraq/shanyraq/fault"
)

const (
	timeout = 30 * time.Second // of one step of the conversation
	within  = 2 * time.Minute  // the whole of it

	portSubmission = 587 // RFC 6409, TLS begins with STARTTLS
	portTLS        = 465 // RFC 8314, TLS from the first byte
)

// Server is where letters are handed in, and whom they come from.
type Server struct {
	host           string
	port           int
	fromFirstByte  bool // TLS, as smtps says
	plain          bool // no TLS: a server on this machine
	user, password string
	from           *netmail.Address

	timeout time.Duration
	tls     *tls.Config // nil: the certificates of the system
}

// New reads the address of a server: smtp://USER@HOST:587 begins TLS with
// STARTTLS, smtps://USER@HOST:465 with the first byte. A password may stand in
// the address; better it comes by itself, from a file. from is the sender, with
// or without a name.
func New(address, password, from string) (*Server, error) {
	const op = "mail.New"
	wrong := func(format string, args ...any) error {
		return fault.New(fault.Invalid, op, "", format, args...)
	}
	u, err := url.Parse(address)
	if err != nil || (u.Scheme != "smtp" && u.Scheme != "smtps") || u.Hostname() == "" || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" {
		return nil, wrong("write --smtp as smtp://USER@HOST:587 or smtps://USER@HOST:465")
	}
	s := &Server{host: u.Hostname(), port: portSubmission, fromFirstByte: u.Scheme == "smtps", user: u.User.Username(), password: password, timeout: timeout}
	if s.fromFirstByte {
		s.port = portTLS
	}
	if p := u.Port(); p != "" {
		if s.port, err = strconv.Atoi(p); err != nil || s.port < 1 || s.port > 65535 {
			return nil, wrong("the port of --smtp is a number from 1 to 65535")
		}
	}
	if p, ok := u.User.Password(); ok && s.password == "" {
		s.password = p
	}
	s.plain = !s.fromFirstByte && onThisMachine(s.host) && s.password == ""
	if (s.user == "") != (s.password == "") {
		return nil, wrong("--smtp needs user and password, or neither: write the user into the address and the password into --smtp-password-file")
	}
	if s.from, err = netmail.ParseAddress(from); err != nil || oneLine(from) != from {
		return nil, wrong("write --mail-from as an e-mail address such as Shanyraq <noreply@example.kz>")
	}
	return s, nil
}

func onThisMachine(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || (ip != nil && ip.IsLoopback())
}

// Letter is one message to one person.
type Letter struct {
	ID          string // the same for each attempt, so that a server may drop a double
	To          string // address
	Subject     string
	Text, HTML  string
	Language    string
	Unsubscribe string // address at which a program may unsubscribe, RFC 8058; "" for none
}

// Send hands in a letter. It returns fault.Invalid when the server will never
// take it, and fault.Unavailable when it may later.
func (s *Server) Send(ctx context.Context, l Letter) error {
	const op = "mail.Send"
	m, err := s.message(l)
	if err != nil {
		return err
	}
	c, err := s.client()
	if err != nil {
		return fault.New(fault.Internal, op, "", "the SMTP client cannot be made")
	}
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	return s.failed(c.DialAndSendWithContext(ctx, m))
}

func (s *Server) client() (*gomail.Client, error) {
	options := []gomail.Option{gomail.WithPort(s.port), gomail.WithTimeout(s.timeout), gomail.WithTLSPolicy(gomail.TLSMandatory)}
	switch {
	case s.plain:
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS))
	case s.fromFirstByte:
		options = append(options, gomail.WithSSL())
	}
	if s.tls != nil {
		options = append(options, gomail.WithTLSConfig(s.tls))
	}
	if s.user != "" {
		options = append(options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(s.user), gomail.WithPassword(s.password))
	}
	return gomail.NewClient(s.host, options...)
}

// message writes the letter. What comes from outside is put on one line, so
// that it cannot begin a header of its own.
func (s *Server) message(l Letter) (*gomail.Msg, error) {
	const op = "mail.Send"
	to, err := netmail.ParseAddress(l.To)
	if err != nil || oneLine(l.To) != l.To {
		return nil, fault.New(fault.Invalid, op, "", "the address of the account is no e-mail address")
	}
	m := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	m.FromMailAddress(s.from)
	m.ToMailAddress(to)
	m.Subject(oneLine(l.Subject))
	m.SetDate()
	_, domain, _ := strings.Cut(s.from.Address, "@")
	m.SetMessageIDWithValue(oneLine(l.ID) + "@" + domain)
	// Told by a program: nobody's absence note answers it. RFC 3834.
	m.SetGenHeader("Auto-Submitted", "auto-generated")
	if l.Language != "" {
		m.SetGenHeader(gomail.HeaderContentLang, oneLine(l.Language))
	}
	if l.Unsubscribe != "" {
		m.SetGenHeader(gomail.HeaderListUnsubscribe, "<"+oneLine(l.Unsubscribe)+">")
		m.SetGenHeader(gomail.HeaderListUnsubscribePost, "List-Unsubscribe=One-Click")
	}
	m.SetBodyString(gomail.TypeTextPlain, l.Text)
	if l.HTML != "" {
		m.AddAlternativeString(gomail.TypeTextHTML, l.HTML)
	}
	return m, nil
}

// oneLine replaces everything that ends a line or controls a terminal.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || (r >= 0x7f && r < 0xa0) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, s)
}

// failed says what happened without the words of the server, which like to
// repeat the address.
func (s *Server) failed(err error) error {
	const op = "mail.Send"
	var refused *gomail.SendError
	var wire net.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &refused) && refused.ErrorCode() >= 500:
		return fault.New(fault.Invalid, op, "", "the mail server refuses the letter (%d)", refused.ErrorCode())
	case errors.As(err, &refused) && refused.ErrorCode() >= 400:
		return fault.New(fault.Unavailable, op, "", "the mail server asks to try later (%d)", refused.ErrorCode())
	case errors.As(err, &wire) && wire.Timeout(), errors.Is(err, context.DeadlineExceeded):
		return fault.New(fault.Unavailable, op, "", "the mail server did not answer in time")
	case errors.Is(err, context.Canceled):
		return fault.New(fault.Unavailable, op, "", "sending was broken off")
	case isTLS(err):
		return fault.New(fault.Unavailable, op, "", "no encrypted connection to the mail server: does it know STARTTLS, and is its certificate good?")
	case errors.As(err, &wire):
		return fault.New(fault.Unavailable, op, "", "the mail server cannot be reached: is --smtp right, and does it run?")
	}
	return fault.New(fault.Unavailable, op, "", "the mail server broke off, or does not take user and password")
}

func isTLS(err error) bool {
	var cert *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	return errors.As(err, &cert) || errors.As(err, &record) || strings.Contains(err.Error(), "STARTTLS")
}
