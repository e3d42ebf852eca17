package main

import (
	"fmt"
	"html"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"simulate/internal/pattern"
)

// advised are sweeps of policies in which no point is without them, of each kind of input and
// design.
var advised = []string{
	"--vary policies.t.from=2025-06,2026-01",
	"--vary policies.t.until=2025-09,2026-06 --design list",
	"--vary policies.t.from=2025-06,2026-01 --vary market.eta=0.6,0.9 --design lhs --samples 3",
	"--vary policies.t.from=2025-06,2026-01 --design oat",
	"--vary policies.t.until=2025-09,2026-06 --vary 'market.eta=0.6 to 0.9' --design lhs --samples 3",
	"--vary policies.t.tax.compute_rate=5%,10%",
	"--vary 'policies.t.tax.compute_rate=5% to 10%' --vary market.eta=0.6,0.9 --design lhs --samples 3",
	"--vary policies.two.from=2025-06,2026-01",
	"--vary policies.rule.from=2025-06,2026-01 --vary market.eta=0.6,0.9",
	"--vary policies.t.from=2025-06,2026-01 --vary policies.rule.from=2025-06,2026-01",
}

const withPolicies = `extends: baseline
clock: {end: 2026-09}
reference_replications: 2
experiment: {metrics: [hhi_sales], record: year}
policies:
  t: {from: 2025-06, tax: {compute_rate: 10%}}
  two: {from: 2025-06, tax: {compute_rate: 10%}, grant: {amount: $1B/yr, rule: equal}}
  rule: {from: 2025-06, merger_rule: {hhi: 1800, delta: 100}}
`

var commandIn = pattern.Late("`(simulate [^`]*)`")
var codeIn = pattern.Late(`<code>(simulate [^<]*)</code>`)

// TestAdviceWorks runs each command that a sweep, its report and a refusal advise.
func TestAdviceWorks(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	if err := os.WriteFile("my.yaml", []byte(withPolicies), 0o644); err != nil {
		t.Fatal(err)
	}
	tried := 0
	follow := func(in, line string) {
		t.Helper()
		if !strings.Contains(line, "--with-base") && !strings.Contains(line, "without_policies") {
			return // how to repeat the sweep and where to read on
		}
		tried++
		t.Chdir(filepath.Join(dir, in))
		defer t.Chdir(dir)
		words := append(wordsOf(line)[1:], "--no-figures", "--format", "csv", "-n", "2")
		if !slices.Contains(words, "--out") {
			words = append(words, "--out", fmt.Sprintf("advised%d", tried))
		}
		if code, _, said := play(t, words...); code != exitFine {
			t.Errorf("advice %q in %s: exit code %d: %s", line, in, code, said)
		}
	}
	for k, vary := range advised {
		out := fmt.Sprintf("out%d", k)
		line := slices.Concat([]string{"sweep", "my.yaml", "-n", "2", "--no-figures", "--format", "csv", "--out", out},
			wordsOf(vary))
		code, _, said := play(t, line...)
		if code != exitFine {
			t.Fatalf("%v: exit code %d: %s", line, code, said)
		}
		said = strings.Join(strings.Fields(said), " ")
		for _, found := range commandIn().FindAllStringSubmatch(said, -1) {
			follow("", found[1])
		}
		if strings.Contains(said, "--with-base adds") {
			line[8] = out + "-base"
			code, _, said := play(t, append(line, "--with-base")...)
			if code != exitFine || !strings.Contains(said, "Table effects") {
				t.Errorf("%v --with-base: exit code %d: %s", line, code, said)
			}
		} else if !strings.Contains(said, "does for the policy as the scenario has it") {
			t.Errorf("%v gives no advice: %s", line, said)
		}
		if code, _, said := play(t, "report", out); code != exitFine {
			t.Fatal(said)
		}
		page, err := os.ReadFile(filepath.Join(out, "report.html"))
		if err != nil {
			t.Fatal(err)
		}
		before := tried
		for _, found := range codeIn().FindAllStringSubmatch(string(page), -1) {
			follow(out, html.UnescapeString(found[1]))
		}
		if tried == before {
			t.Errorf("the report of %v advises nothing", line)
		}
	}
}

// wordsOf are the words of a command line, of which some stand in single quotes.
func wordsOf(line string) (words []string) {
	for i, part := range strings.Split(line, "'") {
		if i%2 == 0 {
			words = append(words, strings.Fields(part)...)
		} else {
			words = append(words, part)
		}
	}
	return words
}
