package sim

import (
	"math"
	"reflect"
	"sync"
)

// LabVariable is one column of labs.csv: a state variable of a lab.
type LabVariable struct {
	Name, Title, Unit, Meaning string
	Of                         func(*Model, int) float64
}

// LabVariables lists the tagged fields of LabState, in their order: a state variable is recorded by being one.
var LabVariables = sync.OnceValue(func() (out []LabVariable) {
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
