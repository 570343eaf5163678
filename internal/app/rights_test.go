package app

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/place"
)

// heads is an identity in which a token names roles and territory:
// "approver,planner@KZ-35".
type heads struct{}

func (heads) Identify(_ context.Context, _, token string) (actor.Actor, error) {
	roles, at, ok := strings.Cut(token, "@")
	if !ok {
		return actor.Actor{}, nil
	}
	who := actor.Actor{ID: actor.ID("u_" + strings.NewReplacer(",", "-", "@", "-").Replace(token))}
	for role := range strings.SplitSeq(roles, ",") {
		who.Grants = append(who.Grants, actor.Grant{Role: actor.Role(role), Territory: place.ID(at)})
	}
	return who, nil
}

func (heads) Peopled(context.Context) (bool, error) { return true, nil }

// operation is one route as the description of the API tells of it.
type operation struct {
	Method, Path, Act string
}

func operations(t *testing.T) []operation {
	t.Helper()
	body, err := httpapi.Description("0")
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Paths map[string]map[string]struct {
			Act string `json:"x-act"`
		}
	}
	if err := json.Unmarshal(body, &doc); err != nil {
		t.Fatal(err)
	}
	var out []operation
	for path, ops := range doc.Paths {
		for method, op := range ops {
			out = append(out, operation{strings.ToUpper(method), path, op.Act})
		}
	}
	slices.SortFunc(out, func(a, b operation) int { return strings.Compare(a.Path+a.Method, b.Path+b.Method) })
	if len(out) < 20 {
		t.Fatalf("only %d routes are described", len(out))
	}
	return out
}

// knock sends a request as the one whom the token names; "" is nobody.
func knock(h http.Handler, token, method, path, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Host = "localhost"
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// unlimited lets a test knock as often as it likes.
const unlimited = 1e9

// Every route of the API says what it needs, and refuses whoever has it
// nowhere, with the right that is missing and the roles that have it.
func TestEveryRouteRefuses(t *testing.T) {
	o := kazakhstan(t).Serving()
	o.Identity, o.ReadsPerSecond = heads{}, unlimited
	h := httpapi.New(o)
	for _, op := range operations(t) {
		path := strings.NewReplacer("{id}", "x1234567", "{code}", "x1234567").Replace(op.Path)
		act := actor.Act(op.Act)
		switch {
		case op.Act == "":
			t.Errorf("%s %s does not say what it needs", op.Method, op.Path)
			continue
		case op.Act == "public":
			if w := knock(h, "", op.Method, path, ""); w.Code == http.StatusUnauthorized || w.Code == http.StatusForbidden {
				t.Errorf("%s %s is for everybody: %d", op.Method, op.Path, w.Code)
			}
			continue
		case op.Act != "signed_in" && !slices.Contains(actor.Acts(), act):
			t.Errorf("%s %s needs the unknown act %q", op.Method, op.Path, op.Act)
			continue
		}
		if w := knock(h, "", op.Method, path, ""); w.Code != http.StatusUnauthorized || !strings.Contains(w.Body.String(), `"sign_in"`) {
			t.Errorf("nobody, %s %s: %d %.200s", op.Method, op.Path, w.Code, w.Body)
		}
		for _, role := range actor.Roles() {
			w := knock(h, string(role)+"@KZ-35", op.Method, path, "")
			may := op.Act == "signed_in" || actor.Actor{Grants: []actor.Grant{{Role: role, Territory: "KZ-35"}}}.MayAnywhere(act)
			if may {
				if w.Code == http.StatusUnauthorized || w.Code >= http.StatusInternalServerError {
					t.Errorf("%s, %s %s: %d %.200s", role, op.Method, op.Path, w.Code, w.Body)
				}
				continue
			}
			var p httpapi.Problem
			if err := json.Unmarshal(w.Body.Bytes(), &p); w.Code != http.StatusForbidden || err != nil || p.Missing == nil || p.Missing.Act != op.Act || len(p.Givers) != len(actor.Givers(act)) {
				t.Errorf("%s, %s %s: %d %.200s", role, op.Method, op.Path, w.Code, w.Body)
			}
		}
		if w := knock(h, "no such token", op.Method, path, ""); w.Code != http.StatusUnauthorized {
			t.Errorf("a bad token, %s %s: %d", op.Method, op.Path, w.Code)
		}
	}
}
