package history

import (
	"fmt"
	"strings"

	"simulate/sim/observed"
	"simulate/sim/scenario"
)

// derived are inputs of the roster of 2024 that were derived from an observation of its end and
// cannot be cut, for nothing of the kind was known before. That observation tests nothing while the
// input stands.
var derived = []struct{ path, quantity, entity, day string }{
	{"labs.google.share_for_other_products", "compute_used", "google", "2024-12-31"},
	{"labs.meta.share_for_other_products", "compute_used", "meta", "2024-12-31"},
	{"labs.deepseek.compute", "compute_used", "deepseek", "2024-12-31"},
}

// roster is the built-in scenario whose inputs they are; others have them where they extend it.
const roster = "baseline-2024"

// inputFor is the PATH of the scenario's input that was derived from an observation, "" where there
// is none: the program's own observations are meant, and values that stand as the roster has them.
func inputFor(s *scenario.Scenario, p observed.Point) (string, error) {
	for _, d := range derived {
		if !p.Builtin || p.Quantity != d.quantity || p.Entity != d.entity || p.Day != d.day {
			continue
		}
		original, err := scenario.Load(roster, scenario.Options{})
		if err != nil {
			return "", err
		}
		was, _ := original.Knob(d.path)
		if is, found := s.Knob(d.path); found && is.Value == was.Value {
			return d.path, nil
		}
	}
	return "", nil
}

// given says which observations after the cut are inputs, as points of a series; "" for none.
func (b *Backtest) given() string {
	var names []string
	for _, s := range b.Series {
		for k, p := range s.Scored {
			if path := s.Inputs[k]; path != "" {
				names = append(names, fmt.Sprintf("%s on %s (%s)", s.Series.Name(), p.Day, path))
			}
		}
	}
	if names == nil {
		return ""
	}
	return fmt.Sprintf(" Not scored, for inputs were derived from them: %s.", strings.Join(names, ", "))
}
