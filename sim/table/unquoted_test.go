package table

import (
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// TestUnquotedTextIsReadAlike holds the reading of texts without quotes to the reader of all texts:
// cells, lines, where rows begin, and blank lines before them.
func TestUnquotedTextIsReadAlike(t *testing.T) {
	parts := []string{",", ",", ";", "\t", " ", "\r", "\n", "\n", "\r\n", "a", "12.5", "é", "\u00a0", "\ufeff", "#", "="}
	random := rand.New(rand.NewPCG(5, 6))
	for range 3_000 {
		data := ""
		for range 1 + random.IntN(24) {
			data += parts[random.IntN(len(parts))]
		}
		for _, comma := range []rune{',', ';', '\t', 'é'} {
			one := &text{path: "t", data: []byte(data), comma: comma, above: 1}
			got, err := one.unquoted()
			want, wrong := one.quoted()
			if (err == nil) != (wrong == nil) {
				t.Fatalf("%q by %q: %v, want %v", data, comma, err, wrong)
			}
			if err != nil {
				continue
			}
			for name, both := range map[string][2]any{"text": {got.all, want.all}, "cells": {got.ends, want.ends},
				"rows": {got.first, want.first}, "lines": {got.lines, want.lines}, "begins": {got.start, want.start},
				"gaps": {got.gap, want.gap}} {
				if d := cmp.Diff(both[1], both[0], cmpopts.EquateEmpty()); d != "" {
					t.Fatalf("%q by %q: %s (-want +got):\n%s", data, comma, name, d)
				}
			}
		}
	}
}
