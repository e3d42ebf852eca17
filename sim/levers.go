package sim

import "strings"

// Lever is an instrument of policy and what theory expects of it.
type Lever struct {
	Name       string // key of a policy in a scenario file, with the part of it that the row is about
	Parameters string // keys of the lever
	Neutral    string // values at which a run is bit for bit that without the lever
	Expected   string // clauses "metric rises", "metric falls" or "metric either way", separated by "; "
	Why        string
	Ambiguous  bool // theory gives no sign: the outcome is reported, not expected
}

// Levers are the instruments of policy, one row each.
var Levers = []Lever{
	{"grant (money)", "amount [USD/yr], eligible, rule", "amount: $0/yr", "hhi_compute_used falls",
		"money for small labs adds to their R&D budgets and so to the compute that they use, and takes none from others while chips are not scarce; where they are, it also bids up the price", false},
	{"grant (chips)", "amount [H100e/yr], eligible, rule", "amount: 0 H100e/yr", "hhi_compute_used falls",
		"chips for small labs enter their research compute at once; where chips are scarce they are taken from the others' deliveries", false},
	{"subsidy", "rate, eligible", "rate: 0%", "hhi_compute_used falls",
		"small labs get more research compute for the money that they have, and the state pays for what is really bought; where chips are scarce their larger orders take chips from others", false},
	{"export_rule", "region, and allowed, improves, domestic_chip or relative_price_performance", "allowed: all", "hhi_compute_used rises",
		"a dollar buys less compute in the region, whose labs are small by the world's measure; the effect is bounded by leakage and the domestic chip, and the spillover of know-how is not barred", false},
	{"training_cap", "compute, regions", "compute: 1e40 FLOP", "largest_run falls; frontier_capability falls",
		"runs stop at the cap and the frontier moves by efficiency and distillation alone", false},
	{"tax.compute", "compute_rate, recycled, recipients", "compute_rate: 0%", "compute_stock falls; largest_run falls",
		"unless recycled, the tax leaves the sector and with it orders for chips and compute for runs", false},
	{"tax.windfall", "windfall_rate, threshold, recycled, recipients", "windfall_rate: 0%", "hhi_sales either way",
		"the tax slows the reinvestment of whoever earns most, but a rival that lives on profit is hit harder than a leader with a sponsor", true},
	{"set_aside", "share, segments, eligible", "share: 0%", "hhi_sales falls",
		"part of the leaders' sales goes to labs that sell less. Holds where the recipients' mean share, weighted by what each gets, is below HHI/10,000: to first order dHHI/dshare = 2·(10,000·Σw_i·s_i − HHI). Recipients who already lead raise it, hosts of open models losing sales too", false},
	{"merger_rule", "a year of the US guidelines, or hhi, delta, share", "delta: 10000", "hhi_sales either way",
		"a blocked acquisition keeps shares apart if the lab lives on or goes to a smaller bidder; if it closes instead, its buyers spread over all sellers, the largest included, and its know-how is lost", true},
	{"open_mandate", "above, delay, regions", "above: 50 OOM", "lag_open_frontier_oom falls",
		"the best weights are published, and others may host and ship them", false},
	{"reporting", "above, cost", "cost: $0/yr", "largest_run falls",
		"the cost of compliance comes out of the R&D budgets of labs above the threshold", false},
	{"disclosure", "closed_lag", "closed_lag: 100 yr", "lag_4th_lab_oom falls",
		"followers take up what leaders know earlier; leaders have less to take up. The effect is several times smaller after a published breakthrough, which makes what leaders know less of an advance", false},
	{"interoperability", "factor, segments", "factor: 1x", "hhi_sales either way",
		"sticky shares move faster to their targets: this erodes a leader by habit and speeds the rise of a leader by quality", true},
	{"chip_price_cap", "above_list", "above_list: 1000x", "chip_price falls; fill_rate falls",
		"orders are in money, so that a lower price leaves more of them unfilled: rationing takes the price's place", false},
	{"set", "any scalar by PATH: market.eta, labs.ID.talent, segments.ID.switching", "the value of the scenario", "frontier_capability rises",
		"holds for more talent at a leading lab, whose own progress is proportional to it; other scalars act through the process that they belong to", false},
}

// Levers are the rows of the table that a policy uses, in its order.
func (p *Policy) Levers() []Lever {
	uses := map[string]bool{
		"grant (money)": p.Grant != nil && !p.Grant.InCompute, "grant (chips)": p.Grant != nil && p.Grant.InCompute,
		"export_rule": p.ExportRule != nil, "training_cap": p.TrainingCap != nil,
		"tax.compute": p.Tax != nil && p.Tax.ComputeRate != 0, "tax.windfall": p.Tax != nil && p.Tax.WindfallRate != 0,
		"set_aside": p.SetAside != nil, "merger_rule": p.MergerRule != nil, "open_mandate": p.OpenMandate != nil,
		"reporting": p.Reporting != nil, "disclosure": p.Disclosure != nil, "interoperability": p.Interoperability != nil,
		"subsidy": p.Subsidy != nil, "chip_price_cap": p.ChipPriceCap != nil, "set": len(p.Set) > 0,
	}
	if t := p.Tax; t != nil && t.ComputeRate == 0 && t.WindfallRate == 0 { // at its neutral value
		uses["tax.compute"] = true
	}
	var out []Lever
	for _, l := range Levers {
		if uses[l.Name] {
			out = append(out, l)
		}
	}
	return out
}

// Key is the key of a policy in a scenario file under which the lever's parameters stand: grant, tax, set.
func (l Lever) Key() string {
	return strings.FieldsFunc(l.Name, func(r rune) bool { return r == ' ' || r == '.' })[0]
}

// Clause is one thing that theory expects of a lever.
type Clause struct {
	Metric string
	Way    int // 1: it rises, −1: it falls, 0: either way
}

// Clauses are what theory expects, as in Expected.
func (l Lever) Clauses() []Clause {
	var out []Clause
	for _, text := range strings.Split(l.Expected, "; ") {
		metric, way, _ := strings.Cut(text, " ")
		out = append(out, Clause{metric, map[string]int{"rises": 1, "falls": -1}[way]})
	}
	return out
}
