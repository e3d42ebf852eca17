package sim

import "math"

// Lab is a lab in a run: the state that a step hands to the next, and what a step may scribble on.
// What later steps look back at is in the archives of the Model.
type Lab struct {
	Spec LabSpec // as given, with the changes of policies in force and defaults filled in
	LabState
	labStep
}

// LabState is what a step hands to the next. Exported tagged fields are recorded, traced and listed
// in the ODD tables.
type LabState struct {
	Active  bool
	chosen  bool  // RunShare is chosen and not the routine
	closed  bool  // for good; a platform stays active for its other uses
	keptOut bool  // from the know-how of withheld shocks
	entered int32 // step at which its records begin
	// Decimal year since which the lab takes part.
	ActiveSince float64

	// Sponsor funding per year.
	Budget float64 `symbol:"X" unit:"USD/yr"`
	// Share of its money that buys compute.
	ComputeShare float64 `symbol:"ξ(t)" unit:"1"`
	// Sales as the financiers of a lab that lives on them see them, smoothed.
	SmoothedSales float64 `symbol:"R̄" unit:"USD/yr"`
	// Money for research and development per year: the sponsor's part, reinvested profit, pool,
	// grants, less taxes.
	RdBudget float64 `symbol:"F_R" unit:"USD/yr"`
	// All funding of the step per year, money carried over included.
	Funding float64 `symbol:"F" unit:"USD/yr"`
	// Money refunded because orders were not filled.
	Carry float64 `symbol:"carry" unit:"USD"`
	// Compute stock: an owner's chips, or what a renter rents.
	Compute float64 `symbol:"K" unit:"H100e"`
	// Compute owned by the lab or its platform; 0 for renters.
	ComputeOwned float64 `unit:"H100e"`
	// Compute the lab uses itself, for research and for serving its models.
	ComputeUsed float64 `unit:"H100e"`
	// Compute for research and training.
	ComputeResearch float64 `symbol:"K_R" unit:"H100e"`
	// Research compute smoothed over the time a flagship draws on.
	SmoothedResearch float64 `symbol:"K̄_R" unit:"H100e"`
	// Compute that serves the lab's own sales.
	ServingCompute float64 `symbol:"K_S" unit:"H100e"`
	// Publicly granted compute in use.
	GrantedCompute float64 `unit:"H100e"`
	// All chips ever delivered.
	CumulativeDeliveries float64 `symbol:"K_cum" unit:"H100e"`
	// Share of research compute that the final run takes.
	RunShare float64 `symbol:"a_i" unit:"1"`
	// Compute of the flagship training run the lab can do now.
	TrainingFlop float64 `symbol:"C_own" unit:"FLOP"`
	// Marginal cost of that run: its chip-hours at the world's rents of the day. Budgets, staff,
	// experiments and failed runs are not in it.
	RunCost float64 `unit:"USD"`
	// Log training efficiency relative to the public state of the art of 2024-01-01.
	TrainingEfficiency float64 `symbol:"A" unit:"nats"`
	// Log serving efficiency.
	ServingEfficiency float64 `symbol:"S" unit:"nats"`
	// Research effort relative to the largest lab at the start.
	Effort float64 `symbol:"R" unit:"1"`
	// Capability of the released model, orders of magnitude of effective training compute above GPT-4.
	Capability float64 `symbol:"c" unit:"OOM"`
	// Training compute that sets the serving cost of the released model.
	ServingSize float64 `symbol:"C" unit:"FLOP"`
	// Date from which the lab masters test-time reasoning by itself; empty where it does not.
	TestTimeFrom float64 `symbol:"T" unit:"date"`
	// Whether the released model is built on another lab's open weights.
	Adopted bool `unit:"0 or 1"`
	// Time in distress: shares below industry.least_share and capability far behind the frontier.
	Distress float64 `unit:"yr"`
	// Share of all sales.
	SalesShare float64 `unit:"1"`
	// Sales per year.
	Revenue float64 `unit:"USD/yr"`
	// Sales of hosted open models by the platform's cloud, which are not the lab's.
	HostedSales float64 `unit:"USD/yr"`
	// Serving compute bought per year.
	ServingCost float64 `symbol:"V" unit:"USD/yr"`
	// Revenue less serving cost.
	GrossProfit float64 `symbol:"GP" unit:"USD/yr"`

	given      *LabSpec // to read
	key        uint64   // of the lab's random streams in this run
	sponsorLog float64  // ln of the lab's own part of the budget over its path, of sponsors who follow profit
	bySales    salesFunding
	startShare float64 // a_i(t_0); NaN where no run is documented, and for entrants
	divested   float64 // part of a platform's budget that its closed lab no longer takes
	secrets    int     // number of its last secret, from 1; 0 for none
	twin       lagged  // A and S without the shocks that withhold their know-how

	learned       float64 // T_i by an event or a merger; never: none
	weightsTaught known   // date from which its weights carry what events taught it
	left          float64 // date at which it left; never: it is there
}

// labStep is what processes of one step leave for later ones of the same step. Nothing of it lasts:
// it is empty when a step begins.
type labStep struct {
	forced bool // by a shock: releases at the end of the step

	otherUse   float64 // part of a platform's budget for other products, USD per year
	base0      float64 // funding of the step without carry, USD per year
	taxable    float64 // of gross profit, not yet taken by a windfall tax, USD per year
	subsidy    float64 // what the state adds to a dollar of the lab's own for research compute
	grant      float64 // money granted per year
	grantChips float64 // chips granted, H100e per year
	// R&D budget before pool, grants, costs and taxes of the step, by which levers select labs, USD
	// per year.
	ownBudget float64

	fill float64 // share of its merchant order delivered
}

// archive holds the last records of all labs, of each as many as the longest lag looks back.
type archive struct {
	depth   int
	records []lagged
}

// at is lab i's record of a step, at its start.
func (a *archive) at(i, step int) *lagged { return &a.records[i*a.depth+step%a.depth] }

// lookBack is how many records a run needs: those of the longest lag that parameters and policies
// set, and both ends of a step.
func lookBack(cfg *Config) int {
	longest := max(cfg.Parameters.Research.ClosedLag, cfg.Parameters.Research.OpenLag)
	for i := range cfg.Policies {
		for _, c := range cfg.Policies[i].changes() {
			if c.Kind == ChangeParameter && (c.Field == "research.closed_lag" || c.Field == "research.open_lag") {
				longest = max(longest, c.Value)
			}
		}
	}
	return min(cfg.Steps+2, int(math.Ceil(float64(longest*float64(cfg.StepsPerYear))))+3)
}

// lagged is a lab's efficiency at one date.
type lagged struct{ a, s float64 }

// begin makes a lab that takes part from a date, in whose step its records begin.
func (l *Lab) begin(spec *LabSpec, since float64, step int, key uint64) {
	*l = Lab{
		Spec: *spec,
		LabState: LabState{
			Active: true, ActiveSince: since, entered: int32(step), given: spec, key: mix(key ^ hashName(spec.ID)),
			startShare:   math.NaN(),
			TestTimeFrom: never, learned: never, weightsTaught: known{never, never}, left: never,
		},
	}
}
