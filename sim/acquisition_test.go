package sim

import (
	"math"
	"strings"
	"testing"
)

// onSale is richConfig in which every commercial lab that sells is soon in distress and for sale.
func onSale() *Config {
	cfg := richConfig()
	p := &cfg.Parameters.Industry
	p.LeastShare, p.LargestGap, p.AcquisitionHazard, p.ExitHazard = 1, 0, 3, 0
	cfg.Policies = nil
	return cfg
}

// sales runs some replications and lists the events of buying and closing.
func sales(t *testing.T, cfg *Config) (out []Event) {
	t.Helper()
	m := started(t, cfg, 1)
	for r := range 8 {
		m.Reset(1, r, m.ref)
		advance(t, m, cfg.Steps)
		for _, e := range m.Events() {
			switch e.Kind {
			case "acquisition", "exit", "blocked":
				out = append(out, e)
			}
		}
	}
	return out
}

func count(events []Event, kind, subject, detail string) (n int) {
	for _, e := range events {
		if e.Kind == kind && (subject == "" || e.Subject == subject) && strings.Contains(e.Detail, detail) {
			n++
		}
	}
	return n
}

// A platform's lab is part of a company: it may close, but nobody buys it.
func TestPlatformLabsAreNotForSale(t *testing.T) {
	cfg := onSale()
	cfg.Labs[1].Budget = flat(1e9) // others are richer
	if n := count(sales(t, cfg), "acquisition", "maker", ""); n > 0 {
		t.Errorf("the platform's lab is bought %d times", n)
	}
	cfg.Labs[1].Archetype = Independent
	if n := count(sales(t, cfg), "acquisition", "maker", ""); n == 0 {
		t.Error("an independent lab in its place is never bought, so that this test cannot fail")
	}
	cfg.Labs[1].Archetype = Platform
	cfg.Parameters.Industry.ExitHazard = 3
	if n := count(sales(t, cfg), "exit", "maker", "closes"); n == 0 {
		t.Error("the platform's lab never closes")
	}
}

// No lab is bought across the border of a region that screens acquisitions, whichever side the
// region is on; without another bidder it closes.
func TestScreenedAcquisitions(t *testing.T) {
	across := func(events []Event) int { // the open lab is the only one in its region
		return count(events, "acquisition", "open", "") + count(events, "acquisition", "", "bought by open")
	}
	cfg := onSale()
	free := sales(t, cfg)
	if across(free) == 0 || count(free, "acquisition", "open", "") == 0 {
		t.Error("nobody is bought across the border without screening")
	}
	for r := range cfg.Regions {
		cfg := onSale()
		cfg.Regions[r].ScreensAcquisitions = true
		screened := sales(t, cfg)
		if n := across(screened); n > 0 {
			t.Errorf("region %s screens, and %d labs are bought across its border", cfg.Regions[r].ID, n)
		}
		if count(screened, "exit", "open", "closes") == 0 {
			t.Errorf("region %s screens, and the lab without a bidder never closes", cfg.Regions[r].ID)
		}
		if count(screened, "acquisition", "", "") == 0 {
			t.Errorf("region %s screens, and nobody is bought within a region", cfg.Regions[r].ID)
		}
	}
}

// A merger rule that bars the best bidder leaves one event per attempt, and each attempt ends in a
// sale to another or in an exit at that date.
func TestBlockedAcquisitions(t *testing.T) {
	cfg := onSale()
	if n := count(sales(t, cfg), "blocked", "", ""); n > 0 {
		t.Errorf("%d acquisitions are blocked without a rule", n)
	}
	cfg.Policies = []Policy{{ID: "bar", From: 2024, Until: math.Inf(1), Levers: []any{&MergerRule{HHI: 0, Delta: 0,
		Share: 0}}}}
	events := sales(t, cfg)
	blocked := 0
	for i, e := range events {
		if e.Kind != "blocked" {
			continue
		}
		blocked++
		if i+1 == len(events) || events[i+1].Subject != e.Subject || events[i+1].Date != e.Date ||
			events[i+1].Kind == "blocked" {
			t.Errorf("what became of %s, %s, in %g?", e.Subject, e.Detail, e.Date)
		}
		if !strings.HasPrefix(e.Detail, "bid by ") || e.Detail == "bid by "+e.Subject {
			t.Errorf("%s is blocked by %q", e.Subject, e.Detail)
		}
	}
	if blocked == 0 {
		t.Error("nothing is blocked")
	}
}

// Details of acquisitions and entries are plain words, entrants included.
func TestIndustryEventWords(t *testing.T) {
	cfg := onSale()
	cfg.Parameters.Industry.EntryRate = 20
	known := map[string]bool{}
	for i := range cfg.Labs {
		known["bought by "+cfg.Labs[i].ID] = true
	}
	for _, id := range entrantIDs(cfg.entrants()) {
		known["bought by "+id] = true
	}
	entries := 0
	for _, e := range run(t, cfg).Events() {
		switch e.Kind {
		case "acquisition":
			if !known[e.Detail] {
				t.Errorf("an acquisition is %q", e.Detail)
			}
		case "entry":
			entries++
			if e.Detail != "in us" && e.Detail != "in china" {
				t.Errorf("an entry is %q", e.Detail)
			}
		}
	}
	if entries == 0 {
		t.Error("nobody enters")
	}
}

// Where the gain of a buyer follows from the shares it is that of trying the merger, and it is
// known for buyers of better technology.
func TestAddedProfitIsThatOfTrying(t *testing.T) {
	known := 0
	for _, c := range [][3]float64{{.4, .7, .9}, {-.4, -.7, -.9}, {.4, -.7, -.9}, {-.4, .7, .9}} {
		m := pair(t, c[0], c[1], c[2])
		for i := range 4 {
			for j := range 4 {
				if i == j {
					continue
				}
				gain, ok := m.addedProfit(i, j)
				if !ok {
					continue
				}
				known++
				near(t, "gain", gain, m.triedProfit(i, j)-m.targetProfit(j), 1e-9*1e9)
			}
		}
	}
	if known < 20 {
		t.Errorf("the gain of %d buyers of 48 is known", known)
	}
}
