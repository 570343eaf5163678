package httpapi

import (
	"github.com/danielgtaylor/huma/v2"
)

// Operations is the journal; *app.App does it.
type Operations interface{}

func routesOperations(_ huma.API, _ Options) {}
