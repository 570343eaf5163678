package grid

// eight settles a block of cells of one slot: eight neighbours, rows alike, no
// heights. It is the loop in which large rasters spend their time, and so the
// neighbours are written out, three rows of three.
func (f *finder) eight(from, end uint32) {
	s, q := f.surface, &f.queue
	friction, best, stride := s.friction, f.best, s.stride
	east, south, slant := f.shares[0], f.shares[2], f.shares[4]
	floor := f.floor
	for ; from < end; from++ {
		e := q.pool[from]
		i := int(uint32(e))
		now := best[i]
		near := near(now)
		t := seconds(now)
		if q.slot(t) < uint32(e>>32) {
			continue // settled at an earlier time
		}
		if f.keep {
			f.touched = append(f.touched, uint32(i))
		}
		here := float64(friction[i])
		fn, fm, fs := (*[3]float32)(friction[i-stride-1:]), (*[3]float32)(friction[i-1:]), (*[3]float32)(friction[i+stride-1:])
		bn, bm, bs := (*[3]int64)(best[i-stride-1:]), (*[3]int64)(best[i-1:]), (*[3]int64)(best[i+stride-1:])
		if m := mark(t+(here+float64(fm[0]))*east, near); m > bm[0] && m >= floor {
			bm[0] = m
			q.push(q.slot(seconds(m)), uint32(i-1))
		}
		if m := mark(t+(here+float64(fm[2]))*east, near); m > bm[2] && m >= floor {
			bm[2] = m
			q.push(q.slot(seconds(m)), uint32(i+1))
		}
		if m := mark(t+(here+float64(fn[1]))*south, near); m > bn[1] && m >= floor {
			bn[1] = m
			q.push(q.slot(seconds(m)), uint32(i-stride))
		}
		if m := mark(t+(here+float64(fs[1]))*south, near); m > bs[1] && m >= floor {
			bs[1] = m
			q.push(q.slot(seconds(m)), uint32(i+stride))
		}
		if m := mark(t+(here+float64(fn[0]))*slant, near); m > bn[0] && m >= floor {
			bn[0] = m
			q.push(q.slot(seconds(m)), uint32(i-stride-1))
		}
		if m := mark(t+(here+float64(fn[2]))*slant, near); m > bn[2] && m >= floor {
			bn[2] = m
			q.push(q.slot(seconds(m)), uint32(i-stride+1))
		}
		if m := mark(t+(here+float64(fs[0]))*slant, near); m > bs[0] && m >= floor {
			bs[0] = m
			q.push(q.slot(seconds(m)), uint32(i+stride-1))
		}
		if m := mark(t+(here+float64(fs[2]))*slant, near); m > bs[2] && m >= floor {
			bs[2] = m
			q.push(q.slot(seconds(m)), uint32(i+stride+1))
		}
	}
}

// any settles a block of cells of one slot for every other case: other moves,
// rows of their own width, heights, very many sources, a list of what was
// reached.
func (f *finder) any(from, end uint32) {
	s, q := f.surface, &f.queue
	alike := s.ground.uniform()
	for ; from < end; from++ {
		e := q.pool[from]
		i := int(uint32(e))
		now := f.best[i]
		near := near(now)
		t := seconds(now)
		if q.slot(t) < uint32(e>>32) {
			continue // settled at an earlier time
		}
		if f.keep {
			f.touched = append(f.touched, uint32(i))
		}
		first := 0
		if !alike {
			first = (i/s.stride - margin) * len(f.moves)
		}
		for k := range f.moves {
			x := t + f.step(i, first+k, &f.moves[k])
			if !(x <= f.limit) {
				continue // also where 0 seconds meet an infinite slope
			}
			j := i + f.moves[k].to
			mk := mark(x, near)
			if mk <= f.best[j] {
				continue
			}
			if f.far != nil {
				f.far[j] = f.far[i]
			}
			f.best[j] = mk
			q.push(q.slot(seconds(mk)), uint32(j))
		}
	}
}
