package app

import (
	"context"
	"fmt"

	"github.com/shanyraq/shanyraq/internal/httpapi"
)

// State returns a text that changes whenever an answer may change.
func (a *App) State(ctx context.Context) (string, error) {
	v, err := a.look(ctx, When{})
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%d %s", v.at.Seq, v.at.AsOf), nil
}

// Ping tells whether the database answers.
func (a *App) Ping(ctx context.Context) error { return a.Store.Ping(ctx) }

// Session tells what a reader may do.
func (a *App) Session(ctx context.Context, administrator bool) (*httpapi.Session, error) {
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, err
	}
	return &httpapi.Session{Administrator: administrator, Version: a.Version, Database: string(a.Store.Engine()), Today: v.at.AsOf.String()}, nil
}
