package httpapi

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/shanyraq/shanyraq/fault"
)

func TestKeyIsAnsweredOnce(t *testing.T) {
	k, n := newKeys(), 0
	work := func() (*Entered, error) { n++; return &Entered{Run: fmt.Sprint(n)}, nil }
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if out, err := k.once("a", Entry{Act: "figure"}, work); err != nil || out.Run != "1" {
				t.Errorf("%v %v", out, err)
			}
		})
	}
	all.Wait()
	if _, err := k.once("a", Entry{Act: "move"}, work); !fault.Is(err, fault.Conflict) {
		t.Errorf("another body under the same key: %v", err)
	}
	if out, err := k.once("", Entry{}, work); err != nil || out.Run != "2" {
		t.Errorf("without a key the work is done: %v %v", out, err)
	}
}

func TestKeyMayBeTriedAgainAfterFailure(t *testing.T) {
	k := newKeys()
	fail := func() (*Entered, error) { return nil, errors.New("no") }
	for range 3 {
		if _, err := k.once("a", Entry{}, fail); err == nil {
			t.Fatal("the failure is lost")
		}
	}
	func() {
		defer func() { _ = recover() }()
		_, _ = k.once("b", Entry{}, func() (*Entered, error) { panic("broken") })
	}()
	if out, err := k.once("a", Entry{Act: "other"}, func() (*Entered, error) { return &Entered{Run: "r"}, nil }); err != nil || out.Run != "r" {
		t.Errorf("%v %v", out, err)
	}
	if out, err := k.once("b", Entry{}, func() (*Entered, error) { return &Entered{Run: "r"}, nil }); err == nil && out == nil {
		t.Error("a panic became an answer that is empty")
	}
}

func TestKeysAreBounded(t *testing.T) {
	k := newKeys()
	for i := range 2 * maxKeys {
		if _, err := k.once(fmt.Sprint(i), Entry{}, func() (*Entered, error) { return &Entered{}, nil }); err != nil {
			t.Fatal(err)
		}
	}
	if len(k.made) != maxKeys || len(k.order) != maxKeys {
		t.Errorf("%d answers and %d keys are kept", len(k.made), len(k.order))
	}
}
