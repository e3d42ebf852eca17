package report

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim"
	"simulate/sim/experiment/results"
	"simulate/sim/scenario"
	"simulate/sim/table"
)

// folder is a results folder as all kinds have it.
type folder struct {
	dir       string
	how       *table.Reading
	highlight []string // labs that figures name
	manifest  *results.Manifest
	scenarios []*scenario.Scenario // by case, as far as there is a file each; nil where one cannot be read
	files     []string             // of the scenarios, relative
	problems  []string             // why one cannot be read
	looks     looks                // of the figures of its page
}

// readScenarios reads the resolved scenarios. Its error is a *table.Changed where one is not as it
// was written.
func (f *folder) readScenarios() error {
	for _, s := range f.manifest.Scenarios {
		if err := f.how.Check(filepath.Join(f.dir, filepath.FromSlash(s.File)), s.SHA256); err != nil {
			return err
		}
		f.files = append(f.files, s.File)
	}
	if len(f.files) == 0 {
		if _, err := os.Stat(filepath.Join(f.dir, "scenario.yaml")); err == nil {
			f.files = []string{"scenario.yaml"}
		}
	}
	for _, file := range f.files {
		path := filepath.Join(f.dir, filepath.FromSlash(file))
		s, err := scenario.Load(path, scenario.Options{})
		if err != nil {
			line, _, _ := strings.Cut(err.Error(), "\n")
			f.problems = append(f.problems, fmt.Sprintf("%s cannot be read by this version of the program: %s", file,
				strings.TrimPrefix(line, path+":")))
			s = nil
		}
		f.scenarios = append(f.scenarios, s)
	}
	return nil
}

// scenarioOf is the scenario of a case, nil where there is none.
func (f *folder) scenarioOf(name string) *scenario.Scenario {
	for i, c := range f.manifest.Cases {
		if c.Name == name && i < len(f.scenarios) {
			return f.scenarios[i]
		}
	}
	return nil
}

// main is the scenario of the first case.
func (f *folder) main() *scenario.Scenario {
	if len(f.scenarios) == 0 {
		return nil
	}
	return f.scenarios[0]
}

// withBases are the cases without the parts that split another one.
func (f *folder) withBases() []results.Case {
	return slices.DeleteFunc(slices.Clone(f.manifest.Cases), func(c results.Case) bool { return c.Part })
}

// cases are those that were asked for: without parts and without bases that were added to them.
func (f *folder) cases() []results.Case {
	var out []results.Case
	for _, c := range f.manifest.Cases {
		if !c.Part && !c.Added {
			out = append(out, c)
		}
	}
	return out
}

// table reads a table of the folder in either format.
func (f *folder) table(name string) (*table.Table, error) {
	return f.manifest.Table(f.dir, name)
}

// lead is what the scenarios ask.
func (f *folder) lead() []text {
	var out []text
	for _, c := range f.cases() {
		s := f.scenarioOf(c.Name)
		if s == nil || s.Description == "" {
			continue
		}
		t := text{Text: s.Description}
		if len(f.cases()) > 1 {
			t.Lead = c.Name
		}
		out = append(out, t)
	}
	if s := f.main(); len(f.manifest.Cases) == 0 && s != nil && s.Description != "" {
		out = append(out, text{Text: s.Description})
	}
	return out
}

// severalLeads is what the scenarios ask, where there are so many that the front asks once for all.
func (f *folder) severalLeads() []part {
	if c := f.manifest.Compare; c == nil || len(c.Alternatives) < 2 {
		return nil
	}
	return []part{{Text: f.lead()}}
}

// identity is what tells this experiment from any other.
func (f *folder) identity() []text {
	m := f.manifest
	out := []text{{Lead: "simulate", Text: m.Version}, {Lead: "Experiment", Code: m.Identity[:16]}, {Lead: "Seed",
		Text: fmt.Sprint(m.Seed)}}
	if m.Replications > 0 {
		out = append(out, text{Lead: "Replications", Text: quantity.Count(m.Replications)})
	}
	if s := f.main(); s != nil {
		end := s.Start + float64(s.Steps)/float64(s.StepsPerYear)
		out = append(out, text{Lead: "Clock", Text: fmt.Sprintf("%s to %s, a step a %s", scenario.FormatQuantity("date",
			s.Start), scenario.FormatQuantity("date", end),
			map[int]string{12: "month", 4: "quarter"}[s.StepsPerYear])})
		mode := "deterministic"
		if s.Stochastic {
			mode = "stochastic"
		}
		out = append(out, text{Lead: "Mode", Text: mode})
	}
	if m.Version != sim.Version {
		out = append(out, text{Lead: "Report", Text: "by simulate " + sim.Version + ", which reads the folder of another " +
			"version"})
	}
	return out
}

// metricWords are title, unit and meaning of a metric.
func metricWords(name string) (title, unit, meaning string) {
	for _, m := range sim.Metrics {
		if m.Name == name {
			return m.Title, unitWords(m.Unit), m.Meaning
		}
	}
	return name, "", ""
}

// unitWords leave out the unit of pure numbers.
func unitWords(unit string) string {
	switch unit {
	case "1", "labs":
		return ""
	}
	return unit
}

// metricCell heads a row about a metric.
func metricCell(name string) cell {
	title, unit, _ := metricWords(name)
	return cell{Text: title, Small: unit}
}

// missing is the part that says why something is not there.
func missing(form string, values ...any) part { return part{Missing: fmt.Sprintf(form, values...)} }
