package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"strings"

	"github.com/shanyraq/shanyraq/internal/hook"
	"github.com/shanyraq/shanyraq/internal/mail"
)

// telling are the flags of letters and webhooks.
type telling struct {
	SMTP                string `name:"smtp" env:"SHANYRAQ_SMTP" placeholder:"URL" help:"${h_smtp}"`
	SMTPPasswordFile    string `name:"smtp-password-file" env:"SHANYRAQ_SMTP_PASSWORD_FILE" type:"existingfile" placeholder:"FILE" help:"${h_smtp_password}"`
	MailFrom            string `name:"mail-from" env:"SHANYRAQ_MAIL_FROM" placeholder:"ADDRESS" help:"${h_mail_from}"`
	WebhookAllowPrivate bool   `name:"webhook-allow-private" env:"SHANYRAQ_WEBHOOK_ALLOW_PRIVATE" help:"${h_webhook_private}"`
}

// begin starts the work in the background, with the letters and webhooks that
// the flags allow.
func (t telling) begin(ctx context.Context, s *session, log *slog.Logger) error {
	s.app.Hooks = hook.New(t.WebhookAllowPrivate)
	s.app.Jobs.Log(log)
	return s.app.StartJobs(ctx)
}

// mail prepares the way of letters, so that a mistake in the flags is told
// before the server starts.
func (t telling) mail(s *session) error {
	if t.SMTP == "" {
		return nil
	}
	password := []byte{}
	if t.SMTPPasswordFile != "" {
		var err error
		if password, err = os.ReadFile(t.SMTPPasswordFile); err != nil {
			return fmt.Errorf("cannot read --smtp-password-file: %w", err)
		}
	}
	m, err := mail.New(t.SMTP, strings.TrimRight(string(password), "\r\n"), t.MailFrom)
	s.app.Mail = m
	return err
}
