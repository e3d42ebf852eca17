package study

import (
	"encoding/binary"
	"math"
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim/design"
	"simulate/sim/experiment/results"
)

// byLever takes combinations of levers for policies, and of everything else for futures. Values
// make the same policy only where they are equal, however they are printed.
func byLever(path string, o RobustOptions) (*arena, error) {
	s, err := OpenStudy(path, o.StudyOptions)
	if err != nil {
		return nil, err
	}
	isLever, err := s.levers(s.Named(o.Policies))
	if err != nil {
		return nil, err
	}
	how, err := design.LookUp(s.Design)
	a := &arena{named: s.Named, quantity: s.quantity, notes: s.Notes, sampled: err == nil && how.Fills}
	for j, name := range s.Inputs.Names {
		a.apart = a.apart || isLever[j] && (strings.HasSuffix(name, ".from") || strings.HasSuffix(name, ".until"))
	}
	policies, futures := newSet(), newSet()
	where := map[[2]int][]int{} // policy, future → points
	var ofPolicy, ofFuture [][]float64
	first := map[[2]int][]float64{} // values of the first point of a policy in a future
	for i, own := range s.Inputs.Rows {
		row := s.acting(i)
		p, f := policies.of(row, isLever, true), futures.of(row, isLever, false)
		if at, known := first[[2]int{p, f}]; known && !slices.Equal(at, own) {
			continue // the same world once more: what is off there has other dates
		}
		first[[2]int{p, f}] = own
		if p == len(ofPolicy) {
			ofPolicy = append(ofPolicy, row)
		}
		if f == len(ofFuture) {
			ofFuture = append(ofFuture, row)
		}
		where[[2]int{p, f}] = append(where[[2]int{p, f}], i)
	}
	a.policies, a.futures = s.words(ofPolicy, isLever, true), s.words(ofFuture, isLever, false)
	if len(where) < len(a.policies)*len(a.futures) {
		return nil, results.InputErrorf("%s meet %s in %s only, not in all combinations; cross them, as a sweep does "+
			"with policies.* in every design and with anything else in a grid, or say which inputs are policies with "+
			"--policies",
			quantity.Plural(len(a.policies), "policy", "policies"), quantity.Plural(len(a.futures), "future", "futures"),
			quantity.Plural(len(where), "combination", "combinations"))
	}
	least, most := len(s.Inputs.Rows), [2]int{}
	for p := range a.policies {
		for f := range a.futures {
			n := len(where[[2]int{p, f}])
			if least = min(least, n); n > len(where[most]) {
				most = [2]int{p, f}
			}
		}
	}
	if n := len(where[most]); n != least {
		return nil, results.InputErrorf("%s meets %s in %s rows, and others do in %s; keep one row of each, or name the "+
			"column that numbers replications with --replication",
			a.policies[most[0]], futureName(a.futures[most[1]], most[1]), quantity.Count(n), quantity.Count(least))
	}
	date := ""
	if o.Date != "" {
		found, err := s.DatesAt([]string{o.Date})
		if err != nil {
			return nil, err
		}
		date = found[0]
	}
	a.outcome = func(name string) ([][][]float64, error) {
		y, err := s.Outcome(name, date)
		if err != nil {
			return nil, err
		}
		out := make([][][]float64, len(a.policies))
		for p := range out {
			out[p] = make([][]float64, len(a.futures))
			for f := range out[p] {
				for _, i := range where[[2]int{p, f}] {
					out[p][f] = append(out[p][f], y[i]...)
				}
			}
		}
		return out, nil
	}
	return a, nil
}

func futureName(words string, f int) string {
	if words == "" {
		return "future " + quantity.Count(f+1)
	}
	return "the future " + words
}

// levers tells which inputs make up a policy: those asked for, otherwise those that are policies.*.
func (s *Study) levers(wanted []string) ([]bool, error) {
	out := make([]bool, len(s.Inputs.Names))
	for _, l := range wanted {
		j := s.input(l)
		if j < 0 {
			return nil, results.InputErrorf("the policy input %q did not vary; %s did", l, quantity.List(s.Inputs.Names))
		}
		out[j] = true
	}
	if len(wanted) == 0 {
		for j, name := range s.Inputs.Names {
			out[j] = s.experiment.Chosen(name)
		}
	}
	if !slices.Contains(out, true) {
		return nil, results.InputErrorf("none of %s is a policy (policies.NAME.…), and an assumption about the world "+
			"cannot be chosen; say which inputs make up a policy: --policies INPUT,…", quantity.List(s.Inputs.Names))
	}
	return out, nil
}

// acting are the inputs of a point, those of policies that do nothing there as at the first point
// where they do nothing: it is one world, whatever else they say.
func (s *Study) acting(i int) []float64 {
	row := s.Inputs.Rows[i]
	if i >= len(s.off) || !slices.Contains(s.off[i], true) {
		return row
	}
	out := slices.Clone(row)
	for j, off := range s.off[i] {
		if !off {
			continue
		}
		for k := range s.off {
			if s.off[k][j] {
				out[j] = s.Inputs.Rows[k][j]
				break
			}
		}
	}
	return out
}

// words writes the values of levers, or of other inputs, of some points: with as many digits as
// tell the points apart.
func (s *Study) words(rows [][]float64, isLever []bool, levers bool) []string {
	var out []string
	for _, digits := range []int{6, 17} {
		out = nil
		for _, row := range rows {
			var parts []string
			for j, v := range row {
				if isLever[j] == levers {
					parts = append(parts, s.Inputs.Names[j]+" = "+s.word(j, v, digits))
				}
			}
			out = append(out, strings.Join(parts, ", "))
		}
		if len(slices.Compact(slices.Sorted(slices.Values(out)))) == len(rows) {
			break
		}
	}
	return out
}

// set numbers rows by the bits of some of their values.
type set map[string]int

func newSet() set { return set{} }

func (s set) of(row []float64, isLever []bool, levers bool) int {
	var key []byte
	for j, v := range row {
		if isLever[j] == levers {
			key = binary.LittleEndian.AppendUint64(key, math.Float64bits(v+0)) // 0 and −0 are the same
		}
	}
	k, known := s[string(key)]
	if !known {
		k = len(s)
		s[string(key)] = k
	}
	return k
}
