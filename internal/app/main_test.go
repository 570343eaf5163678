package app

import (
	"os"
	"testing"

	"github.com/shanyraq/shanyraq/internal/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }
