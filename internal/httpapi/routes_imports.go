package httpapi

import (
	"github.com/danielgtaylor/huma/v2"
)

// Imports is files of figures brought in by the wizard; *app.App does it.
type Imports interface{}

func routesImports(_ huma.API, _ Options) {}
