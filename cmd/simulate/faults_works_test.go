//go:build faults && linux

package main

// work is a kind of command: the lines that lead to its results, in the folder d.
type work struct {
	name  string
	lines []string
	force string // the line that starts anew whatever is there, "" for the first line with --force
}

const short = " --set clock.end=2026-01 --set reference_replications=2 --quiet"

var works = []work{
	{name: "run to CSV", lines: []string{"run baseline deepseek-shock -n 12 --no-figures --out d" + short}},
	{name: "run to Parquet", lines: []string{"run baseline -n 16 --format parquet --no-figures --out d" + short}},
	{name: "run until", lines: []string{"run baseline --until hhi_sales.se<1e9 -n 100 --no-figures --out d" + short}},
	{name: "compare", lines: []string{"compare baseline deepseek-shock -n 8 --no-figures --out d" + short}},
	{name: "sweep to CSV", lines: []string{"sweep baseline --vary market.eta=0.6,0.8,1,1.2 -n 6 --format csv --record " +
		"year --no-figures --out d" + short}},
	{name: "sweep to Parquet", lines: []string{"sweep baseline --vary market.eta=range --design lhs --samples 20 -n 2 " +
		"--no-figures --out d" + short}},
	{name: "shards", lines: []string{"sweep plan baseline --vary market.eta=0.6,1.1 -n 9 --shards 3 --out d" + short,
		"sweep run --plan d --quiet", "sweep merge d --format csv --quiet"}},
	{name: "backtest", lines: []string{"backtest -n 3 --set reference_replications=2 --no-figures --quiet --out d"}},
	{name: "backtest in shards", lines: []string{"backtest -n 3 --set reference_replications=2 --shards 4 --quiet --out d",
		"sweep run --plan d --quiet", "sweep merge d --quiet"}},
	{name: "calibrate", lines: []string{"calibrate --samples 40 --discrepancy 0.3 --no-figures --quiet --out d"}},
	{name: "comparison over futures in shards", lines: []string{"compare baseline deepseek-shock --vary " +
		"market.eta=0.6,1.1 -n 4 --shards 3 --out d" + short, "sweep run --plan d --quiet",
		"sweep merge d --format csv --quiet"}},
	{name: "expectations", lines: []string{"check public-compute-10b --expect -n 8 --set reference_replications=2 " +
		"--quiet " +
		"--json --out d"}},
	// its folder holds a figure alone; the log lies in the user's cache
	{name: "threshold", lines: []string{searchLine}, force: searchLine},
}

const searchLine = "analyse threshold baseline --vary market.sigma=range --where lerner<0.5 --at 2025 -n 32 " +
	"--tolerance 1 --out d" + short

func (w work) forced() string {
	if w.force != "" {
		return w.force
	}
	return w.lines[0] + " --force"
}
