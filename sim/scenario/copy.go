package scenario

import (
	"reflect"

	"simulate/sim"
)

// clone copies a Config so deeply that no setter reaches the original: workers share the original
// and vary their copies. It follows the type and not a list of fields, so that a field added later
// is copied too.
func clone(c *sim.Config) *sim.Config {
	return deepCopy(reflect.ValueOf(c)).Interface().(*sim.Config)
}

// deepCopy copies a value with everything its pointers and slices lead to. Numbers, texts and other
// plain values are copied as they are. A kind whose copy would share memory with the original is a
// bug.
func deepCopy(v reflect.Value) reflect.Value {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return v
		}
		out := reflect.New(v.Type().Elem())
		out.Elem().Set(deepCopy(v.Elem()))
		return out
	case reflect.Interface:
		if v.IsNil() {
			return v
		}
		return deepCopy(v.Elem())
	case reflect.Slice:
		if v.IsNil() {
			return v
		}
		out := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		reflect.Copy(out, v)
		if shares(v.Type().Elem()) {
			for i := range v.Len() {
				out.Index(i).Set(deepCopy(v.Index(i)))
			}
		}
		return out
	case reflect.Struct:
		out := reflect.New(v.Type()).Elem()
		out.Set(v)
		for i := range v.NumField() {
			if shares(v.Type().Field(i).Type) {
				out.Field(i).Set(deepCopy(v.Field(i)))
			}
		}
		return out
	}
	if shares(v.Type()) {
		panic("scenario: no deep copy of " + v.Type().String())
	}
	return v
}

// shares reports whether a plain copy of a value of type t would share memory with it.
func shares(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map, reflect.Interface, reflect.Func, reflect.Chan, reflect.UnsafePointer:
		return true
	case reflect.Array:
		return shares(t.Elem())
	case reflect.Struct:
		for i := range t.NumField() {
			if shares(t.Field(i).Type) {
				return true
			}
		}
	}
	return false
}
