# run: the paper with a sample · test: everything · check: what a change must pass
# bench: speed against real peers · assets: built files · assets-desk: the desk's scripts
.PHONY: run test check bench assets assets-desk install

run:
	go run ./cmd/broadsheet serve --demo

# Installs what is missing from Debian, starts its own PostgreSQL, runs the
# units on both databases: all with the race detector, and without it the
# suites that cut the power and fail the disk thousands of times, the walks
# of every role over every route, and the stranger's through a thousand secrets. Then the browser tests.
test: install desk-ui/node_modules
	tools/postgres.sh go test -timeout 30m ./internal/store ./internal/papertest/...
	go test -timeout 30m -run 'TestEveryRouteForEveryRole|TestRoles$$' ./internal/newsroom
	go test -timeout 30m -run 'TestStrangerFindsNothing' ./internal/site
	tools/postgres.sh go test -race -short -timeout 30m ./...
	go test -tags e2e -count=1 -timeout 40m ./e2e # it builds the program itself: a kept result would say nothing of it

check:
	test -z "$$(gofmt -l cmd internal themes e2e bench *.go)"
	go vet ./...
	go vet -tags e2e ./e2e
	go tool staticcheck ./...
	$(MAKE) desk-ui/node_modules
	cd desk-ui && node_modules/.bin/tsc --noEmit
	$(MAKE) assets-desk OUT=desk-ui/node_modules/.built
	for f in editor desk plan; do cmp desk-ui/node_modules/.built/$$f.js $(OUT)/$$f.js || { echo "make assets-desk: $$f.js is older than its source" >&2; exit 1; }; done
	go test ./... -run 'TestImportsGoDown|TestEachThingHasItsPlace|TestNamesAreOfTheTrade|TestExportedNamesAreExplained|TestFunctionsAreShort|TestMessages'

bench: install
	tools/install.sh nginx-light wrk
	tools/postgres.sh go run ./bench

# The desk's scripts out of desk-ui; the bundler is a tool of go.mod.
OUT = internal/newsroom/assets
assets-desk: desk-ui/node_modules
	go tool esbuild desk-ui/src/editor.ts desk-ui/src/desk.ts desk-ui/src/plan.ts --bundle --minify --target=es2022 --charset=utf8 --legal-comments=none \
		"--banner:js=/* Broadsheet. Contains ProseMirror: MIT licence, (c) Marijn Haverbeke and others. */" --log-level=warning --outdir=$(OUT)

desk-ui/node_modules: desk-ui/package-lock.json
	command -v npm >/dev/null || tools/install.sh nodejs npm
	cd desk-ui && npm ci
	touch desk-ui/node_modules

# Beside the desk's scripts the theme's fonts are the only built files; themes/README.md says how.
assets:
	tools/install.sh fonttools python3-brotli
	themes/subset.sh

install:
	tools/install.sh gcc postgresql chromium fonts-noto-core
	command -v npm >/dev/null || tools/install.sh nodejs npm
