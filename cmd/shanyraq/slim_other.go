//go:build !linux

package main

// slim can give pages back only on Linux.
func slim() {}
