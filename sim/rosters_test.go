package sim

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// drawing draws rosters, levers and shocks over all that scenario files allow.
type drawing struct{ *rand.Rand }

func (d drawing) yes(p float64) bool { return d.Float64() < p }

// amount draws any order of magnitude alike.
func (d drawing) amount(low, high float64) float64 {
	return low * math.Pow(high/low, d.Float64())
}

// anywhere draws from the whole of an allowed range, its ends now and then.
func (d drawing) anywhere(low, high float64) float64 {
	if math.IsInf(high, 1) {
		if d.yes(.3) {
			return high
		}
		high = 1e14
	}
	switch u := d.Float64(); {
	case u < .05:
		return low
	case u < .1:
		return high
	case low > 0 && high/low > 20:
		return d.amount(low, high)
	case low == 0 && high >= 1000:
		return high * math.Pow(10, -12*d.Float64())
	}
	return low + d.Float64()*(high-low)
}

// fields draws some of the tagged fields of a struct, whose others keep their defaults.
func (d drawing) fields(v any, p float64) {
	for _, f := range fieldsOf(v) {
		if d.yes(p) {
			*f.In(v) = d.anywhere(f.Low, f.High)
		}
	}
}

// path draws an exogenous path.
func (d drawing) path(cfg *Config, low, high float64) Series {
	s := Series{Growth: math.Log(d.amount(.5, 5)), LongRun: cfg.Parameters.Paths.LongRunBudgetGrowth,
		TaperTime: cfg.Parameters.Paths.TaperTime}
	date := cfg.Start - 2*d.Float64()
	for range 1 + d.IntN(3) {
		v := d.amount(low, high)
		if d.yes(.02) {
			v = 0
		}
		s.Points = append(s.Points, Point{Date: date, Value: v})
		date += .3 + 3*d.Float64()
	}
	return s
}

// roster draws a case: clock, parameters, regions, chips, segments, labs with their sales, outside
// buyers and holdings.
func (d drawing) roster() *Config {
	cfg := &Config{Start: 2023 + float64(d.IntN(48))/12, StepsPerYear: []int{12, 4}[d.IntN(2)],
		Stochastic: d.yes(.8), Parameters: Defaults(), ReferenceReplications: 1}
	cfg.Steps = cfg.StepsPerYear * (1 + d.IntN(8))
	if d.yes(.5) {
		d.fields(&cfg.Parameters, []float64{.05, .3, 1}[d.IntN(3)])
		cfg.Parameters.Market.Conduct = float64(d.IntN(3))
		cfg.Parameters.Training.Adoption, cfg.Parameters.Training.ChosenRuns = float64(d.IntN(2)), float64(d.IntN(2))
		if q := &cfg.Parameters.Industry; q.EntrantBudgetLow > q.EntrantBudgetHigh {
			q.EntrantBudgetLow, q.EntrantBudgetHigh = q.EntrantBudgetHigh, q.EntrantBudgetLow
		}
	}
	p := &cfg.Parameters.Market
	if p.EpsilonMin = min(p.EpsilonMin, 5); d.yes(.95) {
		p.Sigma = max(p.Sigma, 1.01*max(p.Eta, p.EpsilonMin, p.HostSubstitution))
	}
	for i := range 1 + d.IntN(3) {
		r := Region{ID: fmt.Sprint("region_", i), ScreensAcquisitions: d.yes(.3)}
		if d.yes(.3) {
			r.RelativePricePerformance = flat(d.anywhere(.01, 1))
		}
		cfg.Regions = append(cfg.Regions, r)
	}
	for i := range d.IntN(4) {
		c := Chip{ID: fmt.Sprint("chip_", i), OnSale: cfg.Start + 4*d.Float64() - 2, H100e: d.amount(.1, 10),
			Interconnect: d.Float64(), Price: d.amount(1e3, 1e6), Merchant: d.yes(.8)}
		if d.yes(.3) {
			c.Domestic = cfg.Regions[d.IntN(len(cfg.Regions))].ID
		}
		cfg.Chips = append(cfg.Chips, c)
	}
	for k := range 1 + d.IntN(4) {
		s := testSegment(fmt.Sprint("segment_", k), 0)
		s.Spending, s.Region = d.path(cfg, 1e6, 1e12), d.IntN(len(cfg.Regions))
		d.fields(&s, .3)
		if d.yes(.95) && s.Sigma < 1.01*max(p.EpsilonMin, p.HostSubstitution, p.Eta) {
			s.Sigma = math.NaN()
		}
		if d.yes(.95) && s.Eta > .99*p.Sigma {
			s.Eta = math.NaN()
		}
		if s.From = math.NaN(); d.yes(.3) {
			s.From = cfg.Start + 3*d.Float64()
			if k > 0 {
				s.BrandsOf = d.IntN(k)
			}
		}
		cfg.Segments = append(cfg.Segments, s)
	}
	d.labs(cfg)
	cfg.Outside = OutsideBuyers{Orders: d.path(cfg, 1, 1e13), Stock: d.amount(1, 1e12)}
	if d.yes(.3) {
		cfg.Ownership = []Holding{{Holder: 0, Of: len(cfg.Labs) - 1, Share: d.Float64()}}
	}
	if d.yes(.2) {
		cfg.PlansCarriedOut = 2 * d.Float64()
	}
	return cfg
}

// labs draws one to ten labs and their sales.
func (d drawing) labs(cfg *Config) {
	left := make([]float64, len(cfg.Segments))
	for k := range left {
		left[k] = 1
	}
	n := 1 + d.IntN(10)
	for i := range n {
		l := testLab(fmt.Sprint("lab_", i), 0)
		l.Budget = d.path(cfg, 1, 1e13)
		l.Archetype, l.Openness = Archetype(d.IntN(3)), Openness(d.IntN(3))
		l.Renter, l.Commercial, l.Cloud = d.yes(.5), d.yes(.8), d.yes(.3)
		l.Region = d.IntN(len(cfg.Regions))
		d.fields(&l, .2)
		if l.TestTimeFrom = math.NaN(); d.yes(.2) {
			l.TestTimeFrom = cfg.Start + 3*d.Float64() - 1
		}
		for k := range cfg.Segments {
			if !d.yes(.6) {
				continue
			}
			p := sold(k, left[k]*d.Float64())
			if i == n-1 && d.yes(.2) || d.yes(.01) {
				p.Share = left[k]
			}
			left[k] = max(0, left[k]-p.Share)
			switch d.IntN(6) {
			case 0:
				p.Target = p.Share * d.Float64()
			case 1:
				p.Brand = d.anywhere(-20, 20)
			case 2:
				p.Fit = d.anywhere(-5, 5)
			}
			l.Sales = append(l.Sales, p)
		}
		l.FollowsSales = l.Archetype == Independent && l.Commercial && cfg.sellsAtStart(&l) && d.yes(.5)
		cfg.Labs = append(cfg.Labs, l)
	}
}

// shocks draws up to four.
func (d drawing) shocks(cfg *Config) {
	for i := range d.IntN(5) {
		s := Shock{Date: cfg.Start + d.Float64()*float64(cfg.Steps)*cfg.Dt(), Lab: d.IntN(len(cfg.Labs)+1) - 1,
			Technique: d.yes(.2), Publish: d.yes(.5), Release: d.yes(.5), Withhold: d.yes(.2), Event: i + 1,
			BudgetBelow: math.Inf(1), Label: fmt.Sprint("shock ", i)}
		for _, v := range []*float64{&s.Efficiency, &s.Training, &s.Serving} {
			if d.yes(.4) {
				*v = d.amount(1e-3, 1e6)
			}
		}
		if s.Withhold {
			s.BudgetBelow = 1e9
		}
		cfg.Shocks = append(cfg.Shocks, s)
	}
}

// policies draws up to three, each with some levers at any strength.
func (d drawing) policies(cfg *Config) {
	for i := range d.IntN(4) {
		p := Policy{ID: fmt.Sprint("policy ", i), From: cfg.Start + 4*d.Float64(), Until: math.Inf(1)}
		if d.yes(.5) {
			p.Until = p.From + 3*d.Float64()
		}
		for _, l := range Levers {
			if d.yes(.25) {
				d.lever(cfg, &p, l)
			}
		}
		if len(p.Levers) > 0 {
			cfg.Policies = append(cfg.Policies, p)
		}
	}
}

func (d drawing) lever(cfg *Config, p *Policy, l *Lever) {
	settings := l.New()
	if set, byPath := settings.(*Changes); byPath {
		for range 1 + d.IntN(3) {
			c := Change{Kind: ChangeKind(d.IntN(3))}
			fields := Registry()
			switch c.Kind {
			case ChangeLab:
				c.Index, fields = d.IntN(len(cfg.Labs)), Fields(LabSpec{})
			case ChangeSegment:
				c.Index, fields = d.IntN(len(cfg.Segments)), Fields(SegmentSpec{})
			}
			f := fields[d.IntN(len(fields))]
			c.Field, c.Value = f.Path, d.anywhere(f.Low, f.High)
			*set = append(*set, c)
		}
		p.Pull(settings)
		return
	}
	for _, k := range l.Keys {
		if !l.needs(k.Name) && !d.yes(.4) {
			continue
		}
		switch v := k.Field(settings).(type) {
		case *float64:
			*v = d.anywhere(k.Low, k.High)
		case *bool:
			*v = d.yes(.5)
		case *int:
			if *v = d.IntN(len(cfg.Regions)); k.Of == InChips {
				*v = d.IntN(len(cfg.Chips)+1) - 1
			}
		case *[]int:
			*v = []int{d.IntN(map[Things]int{InRegions: len(cfg.Regions), InSegments: len(cfg.Segments)}[k.Of])}
		case *ChipSet:
			if *v = (ChipSet{All: d.yes(.2)}); !v.All && len(cfg.Chips) > 0 && d.yes(.7) {
				v.Chips = []int{d.IntN(len(cfg.Chips))}
			}
		case *Eligibility:
			if *v = Everyone(); d.yes(.5) {
				v.BudgetBelow = d.amount(1e5, 1e12)
			}
			if d.yes(.3) {
				v.Labs = []int{d.IntN(len(cfg.Labs))}
			}
			v.NonProfit = d.yes(.2)
		}
	}
	p.Pull(settings)
}

// number is a whole number from the environment, with a default for everyday.
func number(t *testing.T, variable string, everyday int) int {
	t.Helper()
	text := os.Getenv(variable)
	if text == "" {
		return everyday
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		t.Fatalf("%s is %q, not a whole number", variable, text)
	}
	return n
}

var withoutNumbers = regexp.MustCompile(`[0-9.e+-]*[0-9]`)

// Whatever roster, levers and shocks, a run ends with finite metrics, or is refused before its
// first step by a message that says what of which part. SIMULATE_ROSTERS sets their number,
// SIMULATE_FULL_SEED their choice.
func TestRandomRosters(t *testing.T) {
	n, seed := number(t, "SIMULATE_ROSTERS", 400), number(t, "SIMULATE_FULL_SEED", 1)
	refused := map[string]int{}
	for i := range n {
		d := drawing{rand.New(rand.NewPCG(uint64(seed), uint64(i)))}
		cfg := d.roster()
		d.shocks(cfg)
		d.policies(cfg)
		why, wrong := ends(cfg, uint64(i))
		if wrong {
			t.Errorf("case %d of seed %d: %s", i, seed, why)
		}
		if why != "" {
			refused[withoutNumbers.ReplaceAllString(why, "#")]++
		}
	}
	sum := 0
	for why, count := range refused {
		if sum += count; testing.Verbose() {
			t.Logf("%4d × %s", count, why)
		}
	}
	t.Logf("%d of %d cases refused", sum, n)
	if 4*sum > 3*n {
		t.Errorf("%d of %d cases are refused: the draws no longer test runs", sum, n)
	}
}

// ends does a run and says why it does not end with finite metrics; what is refused before the
// first step is not wrong.
func ends(cfg *Config, seed uint64) (why string, wrong bool) {
	defer func() {
		if v := recover(); v != nil {
			why, wrong = fmt.Sprint("panic: ", v), true
		}
	}()
	m, err := New(cfg)
	if err != nil {
		return err.Error(), false
	}
	r, err := New(ReferenceConfig(cfg))
	if err != nil {
		return err.Error(), false
	}
	ref, err := r.ReferenceRun(0)
	if err != nil {
		return "reference: " + err.Error(), r.step > 0 || !strings.Contains(err.Error(), "process start")
	}
	m.Reset(seed, 1, ref)
	for {
		for _, x := range Metrics {
			if v := x.Of(m); math.IsInf(v, 0) {
				return fmt.Sprintf("%s is %v at %s", x.Name, v, month(m.t)), true
			}
		}
		if m.Done() {
			return "", false
		}
		if err := m.Step(); err != nil {
			return err.Error(), m.step > 0 || !strings.Contains(err.Error(), "process start")
		}
	}
}
