package tiny

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"simulate/sim"
	"simulate/sim/experiment/results"
	"simulate/sim/scenario"
)

// Base is a market of three labs over two years.
const Base = `
title: Three labs
clock: {start: 2024-01, end: 2026-01, step: month}
replications: 6
seed: 7
reference_replications: 4
labs:
  big: {budget: $10B/yr, sales: {everyone: 60%}}
  mid: {budget: $1B/yr, sales: {everyone: 20%}}
  small: {budget: $100M/yr, openness: open, sales: {everyone: 5%}}
segments:
  everyone: {spending: $1B/yr}
outside_buyers: {orders: $1B/yr, stock: 10_000 H100e}
parameters:
  industry.entry_rate: 0
`

// Variants are added to Base.
var Variants = map[string]string{
	"base": "",
	"shock": "events:\n  - {at: 2025-01-20, shock: {lab: small, training_efficiency: 8x, serving_efficiency: 8x, " +
		"disclosure: published}}\n",
	"drawn":  "  research.gamma: 2x/yr to 4x/yr\n",
	"entry":  "  industry.entry_rate: 20\n",
	"later":  "policies:\n  aid: {from: 2024-04 to 2024-12, subsidy: {rate: 10%}}\n",
	"fixed":  "mode: deterministic\n",
	"levers": everyLever(),
}

// everyLever are policies that pull every lever as its row shows it.
func everyLever() string {
	var b strings.Builder
	b.WriteString("policies:\n")
	for _, l := range sim.Levers {
		for i, e := range l.Effects {
			settings := e.Example
			if l.ByPath { // those name labs of the baseline
				settings = e.Neutral
			}
			fmt.Fprintf(&b, "  %s_%d: {from: 2024-06, %s: {%s}}\n", l.Name, i, l.Name, settings)
		}
	}
	return b.String()
}

// Load loads a variant of Base, with --set as on the command line.
func Load(t *testing.T, name string, set ...string) *scenario.Scenario {
	t.Helper()
	path := filepath.Join(t.TempDir(), name+".yaml")
	text := Base[1:] + Variants[name]
	if name == "entry" {
		text = strings.Replace(text, "  industry.entry_rate: 0\n", "", 1)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	s, err := scenario.Load(path, scenario.Options{Set: set})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Vary are variations of a scenario, each as PATH=VALUES.
func Vary(t testing.TB, s *scenario.Scenario, all ...string) []scenario.Variation {
	t.Helper()
	var out []scenario.Variation
	for _, one := range all {
		path, what, _ := strings.Cut(one, "=")
		v, err := s.ParseVariation(path, what)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, v)
	}
	return out
}

// Contents reads every file of a results folder but the manifest.
func Contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		if name, _ := filepath.Rel(dir, path); name != results.ManifestName {
			out[name] = string(text)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// SameContents fails the test where two folders differ.
func SameContents(t *testing.T, what string, got, want map[string]string) {
	t.Helper()
	for name := range want {
		if got[name] != want[name] {
			t.Errorf("%s: %s differs", what, name)
		}
	}
	for name := range got {
		if _, ok := want[name]; !ok {
			t.Errorf("%s: %s should not be there", what, name)
		}
	}
}

// Contains fails the test where a text lacks a part.
func Contains(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("%q does not say %q", text, part)
		}
	}
}

// Tables reads the tables and scenario.yaml of a sweep's folder.
func Tables(t *testing.T, dir string, format string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, name := range []string{"design." + format, "runs." + format, "market." + format, "summary." + format,
		"dictionary." + format, "scenario.yaml"} {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err == nil {
			out[name] = string(text)
		} else if !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
	}
	return out
}
