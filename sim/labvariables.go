package sim

import (
	"math"
	"reflect"
	"slices"
	"sync"

	"simulate/sim/portable"
)

// LabVariable is one column of labs.csv: a state variable of a lab.
type LabVariable struct {
	Name, Title, Unit, Meaning string
	Of                         func(*Model, int) float64
}

// LabVariables are what is recorded of a lab: its state variables, and what follows from them.
var LabVariables = sync.OnceValue(func() []LabVariable { return slices.Concat(stateVariables(), derivedLabVariables) })

// stateVariables lists the tagged fields of LabState, in their order: a state variable is recorded
// by being one.
var stateVariables = sync.OnceValue(func() (out []LabVariable) {
	t := reflect.TypeFor[LabState]()
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Tag.Get("unit") == "" {
			continue
		}
		v := LabVariable{Name: SnakeCase(f.Name), Unit: f.Tag.Get("unit"), Meaning: Comment("LabState", f.Name)}
		v.Title = v.Name
		v.Of = func(m *Model, lab int) float64 {
			x := reflect.ValueOf(&m.labs[lab].LabState).Elem().Field(i)
			switch {
			case x.Kind() != reflect.Bool && math.IsInf(x.Float(), 0):
				return math.NaN() // no model on offer
			case x.Kind() != reflect.Bool:
				return x.Float()
			case x.Bool():
				return 1
			}
			return 0
		}
		out = append(out, v)
	}
	return out
})

// derivedLabVariables follow from the state when it is recorded. A lab's lag is that of what it
// ships (lag_oom), which may build on the model of another, and that of a run of its own.
var derivedLabVariables = []LabVariable{
	{"lag_oom", "Lag", "OOM", "How far the released model lies behind the best one on offer; empty without a model.",
		func(m *Model, lab int) float64 { return m.lagOf(lab) }},
	{"lag_months", "Lag", "months", "The same at the frontier's own pace; empty where it hardly moves.",
		(*Model).LagMonths},
	{"own_run_lag_oom", "Lag of an own run", "OOM", "How far the model that a run of the lab's own would give now, " +
		"without distilling or building on another's, lies behind the best one on offer; below 0 it lies ahead.",
		func(m *Model, lab int) float64 { return m.ownRunLag(lab) }},
	{"own_run_lag_months", "Lag of an own run", "months", "The same at the frontier's own pace; empty where it hardly " +
		"moves.",
		func(m *Model, lab int) float64 { return m.months(m.ownRunLag(lab)) }},
}

// lagOf is how far a lab's model lies behind the frontier; NaN of a lab that is not there or has
// none.
func (m *Model) lagOf(lab int) float64 {
	l := &m.labs[lab]
	lag := m.track.frontier[m.observed()] - l.Capability
	if !l.Active || !finite(lag) {
		return math.NaN()
	}
	return lag
}

// LagMonths is a lab's lag in months at the frontier's own pace; NaN where it has none or the
// frontier hardly moves.
func (m *Model) LagMonths(lab int) float64 { return m.months(m.lagOf(lab)) }

// ownRunLag is (ln E* − ln C_own − A + ln C_ref)/ln 10; NaN of a lab that is not there or cannot
// train.
func (m *Model) ownRunLag(lab int) float64 {
	l := &m.labs[lab]
	own := (portable.Log(l.TrainingFlop) + m.efficiencyAtScale(l) - logReference) / math.Ln10
	lag := m.track.frontier[m.observed()] - own
	if !l.Active || !finite(lag) {
		return math.NaN()
	}
	return lag
}
