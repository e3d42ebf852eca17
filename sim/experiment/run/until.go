package run

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"simulate/sim"
	"simulate/sim/experiment/results"
)

// Until is a stop rule: replications are added until the standard error of a metric's mean at the last date is below a bound in
// every case.
type Until struct {
	Metric string
	Below  float64
	index  int // of the metric in sim.Metrics
}

const (
	// untilBatch is the number of replications between two looks at a stop rule. It is fixed, so that the number of replications
	// that a rule ends with does not depend on workers or restarts.
	untilBatch = 50
	// untilCeiling ends a stop rule whose bound is out of reach, unless the number of replications is given.
	untilCeiling = 10_000
)

// ParseUntil reads a stop rule as written on the command line: "hhi_sales.se < 10", the metric a name of sim.Metrics and
// the bound a positive number in its unit.
func ParseUntil(s string) (*Until, error) {
	left, right, found := strings.Cut(s, "<")
	name, ok := strings.CutSuffix(strings.TrimSpace(left), ".se")
	if !found || !ok {
		return nil, fmt.Errorf("stop rule %q is not understood; write METRIC.se < NUMBER, for example 'hhi_sales.se < 10'", s)
	}
	below, err := strconv.ParseFloat(strings.TrimSpace(right), 64)
	if err != nil || !(below > 0) || math.IsInf(below, 0) {
		return nil, fmt.Errorf("stop rule %q: %q is not a positive number; write for example 'hhi_sales.se < 10'", s, strings.TrimSpace(right))
	}
	for i, m := range sim.Metrics {
		if m.Name == name {
			return &Until{Metric: name, Below: below, index: i}, nil
		}
	}
	return nil, fmt.Errorf("stop rule %q: there is no metric %q; `simulate list metrics` names them", s, name)
}

// String is the rule in its canonical form, empty for no rule.
func (u *Until) String() string {
	if u == nil {
		return ""
	}
	return u.Metric + ".se < " + strconv.FormatFloat(u.Below, 'g', -1, 64)
}

// met tells whether the standard error of every case's values is below the bound. A case of one value that cannot vary is met.
func (u *Until) met(cases []*kase, values [][]float64) bool {
	for i, c := range cases {
		if c.fixed() {
			continue
		}
		if s := results.Describe(append([]float64(nil), values[i]...)); !(s.SE < u.Below) {
			return false
		}
	}
	return true
}
