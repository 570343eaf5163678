package disclosure

import "math/big"

// program is the set of all x >= 0 with A x = b, in rational numbers: every
// table that a reader cannot tell from the true one. It is solved by the simplex
// method with Bland's rule, which ends always and rounds nothing.
type program struct {
	n     int          // variables
	rows  [][]*big.Rat // a tableau of a vertex: rows of A, right-hand side last
	basis []int        // variable of each row
}

// newProgram finds a vertex. The true table satisfies the equations, so there
// is one.
func newProgram(equations [][]*big.Rat, n int) *program {
	p := &program{n: n}
	m := len(equations)
	for i, eq := range equations {
		row := make([]*big.Rat, n+m+1)
		for j := range row {
			row[j] = new(big.Rat)
		}
		negative := eq[n].Sign() < 0
		for j := range n {
			row[j].Set(eq[j])
		}
		row[n+m].Set(eq[n])
		if negative {
			for j := range row {
				row[j].Neg(row[j])
			}
		}
		row[n+i].SetInt64(1)
		p.rows = append(p.rows, row)
		p.basis = append(p.basis, n+i)
	}
	cost := make([]*big.Rat, n+m)
	for j := range cost {
		cost[j] = new(big.Rat)
		if j >= n {
			cost[j].SetInt64(1)
		}
	}
	p.minimise(cost, n+m)
	p.dropArtificial(m)
	return p
}

// dropArtificial takes the helpers of the search out of the tableau.
func (p *program) dropArtificial(m int) {
	rows, basis := p.rows, p.basis
	p.rows, p.basis = nil, nil
	for i, b := range basis {
		if b >= p.n { // its value is 0: replace it by any variable of the row, or the row says nothing
			j := 0
			for j < p.n && rows[i][j].Sign() == 0 {
				j++
			}
			if j == p.n {
				continue
			}
			pivot(rows, i, j)
			basis[i] = j
		}
	}
	for i, row := range rows {
		if basis[i] < p.n {
			p.rows = append(p.rows, append(row[:p.n:p.n], row[p.n+m]))
			p.basis = append(p.basis, basis[i])
		}
	}
}

// extreme returns the least (sign -1) or greatest (+1) value of a variable;
// bounded is false where there is no greatest.
func (p *program) extreme(variable int, sign int64) (v *big.Rat, bounded bool) {
	cost := make([]*big.Rat, p.n)
	for j := range cost {
		cost[j] = new(big.Rat)
	}
	cost[variable].SetInt64(-sign)
	if !p.minimise(cost, p.n) {
		return nil, false
	}
	for i, b := range p.basis {
		if b == variable {
			return p.rows[i][len(p.rows[i])-1], true
		}
	}
	return new(big.Rat), true
}

// minimise walks to a vertex of least cost; false when there is none.
func (p *program) minimise(cost []*big.Rat, columns int) bool {
	for {
		enter := p.entering(cost, columns)
		if enter < 0 {
			return true
		}
		leave := p.leaving(enter)
		if leave < 0 {
			return false
		}
		pivot(p.rows, leave, enter)
		p.basis[leave] = enter
	}
}

// entering returns the first variable that lowers the cost.
func (p *program) entering(cost []*big.Rat, columns int) int {
	reduced, part := new(big.Rat), new(big.Rat)
	for j := range columns {
		reduced.Set(cost[j])
		for i, b := range p.basis {
			if cost[b].Sign() != 0 && p.rows[i][j].Sign() != 0 {
				reduced.Sub(reduced, part.Mul(cost[b], p.rows[i][j]))
			}
		}
		if reduced.Sign() < 0 {
			return j
		}
	}
	return -1
}

// leaving returns the row that gives way, of several the one with the first
// variable.
func (p *program) leaving(enter int) int {
	leave := -1
	var best *big.Rat
	for i, row := range p.rows {
		if row[enter].Sign() <= 0 {
			continue
		}
		ratio := new(big.Rat).Quo(row[len(row)-1], row[enter])
		if leave < 0 || ratio.Cmp(best) < 0 || ratio.Cmp(best) == 0 && p.basis[i] < p.basis[leave] {
			leave, best = i, ratio
		}
	}
	return leave
}

func pivot(rows [][]*big.Rat, r, c int) {
	inverse := new(big.Rat).Inv(rows[r][c])
	for j := range rows[r] {
		rows[r][j].Mul(rows[r][j], inverse)
	}
	part := new(big.Rat)
	for i := range rows {
		if i == r || rows[i][c].Sign() == 0 {
			continue
		}
		factor := new(big.Rat).Set(rows[i][c])
		for j := range rows[i] {
			if rows[r][j].Sign() != 0 {
				rows[i][j].Sub(rows[i][j], part.Mul(factor, rows[r][j]))
			}
		}
	}
}
