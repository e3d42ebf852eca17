package sim

import "math"

// Physical and reference constants.
const (
	// HoursFLOP is what one H100e delivers in a year at utilisation 1 [FLOP]: 989 TFLOP/s dense bf16 over a year of 365.25 days.
	H100eYear = 989e12 * 3.15576e7
	// ReferenceFLOP is E_ref, the training compute of GPT-4 [FLOP] (Epoch AI), the origin of capability.
	ReferenceFLOP = 2.1e25
	// ReferenceDate is the date at which the public state of the art defines A = 0.
	ReferenceDate = 2024.0
)

// Lab is the state of a lab. Exported tagged fields are recorded, traced and listed in the ODD tables.
type Lab struct {
	Spec   LabSpec // as given, with the changes of policies in force and defaults filled in
	Active bool
	// Decimal year since which the lab takes part.
	ActiveSince float64

	// Sponsor funding per year.
	Budget float64 `symbol:"X" unit:"USD/yr"`
	// Money for research and development per year: the sponsor's part, reinvested profit, pool, grants, less taxes.
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
	RunShare float64 `symbol:"a_T" unit:"1"`
	// Compute of the flagship training run the lab can do now.
	TrainingFlop float64 `symbol:"C_own" unit:"FLOP"`
	// Marginal cost of that run: its chip-hours at the world's rents of the day. Budgets, staff, experiments and failed runs are not in it.
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

	base       LabSpec  // as given
	key        uint64   // of the lab's random streams in this run
	sponsorLog float64  // ln of the lab's own part of the budget over its path, of sponsors who follow profit
	otherUse   float64  // part of a platform's budget for other products, USD per year
	fill       float64  // share of its merchant order delivered
	closed     bool     // for good; a platform stays active for its other uses
	forSale    bool     // in this step
	forced     bool     // releases at the end of this step
	base0      float64  // funding of the step without carry
	ownBudget  float64  // R&D budget before pool, grants, costs and taxes of the step, by which levers select labs, USD per year
	taxable    float64  // of gross profit, not yet taken by a windfall tax, USD per year
	subsidy    float64  // what the state adds to a dollar of the lab's own for research compute
	grant      float64  // money granted per year
	grantChips float64  // chips granted, H100e per year
	budget     []Point  // of an entrant
	divested   float64  // part of a platform's budget that its closed lab no longer takes
	entered    int      // step at which the history begins
	history    []lagged // by step, at its start

	keptOut bool     // from the know-how of withheld shocks
	twin    lagged   // A and S without the shocks that withhold their know-how
	twins   []lagged // by step, at its start; nil where there are no such shocks
}

// lagged is a lab's efficiency at one date.
type lagged struct{ a, s float64 }

// Supplier is the state of the merchant chip supplier.
type Supplier struct {
	// Price at which chips are listed.
	ListPrice float64 `symbol:"P^L" unit:"USD/H100e"`
	// Price paid in the merchant market.
	Price float64 `symbol:"P" unit:"USD/H100e"`
	// Merchant capacity.
	Capacity float64 `symbol:"Q" unit:"H100e/yr"`
	// Merchant orders.
	Orders float64 `symbol:"Z" unit:"USD/yr"`
	// Orders over capacity at list price.
	Scarcity float64 `symbol:"x" unit:"1"`
	// Share of orders delivered.
	FillRate float64 `symbol:"f" unit:"1"`
	// Supplier's revenue.
	Revenue float64 `unit:"USD/yr"`
	// Supplier's gross profit.
	GrossProfit float64 `unit:"USD/yr"`
	// Investors' belief about demand, in logs of value.
	Belief float64 `symbol:"b" unit:"nats"`
	// Market value.
	Value float64 `symbol:"V^S" unit:"USD"`

	outsideFill             float64 // share of outside buyers' orders delivered
	ownChips, domesticChips float64 // deliveries outside the merchant market, H100e per year
	logV                    float64 // smoothed ln(V/V^ref)
}

// Segment is the state of a market segment.
type Segment struct {
	Spec SegmentSpec // with policies in force and defaults filled in
	Open bool
	// Spending per year.
	Spending float64 `symbol:"Y_k" unit:"USD/yr"`
	// Reference spending at mid-step.
	Reference float64 `symbol:"D" unit:"USD/yr"`
	// Log of the quality-adjusted price index.
	LogPrice float64 `symbol:"ln P_k" unit:"nats"`
	// Log of the index in the reference run.
	LogReferencePrice float64 `symbol:"ln P_k^ref" unit:"nats"`
	// Share of sales of hosted open models.
	HostedOpenShare float64 `unit:"1"`
	// Test-time compute that sellers spend.
	TestTime float64 `symbol:"l*" unit:"OOM"`
	// Share of sales priced at the limit price.
	FloorBinds float64 `unit:"1"`

	base    SegmentSpec
	key     uint64    // of the segment's part in random streams
	offers  []bool    // by lab: sells here
	brand   []float64 // by lab, ξ_brand, with the fit that the file gives
	fit     []float64 // by lab, nats: luck of fit
	offered []bool    // by lab: has had an offer here, so that its fit moves
	share   []float64 // by lab, s
	target  []float64 // by lab, s*
	price   []float64 // by lab, USD per million tokens
	cost    []float64 // by lab, mc
	sold    []float64 // by lab: revenue, USD per year
	started bool      // has had a step of spending
	growth  float64   // ln Y(t)/Y(t−dt) where positive
	fringe  float64   // target share of the hosts of open models
	solver  nest

	hostBrand float64 // ν, of hosted open models on the scale of σ_h
}

// Publication is an open-weight model.
type Publication struct {
	Date       float64 // from which it can be hosted and adopted
	Publisher  int
	Capability float64
	Size       float64 // ln of training compute that sets its serving cost
	Serving    float64 // publisher's S at publication, secrets left out
}

// Commons is what everybody may use.
type Commons struct {
	// Log training efficiency that is public knowledge.
	Knowledge float64 `symbol:"A_pub" unit:"nats"`
	// Log serving efficiency that is public knowledge.
	ServingKnowledge float64 `symbol:"S_pub" unit:"nats"`
	// Chips of outside owners.
	OutsideStock float64 `symbol:"K_out" unit:"H100e"`
	// Chips ever delivered to outside owners and for grants, and those of labs that have closed.
	OutsideDeliveries float64 `unit:"H100e"`

	models  []Publication
	disclos []disclosure
	secrets []secret
}

// disclosure is the know-how of a published shock, public from its date on.
type disclosure struct {
	date    float64
	known   lagged
	without lagged // as far as it is not of a shock that withholds it
}

// secret is a part of a lab's efficiency that stays out of public knowledge until a date.
type secret struct {
	lab   int
	step  int // the jump lies between the records of step and step+1; −1: before the start
	a, s  float64
	until float64

	withheld bool // of a shock whose know-how is withheld
}

// scale holds the values at the start that later processes refer to.
type scale struct {
	leaderA   float64 // A_ref
	servingA  float64 // S_0 = ζ·A_ref
	gamma     float64 // pace of the history before the start
	zeta      float64
	listPrice float64 // P_0
	compute   float64 // the largest lab's experiment compute, H100e
	staff     float64 // the largest lab's staff spend, USD per year
}

// Model is one run in progress. It is made by New, made ready by Reset and moved by Step. Not safe for concurrent use.
type Model struct {
	cfg *Config
	p   Parameters // in force

	step     int // steps done
	t        float64
	dt       float64
	seed     uint64
	rep      int
	key      uint64 // of the run's random streams
	entrants int
	ref      *Reference
	record   *Reference // being recorded in a reference run
	stream   *stream
	labs     []Lab
	segments []Segment
	regions  []region
	supplier Supplier
	commons  Commons
	scale    scale
	policies []policyState
	events   []Event
	phrases  phrases
	track    tracker
	apart    withholding
	moved    int // number of the event that last moved investors

	saved []savedPosition // by segment, of a merger that is tried

	servingSpend float64 // V of the last step, fringe included, USD per year
	hostSpend    float64 // what hosts of open models sell, USD per year
	hostAtoms    float64 // what of it is not of a platform's cloud
	policyCost   float64 // USD per year, net of taxes kept
	scratch      []float64
	err          error // raised by a process
	checkAll     bool  // check after each process
}

// Event is something that happened at a date.
type Event struct {
	Date    float64
	Kind    string  // shock, policy, release, adoption, entry, exit, acquisition, blocked
	Subject string  // lab or policy
	Detail  string  // in words
	Value   float64 // capability of a release, multiplier of a shock; NaN where there is none
}

// Done reports whether the run has reached the end of its clock.
func (m *Model) Done() bool { return m.step >= m.cfg.Steps }

// Time is the decimal year of the current observation: the start after Reset, then the end of the last step.
func (m *Model) Time() float64 { return m.t }

// Events lists what happened so far in this run. The slice is reused by Reset.
func (m *Model) Events() []Event { return m.events }

// NumLabs is the number of labs, those that left included.
func (m *Model) NumLabs() int { return len(m.labs) }

// LabID names lab i.
func (m *Model) LabID(i int) string { return m.labs[i].Spec.ID }

// Lab is the state of lab i, to read.
func (m *Model) Lab(i int) *Lab { return &m.labs[i] }

// Segment is the state of segment k, to read.
func (m *Model) Segment(k int) *Segment { return &m.segments[k] }

// Supplier is the state of the chip supplier, to read.
func (m *Model) Supplier() *Supplier { return &m.supplier }

// Commons is the public state, to read.
func (m *Model) Commons() *Commons { return &m.commons }

// Config is the input of the run.
func (m *Model) Config() *Config { return m.cfg }

// dateOf is the date at the start of step n.
func (m *Model) dateOf(n int) float64 { return m.cfg.Start + float64(n)/float64(m.cfg.StepsPerYear) }

// mid is the date at which exogenous paths are read.
func (m *Model) mid() float64 { return m.t + m.dt/2 }

// reached is the tolerance with which dates on the grid of steps compare, in years.
const reached = 1e-9

// toward is the part of a gap that closes in dt at rate 1/tau; all of it for tau = 0.
func toward(dt, tau float64) float64 {
	if tau <= 0 {
		return 1
	}
	return -math.Expm1(-dt / tau)
}

// ShareOf is the share of lab i in segment k's sales.
func (m *Model) ShareOf(k, i int) float64 { return m.segments[k].share[i] }
