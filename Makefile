# What a contributor runs. `make check` before each commit; `.ci/run` is everything that a change must pass.
GO ?= go
COMMIT := $(shell git rev-parse --short=12 HEAD 2>/dev/null)

.PHONY: build check test bench bench-compare bench-workers benchmarks release clean

build: ## the program, stamped with its commit
	$(GO) build -ldflags "-X main.commit=$(COMMIT)" -o bin/simulate ./cmd/simulate

# A third of what short tests take was collecting their garbage.
check: export GOGC = 400
check: ## short tests, vet, format, lint, tidy
	$(GO) vet ./...
	@u=$$(gofmt -l .); [ -z "$$u" ] || { echo "not gofmt-ed: $$u"; exit 1; }
	$(GO) mod tidy -diff
	@if command -v golangci-lint >/dev/null; then golangci-lint run; \
	else GOFLAGS= $(GO) run honnef.co/go/tools/cmd/staticcheck@v0.8.2 ./...; fi
	$(GO) test -short -vet=off ./... # vet has run

test: ## all tests that need Go only
	$(GO) test ./...

bench: ## the speed of a run in one line, baseline: NN.N exp/lab-step
	@$(GO) test -run '^$$' -bench Baseline -benchtime 1x ./internal/bench | grep '^baseline:'

bench-compare: ## the same six times, beside that of the last release; it reports and never fails
	@mkdir -p bin
	@$(GO) test -run '^$$' -bench Baseline -benchtime 1x -count 6 ./internal/bench | \
		awk 'sub(/baseline: .*/, "") { printf "%s", $$0; next } /^(goos|goarch|pkg|cpu|Bench|  )/' >bin/bench.txt
	@$(GO) run golang.org/x/perf/cmd/benchstat@v0.0.0-20260908200009-22c9c6c9d4da \
		internal/bench/testdata/release.txt bin/bench.txt || true

bench-workers: ## what two processors gain on run, compare, sweep and calibrate, figures included
	$(GO) test -run '^$$' -bench TwoWorkers -benchtime 3x -timeout 60m ./cmd/simulate

benchmarks: ## all benchmarks
	$(GO) test -run '^$$' -bench . -benchtime 1s ./sim/... ./internal/...

release: ## archives for all platforms, checksums and note in dist
	$(GO) run ./internal/release --out dist --commit "$(COMMIT)"

clean:
	rm -rf bin dist
