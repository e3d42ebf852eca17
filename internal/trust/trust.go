package trust

import (
	"cmp"
	_ "embed"
	"encoding/json"
	"fmt"

	"simulate/sim/scenario"
)

//go:embed scores.json
var committed []byte

// Scores are what the back-test of 2024 gave, and the patterns that are known not to hold.
type Scores struct {
	Identity     string `json:"identity"`     // of the back-test: version, scenario, observations, seed
	Replications int    `json:"replications"` // members of the ensemble
	Scored       int    `json:"scored"`       // observations after the cut from which no input was derived
	Within       int    `json:"within"`       // of them inside the 90 % band, at the usual discrepancy
	WithinBare   int    `json:"within_bare"`  // the same at a discrepancy of 0
	Inputs       int    `json:"inputs"`       // observations after the cut that inputs were derived from; not scored
	InputsWithin int    `json:"inputs_within"`
	// The model's CRPS over that of another forecast, geometric mean over series; below 1 the model is
	// better.
	NoChange Against  `json:"no_change"`
	Trend    Against  `json:"trend"`
	Gibrat   Against  `json:"gibrat"`  // proportional growth, of shares alone
	Outside  []string `json:"outside"` // titles of the series with observations outside the band
}

// Against compares the model with another forecast.
type Against struct {
	Ratio  float64 `json:"ratio"`
	Better int     `json:"better"` // series in which the model's CRPS is the smaller one
	Of     int     `json:"of"`     // series in which both say something
}

// Builtin are the scores of this version.
func Builtin() (*Scores, error) {
	var s Scores
	if err := json.Unmarshal(committed, &s); err != nil {
		return nil, fmt.Errorf("scores.json: %w", err)
	}
	return &s, nil
}

// Misfit is a pattern that a built-in scenario states and does not meet.
type Misfit struct {
	Scenario, Pattern, Reason string
}

// Misfits are the known misfits that the baseline and the scenario of January 2025 state
// themselves.
func Misfits() (out []Misfit, err error) {
	for _, name := range []string{"baseline", "deepseek-shock"} {
		s, err := scenario.Load(name, scenario.Options{})
		if err != nil {
			return nil, err
		}
		for _, e := range s.Expect {
			if e.Misfit != "" {
				out = append(out, Misfit{name, cmp.Or(e.Note, e.Metric), e.Misfit})
			}
		}
	}
	return out, nil
}
