package httpapi

import (
	"github.com/danielgtaylor/huma/v2"
)

// Dialogue is asking, answering and comments; *app.App does it.
type Dialogue interface{}

func routesDialogue(_ huma.API, _ Options) {}
