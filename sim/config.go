package sim

import (
	"math"
	"slices"
)

// Config is the resolved input of one case: everything a run needs besides its seed and
// replication. Money is USD per year, compute H100e (an H100-equivalent, 989 TFLOP/s dense bf16),
// dates decimal years (a month's first day is year + (month−1)/12).
type Config struct {
	Start        float64 // t_0, decimal year
	Steps        int     // number of steps of length 1/StepsPerYear
	StepsPerYear int     // 12 (month) or 4 (quarter)
	Stochastic   bool    // false: expected software progress and releases on a fixed rhythm

	Parameters Parameters
	Regions    []Region
	Chips      []Chip
	Labs       []LabSpec
	Segments   []SegmentSpec
	Outside    OutsideBuyers
	// Dated list prices of chips on sale, USD per H100e, of which only the ratio to that at the start
	// counts: P_0 is the level. Not given: g_h alone.
	ListPrice Series
	Ownership []Holding
	Shocks    []Shock
	Policies  []Policy
	// What is carried out of plans: the factor on values of budgets and outside orders that were known
	// before their date; 0: all of it, as 1.
	PlansCarriedOut float64

	// ReferenceReplications is the number of runs whose log mean gives the reference paths in
	// stochastic mode. [≥ 1]
	ReferenceReplications int
}

// Dt is the length of a step in years.
func (c *Config) Dt() float64 { return 1 / float64(c.StepsPerYear) }

// withPlans is the case with the part of its plans that is carried out.
func (c *Config) withPlans() *Config {
	if c.PlansCarriedOut == 0 || c.PlansCarriedOut == 1 {
		return c
	}
	out := *c
	out.PlansCarriedOut = 1
	out.Labs = slices.Clone(c.Labs)
	for i := range out.Labs {
		out.Labs[i].Budget = out.Labs[i].Budget.carriedOut(c.PlansCarriedOut)
	}
	out.Outside.Orders = out.Outside.Orders.carriedOut(c.PlansCarriedOut)
	return &out
}

// Holding is a silent financial interest of one lab's company in another's profits.
type Holding struct {
	Holder, Of int     // indices into Config.Labs
	Share      float64 // of the profits, [0, 1]
}

// Region is a jurisdiction: where labs buy chips and segments are hosted.
type Region struct {
	ID string
	// Dated path of d_r, effective compute per dollar relative to the best chip on sale; not given:
	// computed from the export rule in force.
	RelativePricePerformance Series
	// Labs of this region neither buy nor are bought across its border.
	ScreensAcquisitions bool
}

// Chip is one row of the chip catalogue.
type Chip struct {
	ID           string
	OnSale       float64 // decimal year
	H100e        float64 // dense bf16 throughput relative to 989 TFLOP/s
	Interconnect float64 // κ, what a cut interconnect leaves of training throughput [0, 1]
	Price        float64 // USD per chip; 0 where none is known (then the chip never sets a price-performance)
	Merchant     bool    // on general sale; false for a company's own silicon
	Domestic     string  // region whose domestic industry makes it outside export rules, "" for none
}

// Archetype decides a sponsor's growth and whether the lab is part of a larger company.
type Archetype uint8

const (
	Platform    Archetype = iota // a company with other uses for compute; owns it; its capex is its budget
	Independent                  // a venture- or sponsor-funded lab
	Public                       // funded by a state, foundation or university
)

// Openness is what a lab publishes.
type Openness uint8

const (
	Closed  Openness = iota // neither weights nor know-how (which leaks after the closed lag)
	Delayed                 // weights after weights_delay, know-how as a closed lab
	Open                    // weights at release, know-how after the open lag
)

// The words of scenario files for each enumeration, by value.
var (
	ArchetypeNames = []string{"platform", "independent", "public"}
	OpennessNames  = []string{"closed", "delayed", "open"}
)

func (a Archetype) String() string { return ArchetypeNames[a] }
func (o Openness) String() string  { return OpennessNames[o] }

// LabSpec is a lab as the scenario gives it. NaN in a tagged field stands for its default.
type LabSpec struct {
	ID         string
	Name       string // what figures and pages call it; "" for its ID in words
	Region     int
	Archetype  Archetype
	Renter     bool // rents its compute from clouds instead of owning it
	Openness   Openness
	Commercial bool
	Cloud      bool // a platform that rents out the compute of its other uses, and hosts open models on it
	// Its budget follows its sales after the last dated value; false: a sponsor's, which follows its
	// path.
	FollowsSales bool
	// What the sponsor spends in USD per year at each date: capex for a platform, all spending net of
	// reinvested profit for others.
	Budget Series
	// Initial compute [H100e]: all of an owner's stock, the research stock of a renter. NaN: what the
	// budget sustains.
	Compute float64 `unit:"H100e" default:"nan" allowed:"0 1e9"`

	// Share of the budget spent on compute, the rest on staff.
	ComputeShare float64 `symbol:"ξ" unit:"1" default:"@funding.compute_share" allowed:"0.01 1"`
	// Capital expenditure of the last full year before the start, of a platform; NaN: its budget half
	// a year before the start.
	BudgetBefore float64 `symbol:"X_b" unit:"USD/yr" default:"nan" allowed:"0 1e14"`
	// Share of research compute that a flagship's final run takes.
	FinalRunShare float64 `symbol:"a_T" unit:"1" default:"@training.final_run_share" allowed:"0.0001 1"`
	// Share of a platform's compute that is leased out or used for its other products.
	ShareForOtherProducts float64 `symbol:"o" unit:"1" default:"0" allowed:"0 0.999"`
	// Share of compute money spent on own silicon, outside the merchant market.
	OwnSilicon float64 `symbol:"own" unit:"1" default:"0" allowed:"0 1"`
	// Cost of own silicon relative to the merchant list price per H100e.
	OwnSiliconCost float64 `symbol:"m_own" unit:"1" default:"@chips.own_silicon_cost" allowed:"0.1 2"`
	// What a renter pays relative to the owner's cost of a chip-year: 1 for large customers, 1.3 to
	// 1.7 for small ones.
	RentMultiple float64 `symbol:"m_r" unit:"1" default:"1" allowed:"0.3 5"`
	// Research talent: multiplies the pace of own software progress.
	Talent float64 `symbol:"talent" unit:"1" default:"1" allowed:"0 10"`
	// Training efficiency at the start, in nats above the public state of the art of 2024-01-01. NaN:
	// what the capability of the model on offer says of its documented run; 0 without these.
	Efficiency float64 `symbol:"A_0" unit:"nats" default:"nan" allowed:"-20 20"`
	// Capability of the model on offer at the start, in orders of magnitude above GPT-4. NaN: by a
	// first own run.
	Capability float64 `symbol:"c_0" unit:"OOM" default:"nan" allowed:"-10 10"`
	// Training compute of the model on offer at the start, which sets its serving size. NaN: that of
	// its documented run, else by a first own run.
	ServingSize float64 `symbol:"C_0" unit:"FLOP" default:"nan" allowed:"1e18 1e30"`
	// Largest documented training run behind the model on offer at the start. It sets the share of
	// research compute that a run takes then. NaN: not known, the share is a_T.
	DocumentedRun float64 `symbol:"C_run" unit:"FLOP" default:"nan" allowed:"1e18 1e30"`
	// Training run under way at the start, of a lab whose model on offer is distilled: it sets the
	// share of research compute instead, for good. NaN: none.
	NextRun float64 `symbol:"C_next" unit:"FLOP" default:"nan" allowed:"1e18 1e30"`
	// Weight in the rationing of chips; labs with equal weights share deliveries in proportion to
	// orders.
	Priority float64 `symbol:"π" unit:"1" default:"1" allowed:"0.001 1000"`
	// How long a closed shock at this lab stays out of public knowledge; NaN: 1 year at open labs, 0
	// beyond the closed lag at others.
	Secrecy float64 `symbol:"secrecy" unit:"yr" default:"nan" allowed:"0 20"`

	// Date from which the lab masters test-time reasoning; NaN: not by itself.
	TestTimeFrom float64 `symbol:"T" unit:"date" default:"nan" allowed:"1900 2200"`

	Sales []Position // one per segment the lab sells in
}

// Position is a lab's standing in one segment at the start.
type Position struct {
	Segment int
	Share   float64 // observed share of spending at the start
	Target  float64 // share s* from which the brand is inverted; NaN: solved from Before, else Share
	Before  Earlier // the share a year before the one of the start was observed
	// ξ_brand where given instead of a target; NaN: inverted, or the open models' brand when the
	// target is zero
	Brand float64
	Fit   float64 // how well the lab's product fits the segment's buyers, nats; 0 by default
}

// Earlier is an observation of a share; the zero value stands for none.
type Earlier struct {
	Date  float64 // decimal year
	Share float64 // of spending at that date
}

// SegmentSpec is a market segment as the scenario gives it. NaN in a tagged field stands for its
// default.
type SegmentSpec struct {
	ID     string
	Region int // where the open models of this segment are hosted
	// Reference spending D(t), USD per year: what is spent in the median when nothing unexpected
	// happens.
	Spending Series
	// Value of capability to buyers.
	Theta float64 `symbol:"θ" unit:"nats/OOM" default:"@market.theta" allowed:"0.1 6"`
	// Substitution between brands.
	Sigma float64 `symbol:"σ" unit:"1" default:"@market.sigma" allowed:"1.01 6"`
	// Outer elasticity of real spending to the segment's price index.
	Eta float64 `symbol:"η" unit:"1" default:"@market.eta" allowed:"0.05 2.4"`
	// Rate at which buyers reconsider their vendor.
	Switching float64 `symbol:"l" unit:"1/yr" default:"1" allowed:"0 100"`
	// Ceiling on spending above the reference; inf: none.
	Cap float64 `symbol:"cap" unit:"USD/yr" default:"inf" allowed:"0 inf"`
	// Date before which nothing is spent; NaN: open from the start.
	From float64 `unit:"date" default:"nan" allowed:"1900 2200"`
	// Index of the segment whose brands this one takes when it opens after the start; −1: its own
	// targets.
	BrandsOf int
}

// OutsideBuyers order merchant chips and own compute but train no model of their own.
type OutsideBuyers struct {
	Orders Series  // O(t), USD per year
	Stock  float64 // K_out at the start, H100e
}

// Shock is a dated jump in a lab's efficiency.
type Shock struct {
	Date float64
	Lab  int // index into Config.Labs; −1: every lab at once
	// Multipliers m [> 0]; 0 where the shock has no such part. Efficiency moves A by ln m and S by
	// ζ·ln m, as own progress does, the others A or S alone.
	Efficiency, Training, Serving float64
	Technique                     bool // the lab masters test-time reasoning from the date on
	Publish                       bool // know-how is public after the open lag; false: closed
	Parts                         PartDisclosures
	// the lab releases at the end of the step, for a breakthrough is announced by a model
	Release bool
	// Bounds on the lab's R&D budget at the date for the shock to reach it, USD per year; 0 and +Inf
	// reach every lab.
	BudgetFrom, BudgetBelow float64
	// Number of the event it is part of, from 1: an event that strikes several labs moves investors
	// once. 0: an event of its own.
	Event    int
	Withhold bool   // labs outside the bounds do not take its know-how up from public knowledge either
	Label    string // what figures and events call it
}

// PartDisclosures say for each part of a shock whether its know-how is published, where it differs
// from the whole.
type PartDisclosures struct{ Efficiency, Training, Serving, Technique PartDisclosure }

// PartDisclosure is whether the know-how of a part of a shock is published.
type PartDisclosure int

const (
	AsTheShock  PartDisclosure = iota
	StaysClosed                // whatever is said of the shock
	IsPublished                // likewise
)

// published reports whether a part is.
func (s *Shock) published(part PartDisclosure) bool {
	return part == IsPublished || part == AsTheShock && s.Publish
}

// Multiplier is the largest m of the shock; 0 where it has none.
func (s *Shock) Multiplier() float64 { return max(s.Efficiency, s.Training, s.Serving) }

// Policy is a dated bundle of levers, in force at all steps that start in [From, Until).
type Policy struct {
	ID          string
	Label       string
	From, Until float64 // decimal years; Until is +Inf for good
	Levers      []any   // settings of rows of Levers, as pointers to their structs: &Grant{…}
}

// Eligibility selects labs for a lever.
type Eligibility struct {
	Labs    []int // empty: all
	Regions []int // empty: all
	// Bounds on the R&D budget before pool, grants, costs and taxes of the step, (1−o)X + ρ·GP⁺, USD
	// per year, so that what a lever gives or takes does not change whom it reaches. +Inf (or 0) above
	// and 0 below: no bound.
	BudgetBelow, BudgetFrom float64
	Archetypes              []Archetype // empty: all
	Openness                []Openness  // empty: all
	NonProfit               bool        // only labs that are not commercial
}

// Everyone is the selection of all labs.
func Everyone() Eligibility { return Eligibility{BudgetBelow: math.Inf(1)} }
