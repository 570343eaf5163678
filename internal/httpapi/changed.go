package httpapi

// Changed is why a write came too late: somebody was faster. The answer shows
// what stands now, so that a page can show both.
type Changed struct {
	Version int64
	Current any
}

func (c *Changed) Error() string { return "somebody else changed this meanwhile" }

// AtField names the field of a request that is wrong, in the way of the
// description: body.lines[0].status.percent.
type AtField struct {
	Location string
	Err      error
}

func (a *AtField) Error() string { return a.Err.Error() }

// Unwrap returns what is wrong.
func (a *AtField) Unwrap() error { return a.Err }
