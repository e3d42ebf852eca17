package run

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash"
	"math"
	"reflect"

	"simulate/sim"
)

// A Key is a hash of everything that decides a reference path.
type Key [sha256.Size]byte

// ReferenceKey is the key of the reference that a configuration is measured against: two that
// differ in shocks and policies alone have one.
func ReferenceKey(cfg *sim.Config) Key {
	h := hasher{Hash: sha256.New()}
	h.add(reflect.ValueOf(*sim.ReferenceConfig(cfg)))
	h.flush()
	return Key(h.Sum(nil))
}

// hasher writes values into a hash, each so that no two different ones give the same bytes.
type hasher struct {
	hash.Hash
	b []byte
}

func (h *hasher) flush() {
	h.Write(h.b)
	h.b = h.b[:0]
}

func (h *hasher) number(n uint64) {
	h.b = binary.LittleEndian.AppendUint64(h.b, n)
	if len(h.b) > 1<<12 {
		h.flush()
	}
}

func (h *hasher) text(s string) {
	h.number(uint64(len(s)))
	h.b = append(h.b, s...)
}

// add writes a value: numbers by their bits, texts and lists after their length, pointers by what
// they point to.
func (h *hasher) add(v reflect.Value) {
	switch v.Kind() {
	case reflect.Float64, reflect.Float32:
		h.number(math.Float64bits(v.Float()))
	case reflect.Bool:
		if v.Bool() {
			h.number(1)
		} else {
			h.number(0)
		}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		h.number(uint64(v.Int()))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		h.number(v.Uint())
	case reflect.String:
		h.text(v.String())
	case reflect.Slice, reflect.Array:
		h.number(uint64(v.Len()))
		for i := range v.Len() {
			h.add(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			h.add(v.Field(i))
		}
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			h.number(0)
			return
		}
		h.text(v.Elem().Type().String())
		h.add(v.Elem())
	default:
		panic(fmt.Sprintf("a configuration holds a %s, which has no key", v.Type()))
	}
}
