package main

import (
	"bytes"
	"os"
	"strconv"

	"golang.org/x/sys/unix"
)

// slim gives back the pages of the program file that starting has read, about
// 20 MB of a program whose engines need a few: the system reads again what is
// needed again. It touches only what cannot be written to, and does its best.
func slim() {
	self, err := os.Readlink("/proc/self/exe")
	if err != nil {
		return
	}
	maps, err := os.ReadFile("/proc/self/maps")
	if err != nil {
		return
	}
	for line := range bytes.Lines(maps) {
		// 00401000-01a5c000 r-xp 00001000 fe:00 1234    /usr/bin/shanyraq
		f := bytes.Fields(line)
		if len(f) < 6 || string(f[5]) != self || len(f[1]) != 4 || f[1][1] != '-' || f[1][3] != 'p' {
			continue
		}
		from, to, ok := bytes.Cut(f[0], []byte("-"))
		begin, err := strconv.ParseUint(string(from), 16, 64)
		end, err2 := strconv.ParseUint(string(to), 16, 64)
		if !ok || err != nil || err2 != nil || end <= begin {
			continue
		}
		_, _, _ = unix.Syscall(unix.SYS_MADVISE, uintptr(begin), uintptr(end-begin), unix.MADV_DONTNEED)
	}
}
