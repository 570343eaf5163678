package geojson

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/shanyraq/shanyraq/fault"
)

// members calls value for every member of the object whose brace was just read;
// value must take the whole value. It takes the closing brace.
func (p *parser) members(value func(key string) error) error {
	for p.More() {
		key, err := p.text()
		if err != nil {
			return err
		}
		if err := value(key); err != nil {
			return err
		}
	}
	return p.expect('}', "an object")
}

func (p *parser) token() (json.Token, error) {
	t, err := p.Token()
	if err != nil {
		return nil, p.broken(err)
	}
	return t, nil
}

// expect takes a brace or bracket.
func (p *parser) expect(d json.Delim, what string) error {
	t, err := p.token()
	if err != nil {
		return err
	}
	if t != d {
		return p.invalid("%s%s does not have the form of GeoJSON near byte %d: %s", p.where(), what, p.InputOffset(), p.remedy)
	}
	return nil
}

// text takes a string; another value becomes the empty string.
func (p *parser) text() (string, error) {
	t, err := p.token()
	if err != nil {
		return "", err
	}
	if d, ok := t.(json.Delim); ok {
		return "", p.skipRest(d)
	}
	s, _ := t.(string)
	return s, nil
}

// scalar takes a string or number as text; another value becomes the empty string.
func (p *parser) scalar() (string, error) {
	t, err := p.token()
	if err != nil {
		return "", err
	}
	switch v := t.(type) {
	case json.Delim:
		return "", p.skipRest(v)
	case string:
		return strings.TrimSpace(v), nil
	case json.Number:
		return v.String(), nil
	}
	return "", nil
}

// skip takes any value.
func (p *parser) skip() error {
	_, err := p.text()
	return err
}

// skipRest takes what remains of an array or object whose opening was just read.
func (p *parser) skipRest(open json.Delim) error {
	for depth := 1; depth > 0; {
		t, err := p.token()
		if err != nil {
			return err
		}
		switch t {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
	}
	return nil
}

// where names the feature being read, for the beginning of a message.
func (p *parser) where() string {
	if p.number == 0 {
		return ""
	}
	return fmt.Sprintf("feature %d: ", p.number)
}

func (p *parser) invalid(format string, args ...any) error {
	return fault.New(fault.Invalid, op, p.name, "%s: %s", p.name, fmt.Sprintf(format, args...))
}

// broken turns an error of the decoder into one for a person; those of the guard
// are already.
func (p *parser) broken(err error) error {
	var known *fault.Error
	if errors.As(err, &known) {
		return known
	}
	return p.invalid("%snot valid JSON near byte %d: the file is damaged or cut, export it again", p.where(), p.InputOffset())
}
