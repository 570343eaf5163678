package httpapi

import (
	"github.com/danielgtaylor/huma/v2"
)

// Files is evidence: photos, acts, contracts; *app.App does it.
type Files interface{}

func routesFiles(_ huma.API, _ Options) {}
