package store

import (
	"slices"
	"testing"
	"time"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
)

func noticeIDs(list []Notice) []string {
	var out []string
	for _, n := range list {
		out = append(out, n.ID)
	}
	return out
}

func TestNotices(t *testing.T) {
	both(t, func(t *testing.T, fresh address) {
		s, ctx := open(t, fresh(t)), t.Context()
		err := s.Act(ctx, actor.Entry{Actor: "u_1", At: noon, Op: "ask"}, func(tx *Tx) error {
			for _, n := range []Notice{{Account: "u_2", ID: "1", Kind: "asked", Body: []byte(`{}`)}, {Account: "u_2", ID: "2", Kind: "asked", Body: []byte(`{}`), Daily: true},
				{Account: "u_2", ID: "3", Kind: "asked", Body: []byte(`{"a":1}`), Daily: true}, {Account: "u_3", ID: "4", Kind: "asked", Body: []byte(`{}`)}} {
				if err := tx.AddNotice(n); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		check := func(what string, want []string, got []Notice, err error) {
			t.Helper()
			if err != nil || !slices.Equal(noticeIDs(got), want) {
				t.Errorf("%s: %v %v, want %v", what, noticeIDs(got), err, want)
			}
		}
		list, err := s.Notices(ctx, "u_2", "", false, 10)
		check("all", []string{"3", "2", "1"}, list, err)
		if n := list[0]; !n.At.Equal(noon) || string(n.Body) != `{"a":1}` || !n.Daily || !n.Read.IsZero() {
			t.Errorf("%+v", n)
		}
		list, err = s.Notices(ctx, "u_2", "3", false, 1)
		check("a page", []string{"2"}, list, err)
		list, err = s.Notices(ctx, "u_4", "", false, 10)
		check("nobody", nil, list, err)

		if err := s.ReadNotice(ctx, "u_3", "2", false, noon); err != nil { // not that account's
			t.Fatal(err)
		}
		if err := s.ReadNotice(ctx, "u_2", "2", false, noon.Add(time.Minute)); err != nil {
			t.Fatal(err)
		}
		list, err = s.Notices(ctx, "u_2", "", true, 10)
		check("unread", []string{"3", "1"}, list, err)
		if n, err := s.Unread(ctx, "u_2"); err != nil || n != 2 {
			t.Errorf("%d unread, %v", n, err)
		}
		if err := s.ReadNotice(ctx, "u_2", "2", true, noon); err != nil {
			t.Fatal(err)
		}
		if n, err := s.Notice(ctx, "u_2", "2"); err != nil || !n.Read.Equal(noon.Add(time.Minute)) {
			t.Errorf("reading twice moved the time: %+v %v", n, err)
		}
		list, err = s.Notices(ctx, "u_2", "", true, 10)
		check("what came after", []string{"3"}, list, err)
		if _, err := s.Notice(ctx, "u_3", "2"); !fault.Is(err, fault.NotFound) {
			t.Errorf("somebody else's notice: %v", err)
		}

		accounts, err := s.DailyAccounts(ctx)
		if err != nil || !slices.Equal(accounts, []string{"u_2"}) {
			t.Errorf("%v %v", accounts, err)
		}
		list, err = s.DailyNotices(ctx, "u_2", 10)
		check("for the letter", []string{"2", "3"}, list, err)
		if err := s.LetterSent(ctx, "u_2", "2"); err != nil {
			t.Fatal(err)
		}
		list, err = s.DailyNotices(ctx, "u_2", 10)
		check("for the next letter", []string{"3"}, list, err)
		if err := s.SweepNotices(ctx, noon.Add(time.Second)); err != nil {
			t.Fatal(err)
		}
		list, err = s.Notices(ctx, "u_2", "", false, 10)
		check("after the sweep", nil, list, err)
	})
}

func TestDeliveries(t *testing.T) {
	both(t, func(t *testing.T, fresh address) {
		s, ctx := open(t, fresh(t)), t.Context()
		act := func(do func(tx *Tx) error) {
			t.Helper()
			if err := s.Act(ctx, actor.Entry{Actor: "u_1", At: noon, Op: "test"}, do); err != nil {
				t.Fatal(err)
			}
		}
		act(func(tx *Tx) error {
			for _, id := range []string{"1", "2"} {
				if err := tx.AddDelivery(Delivery{Webhook: "w", ID: id, Event: "asked", Body: []byte(`{"x":1}`)}); err != nil {
					return err
				}
			}
			return nil
		})
		want := Delivery{Webhook: "w", ID: "2", Event: "asked", At: noon, Body: []byte(`{"x":1}`), State: DeliveryWaiting}
		list, err := s.Deliveries(ctx, "w", "", 10)
		if err != nil || len(list) != 2 || list[0].ID != "2" || list[0].State != want.State || string(list[0].Body) != string(want.Body) || !list[0].At.Equal(noon) {
			t.Fatalf("%+v %v", list, err)
		}
		tried := Delivery{Webhook: "w", ID: "1", State: DeliveryFailed, Status: 500, Problem: "it answers 500", Took: 20 * time.Millisecond, Tried: noon}
		if err := s.SetDelivery(ctx, tried); err != nil {
			t.Fatal(err)
		}
		got, err := s.Delivery(ctx, "w", "1")
		if err != nil || got.State != DeliveryFailed || got.Attempts != 1 || got.Status != 500 || got.Took != 20*time.Millisecond || !got.Tried.Equal(noon) {
			t.Errorf("%+v %v", got, err)
		}
		act(func(tx *Tx) error { return tx.RepeatDelivery("w", "1") })
		if got, err = s.Delivery(ctx, "w", "1"); err != nil || got.State != DeliveryWaiting {
			t.Errorf("%+v %v", got, err)
		}
		if list, err = s.Deliveries(ctx, "w", "2", 10); err != nil || len(list) != 1 {
			t.Errorf("%+v %v", list, err)
		}
		if err := s.SweepNotices(ctx, noon.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		if list, err = s.Deliveries(ctx, "w", "", 10); err != nil || len(list) != 2 {
			t.Errorf("what waits was deleted: %+v %v", list, err)
		}
	})
}

func TestGrowingIDsGrow(t *testing.T) {
	last := ""
	for i := range 1000 {
		id := GrowingID(noon.Add(time.Duration(i/2) * time.Microsecond))
		if id <= last || len(id) != 24 {
			t.Fatalf("%s after %s", id, last)
		}
		last = id
	}
}
