package main

import (
	"os"
	"strings"

	"golang.org/x/sys/unix"
)

// forget asks the system to drop the file of a SQLite database from memory, so
// that the first questions read from disk. It does its best: for PostgreSQL
// nothing is forgotten.
func forget(dsn string) {
	file, ok := strings.CutPrefix(dsn, "sqlite:")
	if !ok {
		return
	}
	f, err := os.OpenFile(file, os.O_RDWR, 0)
	if err != nil {
		return
	}
	defer f.Close()
	if f.Sync() == nil {
		unix.Fadvise(int(f.Fd()), 0, 0, unix.FADV_DONTNEED)
	}
}
