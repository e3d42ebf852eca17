package scenario

import (
	"math"
	"math/rand/v2"
	"testing"

	"simulate/sim"

	"simulate/sim/portable"
)

func TestQuantities(t *testing.T) {
	for _, c := range []struct {
		unit, text string
		want       float64
	}{
		{"USD/yr", "$6M/yr", 6e6}, {"USD/yr", "80B USD/yr", 80e9}, {"USD/yr", "USD 80B/yr", 80e9}, {"USD/yr", "$75.6B/yr",
			75.6e9},
		{"USD/yr", "$80 billion per year", 80e9}, {"USD/yr", "6 million dollars a year", 6e6}, {"USD/yr", "$1M/month",
			12e6}, {"USD/yr", "$.5B/yr", 5e8},
		{"USD/yr", "$2_000/yr", 2000}, {"USD/yr", "$1.5T/yr", 1.5e12}, {"USD/yr", "$6M/year", 6e6},
		{"USD", "$5B", 5e9}, {"USD/H100e", "$40k/H100e", 40e3}, {"USD/H100e", "$15k/A100", 15e3 * 989 / 312}, {"USD/Mtok",
			"$6/Mtok", 6},
		{"USD/Mtok", "6 USD per million tokens", 6},
		{"H100e", "2_048 H800", 2048}, {"H100e", "25k A100", 25e3 * 312 / 989}, {"H100e", "10_000 A100 + 16_000 H800",
			10e3*312.0/989 + 16e3},
		{"H100e", "1.5M H100e", 1.5e6}, {"H100e/yr", "100k H100e/yr", 1e5},
		{"FLOP", "1e26 FLOP", 1e26}, {"FLOP", "2.1E+25 FLOP", 2.1e25}, {"FLOP", "5e1 T FLOP", 5e13},
		{"growth/yr", "3x/yr", portable.Log(3)}, {"growth/yr", "30%/yr", portable.Log(1.3)}, {"growth/yr", "-20%/yr",
			portable.Log(0.8)}, {"growth/yr", "0.9 nats/yr", 0.9},
		{"growth/yr", "5%/month", 12 * portable.Log(1.05)}, {"growth/yr", "1x/yr", 0},
		{"yr", "8 months", 8.0 / 12}, {"yr", "2 years", 2}, {"yr", "1.5 yr", 1.5}, {"yr", "2 quarters", 0.5}, {"yr",
			"73.05 days", 0.2},
		{"1", "0.6", 0.6}, {"1", "60%", 0.6}, {"1", "-1.4", -1.4}, {"1", "−1.4", -1.4}, {"1", ".07", 0.07}, {"1", "8x",
			8}, {"x", "8x", 8}, {"x", "8", 8},
		{"1/yr", "0.2", 0.2}, {"1/yr", "20%/yr", 0.2}, {"1/yr", "0.2/yr", 0.2}, {"1/yr", "1/month", 12},
		{"nats", "10x", portable.Log(10)}, {"nats", "0.7 nats", 0.7}, {"OOM", "0.5 OOM", 0.5}, {"OOM", "100x", 2},
		{"nats/OOM", "1.7", 1.7},
		{"OOM/yr", "0.5 OOM/yr", 0.5},
		{"date", "2025-01-20", 2025 + 19.0/(12*31)}, {"date", "2024-09", 2024 + 8.0/12}, {"date", "2024", 2024}, {"date",
			"2023.5", 2023.5},
		{"date", "2024-02-29", 2024 + 1.0/12 + 28.0/(12*29)}, {"0 or 1", "true", 1}, {"0, 1 or 2", "cost_plus", 2},
	} {
		got, bad := unitOf(c.unit).parse(c.text)
		if bad != nil {
			t.Errorf("%s %q: %s", c.unit, c.text, bad.what)
			continue
		}
		if math.Abs(got-c.want) > 1e-14*math.Abs(c.want) {
			t.Errorf("%s %q is %v, want %v", c.unit, c.text, got, c.want)
		}
	}
}

// TestRefusedQuantities are texts that must not pass, whatever the unit.
func TestRefusedQuantities(t *testing.T) {
	texts := []string{
		"", " ", "nan", "NaN", "-.nan", "inf", "0x10", "0b1", "0o17", "010", "1__0", "_1", "1_", "1,000", "1e", "e5", "--5",
		"+-5", "$$5/yr", "5 $ $/yr",
		"6 mil/yr", "5 bn/yr", "1/0", "5/", "/yr", "$/yr", "$6M/yr/yr", "6M 6M", "M", "k", "1e400", "1e26 FLOP/s", "12:30",
		"1.2.3", "5 + 5", "٣", "5\x00",
	}
	for tag, u := range units {
		for _, text := range texts {
			if v, bad := u.parse(text); bad == nil && !(tag == "1/yr" && text == "1/0") {
				t.Errorf("%s takes %q as %v", tag, text, v)
			} else if bad != nil && bad.what == "" {
				t.Errorf("%s refuses %q without a word", tag, text)
			}
		}
	}
}

// TestFormat checks that what is printed reads back as the same number, bit for bit, for every unit
// of the registry and values of all sizes.
func TestFormat(t *testing.T) {
	for _, f := range append(append(sim.Registry(), labFields()...), segmentFields()...) {
		u := unitOf(f.Unit)
		for _, v := range []float64{f.Default, f.Low, f.High, f.Interval[0], f.Interval[1]} {
			checkFormat(t, u, v)
		}
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for tag, u := range units {
		if !u.numeric {
			continue
		}
		for range 2000 {
			v := math.Exp(20 * rng.NormFloat64())
			switch {
			case tag == "growth/yr" || tag == "nats":
				v = rng.NormFloat64()
			case tag == "date":
				v = 1900 + 300*rng.Float64()
			case tag == "FLOP":
				v *= 1e25
			case tag == "1" && rng.IntN(2) == 0:
				v = -v
			}
			checkFormat(t, u, v)
		}
	}
}

func checkFormat(t *testing.T, u *unit, v float64) {
	t.Helper()
	if math.IsNaN(v) || math.IsInf(v, 0) || u.dates && v == 0 {
		return
	}
	text := u.format(v)
	got, bad := u.parse(text)
	if bad != nil {
		t.Errorf("%s: %v is printed as %q, which is refused: %s", u.tag, v, text, bad.what)
	} else if got != v {
		t.Errorf("%s: %v is printed as %q, which reads %v", u.tag, v, text, got)
	}
}

func TestFormatReadsWell(t *testing.T) {
	for _, c := range []struct {
		unit string
		v    float64
		want string
	}{
		{"USD/yr", 6e6, "$6M/yr"}, {"USD/yr", 75.6e9, "$75.6B/yr"}, {"USD/yr", 0, "$0/yr"}, {"USD/yr", 950, "$950/yr"},
		{"USD/H100e", 4e4, "$40k/H100e"},
		{"H100e", 307857, "307_857 H100e"}, {"H100e", 60, "60 H100e"}, {"growth/yr", portable.Log(3), "3x/yr"},
		{"growth/yr", portable.Log(1.05), "1.05x/yr"},
		{"yr", 8.0 / 12, "8 months"}, {"yr", 1, "1 year"}, {"yr", 2.5, "2.5 years"}, {"FLOP", 1e26, "1e26 FLOP"}, {"date",
			2024 + 8.0/12, "2024-09"},
		{"date", 2025 + 19.0/(12*31), "2025-01-20"}, {"nats", portable.Log(10), "10x"}, {"1", 0.6, "0.6"}, {"x", 8, "8x"},
	} {
		if got := FormatQuantity(c.unit, c.v); got != c.want {
			t.Errorf("%s %v is printed as %q, want %q", c.unit, c.v, got, c.want)
		}
	}
	if got := formatDated(2023.5); got != "2023" {
		t.Errorf("the middle of 2023 is printed as %q", got)
	}
}

func TestWholeNumbers(t *testing.T) {
	for text, want := range map[string]uint64{"0": 0, "200": 200, "1_000": 1000, "18446744073709551615": math.MaxUint64} {
		if got, bad := parseWhole(text); bad != nil || got != want {
			t.Errorf("%q is %d %v, want %d", text, got, bad, want)
		}
	}
	for _, text := range []string{"", "1.0", "1e3", "010", "-1", "+1", "0x10", "1 000", "18446744073709551616", "_1",
		"nan", "inf"} {
		if got, bad := parseWhole(text); bad == nil {
			t.Errorf("%q passes as %d", text, got)
		}
	}
}

// TestChips checks the catalogue against the throughput of an H100.
func TestChips(t *testing.T) {
	for _, c := range Chips() {
		if c.Source == "" || c.H100e <= 0 || c.H100e > 3 || c.Interconnect <= 0 || c.Interconnect > 1 || c.Price < 0 ||
			c.OnSale < 2020 || c.OnSale >= 2025 {
			t.Errorf("%+v", c)
		}
	}
	if h, _ := catalogue().find("H100"); h.H100e != 1 || !h.Merchant {
		t.Errorf("H100 %+v", h)
	}
}

// A bound on what is counted in points or units takes no percentage; one on a share does, and so
// does one of a column of which no unit is known.
func TestBoundsTakeNoPercentageOfPoints(t *testing.T) {
	for _, tag := range []string{"0–10,000", "count", "labs", "months"} {
		if v, err := ReadQuantity(tag, "10%"); err == nil {
			t.Errorf("%s: 10%% is read as %v", tag, v)
		}
		if v, err := ReadQuantity(tag, "10"); err != nil || v != 10 {
			t.Errorf("%s: %v, %v", tag, v, err)
		}
	}
	for _, tag := range []string{"0–1", "1", ""} {
		if v, err := ReadQuantity(tag, "10%"); err != nil || v != .1 {
			t.Errorf("%s: %v, %v", tag, v, err)
		}
	}
}
