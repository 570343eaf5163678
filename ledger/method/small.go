package method

import (
	"time"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
)

func small() []Method {
	return []Method{
		{Name: "ledger.id", Version: 1, Title: lang.Text{lang.KK: "Көрсеткіштің белгісі", lang.RU: "Идентификатор числа", lang.EN: "Id of a figure"},
			Input: "measure, measure_version, place, dimensions, kind, unit, source, period, value, qualifier, status, document, line, from, to, numerator, denominator", Params: "none", run: runID},
		{Name: "period.parse", Version: 1, Title: lang.Text{lang.KK: "Кезеңді оқу", lang.RU: "Чтение периода", lang.EN: "Reading a period"}, Input: "text", Params: "none", run: runPeriod},
		{Name: "journal.chain", Version: 1, Title: lang.Text{lang.KK: "Журналдың хэш тізбегі", lang.RU: "Цепочка хэшей журнала", lang.EN: "Hash chain of the journal"},
			Input: "entries: list of {chain, at, actor, op, subject, detail, hash?}", Params: "none", run: runChain},
		{Name: "text.fold", Version: 1, Title: lang.Text{lang.KK: "Іздеуге арналған жазылым", lang.RU: "Написание для поиска", lang.EN: "Spelling for search"}, Input: "text", Params: "none", run: runFold},
		{Name: "text.match", Version: 1, Title: lang.Text{lang.KK: "Сұраудың атқа сәйкестігі", lang.RU: "Соответствие запроса названию", lang.EN: "How well a name answers a query"},
			Input: "query, candidate", Params: "none", run: runMatch},
		{Name: "text.compare", Version: 1, Title: lang.Text{lang.KK: "Әліпби реті", lang.RU: "Алфавитный порядок", lang.EN: "Order of the alphabet"}, Input: "a, b", Params: "language (kk)", run: runCompare},
	}
}

func runID(c *Case) (Result, error) {
	var in struct {
		Measure     string  `json:"measure"`
		Version     int     `json:"measure_version"`
		Place       string  `json:"place"`
		Dimensions  string  `json:"dimensions"`
		Kind        string  `json:"kind"`
		Unit        string  `json:"unit"`
		Source      string  `json:"source"`
		Period      string  `json:"period"`
		Status      string  `json:"status"`
		Document    string  `json:"document"`
		Line        int     `json:"line"`
		From        int     `json:"from"`
		To          int     `json:"to"`
		Numerator   *number `json:"numerator"`
		Denominator *number `json:"denominator"`
		amount
	}
	if err := c.Decode(&in, nil); err != nil {
		return Result{}, err
	}
	per, err := period.Parse(in.Period)
	if err != nil {
		return Result{}, err
	}
	dims, err := ledger.ParseDimensions(in.Dimensions)
	if err != nil {
		return Result{}, err
	}
	q, err := in.qualifier()
	if err != nil {
		return Result{}, err
	}
	f := ledger.Figure{Series: ledger.Series{Measure: in.Measure, Version: in.Version, Place: place.ID(in.Place), Dimensions: dims.String(), Kind: ledger.Kind(in.Kind), Unit: in.Unit, Source: in.Source}, Period: per,
		Value: in.Value.pointer(), Qualifier: q, Status: ledger.Status(in.Status), Document: in.Document, Locator: ledger.Locator{Line: in.Line, From: in.From, To: in.To},
		Numerator: in.Numerator.pointer(), Denominator: in.Denominator.pointer()}
	if err := f.Seal(); err != nil {
		return Result{}, err
	}
	return Result{Value: f.ID.String(), Extra: map[string]any{"series": f.Series.ID().String()}}, nil
}

// oneText is the case of the methods that take a text.
type oneText struct {
	Text string `json:"text"`
}

func runPeriod(c *Case) (Result, error) {
	var in oneText
	if err := c.Decode(&in, nil); err != nil {
		return Result{}, err
	}
	p, err := period.Parse(in.Text)
	if err != nil {
		return Result{}, err
	}
	if !p.Known() {
		return Refused("an empty text is the period that nobody said"), nil
	}
	return Result{Value: p.String(), Extra: map[string]any{"type": p.Type(), "start": p.Start, "end": p.End, "last": p.Last(), "days": p.Days()}}, nil
}

func runChain(c *Case) (Result, error) {
	var in struct {
		Entries []struct {
			Chain   string    `json:"chain"`
			At      time.Time `json:"at"`
			Actor   string    `json:"actor"`
			Op      string    `json:"op"`
			Subject string    `json:"subject"`
			Detail  string    `json:"detail"`
			Hash    string    `json:"hash"`
		} `json:"entries"`
	}
	if err := c.Decode(&in, nil); err != nil {
		return Result{}, err
	}
	if len(in.Entries) == 0 {
		return Refused("an empty journal has no last hash"), nil
	}
	hashes := []string{}
	var last actor.Entry
	r := Result{}
	for i, x := range in.Entries {
		last = actor.Entry{Chain: x.Chain, At: x.At, Actor: actor.ID(x.Actor), Op: x.Op, Subject: x.Subject, Detail: x.Detail}.Seal(last)
		hashes = append(hashes, last.Hash)
		if x.Hash != "" && x.Hash != last.Hash {
			return Refused("journal entry " + lang.Int(int64(i+1), lang.EN) + " was changed, or one before it was changed, removed or put in"), nil
		}
	}
	r.Value, r.Extra = last.Hash, map[string]any{"hashes": hashes}
	return r, nil
}

func runFold(c *Case) (Result, error) {
	var in oneText
	if err := c.Decode(&in, nil); err != nil {
		return Result{}, err
	}
	return Result{Value: lang.Fold(in.Text)}, nil
}

func runMatch(c *Case) (Result, error) {
	var in struct {
		Query     string `json:"query"`
		Candidate string `json:"candidate"`
	}
	if err := c.Decode(&in, nil); err != nil {
		return Result{}, err
	}
	if lang.Fold(in.Query) == "" {
		return Refused("an empty query matches nothing"), nil
	}
	return Result{Value: Number(lang.Match(in.Query, in.Candidate)), Extra: map[string]any{"query": lang.Fold(in.Query), "candidate": lang.Fold(in.Candidate)}}, nil
}

func runCompare(c *Case) (Result, error) {
	var in struct {
		A string `json:"a"`
		B string `json:"b"`
	}
	var p struct {
		Language string `json:"language"`
	}
	if err := c.Decode(&in, &p); err != nil {
		return Result{}, err
	}
	if p.Language == "" {
		p.Language = string(lang.KK)
	}
	if len(p.Language) > 35 {
		return Result{}, fault.New(fault.Invalid, "method.compare", "language", "a language is a short code, as in kk")
	}
	return Result{Value: lang.Compare(lang.Code(p.Language), in.A, in.B)}, nil
}
