package app

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/country/kz"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/pgtest"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger/board"
	"github.com/shanyraq/shanyraq/ledger/submission"
	"github.com/shanyraq/shanyraq/period"
)

// offices is an identity in which a token names roles, territory and office:
// "planner@KZ#moh".
type offices struct{ heads }

func (offices) Identify(ctx context.Context, session, token string) (actor.Actor, error) {
	token, office, _ := strings.Cut(token, "#")
	who, err := heads{}.Identify(ctx, session, token)
	who.Office = office
	return who, err
}

// acting is the context of one whom a token names.
func acting(token string) context.Context {
	who, err := offices{}.Identify(context.Background(), "", token)
	if err != nil {
		panic(err)
	}
	return actor.With(context.Background(), who)
}

const (
	ministry = "planner@KZ#moh"
	region   = "contributor@KZ-35#akimat-35"
	nextDoor = "contributor@KZ-61#akimat-61"
	hubAsk   = "ask-balkhash-hub"
)

func hubQuestion() httpapi.AskInput {
	return httpapi.AskInput{ID: hubAsk, About: "C7p", Office: "akimat-35", Text: lang.Text{lang.RU: "Хаб открыт?", lang.KK: "Хаб ашылды ма?"}}
}

// onBoth gives a test the country on each engine.
func onBoth(t *testing.T, test func(t *testing.T, a *App)) {
	t.Run("sqlite", func(t *testing.T) { test(t, kazakhstan(t)) })
	t.Run("postgres", func(t *testing.T) {
		s, err := store.Open(t.Context(), pgtest.DSN(t))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		a := New(s, "test")
		a.Clock = func() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) }
		if _, err := a.LoadCountry(local(), kz.Pack()); err != nil {
			t.Fatal(err)
		}
		test(t, a)
	})
}

// publish writes an approved answer as the workflow does.
func publish(t *testing.T, a *App, s submission.Submission) error {
	t.Helper()
	v, err := a.look(local(), When{})
	if err != nil {
		t.Fatal(err)
	}
	b, err := answerBatch(v, s)
	if err != nil {
		return err
	}
	b.Run = a.run(local(), "form", "answer "+s.ID, nil)
	_, err = a.commit(local(), b)
	return err
}

func reply(values ...submission.Value) submission.Submission {
	return submission.Submission{ID: "answer-hub-1", Kind: submission.Answer, Place: "KZ-35", Office: "akimat-35", Ask: hubAsk, About: "C7p", Text: lang.Text{lang.RU: "Хаб принял первого пациента 20 ноября."}, Values: values,
		Files: []string{"file-1"}}
}

func promise(t *testing.T, a *App, id string) *httpapi.PromisePage {
	t.Helper()
	p, err := a.Promise(local(), When{}, id)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// The ministry asks about the hub, the region answers that it is open, and the
// board of everybody knows it, with who said so.
func TestAskedAndAnswered(t *testing.T) {
	onBoth(t, func(t *testing.T, a *App) {
		if p := promise(t, a, "C7p"); p.Promise.Due != "overdue" || p.Promise.Asked != nil {
			t.Fatalf("before: %s, asked %v", p.Promise.Due, p.Promise.Asked)
		}
		page, err := a.Ask(acting(ministry), hubQuestion())
		if err != nil {
			t.Fatal(err)
		}
		// 23 November 2026 is a Monday; ten working days later it is Monday, 7
		// December.
		if page.Ask.Due != "2026-12-07" || page.Ask.State != "open" || page.Ask.About.Kind != "promise" || page.Promise == nil || page.Place != "KZ-35" {
			t.Errorf("asked: %+v", page.Ask)
		}
		if got := measuresOf(page); got != "projects.opened delivers, project.readiness progress" {
			t.Errorf("an answer can give: %s", got)
		}
		asked := promise(t, a, "C7p")
		if s := asked.Promise.Asked; s == nil || s.Waiting != 1 || s.Last.ID != hubAsk || len(asked.Asks) != 1 {
			t.Errorf("the promise says that it was asked about: %+v", s)
		}
		a.Clock = func() time.Time { return time.Date(2026, 12, 10, 12, 0, 0, 0, time.UTC) }
		if late, err := a.AskPage(local(), When{}, hubAsk); err != nil || late.Ask.State != "overdue" || late.Ask.DaysWithoutWord != 17 || late.Ask.DaysLeft != -3 {
			t.Fatalf("seventeen days later: %+v %v", late.Ask, err)
		}
		if err := publish(t, a, reply(submission.Value{Measure: "projects.opened", Value: "1", Period: "2026-11-20"}, submission.Value{Measure: "project.readiness", Value: "100", Period: "2026-11-20"})); err != nil {
			t.Fatal(err)
		}
		told(t, a)
		before, err := a.Promise(local(), When{AsOf: ptr(day("2026-12-09"))}, "C7p")
		if err != nil || before.Promise.Due != "overdue" || before.Promise.Asked.Last.State != "overdue" {
			t.Errorf("the board of the day before stays as it was: %+v %v", before.Promise, err)
		}
	})
}

// told looks at what everybody sees of the published answer.
func told(t *testing.T, a *App) {
	t.Helper()
	p := promise(t, a, "C7p")
	if got := p.Promise; got.Due != "done" || got.Evidence != "confirmed" || got.Delivered == nil || *got.Delivered.Value != "1" || got.LastWord == nil || *got.LastWord != "2026-12-10" ||
		got.Asked.Last.State != "answered" || got.Progress == nil || *got.Progress.Value != "100" {
		t.Errorf("the board: %+v", got)
	}
	if len(p.Answers) != 1 || p.Answers[0].Office != "akimat-35" || len(p.Answers[0].Files) != 1 || len(p.Answers[0].Figures) != 2 || *p.Answers[0].Ask != hubAsk {
		t.Fatalf("the words of the region: %+v", p.Answers)
	}
	why, err := a.Why(local(), When{}, p.Promise.Delivered.Figure)
	if err != nil {
		t.Fatal(err)
	}
	if s := why.Said; s == nil || s.Office == nil || *s.Office != "akimat-35" || s.Ask == nil || *s.Ask != hubAsk || *s.Date != "2026-12-10" || s.Publisher[lang.EN] == "" || s.Answer == nil || s.Answer.Text[lang.RU] == "" {
		t.Errorf("who said it: %+v", s)
	}
	if len(why.Promises) == 0 {
		t.Error("the figure bears on the promise")
	}
	if !slices.ContainsFunc(p.History, func(e httpapi.Event) bool { return strings.HasPrefix(e.What[lang.EN], "Answered: Akimat of Karaganda") }) {
		t.Errorf("the history: %+v", p.History)
	}
}

func measuresOf(p *httpapi.AskPage) string {
	var out []string
	for _, m := range p.Measures {
		out = append(out, m.Measure+" "+m.Relation)
	}
	return strings.Join(out, ", ")
}

func TestTheDeadlineMoves(t *testing.T) {
	a := kazakhstan(t)
	if _, err := a.Ask(acting(ministry), hubQuestion()); err != nil {
		t.Fatal(err)
	}
	s := reply()
	s.Deadline, s.Reason = "2027-03-31", "Оборудование в пути."
	if err := publish(t, a, s); err != nil {
		t.Fatal(err)
	}
	p := promise(t, a, "C7p")
	if got := p.Promise; got.Due != "not_yet" || *got.Deadline != "2027-03-31" || *got.FirstDeadline != "2025-12-31" {
		t.Errorf("moved: %+v", got)
	}
	if len(p.Moves) != 1 || *p.Moves[0].Office != "akimat-35" || p.Moves[0].Reason == "" || *p.Moves[0].At != "2026-11-23" {
		t.Errorf("who moved it and why: %+v", p.Moves)
	}

	a = kazakhstan(t)
	s = reply()
	s.Ask, s.Withdraw, s.Reason = "", true, "Проект закрыт."
	if err := publish(t, a, s); err != nil {
		t.Fatal(err)
	}
	if got := promise(t, a, "C7p").Promise; !got.Withdrawn {
		t.Errorf("withdrawn: %+v", got)
	}
}

// The whole way through the API: asked, answered by the region, approved and
// published there; and everybody who must not.
func TestTheWayOfAnAnswer(t *testing.T) {
	onBoth(t, func(t *testing.T, a *App) {
		crowd(t, a)
		member(t, a, "u_asker", "planner", "KZ", "moh", "active")
		o := a.Serving()
		o.Identity = offices{}
		h := httpapi.New(o)
		if _, err := a.Ask(acting(ministry), hubQuestion()); err != nil {
			t.Fatal(err)
		}
		answer := func(change func(map[string]any)) string {
			b := map[string]any{"kind": "answer", "place": "KZ-35", "office": "akimat-35", "ask": hubAsk, "about": "C7p", "text": map[string]string{"ru": "Открыт 20 ноября."},
				"values": []map[string]string{{"measure": "projects.opened", "place": "KZ-35", "dimensions": "project=balkhash-interdistrict-hub;settlement=Balkhash", "value": "1", "period": "2026-11-20"}}}
			if change != nil {
				change(b)
			}
			text, err := json.Marshal(b)
			if err != nil {
				t.Fatal(err)
			}
			return string(text)
		}
		const approver = "approver@KZ-35#akimat-35"
		save, submit := "/api/submissions/answer-one", "/api/submissions/answer-one/submit"
		for _, c := range []struct {
			name, who, method, path, body string
			code                          int
			says                          string
		}{
			{"nobody", "", "PUT", save, answer(nil), 401, "sign_in"},
			{"next door", nextDoor, "PUT", save, answer(nil), 422, "speak for this office"},
			{"next door in its own name", nextDoor, "PUT", "/api/submissions/answer-next", answer(func(b map[string]any) { b["office"], b["place"] = "akimat-61", "KZ-61" }), 200, "draft"},
			{"to a question of another", nextDoor, "POST", "/api/submissions/answer-next/submit", "{}", 422, "another office"},
			{"saved", region, "PUT", save, answer(nil), 200, `"state":"draft"`},
			{"sent twice it is one", region, "PUT", save, answer(nil), 200, `"version":1`},
			{"the ministry does not speak for the region", "approver@KZ#moh", "PUT", "/api/submissions/answer-moh", answer(nil), 200, "draft"},
			{"nor submit", "approver@KZ#moh", "POST", "/api/submissions/answer-moh/submit", "{}", 403, "its own"},
			{"elsewhere", "contributor@KZ#akimat-35", "PUT", "/api/submissions/answer-place", answer(func(b map[string]any) { b["place"] = "KZ-61" }), 200, "draft"},
			{"elsewhere approved", "contributor@KZ#akimat-35", "POST", "/api/submissions/answer-place/submit", "{}", 422, "territory of the office"},
			{"without words", region, "PUT", "/api/submissions/answer-mute", answer(func(b map[string]any) { delete(b, "text") }), 200, "draft"},
			{"without words refused", region, "POST", "/api/submissions/answer-mute/submit", "{}", 422, "words"},
			{"submitted", region, "POST", submit, "{}", 200, `"state":"submitted"`},
			{"a second one", region, "PUT", "/api/submissions/answer-two", answer(nil), 200, "draft"},
			{"a second one beside it", region, "POST", "/api/submissions/answer-two/submit", "{}", 409, `"see":"/submissions/answer-one"`},
			{"approved by somebody else", "contributor,approver@KZ-35#akimat-35", "POST", "/api/submissions/answer-one/approve", "{}", 200, "approved"},
			{"published", approver, "POST", "/api/submissions/answer-one/publish", "{}", 200, `"state":"published"`},
			{"the answer is there", region, "POST", "/api/submissions/answer-two/submit", "{}", 409, "answered already"},
		} {
			w := knock(h, c.who, c.method, c.path, c.body)
			if w.Code != c.code || !strings.Contains(w.Body.String(), c.says) {
				t.Errorf("%s: %d %.300s; want %d with %s", c.name, w.Code, w.Body, c.code, c.says)
			}
		}
		var page httpapi.PromisePage
		w := knock(h, "", http.MethodGet, "/api/promises/C7p", "")
		if err := json.Unmarshal(w.Body.Bytes(), &page); err != nil || page.Promise.Due != "done" || page.Promise.Asked.Last.State != "answered" || len(page.Answers) != 1 || len(page.Answers[0].Figures) != 1 {
			t.Errorf("everybody sees it: %v %.300s", err, w.Body)
		}
		if n := noticesOf(t, a, "u_asker"); n != 1 {
			t.Errorf("who asked is told of the answer once, not %d times", n)
		}
		if strings.Contains(w.Body.String(), "u_") {
			t.Error("an account is named in public")
		}
	})
}

// Nobody answers a question that was taken back.
func TestAnswerAfterClosing(t *testing.T) {
	a := kazakhstan(t)
	if _, err := a.Ask(acting(ministry), hubQuestion()); err != nil {
		t.Fatal(err)
	}
	if _, err := a.CloseAsk(acting(ministry), hubAsk, "asked by mistake"); err != nil {
		t.Fatal(err)
	}
	v, err := a.look(local(), When{})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.checkAnswer(acting(region), v, reply()); !fault.Is(err, fault.Conflict) || !strings.Contains(err.Error(), "taken back") {
		t.Errorf("after the closing: %v", err)
	}
}

// Unasked, an office answers what lies in its territory and what is its own.
func TestWhoIsConcerned(t *testing.T) {
	a := kazakhstan(t)
	v := mustLook(t, a)
	hub := v.Programme.One("C7p", v.at.AsOf)
	all := v.Programme.One("A4", v.at.AsOf)
	for office, want := range map[string][2]bool{"akimat-35": {true, false}, "akimat-61": {false, false}, "moh": {true, true}} {
		for i, p := range []*board.Item{hub, all} {
			if err := v.concerned(office, p); (err == nil) != want[i] {
				t.Errorf("%s, %s: %v", office, p.ID, err)
			}
		}
	}
	if err := v.concerned("akimat-61", nil); err != nil {
		t.Errorf("what is no promise: %v", err)
	}
}

// What an answer cannot say, and what it means to the promise.
func TestAnswersThatAreRefused(t *testing.T) {
	a := kazakhstan(t)
	if _, err := a.Ask(acting(ministry), hubQuestion()); err != nil {
		t.Fatal(err)
	}
	opened := func(v submission.Value) submission.Submission {
		if v.Measure == "" {
			v.Measure = "projects.opened"
		}
		return reply(v)
	}
	change := func(f func(*submission.Submission)) submission.Submission {
		s := reply()
		f(&s)
		return s
	}
	for name, c := range map[string]struct {
		s    submission.Submission
		want string
	}{
		"no words":                      {change(func(s *submission.Submission) { s.Text = lang.Text{lang.KK: "  "} }), "words"},
		"no such office":                {change(func(s *submission.Submission) { s.Office = "nobody" }), "office"},
		"another office":                {change(func(s *submission.Submission) { s.Office = "akimat-61" }), "another office"},
		"about something else":          {change(func(s *submission.Submission) { s.About = "C8p" }), "another question"},
		"no such ask":                   {change(func(s *submission.Submission) { s.Ask = "ask-nobody" }), "nobody asked"},
		"no such measure":               {opened(submission.Value{Measure: "magic", Value: "1"}), "measure"},
		"not a number":                  {opened(submission.Value{Value: "one"}), "number"},
		"a count below zero":            {opened(submission.Value{Value: "-1"}), "zero"},
		"in the future":                 {opened(submission.Value{Value: "1", Period: "2027-01-01"}), "not happened"},
		"not a period":                  {opened(submission.Value{Value: "1", Period: "soon"}), "period"},
		"another unit":                  {opened(submission.Value{Value: "1", Unit: "bed"}), "unit"},
		"a status that is none":         {opened(submission.Value{Status: "?"}), "status"},
		"next door":                     {opened(submission.Value{Value: "1", Place: "KZ-61"}), "own territory"},
		"nowhere":                       {opened(submission.Value{Value: "1", Place: "XX"}), "place"},
		"a dimension without a name":    {opened(submission.Value{Value: "1", Place: "KZ-35", Dimensions: "colour=red"}), "dimension"},
		"the deadline it has":           {change(func(s *submission.Submission) { s.Deadline, s.Reason = "2025-12-31", "x" }), "already"},
		"no day":                        {change(func(s *submission.Submission) { s.Deadline, s.Reason = "spring", "x" }), "YYYY-MM-DD"},
		"a new deadline without reason": {change(func(s *submission.Submission) { s.Deadline = "2027-01-31" }), "reason"},
		"moved and withdrawn":           {change(func(s *submission.Submission) { s.Deadline, s.Withdraw, s.Reason = "2027-01-31", true, "x" }), "one of the two"},
		"not theirs to move": {change(func(s *submission.Submission) {
			s.Office, s.Ask, s.Place, s.Deadline, s.Reason = "akimat-61", "", "KZ-61", "2027-01-31", "x"
		}), "answers for it"},
		"a promise next door, unasked": {change(func(s *submission.Submission) { s.Office, s.Ask, s.Place = "akimat-61", "", "KZ-61" }), "was asked"},
		"a figure about one next door": {change(func(s *submission.Submission) {
			s.Office, s.Ask, s.Place, s.Values = "akimat-61", "", "KZ-61", []submission.Value{{Measure: "projects.opened", Value: "1"}}
		}), "was asked"},
		"a promise of all, unasked": {change(func(s *submission.Submission) { s.Ask, s.About = "", "A4" }), "was asked"},
		"a question has no deadline": {change(func(s *submission.Submission) {
			s.About, s.Ask, s.Deadline, s.Reason = "a1-parts", "", "2027-01-31", "x"
		}), "only a promise"},
	} {
		err := publish(t, a, c.s)
		if err == nil || !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want something with %q", name, err, c.want)
		}
	}
	if p := promise(t, a, "C7p"); len(p.Answers) != 0 || p.Promise.Delivered != nil {
		t.Errorf("of all that nothing was recorded: %+v", p.Answers)
	}
	if err := publish(t, a, reply()); err != nil {
		t.Fatal(err)
	}
	if err := publish(t, a, reply(submission.Value{Measure: "projects.opened", Value: "1"})); !fault.Is(err, fault.Conflict) {
		t.Errorf("a second answer to the same question: %v", err)
	}
}

func TestNotOpenContradicts(t *testing.T) {
	a := kazakhstan(t)
	s := reply(submission.Value{Measure: "projects.opened", Value: "0"})
	s.Ask = ""
	if err := publish(t, a, s); err != nil {
		t.Fatal(err)
	}
	if got := promise(t, a, "C7p").Promise; got.Evidence != "contradicted" || *got.Delivered.Value != "0" || got.Due != "overdue" {
		t.Errorf("not open eleven months after: %+v", got)
	}
}

// Who may ask what, through the API.
func TestAskingIsRefused(t *testing.T) {
	a := kazakhstan(t)
	o := a.Serving()
	o.Identity = offices{}
	h := httpapi.New(o)
	body := func(change func(*httpapi.AskInput)) string {
		q := hubQuestion()
		if change != nil {
			change(&q)
		}
		text, err := json.Marshal(q)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	for _, c := range []struct {
		name, who, path, body string
		code                  int
		says                  string
	}{
		{"nobody asks", "", "/api/asks", body(nil), 401, "sign_in"},
		{"a contributor asks", region, "/api/asks", body(nil), 403, `"missing":{"act":"ask"}`},
		{"another region asks", "planner@KZ-61#akimat-61", "/api/asks", body(nil), 403, `"territory":"KZ-35"`},
		{"about nothing", ministry, "/api/asks", body(func(q *httpapi.AskInput) { q.About = "Z99" }), 404, "no promise"},
		{"nobody's office", ministry, "/api/asks", body(func(q *httpapi.AskInput) { q.Office = "nobody" }), 422, "office"},
		{"without words", ministry, "/api/asks", body(func(q *httpapi.AskInput) { q.Text = lang.Text{lang.EN: " "} }), 422, "write what is asked"},
		{"due yesterday", ministry, "/api/asks", body(func(q *httpapi.AskInput) { q.Due = "2026-11-22" }), 422, "before it is asked"},
		{"due in ten years", ministry, "/api/asks", body(func(q *httpapi.AskInput) { q.Due = "2036-11-22" }), 422, "within a year"},
		{"a bad id", ministry, "/api/asks", body(func(q *httpapi.AskInput) { q.ID = "../../etc" }), 422, "body.id"},
		{"more than is asked for", ministry, "/api/asks", strings.Replace(body(nil), "{", `{"on":"2020-01-01",`, 1), 422, "unexpected"},
		{"it is asked", ministry, "/api/asks", body(nil), 200, hubAsk},
		{"sent twice it is one", ministry, "/api/asks", body(nil), 200, hubAsk},
		{"the id of another", ministry, "/api/asks", body(func(q *httpapi.AskInput) { q.About = "C8p" }), 409, "another question"},
		{"asked again", ministry, "/api/asks", body(func(q *httpapi.AskInput) { q.ID = "ask-second" }), 409, `"see":"/asks/` + hubAsk},
		{"another office about the same", ministry, "/api/asks", body(func(q *httpapi.AskInput) { q.ID, q.Office = "ask-ministry", "moh" }), 200, "ask-ministry"},
		{"a controller at home", "controller@KZ-35#akimat-35", "/api/asks", body(func(q *httpapi.AskInput) { q.ID, q.About = "ask-children", "C8p" }), 200, "ask-children"},
		{"the asked cannot close", region, "/api/asks/" + hubAsk + "/close", `{"reason":"no"}`, 403, "missing"},
		{"close without reason", ministry, "/api/asks/" + hubAsk + "/close", `{"reason":" "}`, 422, "reason"},
		{"close nothing", ministry, "/api/asks/ask-nobody/close", `{"reason":"x"}`, 404, "nobody asked"},
		{"close", ministry, "/api/asks/" + hubAsk + "/close", `{"reason":"asked by mistake"}`, 200, `"state":"closed"`},
		{"close twice", ministry, "/api/asks/" + hubAsk + "/close", `{"reason":"asked by mistake"}`, 409, "already"},
		{"closed, it may be asked anew", ministry, "/api/asks", body(func(q *httpapi.AskInput) { q.ID = "ask-third" }), 200, "ask-third"},
	} {
		w := knock(h, c.who, http.MethodPost, c.path, c.body)
		if w.Code != c.code || !strings.Contains(w.Body.String(), c.says) {
			t.Errorf("%s: %d %.300s; want %d with %s", c.name, w.Code, w.Body, c.code, c.says)
		}
	}
	for path, want := range map[string]int{
		"/api/asks": 4, "/api/asks?state=waiting": 3, "/api/asks?state=closed": 1, "/api/asks?office=moh": 1, "/api/asks?about=C8p": 1, "/api/asks?place=KZ-61": 0, "/api/asks?place=KZ-35&state=open": 3, "/api/asks?by=us": 3,
		"/api/asks?as_of=2026-11-22": 0,
	} {
		w := knock(h, ministry, http.MethodGet, path, "")
		var list httpapi.List[httpapi.Asked]
		if err := json.Unmarshal(w.Body.Bytes(), &list); err != nil || w.Code != 200 || len(list.Items) != want {
			t.Errorf("%s: %d, %d items, want %d: %.200s", path, w.Code, len(list.Items), want, w.Body)
		}
		if got := w.Header().Get("Cache-Control"); !strings.Contains(got, "no-store") {
			t.Errorf("%s may be kept: %q", path, got)
		}
	}
	if w := knock(h, "", http.MethodGet, "/api/asks?by=us", ""); w.Code != 401 {
		t.Errorf("nobody asks for theirs: %d", w.Code)
	}
	if w := knock(h, "", http.MethodGet, "/api/asks.csv?state=waiting", ""); w.Code != 200 || strings.Count(w.Body.String(), "\n") != 4 || strings.Contains(w.Body.String(), "u_") {
		t.Errorf("as a table: %d %.300s", w.Code, w.Body)
	}
	for who, may := range map[string]string{"": "", ministry: "close comment", region: "answer comment", nextDoor: "", "approver@KZ#moh": "close comment"} {
		w := knock(h, who, http.MethodGet, "/api/asks/ask-third", "")
		var p httpapi.AskPage
		if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil || strings.Join(p.May, " ") != may {
			t.Errorf("%q may %v, want %q %v", who, p.May, may, err)
		}
	}
}

// A question that was asked a moment ago, after the reader looked, is found in
// the transaction.
func TestTwoAskAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, a *App) {
		type result struct {
			id  string
			err error
		}
		const many = 6
		out := make(chan result, many)
		for i := range many {
			go func() {
				q := hubQuestion()
				q.ID = fmt.Sprintf("ask-at-once-%d", i)
				_, err := a.Ask(acting(ministry), q)
				out <- result{q.ID, err}
			}()
		}
		asked := 0
		for range many {
			switch r := <-out; {
			case r.err == nil:
				asked++
			case !fault.Is(r.err, fault.Conflict):
				t.Errorf("%s: %v", r.id, r.err)
			}
		}
		list, err := a.Asks(local(), When{}, httpapi.AskFilter{})
		if asked != 1 || err != nil || len(list) != 1 {
			t.Errorf("%d were told that they asked, %d stand in the ledger, %v", asked, len(list), err)
		}
	})
}

// noticesOf is how many notices wait for an account.
func noticesOf(t *testing.T, a *App, account string) int {
	t.Helper()
	n, err := a.Store.Unread(t.Context(), account)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestRemindersAreToldOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, a *App) {
		crowd(t, a)
		if _, err := a.Ask(acting(ministry), hubQuestion()); err != nil {
			t.Fatal(err)
		}
		if noticesOf(t, a, "u_akimat") != 1 || noticesOf(t, a, "u_moh")+noticesOf(t, a, "u_left") != 0 {
			t.Error("the people of the office are told that they were asked, and nobody else")
		}
		// Due on 7 December: reminded from the 4th, on the 7th, the 14th, the 21st.
		for date, want := range map[string]int{"2026-12-03": 0, "2026-12-04": 1} {
			if n := remindOn(t, a, date); n != want {
				t.Errorf("%s: %d told, want %d", date, n, want)
			}
		}
		total := 1
		for _, date := range []string{"2026-12-04", "2026-12-06", "2026-12-07", "2026-12-07", "2026-12-13", "2026-12-14", "2026-12-20", "2026-12-28", "2026-12-28"} {
			total += remindOn(t, a, date)
		}
		if total != 4 || noticesOf(t, a, "u_akimat") != 1+4 {
			t.Errorf("%d told in all, %d notices; want 4: before, due, one week, three weeks", total, noticesOf(t, a, "u_akimat"))
		}
		if err := publish(t, a, reply()); err != nil {
			t.Fatal(err)
		}
		if n := remindOn(t, a, "2027-01-04"); n != 0 {
			t.Errorf("after the answer %d told", n)
		}
	})
}

func remindOn(t *testing.T, a *App, date string) int {
	t.Helper()
	now := day(date).Time().Add(6 * time.Hour)
	a.Clock = func() time.Time { return now }
	n, err := a.RemindAsks(context.Background(), now)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestComments(t *testing.T) {
	onBoth(t, func(t *testing.T, a *App) {
		crowd(t, a)
		o := a.Serving()
		o.Identity = offices{}
		h := httpapi.New(o)
		if _, err := a.Ask(acting(ministry), hubQuestion()); err != nil {
			t.Fatal(err)
		}
		write := func(id, about, text string, mentions ...string) string {
			b, _ := json.Marshal(httpapi.CommentInput{ID: id, About: about, Text: text, Mentions: mentions})
			return string(b)
		}
		for _, c := range []struct {
			name, who, method, path, body string
			code                          int
			says                          string
		}{
			{"nobody reads", "", "GET", "/api/comments?about=promise:C7p", "", 401, "sign_in"},
			{"a citizen with an account", "public@KZ", "GET", "/api/comments?about=promise:C7p", "", 403, "read_drafts"},
			{"nothing yet", region, "GET", "/api/comments?about=promise:C7p", "", 200, `"items":[]`},
			{"written", region, "POST", "/api/comments", write("comment-1", "promise:C7p", "Звоним подрядчику", "moh"), 200, `"office":"akimat-35"`},
			{"sent twice it is one", region, "POST", "/api/comments", write("comment-1", "promise:C7p", "Звоним подрядчику", "moh"), 200, "comment-1"},
			{"the id of another", region, "POST", "/api/comments", write("comment-1", "promise:C7p", "Другое"), 409, "another comment"},
			{"next door cannot read", nextDoor, "GET", "/api/comments?about=promise:C7p", "", 403, `"territory":"KZ-35"`},
			{"next door cannot write", nextDoor, "POST", "/api/comments", write("comment-2", "promise:C7p", "x"), 403, "missing"},
			{"nothing to comment on", region, "POST", "/api/comments", write("comment-3", "promise:Z99", "x"), 404, "no promise"},
			{"no submission", region, "POST", "/api/comments", write("comment-3", "submission:nothing-1", "x"), 404, "submission"},
			{"blank", region, "POST", "/api/comments", write("comment-3", "promise:C7p", " \n"), 422, "characters"},
			{"names nobody", region, "POST", "/api/comments", write("comment-3", "promise:C7p", "x", "nobody"), 422, "offices"},
			{"on the ask", ministry, "POST", "/api/comments", write("comment-4", "ask:"+hubAsk, "Ждём"), 200, "comment-4"},
			{"the ministry reads the region", ministry, "GET", "/api/comments?about=promise:C7p", "", 200, "Звоним"},
			{"another's is not mine", ministry, "POST", "/api/comments/comment-1/withdraw", "", 403, "its author"},
			{"taken back", region, "POST", "/api/comments/comment-1/withdraw", "", 200, `"withdrawn":true`},
			{"taken back twice", region, "POST", "/api/comments/comment-1/withdraw", "", 200, `"text":""`},
			{"a mark stays", region, "GET", "/api/comments?about=promise:C7p", "", 200, `"withdrawn":true`},
		} {
			w := knock(h, c.who, c.method, c.path, c.body)
			if w.Code != c.code || !strings.Contains(w.Body.String(), c.says) {
				t.Errorf("%s: %d %.300s; want %d with %s", c.name, w.Code, w.Body, c.code, c.says)
			}
			if c.name == "a mark stays" && strings.Contains(w.Body.String(), "Звоним") {
				t.Error("the text of a comment that was taken back is still shown")
			}
		}
		if n := noticesOf(t, a, "u_moh"); n != 1 {
			t.Errorf("the office that was named is told once, not %d times", n)
		}
	})
}

// The office of a thing is the one that was named, else that of its place.
func TestWhoIsAsked(t *testing.T) {
	a := kazakhstan(t)
	for about, want := range map[string]string{"C7p": "akimat-35", "A4": "moh", "a1-parts": "moh", "C4p": "akimat-35"} {
		x, err := a.Asking(acting(ministry), about)
		if err != nil || x.Office != want || len(x.May) != 1 || x.Due != "2026-12-07" {
			t.Errorf("%s: %+v %v", about, x, err)
		}
	}
	x, err := a.Asking(acting(region), "C7p")
	if err != nil || len(x.May) != 0 || x.Missing == nil || *x.Missing != "KZ-35" || !slices.Contains(x.Givers, "planner") {
		t.Errorf("who may not is told what is missing: %+v %v", x, err)
	}
	if _, err := a.Asking(acting(ministry), "nothing"); !fault.Is(err, fault.NotFound) {
		t.Errorf("about nothing: %v", err)
	}
}

func day(s string) period.Date {
	d, err := period.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}
