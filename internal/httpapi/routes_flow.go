package httpapi

import (
	"github.com/danielgtaylor/huma/v2"
)

// Flow is submissions on their way to publication, and releases; *app.App does it.
type Flow interface{}

func routesFlow(_ huma.API, _ Options) {}
