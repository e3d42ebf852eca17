package sim

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// Changes of a case that must not change what is observed, tried on random rosters with levers and
// shocks, and each a way to find a fault that no expected number tells.

// drawn is a random case with levers and shocks, of two years.
func drawn(seed, i uint64) *Config {
	d := drawing{rand.New(rand.NewPCG(seed, i))}
	cfg := d.roster()
	cfg.Steps = 2 * cfg.StepsPerYear
	for k := range cfg.Segments { // below mostSpending, which is in dollars
		cfg.Segments[k].Cap = min(cfg.Segments[k].Cap, 1e13)
	}
	d.shocks(cfg)
	d.policies(cfg)
	return cfg
}

// observations runs a case and lists all metrics at its year-ends; nil where it is refused.
func observations(t *testing.T, cfg *Config, seed uint64) (out [][]float64) {
	t.Helper()
	m, err := New(cfg)
	if err != nil {
		return nil
	}
	ref, err := NewReference(cfg)
	if err != nil {
		return nil
	}
	m.Reset(seed, 1, ref)
	for !m.Done() {
		if err := m.Step(); err != nil {
			return nil
		}
		if m.step%cfg.StepsPerYear == 0 {
			var row []float64
			for _, x := range Metrics {
				row = append(row, x.Of(m))
			}
			out = append(out, row)
		}
	}
	return out
}

// changeless runs random cases before and after a change and compares what is observed, in units
// that the change moves by a factor.
func changeless(t *testing.T, deterministic bool, change func(*Config) *Config, factor func(unit string) float64) {
	t.Helper()
	compared := 0
	for i := range uint64(120) {
		cfg := drawn(3, i)
		cfg.Stochastic = cfg.Stochastic && !deterministic
		before := observations(t, cfg, i)
		after := observations(t, change(cfg), i)
		if (before == nil) != (after == nil) {
			t.Errorf("case %d: one of the two is refused", i)
		}
		if before == nil || after == nil {
			continue
		}
		compared++
		for year := range before {
			for k, x := range Metrics {
				want, got := before[year][k], after[year][k]/factor(x.Unit)
				if math.IsNaN(want) && math.IsNaN(got) || math.Abs(want) < 1e-6 && math.Abs(got) < 1e-6 {
					continue
				}
				if !(math.Abs(got-want) <= 1e-4*math.Max(1, math.Abs(want))) {
					t.Errorf("case %d, year %d: %s is %.12g instead of %.12g", i, year+1, x.Name, got, want)
				}
			}
		}
		if t.Failed() {
			return
		}
	}
	if compared < 60 {
		t.Errorf("only %d cases are compared", compared)
	}
}

func same(string) float64 { return 1 }

// Labs in another order are the same industry.
func TestPermutedRosters(t *testing.T) {
	changeless(t, false, func(cfg *Config) *Config {
		c, n := *cfg, len(cfg.Labs)
		c.Labs = slices.Clone(cfg.Labs)
		slices.Reverse(c.Labs)
		to := func(i int) int {
			if i < 0 {
				return i
			}
			return n - 1 - i
		}
		c.Shocks, c.Ownership = slices.Clone(cfg.Shocks), slices.Clone(cfg.Ownership)
		for i := range c.Shocks {
			c.Shocks[i].Lab = to(c.Shocks[i].Lab)
		}
		for i := range c.Ownership {
			c.Ownership[i].Holder, c.Ownership[i].Of = to(c.Ownership[i].Holder), to(c.Ownership[i].Of)
		}
		c.Policies = withLevers(cfg, func(settings any, l *Lever) {
			if set, byPath := settings.(*Changes); byPath {
				*set = slices.Clone(*set)
				for i := range *set {
					if v := &(*set)[i]; v.Kind == ChangeLab {
						v.Index = to(v.Index)
					}
				}
			}
			for _, k := range l.Keys {
				if e, who := k.Field(settings).(*Eligibility); who {
					e.Labs = slices.Clone(e.Labs)
					for i := range e.Labs {
						e.Labs[i] = to(e.Labs[i])
					}
				}
			}
		})
		return &c
	}, same)
}

// Labs of other names are the same industry, where luck does not go by the name.
func TestRenamedLabs(t *testing.T) {
	changeless(t, true, func(cfg *Config) *Config {
		c := *cfg
		c.Labs = slices.Clone(cfg.Labs)
		for i := range c.Labs {
			c.Labs[i].ID = fmt.Sprint("z", 100-i)
			c.Labs[i].Name = "Another"
		}
		return &c
	}, same)
}

// Money in another unit, prices and all, leaves every metric that is no money: every scalar, path
// and setting in dollars is found by its unit.
func TestRescaledMoney(t *testing.T) {
	const k = 1e-3
	money := func(unit string) float64 {
		if strings.HasPrefix(unit, "USD") {
			return k
		}
		return 1
	}
	scalars := func(v any) {
		for _, f := range fieldsOf(v) {
			*f.In(v) *= money(f.Unit)
		}
	}
	path := func(s Series) Series {
		s.Points = slices.Clone(s.Points)
		for i := range s.Points {
			s.Points[i].Value *= k
		}
		return s
	}
	units := map[string]string{}
	for _, f := range slices.Concat(Registry(), Fields(LabSpec{}), Fields(SegmentSpec{})) {
		units[f.Path] = f.Unit
	}
	rescaled := func(cfg *Config) *Config {
		c := *cfg
		scalars(&c.Parameters)
		c.Labs, c.Segments, c.Chips, c.Shocks = slices.Clone(cfg.Labs), slices.Clone(cfg.Segments),
			slices.Clone(cfg.Chips), slices.Clone(cfg.Shocks)
		for i := range c.Labs {
			scalars(&c.Labs[i])
			c.Labs[i].Budget = path(c.Labs[i].Budget)
		}
		for i := range c.Segments {
			scalars(&c.Segments[i])
			c.Segments[i].Spending = path(c.Segments[i].Spending)
		}
		for i := range c.Chips {
			c.Chips[i].Price *= k
		}
		for i := range c.Shocks {
			c.Shocks[i].BudgetFrom *= k
			c.Shocks[i].BudgetBelow *= k
		}
		c.Outside.Orders = path(c.Outside.Orders)
		c.Policies = withLevers(cfg, func(settings any, l *Lever) {
			if set, byPath := settings.(*Changes); byPath {
				*set = slices.Clone(*set)
				for i := range *set {
					(*set)[i].Value *= money(units[(*set)[i].Field])
				}
			}
			for _, key := range l.Keys {
				switch v := key.Field(settings).(type) {
				case *float64:
					if key.Or == nil || !*key.Or.Field(settings) {
						*v *= money(key.Unit)
					}
				case *Eligibility:
					v.BudgetBelow *= k
					v.BudgetFrom *= k
				}
			}
		})
		return &c
	}
	changeless(t, false, rescaled, money)
}

// withLevers are the policies of a case with settings of their own, after a change to each.
func withLevers(cfg *Config, change func(settings any, l *Lever)) []Policy {
	out := slices.Clone(cfg.Policies)
	for i := range out {
		out[i].Levers = slices.Clone(out[i].Levers)
		for l := range out[i].pulls() {
			place := l.In(&out[i])
			*place = copied(*place)
			change(*place, l)
		}
	}
	return out
}

// Runs of another seed have the same distribution: of the HHI of sales and of the frontier after
// two years the largest distance between the distribution functions of 300 runs each lies below
// what two equal ones pass once in 10,000 times, 2.3·√(1/300 + 1/300)… and the runs differ.
func TestAnotherSeedsDistribution(t *testing.T) {
	const n = 300
	cfg := richConfig()
	cfg.Steps = 24
	m, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	ref, err := NewReference(cfg)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"hhi_sales", "frontier_capability"} {
		var samples [2][]float64
		for s := range samples {
			for r := range n {
				m.Reset(uint64(7+1000*s), r, ref)
				advance(t, m, cfg.Steps)
				samples[s] = append(samples[s], metric(t, m, name))
			}
			slices.Sort(samples[s])
		}
		distance := 0.0
		for i, x := range samples[0] {
			below, _ := slices.BinarySearch(samples[1], x)
			distance = max(distance, math.Abs(float64(i-below))/n)
		}
		if bound := 2.23 * math.Sqrt(2./n); distance == 0 || distance > bound {
			t.Errorf("%s: distributions of two seeds lie %.3f apart, at most %.3f is luck", name, distance, bound)
		}
	}
}

// copied is a pointer to a copy of what v points to.
func copied(v any) any {
	out := reflect.New(reflect.TypeOf(v).Elem())
	out.Elem().Set(reflect.ValueOf(v).Elem())
	return out.Interface()
}
