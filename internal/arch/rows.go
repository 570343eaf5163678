package arch

import "strings"

// seat is where a folder sits: its row, and the room whose packages may import
// each other.
type seat struct {
	row  int
	room string
	// ground may be imported by its neighbours in the row.
	ground bool
}

// lastPure is the last row that does no input or output.
const lastPure = 4

// tools is the row above all: nobody imports it.
const tools = 9

// shape is how the folders below a folder of the picture count.
type shape int

const (
	oneRoom  shape = iota // the folder and everything below are one room
	eachRoom              // every folder below is a room of its own
	ground                // one room that its neighbours may import too
)

// rows lists the folders of design section 3; the first that fits counts.
// Three packages are ground: fault, because every error has a kind;
// exchange/text, because every format of text begins with bytes in some
// encoding; and exchange/sheet, because many formats are tables.
var rows = []struct {
	row    int
	folder string
	shape  shape
}{
	{0, "fault", ground},
	{0, "money", oneRoom}, {0, "period", oneRoom}, {0, "lang", oneRoom},
	{0, "internal/graph", oneRoom}, {0, "internal/opt", oneRoom}, {0, "internal/stat", oneRoom},
	{1, "place", oneRoom},
	{2, "actor", oneRoom},
	{3, "ledger", oneRoom},
	{4, "plan", oneRoom}, {4, "works", oneRoom}, {4, "fund", oneRoom}, {4, "measure", oneRoom}, {4, "imaging", oneRoom}, {4, "care", oneRoom},
	{5, "exchange/text", ground}, {5, "exchange/sheet", ground}, {5, "exchange", eachRoom}, {5, "country", oneRoom},
	{6, "internal/store", oneRoom}, {6, "internal/httpapi", oneRoom}, {6, "internal/job", oneRoom}, {6, "web", oneRoom},
	{6, "internal/mail", oneRoom},    // letters
	{6, "internal/hook", oneRoom},    // calls to other programs
	{6, "internal/blob", oneRoom},    // the bytes of evidence, by their hash
	{6, "internal/oidc", oneRoom},    // sign-in through a provider of identities
	{6, "internal/passkey", oneRoom}, // sign-in with a key of a device
	{6, "internal/archive", oneRoom}, // the format of a backup
	{7, "internal/app", oneRoom},
	{8, "cmd/shanyraq", oneRoom},
	{5, "internal/pgtest", oneRoom}, // a private PostgreSQL for tests
	{8, "internal/bench", oneRoom},  // a program beside cmd/shanyraq: make bench
	{tools, "internal/arch", oneRoom},
}

func rowOf(folder string) (seat, bool) {
	for _, r := range rows {
		if folder != r.folder && !strings.HasPrefix(folder, r.folder+"/") {
			continue
		}
		room := r.folder
		if rest, ok := strings.CutPrefix(folder, r.folder+"/"); ok && r.shape == eachRoom {
			name, _, _ := strings.Cut(rest, "/")
			room += "/" + name
		}
		return seat{r.row, room, r.shape == ground}, true
	}
	return seat{}, false
}

// homeOf names the folders in which a module may be imported.
type homeOf struct {
	module  string
	folders []string
}

// home lists what is imported only in certain folders.
var home = []homeOf{
	{"database/sql", []string{"internal/store", "internal/job", "internal/pgtest", "internal/bench"}},
	{"github.com/jackc/pgx", []string{"internal/store", "internal/pgtest", "internal/bench"}},
	{"modernc.org/sqlite", []string{"internal/store", "internal/job"}}, // of job the tests
	{"github.com/pressly/goose", []string{"internal/store"}},
	{"github.com/danielgtaylor/huma", []string{"internal/httpapi"}},
	{"github.com/alecthomas/kong", []string{"cmd/shanyraq"}},
	{"github.com/xuri/excelize", []string{"exchange"}},
	{"github.com/wneessen/go-mail", []string{"internal/mail"}},
	{"github.com/minio/minio-go", []string{"internal/blob"}},
	{"github.com/go-webauthn/webauthn", []string{"internal/passkey"}},
}

// in reports whether the file stands where the module may be imported.
func (h homeOf) in(f *File) bool {
	for _, folder := range h.folders {
		if f.Folder == folder || strings.HasPrefix(f.Folder, folder+"/") {
			return true
		}
	}
	return false
}

// banned reports whether a package of the standard library reads or writes
// the world outside. Pure libraries, also foreign ones, are welcome.
func banned(p string) bool {
	for _, no := range []string{"os", "net", "database/sql", "log", "syscall", "embed", "flag", "io/ioutil", "runtime/debug", "testing", "path/filepath", "unsafe"} {
		if p == no || strings.HasPrefix(p, no+"/") {
			return p != "net/url" && p != "net/netip"
		}
	}
	return false
}

// clockCalls are the functions of package time that look at the clock.
var clockCalls = map[string]bool{"Now": true, "Since": true, "Until": true, "Sleep": true, "After": true, "AfterFunc": true, "Tick": true, "NewTicker": true, "NewTimer": true, "Local": true, "LoadLocation": true}
