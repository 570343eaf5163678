package httpapi

import (
	"github.com/danielgtaylor/huma/v2"
)

// Accounts is who signs in, and what they may do; *app.App does it.
type Accounts interface{}

func routesAccounts(_ huma.API, _ Options) {}
