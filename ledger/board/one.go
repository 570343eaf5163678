package board

import "github.com/shanyraq/shanyraq/period"

// One judges a single promise as of a day; nil when there is none of that id or
// it was not yet published.
func (p *Programme) One(id string, day period.Date) *Item {
	s, ok := p.ByID(id)
	if !ok {
		return nil
	}
	return p.item(s, day)
}
