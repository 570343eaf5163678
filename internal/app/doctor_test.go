package app

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/internal/pgtest"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/lang"
)

func TestFindingsSpeakEveryLanguage(t *testing.T) {
	for key, w := range doctorWords {
		for _, c := range lang.Codes() {
			if w.text[c] == "" || (w.do != nil && w.do[c] == "") {
				t.Errorf("%s is not said in %s", key, c)
			}
			if strings.Count(w.text[c], "{") != strings.Count(w.text[lang.EN], "{") {
				t.Errorf("%s: %s names other things than English does", key, c)
			}
		}
	}
}

// states are the worst answers of each check.
func states(list []Finding) map[string]Health {
	out := map[string]Health{}
	for _, f := range list {
		if f.State != Well && len(f.Do) == 0 {
			out["no remedy for "+f.Check] = f.State
		}
		if old, ok := out[f.Check]; !ok || old == Well || f.State == Failing {
			out[f.Check] = f.State
		}
	}
	return out
}

// Every ailment is found, and what is well is not complained about.
func TestDoctorFindsWhatIsWrong(t *testing.T) {
	exec := func(text string) func(*testing.T, *App, *Examination) {
		return func(t *testing.T, a *App, _ *Examination) {
			if _, err := a.Store.Writer().Exec(text); err != nil {
				t.Fatal(err)
			}
		}
	}
	at := func(f func(*Examination)) func(*testing.T, *App, *Examination) {
		return func(_ *testing.T, _ *App, e *Examination) { f(e) }
	}
	const job = `INSERT INTO job (id, kind, name, lane, args, state, attempt, tries, run_at, holder, locked_until, stop, progress, total, problem, created_at, finished_at)
		VALUES ('1', 'mail', '', '', '{}', '%s', 0, 3, '', '', '', 0, 0, 0, '', '2026-11-24T01:00:00.000000Z', '%s')`
	provider := httptest.NewServer(http.NotFoundHandler())
	defer provider.Close()
	for name, tc := range map[string]struct {
		hurt  func(*testing.T, *App, *Examination)
		check string
		want  Health
	}{
		"nothing":                {at(func(*Examination) {}), "", Well},
		"everything read":        {at(func(e *Examination) { e.Full = true }), "", Well},
		"a tampered entry":       {exec(`UPDATE journal SET actor = 'u_9' WHERE chain = 'desk' AND seq = 1`), "journal", Failing},
		"an old backup":          {at(func(e *Examination) { e.Now = e.Now.Add(72 * time.Hour) }), "backup", Ailing},
		"a forgotten backup":     {at(func(e *Examination) { e.Now = e.Now.Add(720 * time.Hour) }), "backup", Failing},
		"a clock set back":       {at(func(e *Examination) { e.Now = e.Now.Add(-2 * time.Hour) }), "clock", Failing},
		"a job that waits":       {exec(fmt.Sprintf(job, "waiting", "")), "jobs", Ailing},
		"a job that failed":      {exec(fmt.Sprintf(job, "failed", "2026-11-24T02:00:00.000000Z")), "jobs", Ailing},
		"older tables":           {exec(`DELETE FROM goose_db_version WHERE version_id > 1`), "tables", Ailing},
		"newer tables":           {exec(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, TRUE)`), "tables", Failing},
		"no database":            {at(func(e *Examination) { e.DSN += "x" }), "database", Failing},
		"a secret that is gone":  {at(func(e *Examination) { e.Secrets = []string{"/nowhere/secret"} }), "permissions", Failing},
		"no mail server":         {at(func(e *Examination) { e.SMTP = "smtp://127.0.0.1:1" }), "mail", Failing},
		"no address of mail":     {at(func(e *Examination) { e.SMTP = "mail" }), "mail", Failing},
		"no provider":            {at(func(e *Examination) { e.OIDC = provider.URL }), "sign_in", Failing},
		"a folder that is gone":  {at(func(e *Examination) { e.Folder = "/nowhere" }), "disk", Ailing},
		"a secret for everybody": {func(t *testing.T, _ *App, e *Examination) { e.Secrets = []string{openSecret(t)} }, "permissions", Ailing},
	} {
		for engine, dsn := range map[string]string{"sqlite": onSQLite(t), "postgres": pgtest.DSN(t)} {
			a := over(t, dsn)
			a.Clock = func() time.Time { return backedAt }
			a.Blobs = folder(t)
			if err := a.Store.Note(t.Context(), "desk", actor.Entry{Actor: "u_1", At: backedAt, Op: "save"}); err != nil {
				t.Fatal(err)
			}
			if _, err := a.Backup(t.Context(), BackupOptions{File: filepath.Join(t.TempDir(), "b")}); err != nil {
				t.Fatal(err)
			}
			e := Examination{DSN: dsn, Folder: t.TempDir(), Now: backedAt.Add(time.Hour), Open: func() (*App, error) { return a, nil }}
			tc.hurt(t, a, &e)
			got := states(Examine(t.Context(), e))
			if engine == "postgres" && got["database"] == Ailing {
				delete(got, "database") // the test's server keeps no checksums
			}
			for check, state := range got {
				want := Well
				if check == tc.check {
					want = tc.want
				}
				if state != want && !(tc.check == "clock" && check == "backup") {
					t.Errorf("%s on %s: %s is %s, want %s", name, engine, check, state, want)
				}
			}
			if _, ok := got[tc.check]; tc.check != "" && !ok {
				t.Errorf("%s on %s: %s was not looked at: %v", name, engine, tc.check, got)
			}
		}
	}
}

func openSecret(t *testing.T) string {
	file := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(file, 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

// What is configured and works is well.
func TestDoctorReachesMailAndProvider(t *testing.T) {
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	provider := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/.well-known/openid-configuration" {
			w.WriteHeader(http.StatusNotFound)
		}
	}))
	defer provider.Close()
	a := over(t, onSQLite(t))
	list := Examine(t.Context(), Examination{DSN: "sqlite:" + a.Store.Name(), Folder: t.TempDir(), SMTP: "smtp://" + l.Addr().String(), OIDC: provider.URL + "/", Now: backedAt, Open: func() (*App, error) { return a, nil }})
	got := states(list)
	if got["mail"] != Well || got["sign_in"] != Well || Worst(list) != Ailing {
		t.Errorf("%v, worst %s", got, Worst(list)) // it was never backed up
	}
}

// A damaged file is found before somebody needs what is in it.
func TestDoctorFindsDamage(t *testing.T) {
	file := filepath.Join(t.TempDir(), "x.db")
	a := over(t, "sqlite:"+file)
	for i := range 2000 {
		if err := a.Store.Note(context.Background(), store.DeskChain, actor.Entry{Actor: "u_1", At: backedAt, Op: "save", Subject: fmt.Sprint(i)}); err != nil {
			t.Fatal(err)
		}
	}
	a.Close()
	body, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for i := len(body) / 2; i < len(body)/2+8192; i++ {
		body[i] = 0xA5
	}
	if err := os.WriteFile(file, body, 0o600); err != nil {
		t.Fatal(err)
	}
	list := Examine(t.Context(), Examination{DSN: "sqlite:" + file, Folder: t.TempDir(), Now: backedAt, Open: func() (*App, error) {
		return over(t, "sqlite:"+file), nil
	}})
	if got := states(list); got["integrity"] != Failing {
		t.Errorf("%v", got)
	}
}
