package httpapi

// Changed is why a write came too late: somebody was faster. The answer shows
// what stands now, so that a page can show both.
type Changed struct {
	Version int64
	Current any
}

func (c *Changed) Error() string { return "somebody else changed this meanwhile" }
