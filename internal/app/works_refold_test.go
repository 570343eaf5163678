package app

import (
	"encoding/json"
	"testing"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/internal/store"
)

// A row that an earlier program folded is folded anew, once.
func TestOldRowsAreFoldedAnew(t *testing.T) {
	a := kazakhstan(t)
	const hub = "balkhash-interdistrict-hub"
	err := a.Store.Act(local(), actor.Entry{Actor: "test", At: a.Clock(), Op: "test"}, func(tx *store.Tx) error {
		body, err := json.Marshal(map[string]any{"id": hub, "title": map[string]string{"en": "old"}})
		if err != nil {
			return err
		}
		return tx.PutWorkStates([]store.WorkState{{Work: hub, Path: "/KZ/KZ-35/", Body: body}})
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []int{1, 0} {
		if n, err := a.RefoldWorks(local()); err != nil || n != want {
			t.Fatalf("%d folded anew, %v; want %d", n, err, want)
		}
	}
	tree, err := a.workRows(local())
	if err != nil {
		t.Fatal(err)
	}
	if r := tree.byID[hub]; r.Percent == nil || r.Percent.String() != "96" || r.Title["en"] == "old" {
		t.Errorf("%+v", r.Row)
	}
}
