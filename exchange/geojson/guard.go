package geojson

import (
	"io"

	"github.com/shanyraq/shanyraq/fault"
)

// guard passes a JSON text on and stops it at the first size out of bounds, so
// that the decoder behind it never holds more than one literal of maxLiteral
// bytes. It does not otherwise judge the text.
type guard struct {
	r         io.Reader
	name      string
	left      int64 // bytes that may still come
	depth     int
	literal   int // bytes since the last mark
	inString  bool
	afterBack bool // the last byte was a backslash inside a string
	err       error
}

func (g *guard) Read(p []byte) (int, error) {
	if g.err != nil {
		return 0, g.err
	}
	n, err := g.r.Read(p)
	if g.left -= int64(n); g.left < 0 {
		g.err = g.tooLarge("the file is longer than the limit: simplify the outlines or raise the limit")
		return 0, g.err
	}
	for _, b := range p[:n] {
		if g.err = g.look(b); g.err != nil {
			return 0, g.err
		}
	}
	if err != nil && err != io.EOF {
		err = fault.New(fault.Internal, op, g.name, "%s: cannot be read: %w", g.name, err)
	}
	return n, err
}

func (g *guard) look(b byte) error {
	g.literal++
	switch {
	case g.literal > maxLiteral:
		return g.tooLarge("one text, number or blank is longer than a million bytes: this is no file of boundaries")
	case g.afterBack:
		g.afterBack = false
	case g.inString && b == '\\':
		g.afterBack = true
	case b == '"':
		g.inString, g.literal = !g.inString, 0
	case g.inString:
	case b == '{' || b == '[':
		if g.depth++; g.depth > maxDepth {
			return g.tooLarge("arrays or objects are nested too deeply: this is no file of boundaries")
		}
		g.literal = 0
	case b == '}' || b == ']':
		g.depth--
		g.literal = 0
	case b == ',' || b == ':':
		g.literal = 0
	}
	return nil
}

func (g *guard) tooLarge(message string) error {
	return fault.New(fault.TooLarge, op, g.name, "%s: %s", g.name, message)
}
