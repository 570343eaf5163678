package store

import (
	"context"
	"os"
	"path/filepath"
)

const (
	litSize = `SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()`
	pgSize  = `SELECT pg_database_size(current_database())`
)

// Size returns how many bytes the database takes, without its indexes' room on
// other machines.
func (s *Store) Size(ctx context.Context) (bytes int64, err error) {
	query := litSize
	if s.engine == PostgreSQL {
		query = pgSize
	}
	err = s.read.QueryRowContext(ctx, query).Scan(&bytes)
	if info, serr := os.Stat(s.name + "-wal"); s.engine == SQLite && serr == nil {
		bytes += info.Size()
	}
	return bytes, failed("store.Size", s.name, err)
}

// Folder is where a SQLite database lies; "" on PostgreSQL.
func (s *Store) Folder() string {
	if s.engine == SQLite {
		return filepath.Dir(s.name)
	}
	return ""
}
