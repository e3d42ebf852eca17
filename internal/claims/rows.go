package claims

// figure is a number of the model that answers a claim.
type figure struct {
	name       string // in the data
	experiment string
	words      string // {} stands for the number
	unit       unit

	lab, column, on string  // a lab's column at a date, in the last case
	metric          string  // or the effect on a metric: last case less the first
	share           bool    // as a share of the first case's
	factor          float64 // 0: 1
}

// unit says how a number is written.
type unit int

const (
	dollars unit = iota
	percent
	points
	chipYears
	flop
)

// Verdicts on a claim.
const (
	agrees      = "agrees"
	contradicts = "contradicts"
	input       = "an input, no test"
	fitted      = "fitted to it, no test"
	depends     = "depends"
	undecided   = "undecided"
)

// claim is a row of the table.
type claim struct {
	says, article, source string
	figures               []figure
	verdict               func(v map[string]value) string
	because               string
}

// always is the verdict of a claim whose figure the model takes as given.
func always(word string) func(map[string]value) string {
	return func(map[string]value) string { return word }
}

// within says whether a figure lies within a factor of a number.
func within(name string, number, factor float64) func(map[string]value) string {
	return func(v map[string]value) string {
		if x := v[name].mean; x <= number*factor && x >= number/factor {
			return agrees
		}
		return contradicts
	}
}

var claims = []claim{
	{
		says: "DeepSeek trained a rival model on 2,000 H800s for $6M", article: "$5.6M, 2,048 chips",
		source: "DeepSeek-V3 technical report: 2.788M chip-hours at $2",
		figures: []figure{
			{name: "run_cost", experiment: "january", words: "{} at the model's rents", unit: dollars, lab: "deepseek",
				column: "run_cost", on: "2024-12-31"},
			{name: "run_chips", experiment: "january", words: "{} chip-years: 2,048 chips for two months", unit: chipYears,
				lab: "deepseek", column: "training_flop", on: "2024-12-31", factor: 1 / (989e12 * 3.15576e7 * .35)},
		},
		verdict: func(v map[string]value) string {
			return input + " of the compute; the price of a chip-hour " + within("run_cost", 5.576e6, 1.5)(v)
		},
		because: "the run's compute is an input, which the chips repeat. What is tested is the price of a chip-hour: it " +
			"agrees where it is within a factor of 1.5, a band of our own without a source. It is one final run, and not what " +
			"the lab spends",
	},
	{
		says: "A frontier lab costs $500M to $1B a year", article: "$0.5B to $1B", source: "SemiAnalysis on DeepSeek, " +
			"January 2025; disputed",
		figures: []figure{
			{name: "lab_budget", experiment: "january", words: "{} a year for DeepSeek's research and development",
				unit: dollars, lab: "deepseek", column: "rd_budget", on: "2024-12-31"},
			{name: "leader_budget", experiment: "january", words: "{} for the leader's", unit: dollars, lab: "openai",
				column: "rd_budget", on: "2024-12-31"},
		},
		verdict: always(input),
		because: "budgets of 2024 are inputs, at the middle of the year $0.8B for DeepSeek; they grow to the figure here " +
			"by its end",
	},
	{
		says: "GPT-4 took 25,000 A100s", article: "25,000 A100 for 95 days: 2,050 H100e-years", source: "Epoch AI",
		figures: []figure{
			{name: "gpt4_chips", experiment: "gpt4", words: "{} H100e-years at a utilisation of 35 %", unit: chipYears,
				lab: "openai", column: "training_flop", on: "2022-12-31", factor: 1 / (989e12 * 3.15576e7 * .35)},
			{name: "gpt4_cost", experiment: "gpt4", words: "{} at the rents of the day", unit: dollars, lab: "openai",
				column: "run_cost", on: "2022-12-31"},
		},
		verdict: func(v map[string]value) string {
			return input + " of the compute; the price of a chip-hour " + within("gpt4_cost", 37e6, 1.5)(v)
		},
		because: "the run's 2.1e25 FLOP are an input, the chips follow from them. What is tested is the price of a " +
			"chip-hour, against Epoch's amortised cost of $37M, by the same band as for DeepSeek's",
	},
	{
		says: "Nvidia lost $600B in a day", article: "−17 %, −$589B on 27 January 2025", source: "market prices",
		figures: []figure{
			{name: "value_share", experiment: "january", words: "{} at the end of January", unit: percent,
				metric: "supplier_value", on: "2025-01-31", share: true},
			{name: "value", experiment: "january", words: "{}", unit: dollars, metric: "supplier_value", on: "2025-01-31"},
		},
		verdict: always(fitted),
		because: "investors' belief about the elasticity of demand is fitted to the day's fall, and the value before it " +
			"to the market's",
	},
	{
		says:    "It is excellent news for the chip supplier: cheaper AI sells more chips",
		article: "a claim without a figure", source: "Jevons' argument in the press",
		figures: []figure{
			{name: "elastic_06", experiment: "elastic_06", words: "{} of revenue at the end of 2026 where η = 0.6",
				unit: percent, metric: "supplier_revenue", on: "2026-12-31", share: true},
			{name: "elastic_11", experiment: "elastic_11", words: "{} where η = 1.1", unit: percent,
				metric: "supplier_revenue", on: "2026-12-31", share: true},
			{name: "elastic_15", experiment: "elastic_15", words: "{} where η = 1.5", unit: percent,
				metric: "supplier_revenue", on: "2026-12-31", share: true},
		},
		verdict: func(v map[string]value) string {
			if v["elastic_06"].below() && v["elastic_15"].above() {
				return depends
			}
			return undecided
		},
		because: "its sign turns with the elasticity η, between the first two (a year earlier between 0.8 and 0.9, as The " +
			"model has it), and estimates of η lie on both sides",
	},
	{
		says: "Reasoning at test time will need much more computing", article: "a claim without a figure",
		source: "January 2025, after o1 and R1",
		figures: []figure{
			{name: "test_time", experiment: "test_time", words: "{} of the compute that labs buy to serve their own sales " +
				"(hosts' not counted) at the end of 2027 against a world without the technique", unit: percent,
				metric: "serving_compute", on: "2027-12-31", share: true},
			{name: "test_time_09", experiment: "test_time_09", words: "{} where reasoning's η = 0.9", unit: percent,
				metric: "serving_compute", on: "2027-12-31", share: true},
			{name: "test_time_16", experiment: "test_time_16", words: "{} where it is 1.6", unit: percent,
				metric: "serving_compute", on: "2027-12-31", share: true},
			{name: "test_time_hhi", experiment: "test_time", words: "{} points of the HHI of sales in mid-2025", unit: points,
				metric: "hhi_sales", on: "2025-06-30"},
		},
		verdict: func(v map[string]value) string {
			low, high := v["test_time_09"], v["test_time_16"]
			switch much := func(x value) bool { return x.above() && x.mean > .1 }; {
			case low.below() && high.above() || low.above() && high.below():
				return depends
			case much(low) && much(v["test_time"]) && much(high):
				return agrees
			case much(low) || much(v["test_time"]) || much(high):
				return depends
			}
			return contradicts
		},
		because: "the sign turns with the elasticity of reasoning, whose 90 % interval the two ends are. The mean at 1.6 " +
			"has a long tail, so that it says little of single pairs; medians at other values stand in Validation, without " +
			"the technique. Computing in all, that of hosts in it, is not measured",
	},
	{
		says: "Microsoft plans $80B for the year", article: "$80B, fiscal year 2025", source: "Microsoft, 3 January 2025",
		figures: []figure{
			{name: "platform", experiment: "january", words: "{} a year in January 2025", unit: dollars, lab: "microsoft",
				column: "budget", on: "2024-12-31"},
			{name: "platform_lab", experiment: "january", words: "{} of it for its own lab", unit: dollars, lab: "microsoft",
				column: "rd_budget", on: "2024-12-31"},
		},
		verdict: always(input),
		because: "by assumption 94 % of it is computing for others: a cloud's budget is not a lab's. That the fiscal " +
			"year's plan, July 2024 to June 2025, is the rate of January is an assumption too",
	},
	{
		says: "It is democratization: small labs take from the leaders", article: "a claim without a figure",
		source: "January 2025",
		figures: []figure{
			{name: "atoms", experiment: "january", words: "HHI of sales {} a year after, hosts as atoms", unit: points,
				metric: "hhi_sales", on: "2025-12-31"},
			{name: "clouds", experiment: "january", words: "{} with their clouds", unit: points, metric: "hhi_sales_clouds",
				on: "2025-12-31"},
			{name: "labs", experiment: "january", words: "{} among labs alone", unit: points, metric: "hhi_sales_labs",
				on: "2025-12-31"},
			{name: "owned", experiment: "january", words: "{} points of the HHI of compute owned", unit: points,
				metric: "hhi_compute_owned", on: "2025-12-31"},
		},
		verdict: func(v map[string]value) string {
			if v["atoms"].below() && v["clouds"].below() {
				return depends
			}
			return undecided
		},
		because: "among labs, of whom the claim speaks, the sign turns with how closely hosts of open models compete with " +
			"them and with how elastic demand is, as the table of who finds the gain shows. With hosts as atoms or with " +
			"their clouds the HHI falls; with hosts as atoms most of that is that hosts of open models gain sales; shares " +
			"of small labs and of the leader are not measured in this row. The HHI of compute owned moves by " +
			"less than a point of about 1,200",
	},
}
