package sheet

import (
	"encoding/xml"
	"io"
	"strings"
	"testing"
)

// The scanner and the decoder of the standard library on the same rows.
func BenchmarkXML(b *testing.B) {
	sheet := data(strings.Repeat(`<row r="1"><c r="A1" s="2" t="inlineStr"><is><t xml:space="preserve">beds.count</t></is></c><c r="B1"><v>1740000000</v></c></row>`, 20_000))
	b.Run("scanner", func(b *testing.B) {
		b.SetBytes(int64(len(sheet)))
		for b.Loop() {
			s := newScanner(strings.NewReader(sheet))
			for {
				t, err := s.next()
				if err != nil {
					b.Fatal(err)
				}
				if t == endOfFile {
					break
				}
			}
		}
	})
	b.Run("standard library", func(b *testing.B) {
		b.SetBytes(int64(len(sheet)))
		for b.Loop() {
			d := xml.NewDecoder(strings.NewReader(sheet))
			for {
				if _, err := d.RawToken(); err == io.EOF {
					break
				} else if err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}
