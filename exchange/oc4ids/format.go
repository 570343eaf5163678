package oc4ids

import (
	"strings"
	"time"
)

// instant reads a date-time of RFC 3339, with the T and a zone. Small letters
// and a leap second, as the RFC allows, are taken.
func instant(s string) (time.Time, bool) {
	if len(s) < len("2006-01-02T15:04:05Z") || s[4] != '-' || s[7] != '-' || s[10] != 'T' && s[10] != 't' {
		return time.Time{}, false
	}
	u := strings.ToUpper(s)
	if strings.ContainsRune(u, ',') {
		return time.Time{}, false // the parser of package time takes a decimal comma
	}
	if u[17:19] == "60" && u[14:16] == "59" {
		u = u[:17] + "59" + u[19:]
	}
	t, err := time.Parse(time.RFC3339Nano, u)
	if err != nil || t.Year() < 0 {
		return time.Time{}, false
	}
	return t, zoneFits(u)
}

// zoneFits reports whether the zone is Z or an offset below 24 hours; package
// time also takes others.
func zoneFits(u string) bool {
	if strings.HasSuffix(u, "Z") {
		return true
	}
	z := u[len(u)-6:]
	return z[1:3] < "24" && z[4:6] < "60"
}

// isURI reports whether s is a URI with scheme by RFC 3986: letters of ASCII
// only, so that an address in Cyrillic must be percent-encoded.
func isURI(s string) bool {
	scheme, rest, ok := strings.Cut(s, ":")
	if !ok || scheme == "" || !isLetter(scheme[0]) {
		return false
	}
	for i := 1; i < len(scheme); i++ {
		if c := scheme[i]; !isLetter(c) && !isDigit(c) && c != '+' && c != '-' && c != '.' {
			return false
		}
	}
	rest, fragment, _ := strings.Cut(rest, "#")
	rest, query, _ := strings.Cut(rest, "?")
	if !uriChars(fragment, "/?:@") || !uriChars(query, "/?:@") {
		return false
	}
	path := rest
	if after, ok := strings.CutPrefix(rest, "//"); ok {
		authority := after
		path = ""
		if i := strings.IndexByte(after, '/'); i >= 0 {
			authority, path = after[:i], after[i:]
		}
		if !isAuthority(authority) {
			return false
		}
	}
	return uriChars(path, "/:@")
}

// isAuthority reads user information, host and port.
func isAuthority(s string) bool {
	if i := strings.LastIndexByte(s, '@'); i >= 0 {
		if !uriChars(s[:i], ":") {
			return false
		}
		s = s[i+1:]
	}
	if after, ok := strings.CutPrefix(s, "["); ok { // an address of IPv6
		host, port, ok := strings.Cut(after, "]")
		return ok && host != "" && strings.Trim(host, "0123456789abcdefABCDEF:.") == "" && (port == "" || port[0] == ':' && digitsOnly(port[1:]))
	}
	host, port, _ := strings.Cut(s, ":")
	return uriChars(host, "") && digitsOnly(port)
}

func uriChars(s, more string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case isLetter(c), isDigit(c), strings.IndexByte("-._~!$&'()*+,;=", c) >= 0, strings.IndexByte(more, c) >= 0:
		case c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			i += 2
		default:
			return false
		}
	}
	return true
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
func isDigit(c byte) bool  { return c >= '0' && c <= '9' }
func isHex(c byte) bool    { return isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F' }

func digitsOnly(s string) bool { return strings.Trim(s, "0123456789") == "" }

// isEmail reports whether s has one address with something on both sides of @.
func isEmail(s string) bool {
	i := strings.LastIndexByte(s, '@')
	return i > 0 && i < len(s)-1 && !strings.ContainsAny(s, " \t\r\n")
}

// isVersion reports whether s is major.minor.
func isVersion(s string) bool {
	major, minor, ok := strings.Cut(s, ".")
	return ok && major != "" && minor != "" && digitsOnly(major) && digitsOnly(minor)
}
