package oc4ids

import (
	"strconv"
	"strings"

	"github.com/shanyraq/shanyraq/lang"
)

// The extension under which we publish what the standard has no field for.
const (
	Extension    = "x_shanyraq"
	ExtensionURL = "https://github.com/shanyraq/shanyraq/blob/main/docs/oc4ids-extension/extension.json"
)

// unreadable is the member of the extension that keeps what a publisher wrote
// and the schema forbids, with its place.
const unreadable = "unreadable"

// maxSetAside bounds how often a project is looked at again.
const maxSetAside = 5000

// setAside takes everything that the schema forbids out of a project and keeps
// it in the extension, so that the project is valid and nothing is lost. It
// reports false when the project cannot be made valid: it has no id.
func setAside(v *Value) bool {
	var kept []*Value
	clearPlaces(v)
	for range maxSetAside {
		at, ok := firstBreach(v)
		if !ok {
			if len(kept) > 0 {
				x := v.Get(Extension)
				if x == nil || x.Kind != Object {
					x = object()
				}
				x.Set(unreadable, list(kept...))
				v.Set(Extension, x)
			}
			return true
		}
		if at == "" {
			return false
		}
		item := object()
		item.Set("path", text(at))
		if x := take(v, at); holdable(x) {
			item.Set("value", x)
		} else {
			item.Set("json", text(string(x.Append(nil)))) // a number that no program can hold
		}
		kept = append(kept, item)
	}
	return false
}

// clearPlaces forgets where values stood in a file: they move now.
func clearPlaces(v *Value) {
	v.at = ""
	for _, x := range v.Items {
		clearPlaces(x)
	}
	for _, m := range v.Members {
		clearPlaces(m.Value)
	}
}

// firstBreach returns the place of what must go. Of a field that is missing or
// an object that is empty it is the object that holds it, of a value that
// stands in a list twice the second one.
func firstBreach(v *Value) (at string, ok bool) {
	var first *Finding
	c := &validator{code: lang.EN, doubt: func(Finding) {}, wrong: func(f Finding) {
		if first == nil {
			first = &f
		}
	}}
	c.value(v, facts().ruleOf("Project"))
	switch {
	case first == nil:
		return "", false
	case first.Rule == "uniqueItems":
		l := find(v, first.Path)
		seen := map[[32]byte]bool{}
		for i, x := range l.Items {
			if seen[x.digest()] {
				return first.Path + "/" + strconv.Itoa(i), true
			}
			seen[x.digest()] = true
		}
	}
	return first.Path, true
}

// holdable reports whether every number of v can be held by other programs.
func holdable(v *Value) bool {
	ok := true
	c := &validator{code: lang.EN, doubt: func(Finding) {}, wrong: func(Finding) { ok = false }}
	c.loose(v)
	return ok
}

// find follows a JSON pointer; nil where there is nothing.
func find(v *Value, pointer string) *Value {
	if pointer == "" {
		return v
	}
	for token := range strings.SplitSeq(pointer[1:], "/") {
		if v = step(v, token); v == nil {
			return nil
		}
	}
	return v
}

func step(v *Value, token string) *Value {
	if v.Kind == Array {
		if i, err := strconv.Atoi(token); err == nil && i >= 0 && i < len(v.Items) {
			return v.Items[i]
		}
		return nil
	}
	return v.Get(unescape(token))
}

func unescape(token string) string {
	return strings.ReplaceAll(strings.ReplaceAll(token, "~1", "/"), "~0", "~")
}

// take removes the value at a pointer and returns it.
func take(v *Value, pointer string) *Value {
	i := strings.LastIndexByte(pointer, '/')
	holder, token := find(v, pointer[:i]), pointer[i+1:]
	x := step(holder, token)
	if holder.Kind == Array {
		n, _ := strconv.Atoi(token)
		holder.Items = append(holder.Items[:n], holder.Items[n+1:]...)
	} else {
		drop(holder, unescape(token))
	}
	return x
}

// restore puts back what setAside took, last first. What no longer has a place
// stays in the extension.
func restore(v *Value) {
	x := v.Get(Extension)
	kept := x.Each(unreadable)
	var homeless []*Value
	for i := len(kept) - 1; i >= 0; i-- {
		at, value := kept[i].Str("path"), kept[i].Get("value")
		if raw := kept[i].Str("json"); value == nil && raw != "" {
			value, _ = Parse(strings.NewReader(raw))
		}
		if value == nil || !put(v, at, value) {
			homeless = append([]*Value{kept[i]}, homeless...)
		}
	}
	if len(kept) == 0 {
		return
	}
	if drop(x, unreadable); len(homeless) > 0 {
		x.Set(unreadable, list(homeless...))
	}
	if len(x.Members) == 0 {
		drop(v, Extension)
	}
}

// put sets a value at a pointer whose holder is there and whose place is free.
func put(v *Value, pointer string, value *Value) bool {
	i := strings.LastIndexByte(pointer, '/')
	if i < 0 {
		return false
	}
	holder, token := find(v, pointer[:i]), pointer[i+1:]
	switch {
	case holder == nil:
		return false
	case holder.Kind == Array:
		n, err := strconv.Atoi(token)
		if err != nil || n < 0 || n > len(holder.Items) {
			return false
		}
		holder.Items = append(holder.Items[:n], append([]*Value{value}, holder.Items[n:]...)...)
	case holder.Kind != Object || holder.Get(unescape(token)) != nil:
		return false
	default:
		holder.Set(unescape(token), value)
	}
	return true
}
