// Package job does work in the background: messages that go out, imports that
// take long, reminders that are due each morning.
//
// A job is a row that the act which wants it writes in its own transaction, so
// that the job is there exactly if the act was done. A process takes a job by
// a lease that it renews while it works. When the process dies, the lease runs
// out and another process takes the job; so a job may be begun more than once,
// and what it does must bear that, or be written together with Done in one
// transaction, which happens once.
//
// Processes share nothing but the table. Their clocks may differ by less than
// a lease.
package job

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"log/slog"
	"sync"
	"time"

	"github.com/shanyraq/shanyraq/fault"
)

// Options are how a process works. The zero value is a good choice.
type Options struct {
	Log     *slog.Logger
	Clock   func() time.Time
	Workers int           // jobs at once; 4
	Poll    time.Duration // between two looks at a quiet table; 1 s
	Lease   time.Duration // how long a dead process keeps a job; 30 s
}

const (
	defaultWorkers = 4
	defaultPoll    = time.Second
	defaultLease   = 30 * time.Second

	// After an Insert the table is looked at often for a while, since the queue
	// does not see when the transaction around it ends.
	soonPoll = 40 * time.Millisecond
	soonFor  = 2 * time.Second

	keepDone   = 14 * 24 * time.Hour // finished jobs stay so long
	sweepEvery = time.Hour

	defaultTries = 10
)

// timeText has a fixed width, so that texts compare as times do.
const timeText = "2006-01-02T15:04:05.000000Z"

// Queue takes jobs and does them. It is safe for many goroutines.
type Queue struct {
	write, read *sql.DB
	o           Options
	holder      string // this process, until it ends

	kinds map[string]*kind // fixed once started
	times []timed

	wake chan struct{}

	mu       sync.Mutex // guards what follows
	running  map[string]*hold
	soon     time.Time // until then look often
	last     int64     // of the last id
	stopping bool

	stop    context.CancelFunc
	stopped chan struct{} // closed when the loop has ended
}

// New returns a queue over the table job of a database. It looks through read
// and changes through write, which may have one connection only.
func New(write, read *sql.DB, o Options) *Queue {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Workers <= 0 {
		o.Workers = defaultWorkers
	}
	if o.Poll <= 0 {
		o.Poll = defaultPoll
	}
	if o.Lease <= 0 {
		o.Lease = defaultLease
	}
	return &Queue{write: write, read: read, o: o, holder: randomHex(8), kinds: map[string]*kind{},
		wake: make(chan struct{}, 1), running: map[string]*hold{}}
}

// Log lets the queue write to log; say it before Start.
func (q *Queue) Log(log *slog.Logger) { q.o.Log = log }

// kind is what the program does for jobs of one name.
type kind struct {
	work    func(context.Context, []byte) error
	tries   int
	timeout time.Duration
	backoff func(attempt int) time.Duration
}

// Setting changes how a kind of job is done.
type Setting func(*kind)

// Tries is how often a job is begun at most; 10 when not said.
func Tries(n int) Setting { return func(k *kind) { k.tries = n } }

// Timeout ends the context of an attempt after d; without it an attempt may
// take as long as it needs.
func Timeout(d time.Duration) Setting { return func(k *kind) { k.timeout = d } }

// Backoff is how long to wait after the n-th failed attempt.
func Backoff(wait func(attempt int) time.Duration) Setting { return func(k *kind) { k.backoff = wait } }

// Register says what is done for jobs of a kind. Register everything before
// Start, also in a process that only inserts. An error of work means another
// attempt later, unless it came from GiveUp or the tries are used up.
func Register[T any](q *Queue, name string, work func(context.Context, T) error, settings ...Setting) {
	k := &kind{tries: defaultTries, backoff: Wait}
	k.work = func(ctx context.Context, args []byte) error {
		var v T
		if err := json.Unmarshal(args, &v); err != nil {
			return GiveUp(fault.New(fault.Internal, "job.Work", name, "the order cannot be read: it comes from another version of the program"))
		}
		return work(ctx, v)
	}
	for _, set := range settings {
		set(k)
	}
	q.kinds[name] = k
}

// Wait is the time after the n-th failed attempt: 5 s, 15 s, 45 s ... up to six
// hours.
func Wait(attempt int) time.Duration {
	const first, most = 5 * time.Second, 6 * time.Hour
	d := first
	for i := 1; i < attempt && d < most; i++ {
		d *= 3
	}
	return min(d, most)
}

// Order changes how a job is put into the queue.
type Order func(*order)

type order struct {
	id, name, lane string
	at             time.Time
}

// Named makes a job the only unfinished one of its kind and name: while it
// waits or runs, another Insert of the name changes nothing.
func Named(name string) Order { return func(o *order) { o.name = name } }

// Once makes a job the only one of its kind and name for weeks, also when it
// is finished.
func Once(name string) Order { return func(o *order) { o.id = "once:" + name } }

// Lane puts a job behind the others of its lane: one at a time, in the order
// of Insert. One that has failed three times lets the others pass.
func Lane(name string) Order { return func(o *order) { o.lane = name } }

// At lets a job begin not before t.
func At(t time.Time) Order { return func(o *order) { o.at = t } }

const (
	sqlInsert = `
	INSERT INTO job (id, kind, name, lane, args, state, attempt, tries, run_at, holder, locked_until, stop, progress, total, problem, created_at, finished_at)
	VALUES ($1, $2, $3, $4, $5, 'waiting', 0, $6, $7, '', '', 0, 0, 0, '', $8, '')
	ON CONFLICT DO NOTHING`
	sqlNamed = `SELECT id FROM job WHERE kind = $1 AND name = $2 AND finished_at = ''`
)

// Insert puts a job into the queue as part of tx: if tx is taken back, there
// was no job. It returns the id of the job, or of the one that is there
// already under its name.
func (q *Queue) Insert(tx *sql.Tx, name string, args any, orders ...Order) (string, error) {
	const op = "job.Insert"
	k := q.kinds[name]
	if k == nil {
		return "", fault.New(fault.Internal, op, name, "no job of this kind is known")
	}
	body, err := json.Marshal(args)
	if err != nil {
		return "", fault.Wrap(err, op, name)
	}
	now := q.o.Clock()
	o := order{id: q.newID(now), at: now}
	for _, set := range orders {
		set(&o)
	}
	if len(o.id) > 5 && o.id[:5] == "once:" {
		o.id = "once:" + name + ":" + o.id[5:]
	}
	// The transaction has its own context.
	ctx := context.Background()
	r, err := tx.ExecContext(ctx, sqlInsert, o.id, name, o.name, o.lane, string(body), k.tries, text(o.at), text(now))
	if err != nil {
		return "", failed(op, name, err)
	}
	n, err := r.RowsAffected()
	if err != nil {
		return "", failed(op, name, err)
	}
	if n == 0 && o.name != "" {
		if err := tx.QueryRowContext(ctx, sqlNamed, name, o.name).Scan(&o.id); err != nil {
			return "", failed(op, name, err)
		}
	}
	q.Wake()
	return o.id, nil
}

// Wake lets the queue look for jobs now and often in the next seconds.
func (q *Queue) Wake() {
	q.mu.Lock()
	q.soon = time.Now().Add(soonFor)
	q.mu.Unlock()
	select {
	case q.wake <- struct{}{}:
	default: // it is awake
	}
}

// newID makes ids that grow with time, so that a lane knows its order.
func (q *Queue) newID(now time.Time) string {
	q.mu.Lock()
	q.last = max(q.last+1, now.UnixMicro())
	n := q.last
	q.mu.Unlock()
	var b [8]byte
	for i := range b {
		b[i] = byte(n >> (56 - 8*i))
	}
	return hex.EncodeToString(b[:]) + randomHex(4)
}

func randomHex(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails, says its documentation
	return hex.EncodeToString(b)
}

func text(t time.Time) string { return t.UTC().Format(timeText) }
