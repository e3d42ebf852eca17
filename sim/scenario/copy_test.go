package scenario

import (
	"fmt"
	"reflect"
	"testing"

	"simulate/sim"
)

// TestCloneSharesNothing fills every pointer and slice that a Config can hold and checks that a
// copy is equal and holds none of the original's addresses.
func TestCloneSharesNothing(t *testing.T) {
	var c sim.Config
	n := 0
	fill(reflect.ValueOf(&c).Elem(), &n)
	if n < 60 {
		t.Fatalf("only %d pointers and slices were set", n)
	}
	out := clone(&c)
	if !reflect.DeepEqual(&c, out) {
		t.Error("the copy differs from the original")
	}
	seen := map[uintptr]string{}
	addresses(reflect.ValueOf(c), "Config", func(at uintptr, path string) { seen[at] = path })
	addresses(reflect.ValueOf(*out), "Config", func(at uintptr, path string) {
		if from, shared := seen[at]; shared {
			t.Errorf("%s of the copy is %s of the original", path, from)
		}
	})
}

// fill sets every pointer to a new value and every slice to two elements, counted in n, and every
// number to another one.
func fill(v reflect.Value, n *int) {
	switch v.Kind() {
	case reflect.Pointer:
		*n++
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), n)
	case reflect.Interface:
		*n++
		fill(v.Elem().Elem(), n)
	case reflect.Slice:
		*n++
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		if v.Type().Elem().Kind() == reflect.Interface { // the settings of every lever
			var all []any
			for _, l := range sim.Levers {
				all = append(all, l.New())
			}
			v.Set(reflect.ValueOf(all))
		}
		for i := range v.Len() {
			fill(v.Index(i), n)
		}
	case reflect.Array:
		for i := range v.Len() {
			fill(v.Index(i), n)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), n)
		}
	case reflect.Float64:
		v.SetFloat(float64(*n) + 0.5)
	}
}

// addresses visits where the pointers and slices below v lead, with their paths.
func addresses(v reflect.Value, path string, visit func(at uintptr, path string)) {
	switch v.Kind() {
	case reflect.Interface:
		addresses(v.Elem(), path, visit)
	case reflect.Pointer:
		visit(v.Pointer(), path)
		addresses(v.Elem(), path, visit)
	case reflect.Slice:
		visit(v.Pointer(), path)
		for i := range v.Len() {
			addresses(v.Index(i), fmt.Sprintf("%s[%d]", path, i), visit)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			addresses(v.Field(i), path+"."+v.Type().Field(i).Name, visit)
		}
	}
}
