package parquet

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"simulate/sim/table"
)

// everything is what a file of results gives, as text; "" with an error.
func everything(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	t, err := read("t", f, func(string) bool { return true })
	if err != nil {
		return "", err
	}
	var b bytes.Buffer
	for _, c := range t.Columns {
		fmt.Fprintln(&b, c.Name, t.Text(c.Name))
	}
	return b.String(), nil
}

// TestDamagedResults: a flipped bit, a cut or a hole ends in an error or changes nothing, for our
// pages carry checksums. Only the metadata at the end, which has none, may read otherwise; the
// manifest of the folder guards it.
func TestDamagedResults(t *testing.T) {
	seed := uint64(7)
	random := rand.New(rand.NewPCG(seed, 0))
	dir := t.TempDir()
	own := filepath.Join(dir, "own.parquet")
	w, err := create(own, []table.Column{{Name: "case", Kind: table.Text}, {Name: "run", Kind: table.Integer},
		{Name: "x", Kind: table.Number}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 3000 {
		if err := w.Row(fmt.Sprint("c", i%7), i, float64(i)/7); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(own)
	if err != nil {
		t.Fatal(err)
	}
	want, err := everything(own)
	if err != nil {
		t.Fatal(err)
	}
	metadata := len(whole) - 8 - int(binary.LittleEndian.Uint32(whole[len(whole)-8:]))
	for range 400 {
		b := bytes.Clone(whole)
		at := random.IntN(len(b))
		what := fmt.Sprintf("seed %d: bit at %d of %d", seed, at, len(b))
		switch random.IntN(6) {
		case 0:
			b, what = b[:at], what+", cut there"
		case 1:
			clear(b[at:min(len(b), at+64)])
			what += ", a hole there"
		default:
			b[at] ^= 1 << random.IntN(8)
		}
		path := filepath.Join(dir, "damaged.parquet")
		if err := os.WriteFile(path, b, 0o644); err != nil {
			t.Fatal(err)
		}
		if got, err := everything(path); err == nil && got != want && at < metadata {
			t.Errorf("%s: other values without a word", what)
		}
	}
}
