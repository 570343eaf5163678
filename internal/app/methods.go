package app

import (
	"github.com/shanyraq/shanyraq/ledger/method"
	"github.com/shanyraq/shanyraq/plan/access"
	"github.com/shanyraq/shanyraq/works"
	"github.com/shanyraq/shanyraq/works/equipment"
	"github.com/shanyraq/shanyraq/works/forecast"
	"github.com/shanyraq/shanyraq/works/network"
)

// Methods returns every published method: those of the ledger and those of the
// rooms above it. Each has a page in docs/method.
func Methods() method.Registry {
	return method.Together(method.List(), works.Methods(), forecast.Methods(), network.Methods(), equipment.Methods(), access.Methods())
}
