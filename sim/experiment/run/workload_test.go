package run

import (
	"context"
	"errors"
	"math"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"
)

// squares is a batch of two waves: the second adds what the first left in all.
func squares(done *atomic.Int32) (b *Batch, sum *float64) {
	sum = new(float64)
	total := 0.0
	b = &Batch{Title: "squares", Hash: "of 9", Count: 9, Begins: []int{0, 5}}
	b.Do = func(_ context.Context, _ *Engine, number int) ([]float64, error) {
		done.Add(1)
		if number == 3 {
			return nil, nil
		}
		return []float64{float64(number * number), total}, nil
	}
	b.Settle = func(wave int, left Values) error {
		for i := range b.Count {
			if wave == 0 && i >= 5 {
				break
			}
			v, err := left(i)
			if (v == nil) != (i == 3) {
				return errors.New("another run cannot be made")
			}
			if err == nil && v != nil && wave == 0 {
				total += v[0]
			} else if err == nil && v != nil {
				*sum += v[0] + 1000*v[1]
			}
			if err != nil {
				return err
			}
		}
		return nil
	}
	return b, sum
}

// A later wave sees what all before it left, whatever the workers and wherever the work was
// stopped.
func TestBatchGoesOn(t *testing.T) {
	const want = 1 + 4 + 16 + 25 + 36 + 49 + 64 + 4*1000*(1+4+16)
	for stop := range 10 {
		dir := t.TempDir()
		var done atomic.Int32
		b, _ := squares(&done)
		ctx, cancel := context.WithCancelCause(context.Background())
		err := b.Run(ctx, dir, Options{Jobs: 1, Progress: func(p Progress) {
			if p.Done == stop {
				cancel(errors.New("enough"))
			}
		}})
		var stopped *Stopped
		if stop < 9 && (!errors.As(err, &stopped) || stopped.Done < stop || stopped.Total != 9) {
			t.Fatalf("stopped after %d: %v", stop, err)
		}
		before := done.Load()
		b, sum := squares(&done)
		if err := b.Run(context.Background(), dir, Options{Jobs: 1 + stop%2}); err != nil {
			t.Fatal(err)
		}
		if *sum != want || stop > 1 && stop < 9 && done.Load()-before > int32(9-stop) {
			t.Errorf("stopped after %d: %g, want %d, with %d runs more", stop, *sum, want, done.Load()-before)
		}
	}
}

// A run that ends the work is not kept, so that the same call tries it again; a log of something
// else is begun anew, and one that nobody wants leaves nothing.
func TestBatchErrors(t *testing.T) {
	dir := t.TempDir()
	bad := errors.New("no disk")
	wrong := true
	b := &Batch{Title: "t", Hash: "h", Count: 4, Do: func(_ context.Context, _ *Engine, number int) ([]float64, error) {
		if number == 2 && wrong {
			return nil, bad
		}
		return []float64{math.NaN(), float64(number)}, nil
	}}
	if err := b.Run(context.Background(), dir, Options{Jobs: 1}); !errors.Is(err, bad) {
		t.Fatal(err)
	}
	if n, ok := Grown(filepath.Join(dir, GrowingName)); n != 2 || !ok || !b.Begun(dir) {
		t.Errorf("%d runs are kept, begun: %v", n, b.Begun(dir))
	}
	wrong = false
	var got []float64
	b.Settle = func(_ int, left Values) error {
		for i := range 4 {
			v, err := left(i)
			if err != nil || !math.IsNaN(v[0]) {
				t.Errorf("run %d left %v, %v", i, v, err)
			}
			got = append(got, v[1])
		}
		return nil
	}
	if err := b.Run(context.Background(), dir, Options{Jobs: 2}); err != nil || !slices.Equal(got, []float64{0, 1, 2, 3}) {
		t.Errorf("%v, %v", got, err)
	}
	b.Hash = "another"
	if b.Begun(dir) {
		t.Error("the log of another batch is taken for its own")
	}
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	got = nil
	if err := b.Run(context.Background(), "", Options{}); err != nil || len(got) != 4 {
		t.Errorf("%v, %v", got, err)
	}
	if left, err := os.ReadDir(temporary); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
