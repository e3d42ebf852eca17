package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestChanges(t *testing.T) {
	dir := t.TempDir()
	text := "package p\n\nvar table = []int{7}\n\nfunc f(a, b float64, n int) float64 {\n\tb = -a * 2.5\n\tif a < b && " +
		"!(n == 1) {\n\t\tn++\n\t\tb += a\n\t}\n\tc := b + math.Inf(1)\n" +
		"\tif math.IsInf(-c, 1) {\n\t\treturn a\n\t}\n\treturn c\n}\n"
	file := filepath.Join(dir, "p.go")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	all, err := changesOf(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range all {
		got = append(got, c.kind+": "+c.was+" → "+c.with)
	}
	want := []string{
		"statement left out: b = -a * 2.5 → ", "operator: * → /", "sign: - → ", "constant: 2.5 → 2.75",
		"operator: && → ||", "operator: < → <=", "sign: ! → ", "operator: == → !=", "off by one: 1 → 2",
		"statement left out: n++ → ", "operator: += → -=", "statement left out: b += a → ", "operator: + → -",
		"sign: - → ",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if on := onLines(all, []string{"p.go:8", "q.go:6"}); len(on) != 1 || on[0].was != "n++" {
		t.Errorf("on line 8: %v", on)
	}
}
