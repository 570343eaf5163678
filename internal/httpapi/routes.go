package httpapi

import (
	"context"
	"log/slog"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/ledger"
)

// Reader answers questions; *app.App does.
type Reader interface {
	Board(context.Context, When, PromiseFilter) (*Board, error)
	Promise(context.Context, When, string) (*PromisePage, error)
	Figures(context.Context, When, FigureQuery) (*FigureList, error)
	EachFigure(context.Context, When, FigureQuery, func(*ledger.Figure) error) error
	Figure(context.Context, When, string) (*Figure, error)
	Why(context.Context, When, string) (*Why, error)
	Series(ctx context.Context, w When, measure, place, dimensions string) (*SeriesList, error)
	Map(ctx context.Context, w When, measure, period, kind string) (*Map, error)
	Place(context.Context, When, string) (*PlacePage, error)
	Boundaries(context.Context, When, string) ([]byte, error)
	Documents(context.Context, When) ([]Document, error)
	Document(context.Context, When, string) (*DocumentPage, error)
	Checks(ctx context.Context, w When, state, rule string) ([]Check, error)
	Search(context.Context, When, string) ([]Hit, error)
	Vocabulary(context.Context, When) (*Vocabulary, error)
	About(context.Context, When) (*About, error)
	Session(context.Context) (*Session, error)
	// State returns a text that changes whenever an answer may change.
	State(context.Context) (string, error)
	Ping(context.Context) error
}

// Writer takes entries from documents.
type Writer interface {
	Enter(context.Context, Entry) (*Entered, error)
	EnterText(ctx context.Context, document string, text []byte) (*TextReceipt, error)
}

// answerOf is a response with a body.
type answerOf[T any] struct{ Body T }

// maxRequestText bounds the text of a document sent to the server.
const maxRequestText = 8 << 20

const (
	tagBoard  = "board"
	tagLedger = "ledger"
	tagPlaces = "places"
	tagWords  = "words"
	tagWrite  = "entry"
)

// get registers a question: decode, ask, answer.
func get[I, T any](api huma.API, log *slog.Logger, id, path, tag, summary string, ask func(context.Context, *I) (*T, error)) {
	op := huma.Operation{OperationID: id, Method: http.MethodGet, Path: path, Tags: []string{tag}, Summary: summary, Errors: []int{404, 422, 429, 500}, Extensions: map[string]any{actExtension: everybody}}
	huma.Register(api, op, func(ctx context.Context, in *I) (*answerOf[T], error) {
		v, err := ask(ctx, in)
		if err != nil {
			return nil, answer(ctx, log, err)
		}
		return &answerOf[T]{*v}, nil
	})
}

type boardInput struct {
	Moment
	PromiseFilter
}

type idInput struct {
	Moment
	ID string `path:"id" maxLength:"120"`
}

type figuresInput struct {
	Moment
	FigureQuery
}

type mapInput struct {
	Moment
	Measure string `query:"measure" required:"true" maxLength:"80" doc:"code of a measure"`
	Period  string `query:"period" maxLength:"40" doc:"a period; default the newest"`
	Kind    string `query:"kind" enum:"plan,actual,forecast,estimate" doc:"kind of figure"`
}

type seriesInput struct {
	Moment
	Measure    string `query:"measure" required:"true" maxLength:"80" doc:"code of a measure"`
	Place      string `query:"place" maxLength:"40" doc:"a place; default the country"`
	Dimensions string `query:"dimensions" maxLength:"400" doc:"key=value pairs with semicolons between"`
}

type questionsInput struct {
	Moment
	State string `query:"state" enum:"ok,open,answered" doc:"state of the question"`
	Rule  string `query:"rule" maxLength:"80" doc:"code or type of a rule"`
}

type searchInput struct {
	Moment
	Query string `query:"q" maxLength:"200" doc:"what to look for, in any of the languages and scripts"`
}

func routesBoard(api huma.API, log *slog.Logger, r Reader) {
	get(api, log, "getBoard", "/api/board", tagBoard, "The first page: what was promised, what happened, what to ask", func(ctx context.Context, in *boardInput) (*Board, error) {
		w, err := in.When()
		if err != nil {
			return nil, err
		}
		return r.Board(ctx, w, in.PromiseFilter)
	})
	get(api, log, "listPromises", "/api/promises", tagBoard, "Promises as they stand", func(ctx context.Context, in *boardInput) (*List[Promise], error) {
		w, err := in.When()
		if err != nil {
			return nil, err
		}
		b, err := r.Board(ctx, w, in.PromiseFilter)
		if err != nil {
			return nil, err
		}
		return &List[Promise]{Items: b.Promises}, nil
	})
	get(api, log, "getPromise", "/api/promises/{id}", tagBoard, "All that is known of a promise", byID(r.Promise))
	get(api, log, "listQuestions", "/api/questions", tagBoard, "What the rules say: what adds up, what does not", func(ctx context.Context, in *questionsInput) (*List[Check], error) {
		w, err := in.When()
		if err != nil {
			return nil, err
		}
		list, err := r.Checks(ctx, w, in.State, in.Rule)
		return &List[Check]{Items: list}, err
	})
}

// byID asks for one thing by its id.
func byID[T any](ask func(context.Context, When, string) (*T, error)) func(context.Context, *idInput) (*T, error) {
	return func(ctx context.Context, in *idInput) (*T, error) {
		w, err := in.When()
		if err != nil {
			return nil, err
		}
		return ask(ctx, w, in.ID)
	}
}

func routesLedger(api huma.API, log *slog.Logger, r Reader) {
	get(api, log, "listFigures", "/api/figures", tagLedger, "Figures, page by page", func(ctx context.Context, in *figuresInput) (*FigureList, error) {
		w, err := in.When()
		if err != nil {
			return nil, err
		}
		return r.Figures(ctx, w, in.FigureQuery)
	})
	get(api, log, "getFigure", "/api/figures/{id}", tagLedger, "One figure", byID(r.Figure))
	get(api, log, "whyFigure", "/api/figures/{id}/why", tagLedger, "Who said a figure or how it was computed, and what else was said", byID(r.Why))
	get(api, log, "getSeries", "/api/series", tagLedger, "A measure in a place, by source, for a chart", func(ctx context.Context, in *seriesInput) (*SeriesList, error) {
		w, err := in.When()
		if err != nil {
			return nil, err
		}
		return r.Series(ctx, w, in.Measure, in.Place, in.Dimensions)
	})
	get(api, log, "listDocuments", "/api/documents", tagLedger, "Documents and sources", func(ctx context.Context, in *struct{ Moment }) (*List[Document], error) {
		w, err := in.When()
		if err != nil {
			return nil, err
		}
		list, err := r.Documents(ctx, w)
		return &List[Document]{Items: list}, err
	})
	get(api, log, "getDocument", "/api/documents/{id}", tagLedger, "A document line by line with the figures in it", byID(r.Document))
}

func routesPlaces(api huma.API, log *slog.Logger, r Reader) {
	get(api, log, "getPlace", "/api/places/{id}", tagPlaces, "All that is known of a place", byID(r.Place))
	get(api, log, "getMap", "/api/map", tagPlaces, "The headline figure of every territory", func(ctx context.Context, in *mapInput) (*Map, error) {
		w, err := in.When()
		if err != nil {
			return nil, err
		}
		return r.Map(ctx, w, in.Measure, in.Period, in.Kind)
	})
	get(api, log, "getBoundaries", "/api/boundaries/{id}", tagPlaces, "Outlines as GeoJSON: regions or districts", func(ctx context.Context, in *idInput) (*Raw, error) {
		w, err := in.When()
		if err != nil {
			return nil, err
		}
		b, err := r.Boundaries(ctx, w, in.ID)
		raw := Raw(b)
		return &raw, err
	})
}

func routesWords(api huma.API, log *slog.Logger, r Reader) {
	get(api, log, "search", "/api/search", tagWords, "Finds promises, places, documents, measures, facilities and questions", func(ctx context.Context, in *searchInput) (*List[Hit], error) {
		w, err := in.When()
		if err != nil {
			return nil, err
		}
		list, err := r.Search(ctx, w, in.Query)
		return &List[Hit]{Items: list}, err
	})
	get(api, log, "getVocabulary", "/api/vocabulary", tagWords, "The names of everything in every language", func(ctx context.Context, in *struct{ Moment }) (*Vocabulary, error) {
		w, err := in.When()
		if err != nil {
			return nil, err
		}
		return r.Vocabulary(ctx, w)
	})
	get(api, log, "getAbout", "/api/about", tagWords, "Sources, licences, assumptions", func(ctx context.Context, in *struct{ Moment }) (*About, error) {
		w, err := in.When()
		if err != nil {
			return nil, err
		}
		return r.About(ctx, w)
	})
	get(api, log, "getSession", "/api/session", tagWords, "Who the reader is and may do here", func(ctx context.Context, _ *struct{}) (*Session, error) {
		return r.Session(ctx)
	})
}

type entryInput struct {
	Key  string `header:"Idempotency-Key" maxLength:"80" doc:"the same key sent again gets the same answer"`
	Body Entry
}

type textInput struct {
	ID      string `path:"id" maxLength:"120"`
	RawBody []byte `contentType:"text/plain"`
}

// routesWrite record from documents.
func routesWrite(api huma.API, o Options) {
	keys := newKeys()
	serve(api, o, op{ID: "enter", Method: http.MethodPost, Path: "/api/entries", Tag: tagWrite, Summary: "Records a figure, promise, move or delivery from a marked sentence",
		Act: actor.RecordFigure}, func(ctx context.Context, in *entryInput) (*Entered, error) {
		return keys.once(in.Key, in.Body, func() (*Entered, error) { return o.Writer.Enter(ctx, in.Body) })
	})
	serve(api, o, op{ID: "putDocumentText", Method: http.MethodPut, Path: "/api/documents/{id}/text", Tag: tagWrite, Summary: "Brings in the text of a document, so that a click shows the sentence",
		Act: actor.ImportDocument, MaxBody: maxRequestText}, func(ctx context.Context, in *textInput) (*TextReceipt, error) {
		return o.Writer.EnterText(ctx, in.ID, in.RawBody)
	})
}
