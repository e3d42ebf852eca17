package sim

import (
	"math"
	"reflect"
)

// StateChange is a state variable that a process has changed.
type StateChange struct {
	Process  string // of Schedule
	Entity   string // lab, supplier, segment, commons or position, a lab's standing in a segment
	ID       string // of the lab or segment, "segment/lab" of a position; empty where there is one
	Variable string
	Unit     string
	Before   float64 // NaN: undefined, or the lab was not there
	After    float64
}

// Trace advances the run by one step, as Step does, and reports after each process every state
// variable it changed: labs in their order, then supplier, segments, commons and positions, each
// variable in the order of its declaration.
func (m *Model) Trace(report func(StateChange)) error {
	before := m.snapshot()
	return m.stepThrough(func(process string) {
		after := m.snapshot()
		was := make(map[traceKey]float64, len(before))
		for _, v := range before {
			was[v.traceKey] = v.value
		}
		for _, v := range after {
			old, known := was[v.traceKey]
			if !known {
				old = math.NaN()
			}
			if math.Float64bits(old) != math.Float64bits(v.value) && !(math.IsNaN(old) && math.IsNaN(v.value)) {
				report(StateChange{process, v.entity, v.id, v.variable, v.unit, old, v.value})
			}
		}
		before = after
	})
}

type traceKey struct{ entity, id, variable string }

type traced struct {
	traceKey
	unit  string
	value float64
}

// snapshot lists the value of every state variable.
func (m *Model) snapshot() (out []traced) {
	for i := range m.labs {
		for _, v := range stateVariables() {
			out = append(out, traced{traceKey{"lab", m.LabID(i), v.Name}, v.Unit, v.Of(m, i)})
		}
	}
	tagged := func(entity, id string, state any) {
		v := reflect.ValueOf(state).Elem()
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.Tag.Get("unit") != "" {
				value := v.Field(i).Float()
				if math.IsInf(value, 0) { // a date that never comes
					value = math.NaN()
				}
				out = append(out, traced{traceKey{entity, id, SnakeCase(f.Name)}, f.Tag.Get("unit"), value})
			}
		}
	}
	tagged("supplier", "", &m.supplier)
	for k := range m.segments {
		tagged("segment", m.segments[k].Spec.ID, &m.segments[k])
	}
	tagged("commons", "", &m.commons)
	for k := range m.segments {
		s := &m.segments[k]
		for i := range m.labs {
			if !s.offers[i] {
				continue
			}
			for _, v := range PositionVariables {
				out = append(out, traced{traceKey{"position", s.Spec.ID + "/" + m.LabID(i), v.Name}, v.Unit, v.of(s, i)})
			}
		}
	}
	return out
}
