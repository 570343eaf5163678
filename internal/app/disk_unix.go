//go:build linux || darwin

package app

import "syscall"

// freeSpace returns how many bytes may still be written below a folder.
func freeSpace(folder string) (bytes uint64, ok bool) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(folder, &s); err != nil {
		return 0, false
	}
	return s.Bavail * uint64(s.Bsize), true
}
