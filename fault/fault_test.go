package fault

import (
	"errors"
	"fmt"
	"io"
	"testing"
)

func TestKindSurvivesWrapping(t *testing.T) {
	inner := New(NotFound, "place.Get", "KZ-99", "no place has the code KZ-99: see `places`")
	wrapped := fmt.Errorf("import: %w", Wrap(inner, "store.Import", "figures.csv"))
	if got := KindOf(wrapped); got != NotFound {
		t.Errorf("kind = %q, want %q", got, NotFound)
	}
	if !Is(wrapped, NotFound) || Is(nil, NotFound) {
		t.Error("Is must follow the chain and be false for nil")
	}
	if KindOf(io.EOF) != Internal {
		t.Error("a foreign error is Internal")
	}
}

func TestCauseIsKept(t *testing.T) {
	err := New(Invalid, "op", "a.csv", "cannot read: %w", io.ErrUnexpectedEOF)
	if !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Error("cause lost")
	}
	if got, want := err.Error(), "a.csv: cannot read: unexpected EOF"; got != want {
		t.Errorf("message = %q, want %q", got, want)
	}
	if Wrap(nil, "op", "x") != nil {
		t.Error("wrapping nil must stay nil")
	}
}
