package schedule

import (
	"strings"

	"github.com/shanyraq/shanyraq/lang"
)

// personalWords are in the names of fields and codes that hold names of people.
var personalWords = func() []string {
	var out []string
	for _, s := range []string{"responsib", "manager", "foreman", "superint", "owner", "ответствен", "исполнитель", "прораб", "руководител", "фио", "жауапты", "орындаушы", "басшы", "аты жөні"} {
		out = append(out, lang.Fold(s))
	}
	return out
}()

// Personal reports whether a custom field or code of that name is likely to hold
// names of people. Its values are not kept.
func Personal(name string) bool {
	folded := lang.Fold(name)
	for _, w := range personalWords {
		if strings.Contains(folded, w) {
			return true
		}
	}
	return false
}
