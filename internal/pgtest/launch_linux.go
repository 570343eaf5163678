package pgtest

import (
	"runtime"
	"syscall"
)

// dieWithParent lets the server end when the program that started it is killed.
func dieWithParent(attr *syscall.SysProcAttr) *syscall.SysProcAttr {
	with := *attr
	with.Pdeathsig = syscall.SIGINT
	return &with
}

// launch starts the server and waits for its end on a thread of its own: for
// Linux the parent is the thread, and Go ends idle threads.
func (s *Server) launch() error {
	started := make(chan error)
	go func() {
		runtime.LockOSThread()
		err := s.cmd.Start()
		started <- err
		if err == nil {
			s.done <- s.cmd.Wait()
		}
	}()
	return <-started
}
