package httpapi

import (
	"github.com/danielgtaylor/huma/v2"
)

// Reporting is templates, forms and completeness; *app.App does it.
type Reporting interface{}

func routesReporting(_ huma.API, _ Options) {}
