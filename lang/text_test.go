package lang

import (
	"encoding/json"
	"testing"
)

func TestFallback(t *testing.T) {
	if got := (Text{RU: "Балхаш", "ka": "x"}).In(KK); got != "Балхаш" {
		t.Errorf("missing Kazakh shows %q", got)
	}
	if got := (Text{"ka": "თბილისი"}).In(EN); got != "თბილისი" {
		t.Errorf("a text in one foreign language shows %q", got)
	}
	if got := (Text{KK: " ", EN: "beds"}).In("kk-KZ"); got != "beds" {
		t.Errorf("a blank entry shows %q", got)
	}
	if got := (Text{KK: "төсек", EN: "beds"}).In("kk-KZ"); got != "төсек" {
		t.Errorf("Kazakh of Kazakhstan shows %q", got)
	}
	if !(Text{RU: "  "}).IsBlank() || (Text{"ka": "x"}).IsBlank() {
		t.Error("IsBlank")
	}
	if (Text{}).In(EN) != "" {
		t.Error("an empty text is empty")
	}
}

func TestFill(t *testing.T) {
	got := Text{EN: "{a} of {b}, {c}"}.Fill(func(n string, _ Code) (string, bool) {
		v, ok := map[string]string{"a": "102", "b": "224"}[n]
		return v, ok
	})
	if got[EN] != "102 of 224, {c}" {
		t.Errorf("filled: %q", got[EN])
	}
}

func TestTextInJSON(t *testing.T) {
	out, err := json.Marshal(Text{RU: "койки", KK: "төсектер", EN: "beds"})
	if want := `{"en":"beds","kk":"төсектер","ru":"койки"}`; err != nil || string(out) != want {
		t.Errorf("%s %v", out, err)
	}
}
