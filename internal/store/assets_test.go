package store

import (
	"testing"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
)

func TestAssets(t *testing.T) {
	both(t, func(t *testing.T, fresh address) {
		s := open(t, fresh(t))
		write := func(no, version int64, body string) error {
			return s.Act(t.Context(), actor.Entry{Actor: "tester", At: noon, Op: "test", Subject: "ct-1"}, func(tx *Tx) error {
				if err := tx.AddAssetEntries([]AssetEntry{{Asset: "ct-1", No: no, Body: []byte(body)}}); err != nil {
					return err
				}
				return tx.PutAssetStates([]AssetState{{Asset: "ct-1", No: no, Version: version, Serial: "m|1", Path: "/KZ/", Body: []byte(body)}})
			})
		}
		if last, err := s.AssetStatesLast(t.Context()); err != nil || last != 0 {
			t.Fatal(last, err)
		}
		if err := write(1, 1, `{"a":1}`); err != nil {
			t.Fatal(err)
		}
		if err := write(1, 1, `{"a":2}`); !fault.Is(err, fault.Conflict) {
			t.Errorf("the same number twice: %v", err)
		}
		if err := write(2, 1, `{"a":3}`); err != nil {
			t.Fatal(err)
		}
		list, err := s.AssetEntries(t.Context(), "ct-1")
		if err != nil || len(list) != 2 || string(list[0].Body) != `{"a":1}` || list[1].No != 2 || list[1].Actor != "tester" || !list[1].At.Equal(noon) {
			t.Errorf("%+v %v", list, err)
		}
		last, err := s.AssetStatesLast(t.Context())
		if err != nil || last != list[1].Seq {
			t.Error(last, err)
		}
		if states, err := s.AssetStates(t.Context(), 0); err != nil || len(states) != 1 || states[0].No != 2 || string(states[0].Body) != `{"a":3}` {
			t.Errorf("%+v %v", states, err)
		}
		if states, err := s.AssetStates(t.Context(), last); err != nil || len(states) != 0 {
			t.Errorf("%+v %v", states, err)
		}
		err = s.Act(t.Context(), actor.Entry{Actor: "tester", At: noon, Op: "test"}, func(tx *Tx) error {
			if x, err := tx.AssetBySerial("m|1"); err != nil || x == nil || x.Asset != "ct-1" {
				t.Errorf("%+v %v", x, err)
			}
			if x, err := tx.AssetState("ct-2"); err != nil || x != nil {
				t.Errorf("%+v %v", x, err)
			}
			all, err := tx.AssetStates()
			if len(all) != 1 {
				t.Error(len(all))
			}
			if tx.AddAssetEntries([]AssetEntry{{Asset: "ct-1"}}) == nil || tx.PutAssetStates([]AssetState{{Asset: "x", Path: "KZ"}}) == nil {
				t.Error("an entry without a number, or a state without a path, was written")
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
