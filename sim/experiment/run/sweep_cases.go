package run

import (
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"strings"

	"simulate/internal/shell"
	"simulate/sim"
	"simulate/sim/experiment/results"
	"simulate/sim/scenario"
	"simulate/sim/table"
)

// Cases is the number of points of the design.
func (s *Sweep) Cases() int { return s.points.Len() }

// Runs is the number of cases times replications.
func (s *Sweep) Runs() int { return s.points.Len() * s.replications }

// Replications is how many runs each case has.
func (s *Sweep) Replications() int { return s.replications }

// Values are the values of case i, from 0, by input, in the model's units. out is overwritten where
// it is long enough.
func (s *Sweep) Values(i int, out []float64) []float64 {
	out = s.points.Row(i, slices.Grow(out[:0], len(s.paths))[:len(s.paths)])
	for j := range out {
		out[j] = s.paths[j].value(out[j])
	}
	return out
}

// caseID is the name of case i, from 0: its number from 1, with zeros before it.
func (s *Sweep) caseID(i int) string {
	return fmt.Sprintf("%0*d", len(fmt.Sprint(s.Cases())), i+1)
}

// Name is that of the sweep's scenario.
func (s *Sweep) Name() string { return s.name }

// Paths are what varies, in order.
func (s *Sweep) Paths() []string {
	var out []string
	for _, in := range s.paths {
		out = append(out, in.Path)
	}
	return out
}

// Knob is the PATH that input j varies.
func (s *Sweep) Knob(j int) *scenario.Knob { return s.knobs[j] }

// Coordinates are the point of case i, from 0, in the unit cube.
func (s *Sweep) Coordinates(i int) []float64 { return s.points.Row(i, make([]float64, len(s.paths))) }

// Unit is the runs of a case.
func (s *Sweep) Unit() int { return s.replications }

func (s *Sweep) place() place                          { return place{s.name + "-sweep", "parquet"} }
func (s *Sweep) seeded() uint64                        { return s.seed }
func (s *Sweep) stop() *Until                          { return nil }
func (s *Sweep) order() order                          { return byCase(s.Cases(), s.replications) }
func (s *Sweep) drawn(int) bool                        { return s.draws }
func (s *Sweep) recorded() *recording                  { return &s.what }
func (s *Sweep) inputs() []input                       { return s.paths }
func (s *Sweep) values(i int, out []float64) []float64 { return s.Values(i, out) }
func (s *Sweep) supplement() Supplement                { return nil }
func (s *Sweep) measuresReference() bool               { return false }
func (s *Sweep) segments(int) []string                 { return segmentsOf(s.scenario.Config()) }

// drawing is what the scenario draws besides what varies, the same at every point.
func (s *Sweep) drawing() *drawing {
	return &drawing{worlds: []*scenario.Scenario{s.scenario}, varied: s.Paths(), seed: s.seed, most: s.replications}
}

// config is the configuration of a replication of a case, from 0.
func (s *Sweep) config(number, replication int) (*sim.Config, error) {
	base := s.scenario.Config()
	if s.draws {
		var err error
		if base, err = s.scenario.Draw(s.seed, replication); err != nil {
			return nil, err
		}
	}
	cfg, err := s.scenario.Vary(base, s.knobs, s.Values(number, nil))
	if row, _ := s.scenario.Row(s.seed, replication); err != nil && row != "" {
		err = fmt.Errorf("%s: %w", row, err)
	}
	return cfg, err
}

// kept tells whether the reference of a case may be that of the scenario itself.
func (s *Sweep) kept(int) bool { return !s.shapeDraws && !slices.Contains(s.shape, true) }

// replay is the command that repeats a run, in the folder that holds the sweep's scenario.yaml.
func (s *Sweep) replay(_, replication int, values []float64) string {
	var b strings.Builder
	b.WriteString("simulate run ./scenario.yaml")
	for i, in := range s.paths {
		b.WriteString(" --set " + shell.Word(in.Path+"="+in.knob.Format(values[i])))
	}
	fmt.Fprintf(&b, " --seed %d -n %d --out replay", s.seed, replication)
	return b.String()
}

// Run does a sweep on this machine and leaves its results folder complete, as Do.
func (s *Sweep) Run(ctx context.Context, out Output, o Options) (*Complete, error) {
	dir, complete, err := Do(ctx, s, out, o)
	if err != nil {
		return nil, err
	}
	m, err := results.ReadManifest(dir)
	return &Complete{Dir: dir, Manifest: m, AlreadyComplete: complete}, err
}

// shaping says which inputs, and whether the draws, decide the reference: those whose change shows
// in its configuration.
func (s *Sweep) shaping() (inputs []bool, draws bool) {
	base := s.scenario.Config()
	plain := ReferenceKey(base)
	for i := range s.paths {
		shapes := false
		for _, u := range []float64{0.25, 0.75} {
			in := s.paths[i]
			in.oat = false
			cfg, err := s.scenario.Vary(base, s.knobs[i:i+1], []float64{in.value(u)})
			shapes = shapes || err != nil || ReferenceKey(cfg) != plain
		}
		inputs = append(inputs, shapes)
	}
	if s.draws {
		drawn, err := s.scenario.Draw(s.seed, 1)
		draws = err != nil || ReferenceKey(drawn) != plain
	}
	return inputs, draws
}

// referenceWork is the scenario's own reference, where it is needed, and the runs of those of cases
// and draws.
func (s *Sweep) referenceWork() (fixed []work, vectors int) {
	inputs, draws := s.shape, s.shapeDraws
	base := work{s.scenario.Config(), s.centre(0)}
	if s.kept(0) {
		return []work{base}, 0
	}
	if centred(base.cfg, base.centre) {
		fixed = append(fixed, work{base.centre, nil})
	}
	return fixed, s.references(inputs, draws) * vectorRuns(base.cfg, base.centre)
}

// countedCases bounds the cases among which different references are counted; beyond it their share
// is carried on.
const countedCases = 100_000

// references counts the different references of the sweep.
func (s *Sweep) references(inputs []bool, draws bool) int {
	seen := map[string]bool{}
	var values []float64
	var key []byte
	counted := min(s.Cases(), countedCases)
	for i := range counted {
		values = s.Values(i, values)
		key = key[:0]
		for i, v := range values {
			if inputs[i] {
				key = binary.LittleEndian.AppendUint64(key, math.Float64bits(v))
			}
		}
		seen[string(key)] = true
	}
	n := len(seen)
	if counted < s.Cases() && n > counted/2 {
		n = int(float64(n) * float64(s.Cases()) / float64(counted))
	}
	if draws {
		n *= s.replications
	}
	return n
}

// mark begins a row of a case by its name.
func (s *Sweep) mark(r *table.Record, number int) *table.Record { return r.Text(s.caseID(number)) }

// point begins a row of the design.
func (s *Sweep) point(r *table.Record, number int) bool {
	r.Text(s.caseID(number))
	return true
}

func (s *Sweep) pairs() bool { return false }
