package study

import (
	"context"
	"errors"
	"path/filepath"
	"reflect"
	"testing"

	"simulate/sim/experiment/analysis"
	"simulate/sim/experiment/run"
	"simulate/sim/experiment/tiny"
)

// A search that was stopped goes on: its finished runs are not done again, and it finds the same.
func TestASearchGoesOn(t *testing.T) {
	s := tiny.Load(t, "shock")
	v, err := s.ParseVariation("market.sigma", "2 to 6")
	if err != nil {
		t.Fatal(err)
	}
	said, folders := 0, map[string]bool{}
	dir := t.TempDir()
	spec := ThresholdSpec{Scenario: s, Knob: v, Bound: MeanBound{Metric: "lerner", Value: .45}, Jobs: 2,
		Options: analysis.ThresholdOptions{Start: 4, Most: 16, Tolerance: .5},
		Notice:  func(string) { said++ },
		Log: func(identity string) (string, error) {
			folders[identity] = true
			return filepath.Join(dir, identity[:8]), nil
		}}
	whole := spec
	whole.Log = nil
	want, err := Threshold(context.Background(), whole)
	if err != nil {
		t.Fatal(err)
	}
	values := said
	if said = 0; values < 3 {
		t.Fatalf("only %d values are tried", values)
	}
	stopped := spec
	ctx, cancel := context.WithCancelCause(context.Background())
	stopped.Notice = func(string) {
		if said++; said == values-1 {
			cancel(errors.New("enough"))
		}
	}
	_, err = Threshold(ctx, stopped)
	var partly *run.Stopped
	if !errors.As(err, &partly) || partly.Done == 0 {
		t.Fatalf("stopped: %v", err)
	}
	var resumed []string
	spec.Notice = func(text string) { resumed = append(resumed, text) }
	got, err := Threshold(context.Background(), spec)
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("found %+v, want %+v: %v", got, want, err)
	}
	tiny.Contains(t, resumed[0], "Continuing: ", " done before.")
	spec.Bound.Value = .44
	if Threshold(context.Background(), spec); len(folders) != 2 {
		t.Error("a search for another bound goes on with the runs of this one")
	}
}
