package oc4ids

// merge brings a change into a document: base is what a publisher wrote, then
// what our model makes of it, and now what our model says today. Where our
// model says the same as then, the words of the publisher stay, with all that
// we have no place for; where it says something else, the new value is taken.
// Lists of things with ids are merged thing by thing.
func merge(base, then, now *Value) *Value {
	switch {
	case now.Equal(then):
		return base
	case now == nil || base == nil:
		return now
	case base.Kind == Object && now.Kind == Object && (then == nil || then.Kind == Object):
		out := base.Clone()
		for _, name := range names(base, then, now) {
			if m := merge(base.Get(name), then.Get(name), now.Get(name)); m != nil {
				out.Set(name, m)
			} else {
				drop(out, name)
			}
		}
		return out
	case byID(base) && byID(now) && (then == nil || byID(then)):
		out := list()
		for _, id := range ids(base, then, now) {
			if m := merge(withID(base, id), withID(then, id), withID(now, id)); m != nil {
				out.Items = append(out.Items, m)
			}
		}
		return out
	}
	return now
}

func drop(v *Value, name string) {
	kept := v.Members[:0]
	for _, m := range v.Members {
		if m.Name != name {
			kept = append(kept, m)
		}
	}
	v.Members = kept
}

// names lists the members of the objects, each once, in their order.
func names(of ...*Value) []string {
	var out []string
	seen := map[string]bool{}
	for _, v := range of {
		if v == nil {
			continue
		}
		for _, m := range v.Members {
			if !seen[m.Name] {
				seen[m.Name] = true
				out = append(out, m.Name)
			}
		}
	}
	return out
}

// byID reports whether v is a list of objects that all have ids of their own.
func byID(v *Value) bool {
	if v == nil || v.Kind != Array {
		return false
	}
	seen := map[string]bool{}
	for _, x := range v.Items {
		id := x.Str("id")
		if id == "" || seen[id] {
			return false
		}
		seen[id] = true
	}
	return true
}

func ids(of ...*Value) []string {
	var out []string
	seen := map[string]bool{}
	for _, v := range of {
		for _, x := range itemsOf(v) {
			if id := x.Str("id"); !seen[id] {
				seen[id] = true
				out = append(out, id)
			}
		}
	}
	return out
}

func withID(v *Value, id string) *Value {
	for _, x := range itemsOf(v) {
		if x.Str("id") == id {
			return x
		}
	}
	return nil
}
