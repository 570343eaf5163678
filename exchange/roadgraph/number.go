package roadgraph

import (
	"bytes"
	"math"
	"strconv"
)

// whole reads a whole number as it is usually written.
func whole(b []byte) (int64, bool) {
	digits := b
	if len(b) > 0 && (b[0] == '-' || b[0] == '+') {
		digits = b[1:]
	}
	if len(digits) == 0 {
		return 0, false
	}
	if len(digits) > 18 {
		n, err := strconv.ParseInt(string(b), 10, 64)
		return n, err == nil
	}
	var n int64
	for _, c := range digits {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = 10*n + int64(c-'0')
	}
	if b[0] == '-' {
		n = -n
	}
	return n, true
}

// tens are the powers of ten that float64 has exactly.
var tens = [...]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22}

// decimal reads a decimal number, with a point, as the float64 that is nearest
// to it. It takes an exponent; it takes no infinity and no hexadecimals.
func decimal(b []byte) (float64, bool) {
	// The usual case: two whole numbers that float64 holds, and so one
	// correctly rounded division.
	var n uint64
	digits, after, point := 0, 0, false
	for _, c := range b {
		switch {
		case c >= '0' && c <= '9':
			n = 10*n + uint64(c-'0')
			digits++
			if point {
				after++
			}
		case c == '.' && !point:
			point = true
		default:
			return slowDecimal(b)
		}
		if digits > 18 {
			return slowDecimal(b)
		}
	}
	if digits == 0 || n > 1<<53 {
		return slowDecimal(b)
	}
	return float64(n) / tens[after], true
}

func slowDecimal(b []byte) (float64, bool) {
	if len(bytes.Trim(b, "0123456789.eE+-")) > 0 {
		return 0, false
	}
	x, err := strconv.ParseFloat(string(b), 64)
	return x, err == nil && !math.IsInf(x, 0)
}
