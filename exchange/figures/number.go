package figures

import (
	"github.com/shopspring/decimal"

	"github.com/shanyraq/shanyraq/exchange/sheet"
)

// reading is a number as it was read.
type reading struct {
	value   decimal.Decimal
	percent bool // a percent sign stood behind it
}

// maxNumber is the length of a text that may be a number or a period.
const maxNumber = 60

// parseNumber reads a decimal number as sheet.ParseNumber does.
func parseNumber(s, mark string) (reading, string) {
	n, code := sheet.ParseNumber(s, mark)
	return reading{n.Value, n.Percent}, code
}

// tooLong reports whether the ledger would refuse the number for its digits.
func tooLong(d decimal.Decimal) bool { return sheet.TooLong(d) }
