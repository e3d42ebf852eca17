package scenario

import (
	"os"
	"path/filepath"
	"testing"
)

func TestStatementsCarrySourcesAndRanges(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.yaml")
	text := `extends: baseline
parameters:
  market.eta: 0.6 to 1.5
events:
  - {at: 2025-01-20, shock: {lab: deepseek, training_efficiency: {value: 8x, source: epoch}}}
policies:
  public_compute:
    from: 2026-01
    grant:
      amount: {value: $10B/yr, range: $2B/yr to $20B/yr, source: assumption}
      eligible: {openness: [open, delayed]}
`
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	s, err := Load(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]Statement{}
	for _, at := range s.Stated("") {
		found[at.Path] = at
	}
	for _, want := range []Statement{
		{Path: "policies.public_compute.from", Value: "2026-01"},
		{Path: "policies.public_compute.grant.amount", Value: "$10B/yr", Source: "assumption", Range: "$2B/yr to $20B/yr"},
		{Path: "policies.public_compute.grant.eligible.openness", Value: "[open, delayed]"},
		{Path: "events.0.shock.training_efficiency", Value: "8x", Source: "Epoch AI (epoch.ai), CC BY 4.0; modified"},
		{Path: "labs.microsoft.budget", Value: "2024: $75.6B/yr, 2025-01: $80B/yr (known 2025-01-03)",
			Source: "companies' reports of capital expenditure; announced for fiscal year 2025; that it is the rate of its " +
				"middle is an assumption"},
		{Path: "labs.microsoft.sales.consumer.share", Value: "0.03", Source: "assumption"},
	} {
		if got := found[want.Path]; got != want {
			t.Errorf("%s\ngot  %+v\nwant %+v", want.Path, got, want)
		}
	}
	if got := s.Stated("policies.public_compute.grant.amount"); len(got) != 1 || got[0].Value != "$10B/yr" {
		t.Errorf("one path gives %+v", got)
	}
	if got := s.Stated("parameters.market.eta"); len(got) != 1 || got[0].Value != "0.6 to 1.5" {
		t.Errorf("a parameter gives %+v", got)
	}
	if got := s.Stated("policies.nothing"); got != nil {
		t.Errorf("an unknown path gives %+v", got)
	}
}
