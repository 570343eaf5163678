package main

import (
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/ledger/submission"
)

// The steps of a form to publication, as they are acknowledged. The n-th makes
// version n, and states[n-1].
var (
	waySteps  = []string{"saved", "submitted", "approved by the region", "approved by the country", "published"}
	wayStates = []string{"draft", "submitted", "submitted", "approved", "published"}
)

// persons signs in who writes and the two who approve.
func persons(t *testing.T, db, url string) []*http.Client {
	t.Helper()
	return []*http.Client{
		signedIn(t, db, url, "author@example.org", "administrator@KZ"),
		signedIn(t, db, url, "first@example.org", "approver@KZ"),
		signedIn(t, db, url, "second@example.org", "approver@KZ"),
	}
}

// promise is something that can be asked about.
type promise struct{ ID, Office string }

// promised lists the promises with the offices that answer for them.
func promised(t *testing.T, url string) []promise {
	t.Helper()
	var list struct{ Items []struct{ ID string } }
	if err := json.Unmarshal(call(t, "GET", url+"/api/promises", "").body, &list); err != nil {
		t.Fatal(err)
	}
	var out []promise
	for _, p := range list.Items {
		var asking struct{ Office string }
		if err := json.Unmarshal(call(t, "GET", url+"/api/asking?about="+p.ID, "").body, &asking); err != nil {
			t.Fatal(err)
		}
		if asking.Office != "" {
			out = append(out, promise{p.ID, asking.Office})
		}
	}
	if len(out) < killWriters {
		t.Fatalf("%d promises are too few for %d who ask", len(out), killWriters)
	}
	return out
}

// everything is all that people do with the program, in turn; each writer
// begins elsewhere.
func everything(promises []promise) func(c *crowd, writer, n int) {
	return func(c *crowd, writer, n int) {
		switch (n + writer) % 8 {
		case 0, 1, 2:
			simple(c, writer, n)
		case 3:
			c.report(writer, n)
		case 4:
			mine := (len(promises) - writer + killWriters - 1) / killWriters
			c.ask(fmt.Sprintf("ask-%d-%06d", writer, n), promises[writer+killWriters*(n/8%mine)])
		case 5:
			c.token(fmt.Sprintf("token-%d-%06d", writer, n))
		case 6:
			c.readOne()
		case 7:
			c.pay(fmt.Sprintf("pay-%d-%06d", writer, n))
		}
	}
}

// regions that report; a writer has its own.
var regions = []string{"KZ-10", "KZ-11", "KZ-15", "KZ-19", "KZ-23", "KZ-27", "KZ-31", "KZ-33", "KZ-35", "KZ-39", "KZ-43", "KZ-47", "KZ-55", "KZ-59", "KZ-61", "KZ-62"}

// formID and formValues are what a writer reports: other numbers each time.
func formID(writer, n int) string { return fmt.Sprintf("form-%d-%06d", writer, n) }

func formNumbers(id string) (departments, beds string) {
	var writer, n int
	_, _ = fmt.Sscanf(id, "form-%d-%d", &writer, &n) // as formID wrote it
	return fmt.Sprint(n + 1), fmt.Sprint(10 * (n + 1))
}

// paidWork is the work for which all writers note payments at the same time.
const paidWork = "balkhash-interdistrict-hub"

// pay notes a payment for a work. A line whose acknowledgement was lost is sent
// again, and is one line all the same.
func (c *crowd) pay(key string) {
	path := "/api/works/" + paidWork + "/lines"
	body := fmt.Sprintf(`{"lines":[{"kind":"money","on":"2026-10-01","key":%q,"money":{"kind":"paid","amount":12.34,"source":"special-state-fund"}}]}`, key)
	if c.well(c.send(c.people[0], "POST", path, body), path) {
		c.took("paid", key)
	}
}

// checkPayments looks for every acknowledged payment, once, and for the sum that
// lists show.
func (c *crowd) checkPayments(t *testing.T, s *store.Store) {
	t.Helper()
	lines, err := s.WorkLines(t.Context(), paidWork)
	if err != nil {
		t.Fatal(err)
	}
	there := map[string]int{}
	for _, l := range lines {
		var body struct{ Key string }
		if err := json.Unmarshal(l.Body, &body); err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(body.Key, "pay-") {
			there[body.Key]++
		}
	}
	for _, key := range c.done["paid"] {
		if there[key] != 1 {
			t.Errorf("payment %s was acknowledged and is there %d times", key, there[key])
		}
	}
	states, err := s.WorkStates(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range states {
		var row struct {
			Money struct{ Paid *struct{ Amount int64 } }
		}
		if x.Work != paidWork || json.Unmarshal(x.Body, &row) != nil || len(there) == 0 {
			continue
		}
		if row.Money.Paid == nil || row.Money.Paid.Amount != int64(len(there))*1234 {
			t.Errorf("%d payments of 12.34, and lists show %+v", len(there), row.Money.Paid)
		}
	}
}

// report brings a form to publication. A step whose acknowledgement was lost is
// not sent for a second time once it is seen to have been taken.
func (c *crowd) report(writer, n int) {
	id := formID(writer, n)
	departments, beds := formNumbers(id)
	body := fmt.Sprintf(`{"kind":"form","place":%q,"template":"capacity-monthly","period":%q,"reason":"monthly","values":[{"measure":"departments.commissioned","value":%q,"note":"counted"},{"measure":"beds.commissioned","value":%q,"note":"counted"}]}`,
		regions[writer+killWriters*(n/8%2)], []string{"2026-09", "2026-10"}[n/16%2], departments, beds)
	path := "/api/submissions/" + id
	author, first, second := c.people[0], c.people[1], c.people[2]
	for i, x := range []struct {
		who          *http.Client
		method, path string
	}{{author, "PUT", ""}, {author, "POST", "/submit"}, {first, "POST", "/approve"}, {second, "POST", "/approve"}, {second, "POST", "/publish"}} {
		if i > 0 {
			body = fmt.Sprintf(`{"version":%d}`, i)
		}
		r := c.send(x.who, x.method, path+x.path, body)
		if r.status == http.StatusConflict && r.doubt {
			r = c.send(x.who, "GET", path, "")
		}
		var got struct {
			Version int
			State   string
		}
		if !c.well(r, path+x.path) {
			return
		}
		if err := json.Unmarshal(r.body, &got); err != nil || got.Version != i+1 || got.State != wayStates[i] {
			c.wrong("%s is acknowledged as %+v, %v", path+x.path, got, err)
			return
		}
		c.took(waySteps[i], id)
	}
}

// ask asks about a promise and takes the question back.
func (c *crowd) ask(id string, about promise) {
	r := c.send(c.people[0], "POST", "/api/asks", fmt.Sprintf(`{"id":%q,"about":%q,"office":%q,"text":{"en":"What became of it?"}}`, id, about.ID, about.Office))
	if !c.well(r, "ask "+id) {
		return
	}
	c.took("asked", id)
	path := "/api/asks/" + id
	if r = c.send(c.people[0], "POST", path+"/close", `{"reason":"asked by mistake"}`); r.status == http.StatusConflict && r.doubt {
		r = c.send(c.people[0], "GET", path, "")
	}
	if !c.well(r, "close "+id) {
		return
	}
	var got struct{ Ask struct{ State string } }
	if err := json.Unmarshal(r.body, &got); err != nil || got.Ask.State != "closed" {
		c.wrong("%s is acknowledged as closed and is %q, %v", id, got.Ask.State, err)
	}
	c.took("closed", id)
}

// token makes a token, acts with it, and revokes it. A token whose making was
// not acknowledged is found by its name, and revoked.
func (c *crowd) token(name string) {
	r := c.send(c.people[0], "POST", "/api/account/tokens", fmt.Sprintf(`{"name":%q,"scope":["read_published","read_drafts"],"expires":%q,"password":"a long enough passphrase 7"}`, name, time.Now().AddDate(0, 0, 20).Format(time.DateOnly)))
	var made struct{ ID, Text string }
	if r.status == http.StatusTooManyRequests {
		return // eight at once show the same password, and a kill leaves an attempt counted: the owner has to wait
	}
	if !c.well(r, "token "+name) {
		return
	}
	if err := json.Unmarshal(r.body, &made); err != nil || made.ID == "" || made.Text == "" {
		c.wrong("token %s: %v", name, err)
		return
	}
	c.took("token", made.ID)
	nobody := &http.Client{Timeout: 30 * time.Second}
	bearer := []string{"Authorization", "Bearer " + made.Text}
	c.well(c.send(nobody, "GET", "/api/submissions?limit=1", "", bearer...), "with the token "+name)
	if r.doubt {
		c.revokeOthers(name, made.ID)
	}
	c.mark(c.revoking, made.ID)
	if r = c.send(c.people[0], "DELETE", "/api/account/tokens/"+made.ID, ""); !(r.status == http.StatusNotFound && r.doubt) && !c.well(r, "revoke "+name) {
		return
	}
	c.took("revoked", made.ID)
	if r = c.send(nobody, "GET", "/api/submissions?limit=1", "", bearer...); r.status != 0 && r.status != http.StatusUnauthorized {
		c.wrong("a revoked token: %d", r.status)
	}
}

func (c *crowd) revokeOthers(name, but string) {
	r := c.send(c.people[0], "GET", "/api/account", "")
	var own struct{ Tokens []struct{ ID, Name string } }
	if !c.well(r, "account") || json.Unmarshal(r.body, &own) != nil {
		return
	}
	for _, x := range own.Tokens {
		if x.Name == name && x.ID != but {
			c.send(c.people[0], "DELETE", "/api/account/tokens/"+x.ID, "")
		}
	}
}

// readOne marks a notification of the author as read that nobody has marked.
func (c *crowd) readOne() {
	r := c.send(c.people[0], "GET", "/api/notifications?unread=true", "")
	var list struct{ Items []struct{ ID string } }
	if !c.well(r, "notifications") || json.Unmarshal(r.body, &list) != nil {
		return
	}
	for _, x := range list.Items {
		if !c.mark(c.claimed, x.ID) {
			continue
		}
		if r := c.send(c.people[0], "POST", "/api/notifications/read", fmt.Sprintf(`{"id":%q}`, x.ID)); c.well(r, "read "+x.ID) {
			c.took("read", x.ID)
		}
		return
	}
}

// mark notes an id, and reports whether it is the first time.
func (c *crowd) mark(ids map[string]bool, id string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	was := ids[id]
	ids[id] = true
	return !was
}

// checkWays looks for all that came step by step.
func (c *crowd) checkWays(t *testing.T, s *store.Store) {
	t.Helper()
	asked, published := map[string]int{}, map[string][]ledger.RunID{}
	for seq := int64(0); ; {
		runs, err := s.RunsAfter(t.Context(), seq, math.MaxInt64, 1000)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range runs {
			seq = r.Seq
			asked[r.Subject]++
			if id := r.Inputs["submission"]; id != "" {
				published[id] = append(published[id], r.ID)
			}
		}
		if len(runs) == 0 {
			break
		}
	}
	c.checkForms(t, s, published)
	asks := items(t, s, "ask")
	for version, kind := range []string{"asked", "closed"} {
		for _, id := range c.done[kind] {
			if it := asks[id]; it.Version < int64(version+1) {
				t.Errorf("%s was acknowledged as %s and is at version %d", id, kind, it.Version)
			}
		}
	}
	for id, it := range asks {
		if it.State != []string{"", "asked", "closed"}[min(it.Version, 2)] || asked["ask "+id] != 1 || int64(asked["close ask "+id]) != it.Version-1 {
			t.Errorf("%s is %s, version %d, and stands in the ledger %d times, closed %d times", id, it.State, it.Version, asked["ask "+id], asked["close ask "+id])
		}
	}
	c.checkTokens(t, s)
	c.checkPayments(t, s)
}

// checkForms looks at every form: it took each acknowledged step once and in
// order, and the ledger holds it whole exactly if it is published.
func (c *crowd) checkForms(t *testing.T, s *store.Store, published map[string][]ledger.RunID) {
	t.Helper()
	forms := items(t, s, "submission")
	for i, step := range waySteps {
		for _, id := range c.done[step] {
			if it := forms[id]; it.Version < int64(i+1) {
				t.Errorf("%s was acknowledged as %s and is at version %d", id, step, it.Version)
			}
		}
	}
	for id := range published {
		if forms[id].State != "published" {
			t.Errorf("%s is in the ledger and %q", id, forms[id].State)
		}
	}
	told := c.told(t, s)
	for id, it := range forms {
		history, err := s.ItemHistory(t.Context(), "submission", id)
		if err != nil {
			t.Fatal(err)
		}
		var states []string
		for _, h := range history {
			states = append(states, h.State)
		}
		if len(states) > len(wayStates) || int64(len(states)) != it.Version || !slices.Equal(states, wayStates[:len(states)]) {
			t.Errorf("%s at version %d went %v", id, it.Version, states)
			continue
		}
		for kind, at := range map[string]int{"approved": 4, "published": 5} {
			if n := told[kind+" "+id]; n > 1 || (n == 1) != (len(states) >= at) {
				t.Errorf("%s at version %d: its author was told %d times that it is %s", id, it.Version, n, kind)
			}
		}
		if it.State == "published" {
			checkPublished(t, s, it, published[id])
		}
	}
}

// checkPublished looks for the figures of a form in the ledger.
func checkPublished(t *testing.T, s *store.Store, it store.Item, runs []ledger.RunID) {
	t.Helper()
	var sub submission.Submission
	if err := json.Unmarshal(it.Body, &sub); err != nil {
		t.Fatal(err)
	}
	if len(runs) != 1 || runs[0].String() != sub.Run {
		t.Errorf("%s was published by %q, the ledger has %v", it.ID, sub.Run, runs)
		return
	}
	page, err := s.Figures(t.Context(), store.Query{At: store.Everything, Run: runs[0], Superseded: true})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, f := range page.Figures {
		if string(f.Place) != string(sub.Place) || f.Period.String() != sub.Period || f.Value == nil {
			t.Errorf("%s published %+v", it.ID, f)
			continue
		}
		got[f.Measure] = f.Value.String()
	}
	departments, beds := formNumbers(it.ID)
	if len(page.Figures) != 2 || got["departments.commissioned"] != departments || got["beds.commissioned"] != beds {
		t.Errorf("%s published %d figures: %v", it.ID, len(page.Figures), got)
	}
}

// told counts what the author was told, by kind and subject, and looks whether
// what was marked as read is.
func (c *crowd) told(t *testing.T, s *store.Store) map[string]int {
	t.Helper()
	out := map[string]int{}
	if c.author == "" { // nobody in particular
		return out
	}
	list, err := s.Notices(t.Context(), c.author, "", false, math.MaxInt32)
	if err != nil {
		t.Fatal(err)
	}
	read := map[string]bool{}
	for _, n := range list {
		out[n.Kind+" "+n.Subject]++
		read[n.ID] = !n.Read.IsZero()
	}
	for _, id := range c.done["read"] {
		if !read[id] {
			t.Errorf("notification %s was acknowledged as read and is not", id)
		}
	}
	return out
}

// checkTokens looks whether tokens that were made are there until their
// revocation was sent, and gone when it was acknowledged.
func (c *crowd) checkTokens(t *testing.T, s *store.Store) {
	t.Helper()
	list, err := s.Credentials(t.Context(), "token")
	if err != nil {
		t.Fatal(err)
	}
	there := map[string]bool{}
	for _, x := range list {
		there[x.ID] = true
		if !json.Valid(x.Body) || !strings.Contains(string(x.Body), x.ID) {
			t.Errorf("token %s is not whole", x.ID)
		}
	}
	for _, id := range c.done["revoked"] {
		if there[id] {
			t.Errorf("token %s was acknowledged as revoked and is there", id)
		}
	}
	for _, id := range c.done["token"] {
		if !there[id] && !c.revoking[id] {
			t.Errorf("token %s was acknowledged and is not there", id)
		}
	}
}
