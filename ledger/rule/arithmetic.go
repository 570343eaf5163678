package rule

import (
	"strings"

	"github.com/shanyraq/shanyraq/internal/stat"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shopspring/decimal"
)

// compute evaluates an expression over statements from left to right: ids and
// numbers with + - * / between, such as A3-A5-A12 or A13/A12*100. There is no
// precedence; a rule that needs one is two rules. The qualifier says how the
// result is to be stated: subtracting "more than" gives "less than". ok is
// false when a statement has no value yet or a division is by zero.
func (l *Ledger) compute(expr string) (decimal.Decimal, ledger.Qualifier, bool) {
	total := decimal.Zero
	op := byte('+')
	var quals []ledger.Qualifier
	for expr != "" {
		i := strings.IndexAny(expr, "+-*/")
		token, next := expr, byte(0)
		rest := ""
		if i >= 0 {
			token, next, rest = expr[:i], expr[i], expr[i+1:]
		}
		v, q, ok := l.term(strings.TrimSpace(token))
		if !ok {
			return total, "", false
		}
		if op == '-' || op == '/' {
			q = q.Inverse()
		}
		quals = append(quals, q)
		switch op {
		case '+':
			total = total.Add(v)
		case '-':
			total = total.Sub(v)
		case '*':
			total = total.Mul(v)
		case '/':
			if v.IsZero() {
				return total, "", false
			}
			total = total.DivRound(v, 12)
		}
		op, expr = next, rest
		if next != 0 && strings.TrimSpace(rest) == "" {
			return total, "", false
		}
	}
	q, _ := stat.SumQualifier(quals...)
	return total, q, true
}

func (l *Ledger) term(token string) (decimal.Decimal, ledger.Qualifier, bool) {
	if v, err := decimal.NewFromString(token); err == nil {
		return v, ledger.Exact, true
	}
	f := l.figure(token)
	if f == nil || f.Value == nil {
		return decimal.Zero, "", false
	}
	return *f.Value, f.Qualifier, true
}
