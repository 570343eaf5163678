# Shanyraq. `make run` for the product, `make test` for everything that must hold.

BIN     := bin/shanyraq
DB      ?= sqlite:data/shanyraq.db
LISTEN  ?= 127.0.0.1:8080
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
# The same settings for build, tests and linters, so that everything is compiled once.
export CGO_ENABLED := 0
export GOFLAGS := -trimpath
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.7.0
FUZZTIME ?= 60s

.PHONY: run test test-go test-web test-browser lint build web gen demo bench soak fuzz screenshots lighthouse need-run need-test need-bench clean

run: build ## build everything, load Kazakhstan, print the board, serve it
	$(BIN) --db $(DB) demo
	$(BIN) --db $(DB) board
	$(BIN) --db $(DB) serve --listen $(LISTEN)

build: need-run web/dist/index.html ## bin/shanyraq with the pages inside
	go build -ldflags "-s -w -X main.version=$(VERSION)" -o $(BIN) ./cmd/shanyraq

WEB_FILES := $(shell find web/src web/public web/tools -type f 2>/dev/null) web/index.html web/package.json web/package-lock.json web/vite.config.ts web/tsconfig.json

web/node_modules/.ready: web/package-lock.json
	cd web && npm ci --no-audit --no-fund --ignore-scripts
	touch $@

web/dist/index.html: web/node_modules/.ready $(WEB_FILES)
	cd web && npm run build
	touch $@

web: web/dist/index.html ## the pages

demo: build ## load Kazakhstan into $(DB)
	$(BIN) --db $(DB) demo

test: need-test ## everything: linters, units, both databases, browser
	$(MAKE) build
	$(MAKE) lint
	$(MAKE) test-web
	$(MAKE) test-go
	$(MAKE) test-browser

test-web: web/node_modules/.ready
	cd web && npm test

test-go: web/dist/index.html
	go test -timeout 20m ./...

test-browser: build
	cd web && SHANYRAQ_BIN=../$(BIN) npm run e2e

lint: web/dist/index.html
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { echo "gofmt these files:"; gofmt -l $$(git ls-files '*.go'); exit 1; }
	go vet ./...
	go run $(STATICCHECK) ./...

gen: ## outlines, API description and the types of the pages
	go generate ./...
	go test ./internal/httpapi -run TestDescription -update
	cd web && npm run types

bench: need-bench build ## full-size measurements; results go to docs/performance
	go run ./internal/bench all --bin $(BIN)

soak: ## kill -9 under writers, two hundred times
	SHANYRAQ_SOAK=200 go test ./internal/store ./cmd/shanyraq -run Kill -count=1 -timeout 60m -v

fuzz: ## every parser for FUZZTIME
	sh scripts/fuzz.sh $(FUZZTIME)

screenshots: build ## pictures of README and guide
	cd web && SHANYRAQ_BIN=../$(BIN) npm run screenshots

lighthouse: build ## Lighthouse scores of the pages
	cd web && SHANYRAQ_BIN=../$(BIN) npm run lighthouse

need-run:
	@sh scripts/need.sh run

need-test:
	@sh scripts/need.sh test

need-bench: ## the programs beside which we are measured
	@sh scripts/need.sh bench

clean:
	rm -rf bin out web/dist/assets web/dist/index.html web/node_modules
