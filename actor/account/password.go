package account

import (
	"strings"
	"unicode"

	"github.com/alexedwards/argon2id"
	"golang.org/x/text/unicode/norm"

	"github.com/shanyraq/shanyraq/fault"
)

// A password is judged by its length and by whether it is among the first that
// anybody tries, as NIST SP 800-63B asks; rules about digits and signs make
// people write passwords down.
const (
	minPassword = 10
	maxPassword = 200 // characters; argon2 itself takes more, slowly
)

// cost is the second choice of the OWASP Password Storage Cheat Sheet: 19 MiB,
// two passes, one lane. It is a variable, so that tests of other things need
// not wait.
var cost = argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// common are passwords of at least ten characters that everybody tries first,
// folded as fold does. Sequences and repetitions are found by rule.
var common = map[string]bool{
	"password12": true, "password123": true, "password1234": true, "passwordpassword": true, "mypassword": true, "changeme123": true, "letmein123": true, "welcome123": true, "welcome1234": true,
	"administrator": true, "admin12345": true, "admin123456": true, "adminadmin": true, "iloveyou123": true, "superman123": true, "football123": true, "baseball123": true, "sunshine123": true, "princess123": true,
	"qwerty12345": true, "qwerty123456": true, "qwerty1234567": true, "qwertyqwerty": true, "1q2w3e4r5t": true, "1q2w3e4r5t6y": true, "q1w2e3r4t5": true, "q1w2e3r4t5y6": true, "1qaz2wsx3edc": true, "zaq12wsxcde3": true, "1qazxsw23edc": true,
	"asdfghjkl1": true, "zxcvbnm123": true, "a123456789": true, "123456789a": true, "123456789q": true, "1234567890q": true, "abc1234567": true, "abcd123456": true, "11111aaaaa": true,
	"kazakhstan": true, "kazakhstan1": true, "kazakhstan123": true, "qazaqstan1": true, "qazaqstan123": true, "astana2025": true, "astana2026": true, "almaty2025": true, "almaty2026": true, "kazakhstan2025": true, "kazakhstan2026": true,
	"казахстан": true, "казахстан1": true, "қазақстан1": true, "қазақстан123": true, "казахстан123": true, "пароль12345": true, "пароль123456": true, "парольпароль": true, "йцукен12345": true, "йцукен123456": true, "йцукенйцукен": true, "привет12345": true, "любовь12345": true,
	"минздрав2025": true, "минздрав2026": true, "minzdrav2025": true, "minzdrav2026": true, "shanyraq123": true, "shanyraq2026": true, "шаңырақ123": true, "шанырак123": true, "шанырак2026": true,
}

// rows are the keys as they lie, and the alphabets: whoever runs a finger
// along them is guessed first.
var rows = []string{"01234567890123456789", "98765432109876543210", "qwertyuiopasdfghjklzxcvbnm", "poiuytrewqlkjhgfdsamnbvcxz", "йцукенгшщзхъфывапролджэячсмитьбю", "abcdefghijklmnopqrstuvwxyz", "абвгдежзийклмнопрстуфхцчшщъыьэюя"}

// fold is the form in which a password is compared with the common ones.
func fold(s string) string {
	return strings.ToLower(strings.TrimRightFunc(s, func(r rune) bool { return unicode.IsPunct(r) || unicode.IsSymbol(r) }))
}

// CheckPassword refuses a password that is too short, too long, among the most
// common, or made of the name or address of its owner.
func CheckPassword(password string, p Person) error {
	bad := func(format string, args ...any) error {
		return fault.New(fault.Invalid, "account.CheckPassword", "", format, args...)
	}
	password = norm.NFKC.String(password)
	n := len([]rune(password))
	switch {
	case n < minPassword:
		return bad("the password has at least %d characters: a few words are easy to remember", minPassword)
	case n > maxPassword:
		return bad("the password has at most %d characters", maxPassword)
	case isCommon(fold(password)):
		return bad("this password is among the first that anybody tries: choose another one")
	case isOf(fold(password), p):
		return bad("the password must not be your name or e-mail address")
	}
	return nil
}

func isCommon(s string) bool {
	if common[s] {
		return true
	}
	for _, row := range rows {
		if len([]rune(s)) > 1 && strings.Contains(row, s) {
			return true
		}
	}
	// Repetitions: aaaaaaaaaa, abcabcabcabc.
	r := []rune(s)
	for size := 1; size <= 4 && size < len(r); size++ {
		again := true
		for i := size; i < len(r) && again; i++ {
			again = r[i] == r[i-size]
		}
		if again {
			return true
		}
	}
	return false
}

// isOf reports whether a password is nothing but the name or the address,
// perhaps with digits around.
func isOf(s string, p Person) bool {
	core := strings.TrimFunc(s, unicode.IsDigit)
	local, _, _ := strings.Cut(strings.ToLower(p.Email), "@")
	for _, own := range []string{local, strings.ToLower(p.Email), strings.ToLower(strings.ReplaceAll(p.Name, " ", ""))} {
		if own != "" && (core == own || s == own) {
			return true
		}
	}
	return false
}

// HashPassword returns what is kept of a password: argon2id in the PHC form,
// with its parameters, so that they can be raised later.
func HashPassword(password string) (string, error) {
	h, err := argon2id.CreateHash(norm.NFKC.String(password), &cost)
	return h, fault.Wrap(err, "account.HashPassword", "")
}

// VerifyPassword reports whether the password is the one that was hashed, and
// whether the hash should be renewed with the present parameters. An empty
// hash stands for an account that is not there or has no password: it takes
// the same time and is never right.
func VerifyPassword(password, hash string) (right, renew bool) {
	known := hash != ""
	if !known {
		hash = nobody()
	}
	if len(password) > 4*maxPassword { // as bytes: nobody could have set it
		password = ""
	}
	right, params, err := argon2id.CheckHash(norm.NFKC.String(password), hash)
	if err != nil || !known {
		return false, false
	}
	return right, right && (params.Memory != cost.Memory || params.Iterations != cost.Iterations || params.Parallelism != cost.Parallelism)
}
