package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/shanyraq/shanyraq/internal/app"
)

type doctorCommand struct {
	Full                 bool   `help:"${h_full}"`
	SMTP                 string `name:"smtp" env:"SHANYRAQ_SMTP" placeholder:"URL" help:"${h_doctor_smtp}"`
	SMTPPasswordFile     string `name:"smtp-password-file" env:"SHANYRAQ_SMTP_PASSWORD_FILE" placeholder:"FILE" help:"${h_secret_file}"`
	OIDCIssuer           string `name:"oidc-issuer" env:"SHANYRAQ_OIDC_ISSUER" placeholder:"URL" help:"${h_oidc_issuer}"`
	OIDCClientSecretFile string `name:"oidc-client-secret-file" env:"SHANYRAQ_OIDC_CLIENT_SECRET_FILE" placeholder:"FILE" help:"${h_oidc_client_secret}"`
}

// errIll is already told line by line.
var errIll = errors.New("something fails: the lines above say what to do")

// Run examines everything that a server needs.
func (c doctorCommand) Run(s *session) error {
	x := app.Examination{DSN: s.db, Full: c.Full, SMTP: c.SMTP, OIDC: c.OIDCIssuer, Folder: s.dataFolder(), Now: time.Now(), Open: func() (*app.App, error) {
		err := s.openFiles()
		return s.app, err
	}}
	for _, name := range []string{c.SMTPPasswordFile, c.OIDCClientSecretFile} {
		if name != "" {
			x.Secrets = append(x.Secrets, name)
		}
	}
	got := app.Examine(s.ctx, x)
	if s.json {
		if err := s.print(got); err != nil {
			return err
		}
	} else {
		for _, f := range got {
			fmt.Fprintf(s.out, "%-5s %-12s %s\n", f.State, f.Check, f.Text.In(s.lang))
			if f.Do.In(s.lang) != "" {
				fmt.Fprintf(s.out, "%18s → %s\n", "", f.Do.In(s.lang))
			}
		}
	}
	if app.Worst(got) == app.Failing {
		return errIll
	}
	return nil
}

type healthcheckCommand struct {
	URL string `arg:"" optional:"" default:"http://127.0.0.1:8080" placeholder:"URL" help:"${h_health_url}"`
}

const healthTimeout = 5 * time.Second

// Run asks a server whether it is ready: what a container calls.
func (c healthcheckCommand) Run(s *session) error {
	ctx, cancel := context.WithTimeout(s.ctx, healthTimeout)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimSuffix(c.URL, "/")+"/readyz", nil)
	if err != nil {
		return fmt.Errorf("the address of the server is not one: write http://HOST:PORT")
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return fmt.Errorf("the server does not answer at %s", c.URL)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("the server is not ready: it answers %d", res.StatusCode)
	}
	return nil
}
