package sim

import "simulate/sim/portable"

// Physical and reference constants.
const (
	// H100eYear is what one H100e delivers in a year at utilisation 1 [FLOP]: 989 TFLOP/s dense bf16
	// over a year of 365.25 days.
	H100eYear = 989e12 * 3.15576e7
	// GPT4FLOP is E_ref, the training compute of GPT-4 [FLOP] (Epoch AI), the origin of
	// capability.
	GPT4FLOP = 2.1e25
	// PublicDate is the date at which the public state of the art defines A = 0.
	PublicDate = 2024.0
)

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
	ReferenceSpending float64 `symbol:"D" unit:"USD/yr"`
	// Log of the quality-adjusted price index.
	LogPrice float64 `symbol:"ln P_k" unit:"nats"`
	// Log of the index on the reference path.
	LogReferencePrice float64 `symbol:"ln P_k^ref" unit:"nats"`
	// Share of sales of hosted open models.
	HostedOpenShare float64 `unit:"1"`
	// Test-time compute in what is sold, weighted by sales.
	TestTime float64 `symbol:"l*" unit:"OOM"`
	// Share of sales priced at the limit price.
	FloorBinds float64 `unit:"1"`

	base    SegmentSpec
	key     uint64    // of the segment's part in random streams
	offers  []bool    // by lab: sells here
	brand   []float64 // by lab, ξ_brand, with the fit that the file gives
	fit     []float64 // by lab, nats: luck of fit
	offered []bool    // by lab: has had an offer here, so that its fit moves
	share   []float64 // by lab, s, before those of labs that close in the step are spread
	kept    float64   // what the labs that stay had of it
	target  []float64 // by lab, s*
	price   []float64 // by lab, USD per million tokens
	cost    []float64 // by lab, mc
	sold    []float64 // by lab: revenue, USD per year
	length  []float64 // by lab, l: test-time computing of its offer, OOM
	started bool      // has had a step of spending
	growth  float64   // ln Y(t)/Y(t−dt) where positive
	fringe  float64   // target share of the hosts of open models
	solver  nest

	hostPrice  float64 // of hosts, USD per million tokens of answers
	hostLength float64 // test-time computing of their offer, OOM
	hostMargin float64 // they take over serving cost

	firstPrice float64 // ln P_k in its first step
	hostBrand  float64 // ν, of hosted open models on the scale of σ_h
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

	// Date from which test-time reasoning is public knowledge; inf: nobody masters it.
	TestTimePublic float64 `symbol:"T_pub" unit:"date"`

	models    []Publication
	bases     bases
	compared  float64 // date at which public models were last compared
	disclos   []disclosure
	secrets   []secret
	masteries []mastery
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
	before   int  // number of the lab's secret before it, 0 for none
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

// Model is one run in progress. It is made by New, made ready by Reset and moved by Step. Not safe
// for concurrent use.
type Model struct {
	cfg *Config
	p   Parameters // in force

	step       int // steps done
	t          float64
	dt         float64
	seed       uint64
	rep        int
	key        uint64 // of the run's random streams
	entrants   int
	ref        *Reference
	record     *Reference // being recorded in a reference run
	stream     *stream
	labs       []Lab
	segments   []Segment
	regions    []region
	supplier   Supplier
	wear       wear
	fading     fading
	commons    Commons
	scale      scale
	policies   []policyState
	events     []Event
	phrases    phrases
	newcomers  []LabSpec // by entrant
	budgets    []Point   // by entrant: of its path
	entrantIDs []string  // by entrant
	logCost    []float64 // by lab, in the segment that is being solved
	dropped    []bool    // scratch of dropBeaten
	hosted     []hosted  // models that can be hosted, in the market that is being solved
	sellers    []seller  // scratch of the solver
	past       archive   // labs' A and S
	twinPast   archive   // their twins'; empty where no shock withholds its know-how
	track      tracker
	apart      withholding
	moved      int // number of the event that last moved investors

	forSale []int32 // labs, by id
	bidders bidders
	saved   []savedPosition // by segment, of a merger that is tried

	servingSpend  float64 // V of the last step, fringe included, USD per year
	hostSpend     float64 // what hosts of open models sell, USD per year
	spent         float64 // in all segments, USD per year
	hostAtoms     float64 // what of it is not of a platform's cloud
	nobodyReasons bool    // a policy withholds test-time reasoning
	policyCost    float64 // USD per year, net of taxes kept
	scratch       []float64
	holdings      []holding // of distributions and segments, for metrics; nil until the first is asked for
	observation   int       // counts states that metrics are taken of, from 1
	err           error     // raised by a process
	checkAll      bool      // check after each process
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

// Time is the decimal year of the current observation: the start after Reset, then the end of the
// last step.
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
func (m *Model) mid() float64 { return m.t + float64(m.dt/2) }

// reached is the tolerance with which dates on the grid of steps compare, in years.
const reached = 1e-9

// toward is the part of a gap that closes in dt at rate 1/tau; all of it for tau = 0.
func toward(dt, tau float64) float64 {
	if tau <= 0 {
		return 1
	}
	return -portable.Expm1(-dt / tau)
}

// ShareOf is the share of lab i in segment k's sales.
func (m *Model) ShareOf(k, i int) float64 { return m.segments[k].share[i] }
