package main

import (
	"encoding/json"
	"net/http"
	"strings"
	"syscall"
	"testing"
)

// What people do leaves no name, address, password, token, cookie or query in
// the log, whether it succeeds or not, also when every request is logged.
func TestLogHoldsNothingPersonal(t *testing.T) {
	db := loaded(t)
	talked(t, db)
	p, url := serving(t, db, "--log-requests", "--files", t.TempDir(), "--imports", t.TempDir())
	secrets := []string{"Aigerim", "Сәрсенова", "aigerim.sarsenova@example.org", "aigerim", "a long enough passphrase 7", "wrong-passphrase-99", "Балхаш-секрет", "forged-cookie-value", "forged-token-value", "operator@example.org", "a-secret-comment"}
	client := signedIn(t, db, url, "operator@example.org", "administrator@KZ", "approver@KZ")
	for _, x := range []struct{ method, path, body string }{
		{"GET", "/api/search?q=Aigerim+%D0%91%D0%B0%D0%BB%D1%85%D0%B0%D1%88-%D1%81%D0%B5%D0%BA%D1%80%D0%B5%D1%82", ""},
		{"GET", "/ru/search?q=aigerim.sarsenova@example.org", ""},
		{"GET", "/api/Aigerim/aigerim", ""},
		{"GET", "/api/documents/aigerim.sarsenova@example.org", ""},
		{"POST", "/api/sign-in", `{"email":"aigerim.sarsenova@example.org","password":"wrong-passphrase-99"}`},
		{"POST", "/api/sign-in", `{"email":"operator@example.org","password":"wrong-passphrase-99"}`},
		{"POST", "/api/sign-in", `{"email":"operator@example.org","password":"a long enough passphrase 7"}`},
		{"POST", "/api/accounts", `{"name":"Aigerim Сәрсенова","email":"aigerim.sarsenova@example.org","language":"kk","home":"KZ","grants":[{"role":"contributor","territory":"KZ-35"}]}`},
		{"POST", "/api/comments", `{"id":"comment-of-mine","about":"promise:C7p","text":"a-secret-comment of Aigerim"}`},
		{"POST", "/api/files?name=Aigerim.txt&about=C7p", "Aigerim was here"},
		{"POST", "/api/account/tokens", `{"name":"Aigerim's script","scope":["read_drafts"],"expires":"2026-12-20","password":"a long enough passphrase 7"}`},
		{"POST", "/api/entries", `{"act":"Aigerim"`},
		{"PUT", "/api/documents/Aigerim.txt/text", "Сәрсенова"},
		{"GET", "/api/journal?actor=aigerim", ""},
		{"POST", "/api/sign-out-everywhere", "{}"},
	} {
		req, err := http.NewRequest(x.method, url+x.path, strings.NewReader(x.body))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/json")
		if strings.HasPrefix(x.path, "/api/files") {
			req.Header.Set("Content-Type", "application/octet-stream")
		}
		req.Header.Set("Sec-Fetch-Site", "same-origin")
		req.Header.Set("User-Agent", "Aigerim's phone")
		res, err := client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		var made struct{ Token, Secret, Link string }
		_ = json.NewDecoder(res.Body).Decode(&made) // only some answers carry a secret
		res.Body.Close()
		for _, s := range []string{made.Token, made.Secret, made.Link} {
			if s != "" {
				secrets = append(secrets, s[max(0, len(s)-20):])
			}
		}
		for _, c := range res.Cookies() {
			if len(c.Value) > 10 {
				secrets = append(secrets, c.Value)
			}
		}
	}
	call(t, "GET", url+"/api/session", "", "Cookie", "shanyraq=forged-cookie-value")
	call(t, "GET", url+"/api/session", "", "Authorization", "Bearer forged-token-value")
	watched := string(call(t, "GET", url+"/metrics", "").body)
	for _, want := range []string{`shanyraq_acts_total{op="sign-in"}`, `shanyraq_acts_total{op="comment"}`, `shanyraq_journal_entries{chain="desk"}`, "shanyraq_database_bytes", "shanyraq_writable 1"} {
		if !strings.Contains(watched, want) {
			t.Errorf("/metrics lacks %s", want)
		}
	}
	for _, s := range secrets {
		if strings.Contains(watched, s) {
			t.Errorf("/metrics holds %q", s)
		}
	}
	p.Process.Signal(syscall.SIGTERM)
	<-p.done
	log := p.said()
	if strings.Count(log, `"msg":"request"`) < 15 {
		t.Fatalf("requests were not logged: %s", log)
	}
	for _, s := range append(secrets, "?q=", "actor=") {
		if strings.Contains(log, s) {
			t.Errorf("the log holds %q", s)
		}
	}
	for line := range strings.Lines(log) {
		if strings.HasPrefix(line, "{") && !json.Valid([]byte(line)) {
			t.Errorf("not a line of JSON: %s", line)
		}
	}
}
