package report

import (
	"bytes"
	"errors"
	"html"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"simulate/plots"
	"simulate/sim"
	"simulate/sim/experiment/compare"
	"simulate/sim/experiment/history"
	"simulate/sim/experiment/results"
	"simulate/sim/table"
)

func build(t testing.TB, dir string) string {
	t.Helper()
	b, err := Build(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// last is the page that says looked at last, with its text.
var last struct{ page, text string }

// says fails where the page does not hold a text; that it is escaped is tested elsewhere.
func says(t *testing.T, page, what string) {
	t.Helper()
	if last.page != page {
		last.page, last.text = page, html.UnescapeString(page)
	}
	if !strings.Contains(last.text, what) {
		t.Errorf("the page does not say %q", what)
	}
}

// Every kind of folder gives a page that is well formed, names its sections, loads nothing and is
// the same at the second time.
func TestEveryKindOfFolder(t *testing.T) {
	const front, costs = "question answer sure anyway depends trust glossary", "question answer sure anyway depends " +
		"costs trust glossary"
	const run = " findings results charts figures levers assumptions patterns repeat"
	for name, of := range map[string]struct{ dir, sections string }{
		"run":       {runFolder(t, "base"), front + run},
		"several":   {runFolder(t, "base", "levers"), front + run},
		"compare":   {compareFolder(t), costs + run},
		"futures":   {futuresFolder(t), front + " findings design results figures levers assumptions repeat"},
		"sweep":     {sweepFolder(t), front + " findings design results effects charts figures levers assumptions repeat"},
		"backtest":  {backtestFolder(t), front + " findings results figures inputs levers assumptions repeat"},
		"calibrate": {calibrateFolder(t), front + " findings results figures targets levers assumptions repeat"},
	} {
		t.Run(name, func(t *testing.T) {
			page := build(t, of.dir)
			if !testing.Short() && build(t, of.dir) != page {
				t.Error("the same folder gives other bytes")
			}
			var found []string
			for _, m := range regexp.MustCompile(`<section id="([a-z]+)"`).FindAllStringSubmatch(page, -1) {
				found = append(found, m[1])
			}
			if strings.Join(found, " ") != of.sections {
				t.Errorf("sections %v, not %s", found, of.sections)
			}
			wellFormed(t, page)
			loadsNothing(t, page)
			lines, err := Findings(of.dir, nil)
			if err != nil || len(lines) == 0 {
				t.Errorf("findings %q, %v", lines, err)
			}
			for _, line := range lines {
				says(t, page, line)
			}
			if figures, err := plots.Charts(of.dir, plots.Options{}); err != nil || strings.Count(page,
				"<svg ") != len(figures) || len(figures) == 0 && name != "sweep" {
				t.Errorf("%d pictures of %d figures: %v", strings.Count(page, "<svg "), len(figures), err)
			}
		})
	}
}

// Texts of a scenario are texts, whatever stands in them.
func TestHostileTextsAreEscaped(t *testing.T) {
	page := build(t, compareFolder(t))
	for _, bad := range []string{"<script>alert", "<img src=x", "<b>a guess", "Jump <at>", "</script><script>alert"} {
		if strings.Contains(page, bad) {
			t.Errorf("the page holds %s", bad)
		}
	}
	says(t, page, hostile)
	says(t, page, "assumption: <b>a guess</b>")
	says(t, page, "Money & more")
	if n := strings.Count(page, "<script"); n != 4 {
		t.Errorf("%d scripts: the data, two libraries and the page's own are four", n)
	}
}

// The page of a comparison says what each lever is, what theory expects of it and what was seen,
// every number off its default, and the sentences of the command.
func TestAComparisonSaysEverything(t *testing.T) {
	dir := compareFolder(t)
	page := build(t, dir)
	scenarios := three(t, "base", "levers")
	pulled := map[string]bool{}
	for _, p := range scenarios[1].Config().Policies {
		says(t, page, p.Label)
		for _, l := range p.Effects() {
			pulled[l.Name] = true
			says(t, page, l.Name)
			says(t, page, l.Neutral)
			says(t, page, l.Why)
		}
		for _, s := range scenarios[1].Stated("policies." + p.ID) {
			says(t, page, s.Value)
			says(t, page, s.Range)
		}
	}
	for _, l := range sim.Effects() {
		if !pulled[l.Name] {
			t.Errorf("no policy of the test pulls %s", l.Name)
		}
	}
	changed := 0
	for _, s := range scenarios {
		for _, o := range s.Origins() {
			if o.Default || o.Source == "" && strings.HasPrefix(o.Path, "clock") {
				continue
			}
			if _, parameter := sim.LookUp(o.Path); parameter {
				changed++
				says(t, page, o.Path)
				says(t, page, o.Note)
			}
			says(t, page, o.Source)
			if o.Value != "" && !strings.Contains(o.Path, ".values.") {
				says(t, page, o.Value)
			}
		}
	}
	if changed != 8 {
		t.Errorf("%d parameters off their defaults in two scenarios", changed)
	}
	o, err := compare.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range o.TellAll(compare.MainMetrics) {
		says(t, exponents.ReplaceAllString(page, ""), exponents.ReplaceAllString(line, ""))
	}
	for _, text := range []string{"drawn in each replication: median 2.67x/yr, 90 % from 2x/yr to 4x/yr",
		"Expected and seen", "noise saved", "interaction", "Theory gives no sign",
		"2024-06-01", "ends", "not judged: more differs", "needs a run of baseline", "known misfit",
		"nobody enters here either", "2.5 to 3.5",
		"simulate compare scenarios/base.yaml scenarios/levers.yaml --decompose", "simulate check scenarios/base.yaml " +
			"--expect", "Data: Epoch AI (epoch.ai), CC BY 4.0; modified.", "5x to 15x"} {
		says(t, page, text)
	}
	for _, f := range o.Manifest.Tables {
		says(t, page, f.SHA256)
	}
	resolved, err := os.ReadFile(filepath.Join(dir, "scenarios", "levers.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	says(t, page, `<a download="levers.yaml">Save levers.yaml</a></p><pre><code>`+string(resolved)+`</code></pre>`)
	if n := strings.Count(last.text, string(resolved)); n != 1 {
		t.Errorf("the page holds levers.yaml %d times", n)
	}
}

// A policy that alone makes a case differ is judged by what theory expects, but for other scalars
// than talent.
func TestOnePolicyIsJudged(t *testing.T) {
	page := build(t, runFolder(t, "base", "grant", "talent"))
	says(t, page, "not judged: depends on the scalar")
	says(t, page, "as expected")
	if strings.Contains(page, "more differs") {
		t.Error("a case with one policy is not judged")
	}
}

// A run alone says that nothing was seen beside what is expected, and how it was made.
func TestARunAlone(t *testing.T) {
	dir := runFolder(t, "levers")
	page := build(t, dir)
	says(t, page, "the folder holds no case without it")
	says(t, page, `simulate run 'it'\''s <here>.yaml'`)
	says(t, page, "simulate run scenario.yaml --no-counterfactual --out again")
	o, err := compare.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(o.Summary(), "\n") {
		says(t, page, line)
	}
	at := o.Milestones()
	if len(at) != 3 || at[0].Label != "end of 2023, the start" || at[1].Label != "end of June 2025, a year after Money "+
		"& more" || at[2].Date != "2025-12-31" {
		t.Errorf("milestones %v", at)
	}
	s := o.Stats("levers", "2025-12-31", "hhi_sales")
	says(t, page, human(s.Mean)+" ("+human(s.SE)+")")
}

// Pictures that analyses left in the folder are shown with the words they carry; a changed table is
// named.
func TestAnalysesAndChanges(t *testing.T) {
	dir := runFolder(t, "base")
	before := strings.Count(build(t, dir), "<img ")
	ch := plots.BarChart{Title: "What drives <it>", Subtitle: "Indices of a design", Source: "here",
		Names: [2]string{"first", ""}, Bars: []plots.Bar{{Name: "x", First: plots.Interval{Value: 1, Low: 0, High: 2},
			Second: plots.Interval{Value: math.NaN()}}}}.Chart()
	if err := os.MkdirAll(filepath.Join(dir, "figures"), 0o777); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"sensitivity-x.png", "threshold.svg", "hhi_sales.png", "notes.txt"} {
		format := strings.TrimPrefix(filepath.Ext(name), ".")
		if err := ch.Save(filepath.Join(dir, "figures", name), format, 50); err != nil {
			t.Fatal(err)
		}
	}
	file, err := os.OpenFile(filepath.Join(dir, "events.csv"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	file.WriteString("base,1,2025-12-31,exit,big,,\n")
	file.Close()
	if _, err := Build(dir, nil); err == nil || !strings.Contains(err.Error(), "events.csv was changed after it was "+
		"written") {
		t.Errorf("a changed table: %v", err)
	}
	asIs, err := Build(dir, &table.Reading{AsIs: true})
	if err != nil {
		t.Fatal(err)
	}
	page := string(asIs)
	says(t, page, "Read as it is: events.csv is not as the experiment left it.")
	if after := strings.Count(page, "<img "); after != before+2 {
		t.Errorf("%d pictures, %d before", after, before)
	}
	if n := strings.Count(page, "What drives &lt;it&gt;"); n < 2 {
		t.Errorf("the words of the pictures are shown %d times", n)
	}
	says(t, page, "Changed or removed since the manifest was written: events.csv.")
}

// What backtest and calibrate print is on their pages.
func TestHistoryPagesSayWhatTheCommandPrints(t *testing.T) {
	for _, dir := range []string{backtestFolder(t), calibrateFolder(t)} {
		page := build(t, dir)
		f, err := history.Read(dir)
		if err != nil {
			t.Fatal(err)
		}
		says(t, page, f.Verdict)
		says(t, page, f.Attribution)
		for _, r := range f.Remarks {
			says(t, page, r)
		}
		for _, l := range f.Listings {
			says(t, page, l.Heading)
			for _, r := range l.Rows {
				for _, c := range r {
					says(t, page, c)
				}
			}
		}
		if f.Calibration {
			for _, path := range f.Parameters.Text("path") {
				says(t, page, path)
			}
		} else {
			for _, path := range f.Inputs.Text("path") {
				says(t, page, path)
			}
		}
	}
}

// A sweep lists its points with inputs and results.
func TestASweepListsItsPoints(t *testing.T) {
	page := build(t, sweepFolder(t))
	for _, text := range []string{"4 runs of 2 cases, 2 replications each.", "0.6, 1.1", "a sweep of outer elasticity η",
		"simulate sweep scenario.yaml --out again"} {
		says(t, page, text)
	}
}

func TestWhatIsNoFolderIsRefused(t *testing.T) {
	empty, unfinished, file := t.TempDir(), t.TempDir(), filepath.Join(t.TempDir(), "manifest.json")
	if err := os.Mkdir(filepath.Join(unfinished, ".parts"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte("{}"), 0o644); err != nil {
		t.Fatal(err)
	}
	broken := runFolder(t, "base")
	if err := os.Remove(filepath.Join(broken, "summary.csv")); err != nil {
		t.Fatal(err)
	}
	for dir, want := range map[string]string{
		filepath.Join(empty, "nowhere"): "there is no folder", empty: "has no manifest.json", unfinished: "is not complete",
		file: "is a file", filepath.Dir(file): "not a manifest of simulate", broken: "summary.csv is missing",
	} {
		err := Write(dir, filepath.Join(t.TempDir(), "out", "report.html"), nil)
		input, changed := new(results.InputError), new(table.Changed)
		if !errors.As(err, &input) && !errors.As(err, &changed) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, not %q", dir, err, want)
		}
	}
}

// The page is written whole into a folder that need not be there.
func TestWriteMakesTheFile(t *testing.T) {
	dir := runFolder(t, "base")
	file := filepath.Join(t.TempDir(), "deep", "page.html")
	if err := Write(dir, file, nil); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(file)
	if err != nil || !bytes.Equal(got, []byte(build(t, dir))) {
		t.Errorf("the file differs from the page: %v", err)
	}
	entries, err := os.ReadDir(filepath.Dir(file))
	if err != nil || len(entries) != 1 {
		t.Errorf("beside the page: %v, %v", entries, err)
	}
}

func TestNumbers(t *testing.T) {
	for v, want := range map[float64]string{1.01e-6: "1.01×10⁻⁶", -2e16: "−2×10¹⁶", 1234: "1,234",
		2.5e9: "2.5B", 0: "0", math.NaN(): "–"} {
		if got := human(v); got != want {
			t.Errorf("%g is written %s, not %s", v, got, want)
		}
	}
	if got := inUnit("growth/yr", math.Log(2.0004)); got != "2x/yr" {
		t.Error(got)
	}
	if got := exponents.ReplaceAllStringFunc("$2.2e−06 lower", powerOf); got == "$2.2e−06 lower" {
		t.Error("an exponent with a minus sign is not seen")
	}
}

func TestVerdicts(t *testing.T) {
	rises, either := sim.Effect{Name: "grant (money)"}, sim.Effect{Name: "tax.windfall", Ambiguous: true}
	for _, c := range []struct {
		l        sim.Effect
		way, n   int
		mean, se float64
		alone    bool
		want     string
	}{
		{rises, 1, 4, 3, 1, true, "as expected"},
		{rises, -1, 4, 3, 1, true, "against expectation"},
		{rises, 1, 4, 1, 1, true, "no clear difference"},
		{either, 0, 4, 3, 1, true, "reported"},
		{rises, 1, 1, 3, math.NaN(), true, "one pair, no standard error"},
		{rises, 1, 0, math.NaN(), math.NaN(), true, "not defined"},
		{rises, 1, 4, 3, 1, false, "not judged: more differs"},
	} {
		if got := verdict(c.l, sim.Clause{Way: c.way}, c.n, c.mean, c.se, c.alone); got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
}
