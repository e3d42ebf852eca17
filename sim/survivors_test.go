package sim

import (
	"math"
	"strings"
	"testing"
)

// A merger that raises the HHI by just what the rule allows is allowed, whatever the HHI: 2·(1/4)·
// (1/32)·10⁴ = 156.25 points, without rounding.
func TestMergerAtTheLimitOfTheRise(t *testing.T) {
	share := []float64{.25, .03125, .71875}
	rule := MergerRule{HHI: 1000, Delta: 156.25, Share: .1}
	if rule.forbids(share, 0, 1) {
		t.Error("a rise of just the limit is forbidden")
	}
	rule.Delta = math.Nextafter(156.25, 0)
	if !rule.forbids(share, 0, 1) {
		t.Error("a rise beyond the limit is allowed")
	}
}

// The first leader of a segment is no change of leader, whichever lab it is.
func TestTheFirstLeaderIsNoChange(t *testing.T) {
	for first := range 3 {
		cfg := testConfig(labs(3, 1e9)...)
		for i := range cfg.Labs {
			cfg.Labs[i].Sales = []Position{sold(0, .2)}
		}
		cfg.Labs[first].Sales = []Position{sold(0, .6)}
		m := started(t, cfg, 1)
		advance(t, m, 3)
		near(t, "changes of leader", metric(t, m, "leader_changes"), 0, 0)
		near(t, "in the segment", m.track.leaders[0].changes, 0, 0)
	}
}

// A market in which nobody sells has no price, and says so in these words.
func TestNobodySells(t *testing.T) {
	e := newNest(2)
	for i := range e.logCost {
		e.logCost[i] = math.Inf(1)
	}
	if err := e.equilibrium.solve(); err == nil || !strings.Contains(err.Error(), "nobody sells") {
		t.Errorf("got %v", err)
	}
}

// The budget of an entrant is lognormal with the given ends of its 90 % interval: the median lies
// at their geometric mean, whatever the luck of the spread.
func TestBudgetOfAnEntrant(t *testing.T) {
	cfg := testConfig(labs(1, 1e9)...)
	cfg.Stochastic = true
	cfg.Parameters.Industry.EntrantBudgetLow, cfg.Parameters.Industry.EntrantBudgetHigh = 1e6, 1e10
	m := started(t, cfg, 1)
	for _, z := range []float64{0, 1.6448536269514722, -1.6448536269514722} {
		m.enterOne(.5, z)
		want := map[bool]float64{true: 1e8}[z == 0]
		if z > 0 {
			want = 1e10
		} else if z < 0 {
			want = 1e6
		}
		agrees(t, "budget", m.newcomers[m.entrants-1].Budget.Points[0].Value, want)
	}
}

// A share of nothing is nothing to live on, and a segment that is not there is refused.
func TestRefusedPositions(t *testing.T) {
	for want, change := range map[string]func(*Config){
		"sells nothing at the start": func(c *Config) { c.Labs[0].FollowsSales, c.Labs[0].Sales[0].Share = true, 0 },
		"no segment 1":               func(c *Config) { c.Labs[0].Sales[0].Segment = 1 },
	} {
		cfg := sells(testConfig(labs(2, 1e9)...), 1)
		change(cfg)
		if _, err := New(cfg); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}

// Messages name the month, the first and the last of a year too.
func TestMonthsOfMessages(t *testing.T) {
	for want, date := range map[string]float64{"2024-01": 2024, "2024-12": 2024 + 11./12, "2025-01": 2025 - 1e-10,
		"2026-07": 2026.5} {
		if got := month(date); got != want {
			t.Errorf("%v is %s, want %s", date, got, want)
		}
	}
}

// A path grows between two values above zero, however small, and not from nothing or to nothing.
func TestRateBetweenSmallValuesAndNothing(t *testing.T) {
	for _, c := range []struct{ from, to, want float64 }{
		{.5, .25, math.Log(.5) / 2}, {.25, .5, math.Log(2) / 2}, {0, 5, 0}, {5, 0, 0}, {0, 0, 0}, {-1, 5, 0}, {5, -1, 0},
	} {
		path := Series{Points: []Point{{Date: 2024, Value: c.from}, {Date: 2026, Value: c.to}}}
		near(t, "rate", path.Rate(2025), c.want, 1e-12)
	}
}

// Hosts may offer what is public by the end of the step around a date, and not what comes a step
// later.
func TestHostableToTheEndOfTheStep(t *testing.T) {
	m := started(t, testConfig(labs(2, 1e9)...), 1)
	at := m.mid()
	for months, want := range map[float64]bool{-1: true, 0: true, .49: true, .5: true, .51: false, 1: false} {
		if got := m.hostable(&Publication{Date: at + months/12}, at); got != want {
			t.Errorf("%v months from the middle of the step: %v", months, got)
		}
	}
}

// Spending that grows moves buyers by as much; where none was, or less is left, nothing is new.
func TestGrowthOfSpending(t *testing.T) {
	m := started(t, sells(testConfig(labs(2, 1e9)...), 1), 1)
	advance(t, m, 1)
	s := &m.segments[0]
	m.spend(0)
	now := s.Spending
	for last, want := range map[float64]float64{now / 2: math.Log(2), .5: math.Log(now / .5), now: 0, 2 * now: 0, 0: 0} {
		s.Spending = last
		m.spend(0)
		near(t, "growth", s.growth, want, 1e-9)
	}
}

// In the reference run prices depart from nothing.
func TestTheReferenceRunIsItsOwnReference(t *testing.T) {
	cfg := sells(testConfig(labs(2, 1e9)...), 1)
	m, err := New(ReferenceConfig(cfg))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.ReferenceRun(0); err != nil {
		t.Fatal(err)
	}
	s := &m.segments[0]
	if s.LogPrice == s.firstPrice {
		t.Fatal("the price does not move: the configuration no longer tests this")
	}
	near(t, "departure of the price", s.LogPrice-s.LogReferencePrice, 0, 0)
}

// Who takes the brands of another segment stands behind it, wherever the other is in the list.
func TestBrandDepth(t *testing.T) {
	cfg := testConfig(labs(2, 1e9)...)
	cfg.Segments = []SegmentSpec{testSegment("a", 1e9), testSegment("b", 1e9), testSegment("c", 1e9)}
	cfg.Segments[0].BrandsOf, cfg.Segments[2].BrandsOf = 2, 1
	for j := range cfg.Labs {
		cfg.Labs[j].Sales = []Position{sold(0, math.NaN()), sold(1, []float64{.75, .25}[j]), sold(2, math.NaN())}
	}
	m, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	for k, want := range []int{2, 0, 1} {
		if got := m.brandDepth(k); got != want {
			t.Errorf("segment %d stands behind %d, want %d", k, got, want)
		}
	}
}

// Hosts have a technique that its lab keeps closed as long as the lab does; without events that
// withhold their know-how, never.
func TestHostsLearnAfterSecrecy(t *testing.T) {
	m := started(t, testConfig(labs(2, 1e9)...), 1)
	m.master(&m.labs[0], mastery{from: 2025, secrecy: 2}, true)
	m.master(&m.labs[1], mastery{from: 2025, secrecy: 2, withheld: true}, true)
	for i, want := range []known{{2027, 2027}, {2027, never}} {
		if got := m.labs[i].weightsTaught; got != want {
			t.Errorf("lab %d: %v, want %v", i, got, want)
		}
	}
}

// Reference spending grows for a lab as its segments do by its sales in them, however small these
// are, and not at all where it sells nothing.
func TestGrowthOfALabsSegments(t *testing.T) {
	cfg := sells(testConfig(labs(2, 1e9)...), 1)
	cfg.Segments = []SegmentSpec{testSegment("a", 1e9), testSegment("b", 1e9)}
	cfg.Segments[0].Spending, cfg.Segments[1].Spending = growing(1e9, .5), growing(1e9, .1)
	for j := range cfg.Labs {
		cfg.Labs[j].Sales = []Position{sold(0, .5), sold(1, .5)}
	}
	m := started(t, cfg, 1)
	for _, c := range []struct{ a, b, want float64 }{{0, 0, 0}, {3e8, 1e8, .4}, {.3, .1, .4}, {.75, .25, .4}} {
		m.segments[0].sold[0], m.segments[1].sold[0] = c.a, c.b
		near(t, "growth", m.salesGrowth(0), c.want, 1e-12)
	}
}

// Between two steps what a lab knew lies on the line through them.
func TestPastKnowledgeBetweenSteps(t *testing.T) {
	m := started(t, testConfig(labs(2, 1e9)...), 1)
	advance(t, m, 4)
	*m.past.at(0, 1), *m.past.at(0, 2) = lagged{a: 3, s: 10}, lagged{a: 7, s: 30}
	for part, want := range map[float64]lagged{0: {3, 10}, .25: {4, 15}, .75: {6, 25}} {
		got := m.knownAt(0, &m.past, m.cfg.Start+(1+part)/12)
		near(t, "in training", got.a, want.a, 1e-9)
		near(t, "in serving", got.s, want.s, 1e-9)
	}
}

// Where a lab leaves a segment in which nobody else has sold, its share goes to others by their
// targets, and hosts keep theirs.
func TestOthersWithoutSalesTakeOverByTargets(t *testing.T) {
	m := started(t, sells(testConfig(labs(3, 1e9)...), 1), 1)
	s := &m.segments[0]
	copy(s.share, []float64{1, 0, 0})
	copy(s.target, []float64{.5, .2, .1})
	s.fringe = .2
	m.exit(0)
	for i, want := range []float64{0, .4, .2} {
		near(t, "share", s.share[i], want, 1e-12)
	}
}

// A reference takes eight bytes for each number and three words for each path and list of paths.
func TestSizeOfAReference(t *testing.T) {
	const paths, each = 2 + 1 + 3, 24 + 8*11
	if got := newReference(2, 3, 10).Size(); got != 3*24+paths*each {
		t.Errorf("%d bytes", got)
	}
}
