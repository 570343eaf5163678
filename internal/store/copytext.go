package store

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
)

// The text format of PostgreSQL's COPY: a row a line, a tab between columns,
// \N for null, a backslash before what would be mistaken.

const copyNull = `\N`

// appendCopy appends a value that SQLite gave.
func appendCopy(b []byte, v any) ([]byte, error) {
	switch x := v.(type) {
	case nil:
		return append(b, copyNull...), nil
	case int64:
		return strconv.AppendInt(b, x, 10), nil
	case float64:
		return strconv.AppendFloat(b, x, 'g', -1, 64), nil
	case bool:
		if x {
			return append(b, 't'), nil
		}
		return append(b, 'f'), nil
	case string:
		return appendEscaped(b, x), nil
	case []byte:
		b = append(b, `\\x`...) // a bytea in hexadecimal, its backslash escaped
		return hex.AppendEncode(b, x), nil
	}
	return b, fmt.Errorf("a value of type %T cannot be written", v)
}

var copyEscapes = map[byte]byte{'\\': '\\', '\b': 'b', '\f': 'f', '\n': 'n', '\r': 'r', '\t': 't', '\v': 'v'}

func appendEscaped(b []byte, s string) []byte {
	for i := range len(s) {
		if e, ok := copyEscapes[s[i]]; ok {
			b = append(b, '\\', e)
		} else {
			b = append(b, s[i])
		}
	}
	return b
}

var copyPlain = func() map[byte]byte {
	m := map[byte]byte{}
	for plain, e := range copyEscapes {
		m[e] = plain
	}
	return m
}()

// splitCopy splits a row, without its end of line, into values; null is nil.
// What it returns lives in fields and stays good until the next call.
func splitCopy(row []byte, fields [][]byte) ([][]byte, error) {
	fields = fields[:0]
	for more := true; more; {
		var field []byte
		field, row, more = bytes.Cut(row, []byte{'\t'})
		if string(field) == copyNull {
			fields = append(fields, nil)
			continue
		}
		plain, err := unescaped(field)
		if err != nil {
			return nil, err
		}
		fields = append(fields, plain)
	}
	return fields, nil
}

var errEscape = errors.New("a row has a backslash with an unknown letter after it")

// unescaped returns the field as it was, never nil.
func unescaped(field []byte) ([]byte, error) {
	if !bytes.Contains(field, []byte{'\\'}) {
		return field[:len(field):len(field)], nil
	}
	out := make([]byte, 0, len(field))
	for i := 0; i < len(field); i++ {
		if field[i] != '\\' {
			out = append(out, field[i])
			continue
		}
		if i++; i == len(field) {
			return nil, errEscape
		}
		plain, ok := copyPlain[field[i]]
		if !ok {
			return nil, errEscape
		}
		out = append(out, plain)
	}
	return out, nil
}
