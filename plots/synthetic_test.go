package plots

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"simulate/sim/table"
)

// world describes made-up results that look like those of a run.
type world struct {
	cases        []Case
	quarters     int
	replications int
	academics    int  // members of a class
	gaps         bool // with undefined stretches, zeros and constants
}

var shockMarker = Marker{Date: 2025 + 19.0/365, Kind: "shock", Label: "DeepSeek finds an 8× efficiency gain"}

func usualWorld() world {
	return world{
		cases: []Case{{Name: "deepseek-shock", Title: "A DeepSeek-like efficiency jump, January 2025", Start: 2024,
			Markers: []Marker{shockMarker}}},
		quarters: 41, replications: 200, academics: 5,
	}
}

func threeCases() world {
	w := usualWorld()
	policy := Marker{Date: 2026, Kind: "policy", Label: "Public compute, $10B a year"}
	w.cases = []Case{
		{Name: "baseline", Title: "Baseline", Start: 2024},
		{Name: "deepseek-shock", Title: "A DeepSeek-like efficiency jump, January 2025", Start: 2024,
			Markers: []Marker{shockMarker}},
		{Name: "public-compute", Title: "Public compute", Start: 2024, Markers: []Marker{shockMarker, policy}},
	}
	return w
}

// madeWorlds are the files of each world that was made, by name.
var madeWorlds sync.Map // of world in words, map[string][]byte

// write puts the tables of the world into a folder. A world is made once.
func (w world) write(t testing.TB) string {
	t.Helper()
	words := fmt.Sprintf("%+v", w)
	files, made := madeWorlds.Load(words)
	if !made {
		files = w.files(t)
		madeWorlds.Store(words, files)
	}
	dir := t.TempDir()
	for name, text := range files.(map[string][]byte) {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// files are the tables of the world and its manifest.
func (w world) files(t testing.TB) map[string][]byte {
	t.Helper()
	dir, files := t.TempDir(), map[string][]byte{}
	rng := rand.New(rand.NewPCG(1, 2))
	for _, tb := range []*table.Table{w.summary(rng), w.segments(rng), w.labs(rng), w.events()} {
		name := tb.Name + ".csv"
		if err := tb.Save(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		files[name] = text
	}
	cases := slices.Clone(w.cases)
	if w.replications > 1 {
		for i := range cases {
			cases[i].Stochastic = true
		}
	}
	b, err := json.Marshal(map[string]any{"name": "deepseek-shock", "title": w.cases[0].Title, "seed": 20250120,
		"replications": w.replications, "version": "0.1.0", "cases": cases})
	if err != nil {
		t.Fatal(err)
	}
	files["manifest.json"] = b
	return files
}

func (w world) dates() []string {
	var dates []string
	for q := range w.quarters {
		dates = append(dates, time.Date(2024, time.Month(1+3*q), 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0,
			-1).Format(time.DateOnly))
	}
	return dates
}

var statColumnsOf = []table.Column{{Name: "n", Kind: table.Integer}, {Name: "mean", Kind: table.Number}, {Name: "q05",
	Kind: table.Number}, {Name: "q25", Kind: table.Number},
	{Name: "q50", Kind: table.Number}, {Name: "q75", Kind: table.Number}, {Name: "q95", Kind: table.Number}}

// around gives mean and quantiles of a lognormal spread that widens with the root of time.
func (w world) around(v, sd, years float64, rng *rand.Rand) []any {
	s := sd * math.Sqrt(years)
	v *= math.Exp(.03 * rng.NormFloat64())
	if w.replications == 1 {
		s = 0
	}
	out := []any{w.replications, v * math.Exp(s*s/2)}
	for _, z := range []float64{-1.645, -.674, 0, .674, 1.645} {
		out = append(out, v*math.Exp(z*s))
	}
	return out
}

// undefined is what a variable without any value has.
func undefined() []any { return append([]any{0}, slices.Repeat([]any{math.NaN()}, 6)...) }

func (w world) summary(rng *rand.Rand) *table.Table {
	out := table.New("summary", append([]table.Column{{Name: "case"}, {Name: "date"}, {Name: "metric"}},
		statColumnsOf...)...)
	shock := func(y float64) float64 { // a dip of a year or three after 2025.05
		if y < 1.05 {
			return 0
		}
		return math.Exp(-(y - 1.05) / 1.2)
	}
	paths := []struct {
		metric string
		sd     float64
		from   float64 // years before which nothing is defined
		at     func(y, effect float64) float64
	}{
		{"hhi_sales", .14, 0, func(y, e float64) float64 { return 3600*math.Exp(-.12*y) + 900 - 900*e*shock(y) }},
		{"hhi_compute_owned", .03, 0, func(y, e float64) float64 { return 980 + 140*(1-math.Exp(-y)) - 8*y }},
		{"hhi_compute_used", .04, 0, func(y, e float64) float64 { return 1100 + 60*y }},
		{"hhi_training_flop", .12, 0, func(y, e float64) float64 { return 1400 + 40*y }},
		{"hhi_capability", .02, .01, func(y, e float64) float64 { return 610 - 2*y }},
		{"hhi_chip_supply", .01, 0, func(y, e float64) float64 { return 7900 - 180*y }},
		{"supplier_revenue", .12, 0, func(y, e float64) float64 {
			return 60e9 * math.Exp(1.9*(1-math.Exp(-.35*y))+
				.05*e*shock(y))
		}},
		{"supplier_value", .18, 0, func(y, e float64) float64 {
			return 1.2e12 * math.Exp(1.6*(1-math.Exp(-.4*y))) * (1 - .17*e*shock(y))
		}},
		{"frontier_capability", .03, 0, func(y, e float64) float64 { return .2 + 1.1*y - .02*y*y }},
		{"open_frontier_capability", .03, 0, func(y, e float64) float64 { return -.3 + 1.1*y - .02*y*y + .3*e*shock(y) }},
		{"lag_class_micro_months", .1, 1, func(y, e float64) float64 { return 30 - y }},
		{"lag_class_small_months", .15, 1, func(y, e float64) float64 { return 13 + .2*y - 4*e*shock(y) }},
		{"lag_class_large_months", .2, .5, func(y, e float64) float64 { return 6 + .1*y }},
		{"lag_class_giant_months", .3, 3, func(y, e float64) float64 { return 1.2 }},
		{"lag_open_frontier_months", .25, .5, func(y, e float64) float64 { return 4.5 - 3*e*shock(y) }},
		{"entry_ticket", .25, 0, func(y, e float64) float64 { return 1.5e9 * math.Exp(2.2*(1-math.Exp(-.3*y))) }},
		{"price_index", .15, 0, func(y, e float64) float64 { return 100 * math.Exp(-1.1*y-.3*e*shock(y)) }},
		{"price_of_threshold", .3, .5, func(y, e float64) float64 { return 30 * math.Exp(-1.9*y) }},
		{"price_of_frontier", .2, 0, func(y, e float64) float64 { return 32 * math.Exp(-.55*y) }},
		{"labs_active", .03, 0, func(y, e float64) float64 { return 18 + .3*y }},
		{"entries", .1, 0, func(y, e float64) float64 { return .24 * y }},
		{"hosted_open_share", .2, 0, func(y, e float64) float64 { return .06 + .012*y }},
	}
	for k, c := range w.cases {
		for _, m := range paths {
			for q, d := range w.dates() {
				y := float64(q) / 4
				row := []any{c.Name, d, m.metric}
				empty := y < m.from || w.gaps && (q%7 == 3 || q > 30 && m.metric == "hhi_sales")
				v := m.at(y, float64(k+1)*.7)
				switch {
				case w.gaps && m.metric == "entry_ticket" && q%5 == 0:
					v = 0
				case w.gaps && m.metric == "hhi_compute_owned":
					v = 1000
				case w.gaps && m.metric == "lag_class_large_months":
					v -= 8
				}
				if k == 2 {
					v *= .85
				}
				cells := w.around(v, m.sd, y, rng)
				if empty {
					cells = undefined()
				}
				out.Append(append(row, cells...)...)
			}
		}
	}
	return out
}

func (w world) segments(rng *rand.Rand) *table.Table {
	out := table.New("segment_summary", append([]table.Column{{Name: "case"}, {Name: "date"}, {Name: "segment"},
		{Name: "metric"}}, statColumnsOf...)...)
	for _, c := range w.cases {
		for k, s := range []string{"enterprise", "consumer", "developer", "china", "reasoning"} {
			for q, d := range w.dates() {
				y := float64(q) / 4
				cells := w.around([]float64{2900, 7000, 3100, 1900, 2700}[k]*math.Exp(-.06*y), .12, y, rng)
				if s == "reasoning" && y < .75 {
					cells = undefined()
				}
				out.Append(append([]any{c.Name, d, s, "hhi_sales"}, cells...)...)
			}
		}
	}
	return out
}

func (w world) labs(rng *rand.Rand) *table.Table {
	out := table.New("labs_summary", append([]table.Column{{Name: "case"}, {Name: "date"}, {Name: "lab"},
		{Name: "region"}, {Name: "archetype"},
		{Name: "openness"}, {Name: "variable"}}, statColumnsOf...)...)
	type maker struct {
		id, open                       string
		budget, growth, c0, pace, sale float64
		compute                        float64
	}
	makers := []maker{
		{"microsoft", "closed", 60e9, .25, -2.7, 1.1, .01, 22000}, {"google", "closed", 44e9, .25, -.1, 1.08, .06, 110000},
		{"amazon", "closed", 36e9, .27, -1.6, 1.0, .005, 16000}, {"meta", "open", 34e9, .25, -1.6, 1.05, 0, 80000},
		{"openai", "closed", 2.1e9, .6, 0, 1.06, .64, 72000}, {"anthropic", "closed", 1.7e9, .62, -.9, 1.1, .12, 25000},
		{"xai", "closed", 1.5e9, .55, -1.2, 1.05, .005, 5000}, {"bytedance", "closed", 6e9, .4, -1.5, .98, .04, 25000},
		{"alibaba", "open", 4e9, .4, -1.5, 1.02, .03, 12000}, {"tencent", "closed", 3.5e9, .35, -1.7, .95, .02, 9000},
		{"deepseek", "open", .6e9, .5, -1.5, 1.07, .01, 20000}, {"moonshot", "delayed", .15e9, .5, -1.9, .9, .01, 2000},
		{"mistral", "open", .18e9, .45, -1.03, .8, .02, 2000}, {"cohere", "closed", .2e9, .3, -1.7, .75, .01, 3000},
		{"tii", "open", .2e9, .2, -1.95, .7, 0, 4000}, {"ai2", "open", .09e9, .2, -2.6, .7, 0, 1000}, {"sarvam", "open",
			.015e9, .35, -3, .65, 0, 200},
	}
	for k := range w.academics {
		makers = append(makers, maker{"university_lab#" + string(rune('1'+k)), "open", 6e6, .05, -3.5 + .1*float64(k), .55,
			0, 60})
	}
	for _, c := range w.cases {
		for q, d := range w.dates() {
			y := float64(q) / 4
			total := 0.0
			for _, m := range makers {
				total += m.sale * math.Exp(.15*y*(m.c0+1))
			}
			for _, m := range makers {
				row := func(variable string, v float64, sd float64) {
					cells := w.around(v, sd, y, rng)
					if variable == "capability" { // a level, not a ratio: spread it evenly
						for i := range cells[1:] {
							cells[1+i] = v + .1*math.Sqrt(y)*float64(i-3)
						}
					}
					if w.gaps && (q%9 == 4 || variable == "capability" && m.id == "tii") {
						cells = undefined()
					}
					out.Append(append([]any{c.Name, d, m.id, "us", "independent", m.open, variable}, cells...)...)
				}
				row("budget", m.budget*math.Exp(m.growth*8*(1-math.Exp(-y/8))), .1)
				row("compute_used", m.compute*math.Exp(m.growth*y), .1)
				row("sales_share", .93*m.sale*math.Exp(.15*y*(m.c0+1))/total, 0)
				row("adopted", map[bool]float64{true: .8}[y > 2 && m.open == "open" && m.budget < .1e9], 0)
				row("capability", m.c0+m.pace*y-.02*y*y, .05)
			}
		}
	}
	return out
}

// events are closures and acquisitions, of which a run has about one in ten years.
func (w world) events() *table.Table {
	out := table.New("events", table.Column{Name: "case"}, table.Column{Name: "replication", Kind: table.Integer},
		table.Column{Name: "date"}, table.Column{Name: "kind"})
	for _, c := range w.cases {
		for n := range w.replications {
			out.Append(c.Name, n+1, fmt.Sprintf("%d-06-30", 2025+n%9), []string{"exit", "acquisition", "release"}[n%3])
		}
	}
	return out
}

// twelve has more cases than colours, each with a policy of its own from one date on.
func twelve() world {
	w := usualWorld()
	w.cases = nil
	for i := range 12 {
		m := Marker{Date: 2026, Kind: "policy", Label: fmt.Sprintf("Lever %d", i)}
		w.cases = append(w.cases, Case{Name: fmt.Sprintf("case-%02d", i), Start: 2024, Markers: []Marker{m}})
	}
	return w
}

// thirteen has as many policies on one date, some of which end.
func thirteen() world {
	w := usualWorld()
	for i := range 13 {
		m := Marker{Date: 2026, Kind: "policy", Label: fmt.Sprintf("Policy number %d with a label that says at length "+
			"what it does", i+1)}
		if i%4 == 1 {
			m.Until = 2028 + float64(i)/4
		}
		w.cases[0].Markers = append(w.cases[0].Markers, m)
	}
	return w
}

// overlapping has policies whose times in force overlap, one from before the start.
func overlapping() world {
	w := usualWorld()
	w.cases[0].Markers = append(w.cases[0].Markers,
		Marker{Date: 2024, Until: 2026, Kind: "policy", Label: "Export controls"},
		Marker{Date: 2026, Until: 2029, Kind: "policy", Label: "Public compute"},
		Marker{Date: 2028, Until: 2031, Kind: "policy", Label: "Compute tax"},
		Marker{Date: 2027, Kind: "policy", Label: "Disclosure"})
	return w
}

func manyCases() world {
	w := usualWorld()
	w.cases = nil
	for i := range 9 {
		name := "case-" + strings.Repeat("long-", i) + string(rune('a'+i))
		w.cases = append(w.cases, Case{Name: name, Title: "Case with a fairly long title, number " + string(rune('1'+i)),
			Start: 2024,
			Markers: []Marker{{Date: 2025 + float64(i)/2, Kind: "policy",
				Label: "Policy of " + name + " with a long label that needs room"}}})
	}
	return w
}

func oneRow() world {
	w := usualWorld()
	w.quarters = 1
	return w
}

func writeManifest(t *testing.T, dir, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, "manifest.json"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
