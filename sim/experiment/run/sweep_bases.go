package run

import (
	"context"
	"encoding/binary"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim/experiment/results"
	"simulate/sim/scenario"
	"simulate/sim/table"
)

// All points of a sweep share their luck, so that a point in which policies act is paired with the
// one of the same future in which they do nothing: there each policy that varies stands at a value
// at which its lever is neutral, and everything else as in the point. A policy that no point
// switches off stands there as in the point too. The table effects holds what the policies change.

// EffectsTable is what alternatives change against their bases.
const EffectsTable = "effects"

// basesOf gives of each point the one that it is held against, −1 where it is one or has none.
func (s *Sweep) basesOf() (bases []int, held int) {
	idle := s.switchable()
	if len(idle) == 0 {
		return nil, 0
	}
	var values []float64
	off := make([]bool, s.Cases())
	keys := make([]string, s.Cases())
	first := map[string]int{} // by future, the point without the policies
	for i := range off {
		values = s.Values(i, values)
		off[i] = true
		for _, policy := range idle {
			acts := true
			for j, neutral := range policy {
				acts = acts && values[j] != neutral
			}
			off[i] = off[i] && !acts
		}
		var key []byte
		for j, in := range s.paths {
			if _, off := idle[policyOf(in.Path)]; !off {
				key = binary.LittleEndian.AppendUint64(key, math.Float64bits(values[j]))
			}
		}
		keys[i] = string(key)
		if _, known := first[keys[i]]; off[i] && !known {
			first[keys[i]] = i
		}
	}
	for i := range off {
		base, known := first[keys[i]]
		if !known || off[i] {
			base = -1
		} else {
			held++
		}
		bases = append(bases, base)
	}
	return bases, held
}

// idle are the neutral values of inputs, by policy; nil where no policy varies.
func (s *Sweep) idle() map[string]map[int]float64 {
	out := map[string]map[int]float64{}
	for j, in := range s.paths {
		if !results.IsPolicy(in.Path) {
			continue
		}
		policy := policyOf(in.Path)
		if out[policy] == nil {
			out[policy] = map[int]float64{}
		}
		if neutral, known := s.scenario.Neutral(in.Path); known {
			out[policy][j] = neutral
		}
	}
	return out
}

// Off tells of each input of a case, from 0, whether it is of a policy that does nothing there, so
// that what else the policy's inputs say is of no matter.
func (s *Sweep) Off(i int) []bool {
	values := s.Values(i, nil)
	out := make([]bool, len(s.paths))
	parts := map[string]int{} // of policies that are given
	for _, p := range s.scenario.Config().Policies {
		parts[p.ID] = len(p.Effects())
	}
	for policy, neutral := range s.idle() {
		idle := 0
		for j, v := range neutral {
			if values[j] == v {
				idle++
			}
		}
		if idle == 0 || idle < parts[policy] {
			continue
		}
		for j, in := range s.paths {
			out[j] = out[j] || policyOf(in.Path) == policy
		}
	}
	return out
}

// policyOf is the name of the policy that a PATH belongs to, "" of an assumption.
func policyOf(path string) string {
	if !results.IsPolicy(path) {
		return ""
	}
	return strings.SplitN(path, ".", 3)[1]
}

// switchable are the policies of idle that some point switches off.
func (s *Sweep) switchable() map[string]map[int]float64 {
	out := map[string]map[int]float64{}
	var values []float64
	all := s.idle()
	for i := range s.Cases() {
		values = s.Values(i, values)
		for policy, idle := range all {
			for j, neutral := range idle {
				if values[j] == neutral {
					out[policy] = idle
				}
			}
		}
	}
	return out
}

// setBases finds the points without the policies, and says what is held against what.
func (s *Sweep) setBases(by Pairing, e scenario.Experiment) {
	if by == nil {
		return
	}
	idle := s.idle()
	if len(idle) == 0 {
		return
	}
	bases, held := s.basesOf()
	switched := s.switchable()
	var off, missing, kept []string
	for _, policy := range slices.Sorted(maps.Keys(idle)) {
		written := ""
		for j, in := range s.paths {
			if neutral, known := idle[policy][j]; known && (written == "" || in.Listed()) {
				written = fmt.Sprintf("%s at %s", in.Path, in.knob.Written(neutral))
			}
		}
		if _, can := switched[policy]; !can {
			kept = append(kept, "policies."+policy)
			if held > 0 {
				continue
			}
		}
		if written == "" {
			missing = append(missing, "policies."+policy)
		} else {
			off = append(off, written)
		}
	}
	if held > 0 {
		s.bases, s.pairing = bases, by
		s.notes = append(slices.Clone(s.notes), fmt.Sprintf("Table effects: %s held against %s of the same future with "+
			"%s, where %s nothing%s.", quantity.Plural(held, "point is", "points are"),
			map[bool]string{true: "the one", false: "those"}[held == 1], quantity.List(off), s.whoDoes(switched),
			unswitched(kept)))
		return
	}
	what := "No value of what varies switches " + quantity.List(missing) + " off"
	if len(missing) == 0 {
		what = "No point has " + quantity.List(off) + ", where the policy does nothing"
	}
	s.notes = append(slices.Clone(s.notes), fmt.Sprintf("%s, so that no table says what it changes; %s.", what,
		s.advice(e).sentence(s.ref)))
}

// whoDoes begins what is nothing at a base: of a policy with several levers only those that vary.
func (s *Sweep) whoDoes(idle map[string]map[int]float64) string {
	for _, p := range s.scenario.Config().Policies {
		if _, varies := idle[p.ID]; varies && len(p.Effects()) > len(idle[p.ID]) {
			return "that part of the policy does"
		}
	}
	return "the policy does"
}

// unswitched says which policies no point switches off.
func unswitched(policies []string) string {
	if len(policies) == 0 {
		return ""
	}
	return fmt.Sprintf("; %s, which no point switches off, is the same in both", quantity.List(policies))
}

// pairPoints writes what policies change, from the runs of each point and of the one that it is
// held against.
func (a *assembly) pairPoints(ctx context.Context) error {
	s, ok := a.Experiment.(*Sweep)
	sheet := a.sheets[EffectsTable]
	if !ok || sheet == nil {
		return nil
	}
	held, number := (*Sample)(nil), -1
	defer func() {
		if held != nil {
			held.close()
		}
	}()
	looks := s.heldPoints()
	for point, base := range s.bases {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if base < 0 {
			continue
		}
		if base != number {
			if held != nil {
				held.close()
			}
			var err error
			if held, err = a.again(base); err != nil {
				return err
			}
			number = base
		}
		other, err := a.again(point)
		if err != nil {
			return err
		}
		if held != nil && other != nil {
			err = s.pairing.Pair(held, other, point+1, looks, func(_ string, r *table.Record) error { return sheet.Add(r) })
		}
		if other != nil {
			other.close()
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// heldPoints is the number of points that are held against another.
func (s *Sweep) heldPoints() (n int) {
	for _, base := range s.bases {
		if base >= 0 {
			n++
		}
	}
	return n
}

// again reads the values of a case once more; nil where the folder lacks a run of it.
func (a *assembly) again(number int) (*Sample, error) {
	rec := a.recorded()
	s := &Sample{Case: a.caseID(number), Metrics: rec.metricNames(), Segments: a.segments(number),
		SegmentMetrics: rec.segmentNames(), pairs: a.order().of(number, a.replications),
		engine: a.engine, market: newColumns(a.dir, marketValues), parts: newColumns(a.dir, marketValues)}
	for _, at := range a.calendar(number) {
		s.Dates = append(s.Dates, at.Date)
	}
	var r result
	for replication := 1; replication <= s.pairs; replication++ {
		found, err := a.from.read(a.order().run(number, replication), &r)
		if err == nil && found {
			market, parts := r.Market, r.Segments
			if r.Failed != "" {
				market, parts = nil, nil
			}
			if err = s.market.add(market); err == nil {
				err = s.parts.add(parts)
			}
		}
		if err != nil || !found {
			s.close()
			return nil, err
		}
	}
	return s, nil
}
