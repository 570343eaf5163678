package httpapi

import (
	"github.com/danielgtaylor/huma/v2"
)

// Notices is notifications and webhooks; *app.App does it.
type Notices interface{}

func routesNotices(_ huma.API, _ Options) {}
