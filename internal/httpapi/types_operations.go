package httpapi

// JournalEntry is an act, or a read of what is not for everybody.
type JournalEntry struct {
	Chain   string `json:"chain" enum:"main,desk,read" doc:"main: runs of the ledger; desk: acts of people; read: who read what is not for everybody"`
	Number  int64  `json:"number" doc:"1, 2, 3 ... within its chain"`
	At      string `json:"at" format:"date-time"`
	Actor   string `json:"actor" doc:"id of the account; never a name"`
	Op      string `json:"op" doc:"what was done"`
	Subject string `json:"subject"`
	Detail  string `json:"detail"`
	Hash    string `json:"hash"`
}

// JournalPage is a page of the journal, the newest entries first.
type JournalPage struct {
	Items []JournalEntry `json:"items"`
	Next  *string        `json:"next" doc:"cursor of the next page"`
}

// JournalFilter chooses entries.
type JournalFilter struct {
	Chain   string `query:"chain" enum:"main,desk,read," doc:"one of the chains"`
	Actor   string `query:"actor" maxLength:"64" doc:"id of an account"`
	Op      string `query:"op" maxLength:"80" doc:"beginning of what was done: read finds read draft"`
	Subject string `query:"subject" maxLength:"120" doc:"beginning of the id of a thing"`
	From    string `query:"from" maxLength:"10" doc:"first day, YYYY-MM-DD, in the time zone of the country"`
	To      string `query:"to" maxLength:"10" doc:"last day, YYYY-MM-DD"`
}

// JournalHead is where a chain ends.
type JournalHead struct {
	Chain   string `json:"chain"`
	Entries int64  `json:"entries"`
	Hash    string `json:"hash"`
}

// JournalState tells whether the journal is intact.
type JournalState struct {
	Intact  bool          `json:"intact"`
	Problem string        `json:"problem,omitempty" doc:"which entry was tampered with"`
	Chains  []JournalHead `json:"chains"`
	Anchor  string        `json:"anchor,omitempty" doc:"a line to be published: whoever has it can see later that nothing was written anew"`
}
