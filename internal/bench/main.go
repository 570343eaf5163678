// Command bench measures what the design promises, at full size, on the
// machine at hand. It is not part of the shipped program.
//
//	go run ./internal/bench ledger --figures 26000000 --db sqlite:FILE
//
// fills a database through the store, as an import would, with invented
// figures that are marked as such, and asks it what pages ask: a chart, a map,
// a click. The same seed makes the same figures everywhere.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
)

// commands are the measurements by name.
var commands = map[string]func(ctx context.Context, args []string) error{
	"ledger":        ledgerCommand,
	"server":        serverCommand,
	"import-wizard": wizardCommand,
	"entry":         entryCommand,
	"works":         worksCommand,
	"roads":         roadsCommand,
	"grid":          gridCommand,
	"all":           allCommand,
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	if len(args) == 0 || commands[args[0]] == nil {
		return errors.New("say what to measure: ledger [--figures N] [--db sqlite:FILE | postgres://... | private], server [--bin FILE], import-wizard [--rows N] [--bin FILE] [--db sqlite:FILE | private], entry [--facilities N] [--measures N] [--db ...], works [--works N] [--lines N] [--db ...], roads [--nodes N] [--growth N] [--peer=false], grid [--bin FILE] [--side N] [--big N] [--peer=false], or all [--bin FILE]")
	}
	return commands[args[0]](ctx, args[1:])
}

// allCommand runs every measurement at full size, the ledger on both databases.
func allCommand(ctx context.Context, args []string) error {
	for _, db := range []string{"", "private"} {
		fmt.Printf("ledger, %s\n", map[string]string{"": "SQLite", "private": "PostgreSQL"}[db])
		if err := ledgerCommand(ctx, []string{"--db", db, "--baseline"}); err != nil {
			return err
		}
	}
	for _, db := range []string{"", "private"} {
		fmt.Printf("entry, %s\n", map[string]string{"": "SQLite", "private": "PostgreSQL"}[db])
		if err := entryCommand(ctx, []string{"--db", db}); err != nil {
			return err
		}
	}
	for _, db := range []string{"", "private"} {
		fmt.Printf("works, %s\n", map[string]string{"": "SQLite", "private": "PostgreSQL"}[db])
		if err := worksCommand(ctx, []string{"--db", db}); err != nil {
			return err
		}
	}
	if err := roadsCommand(ctx, nil); err != nil {
		return err
	}
	if err := gridCommand(ctx, args); err != nil {
		return err
	}
	fmt.Println("server, demo country")
	return serverCommand(ctx, args)
}
