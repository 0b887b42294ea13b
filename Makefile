# run: the paper with a sample · test: everything · check: what a change must pass
# bench: speed against real peers · assets: built files
.PHONY: run test check bench assets install

run:
	go run ./cmd/broadsheet serve --demo

# Installs what is missing from Debian, starts its own PostgreSQL, runs the
# units on both databases: all with the race detector, and without it the
# suites that cut the power and fail the disk thousands of times. Then the
# browser tests.
test: install
	tools/postgres.sh go test -timeout 30m ./internal/store ./internal/papertest/...
	tools/postgres.sh go test -race -short -timeout 30m ./...
	go test -tags e2e -count=1 -timeout 15m ./e2e # it builds the program itself: a kept result would say nothing of it

check:
	test -z "$$(gofmt -l cmd internal themes e2e bench *.go)"
	go vet ./...
	go vet -tags e2e ./e2e
	go tool staticcheck ./...
	go test ./... -run 'TestImportsGoDown|TestEachThingHasItsPlace|TestNamesAreOfTheTrade|TestExportedNamesAreExplained|TestFunctionsAreShort|TestMessages'

bench: install
	tools/install.sh nginx-light wrk
	tools/postgres.sh go run ./bench

# The theme's fonts are the only built files; themes/README.md says how.
assets:
	tools/install.sh fonttools python3-brotli
	themes/subset.sh

install:
	tools/install.sh gcc postgresql chromium fonts-noto-core
