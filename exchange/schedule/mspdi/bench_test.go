package mspdi

import (
	"bytes"
	"fmt"
	"testing"
)

// BenchmarkRead reads a plan of 50,000 tasks with links and baselines.
func BenchmarkRead(b *testing.B) {
	var f bytes.Buffer
	f.WriteString(`<?xml version="1.0" encoding="UTF-8"?><Project xmlns="http://schemas.microsoft.com/project"><Title>Plan</Title><CurrencyCode>KZT</CurrencyCode><Tasks>`)
	for i := range 50_000 {
		fmt.Fprintf(&f, `<Task><UID>%d</UID><ID>%d</ID><Name>Жұмыс %d</Name><WBS>1.%d</WBS><OutlineLevel>1</OutlineLevel><Start>2026-03-02T08:00:00</Start><Finish>2026-03-06T17:00:00</Finish><Duration>PT40H0M0S</Duration><DurationFormat>7</DurationFormat><PercentComplete>0</PercentComplete><Cost>150000000</Cost><PredecessorLink><PredecessorUID>%d</PredecessorUID><Type>1</Type><LinkLag>0</LinkLag><LagFormat>7</LagFormat></PredecessorLink><Baseline><Number>0</Number><Start>2026-03-02T08:00:00</Start><Finish>2026-03-06T17:00:00</Finish></Baseline></Task>`, i, i, i, i, i-1)
	}
	f.WriteString(`</Tasks></Project>`)
	b.SetBytes(int64(f.Len()))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(bytes.NewReader(f.Bytes()), "plan.xml", 0); err != nil {
			b.Fatal(err)
		}
	}
}
