package sim

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"simulate/sim/portable"
)

// New makes a model for a case and allocates all that its runs need. It refuses what only the model
// can know: shares that leave no room for the open fringe, substitution too weak for a price
// equilibrium, indices out of range.
func New(cfg *Config) (*Model, error) {
	m := &Model{}
	if err := m.Renew(cfg); err != nil {
		return nil, err
	}
	return m, nil
}

// Renew is New in the memory of a model that is not needed any more: a vector of a sweep has a case
// of its own, and most have room for the same labs. After an error the model is of no use.
func (m *Model) Renew(cfg *Config) error {
	if err := validate(cfg); err != nil {
		return err
	}
	cfg = cfg.withPlans()
	nk := len(cfg.Segments)
	n := len(cfg.Labs) + cfg.entrants() // labs at most
	apart, err := withheldBounds(cfg)
	if err != nil {
		return err
	}
	was := *m
	*m = Model{cfg: cfg, stream: newStream(), dt: cfg.Dt(), apart: apart}
	m.labs = room(was.labs, n)
	segments := slices.Clone(was.segments)
	m.segments = room(was.segments, nk)
	m.saved = make([]savedPosition, nk)
	m.regions = make([]region, len(cfg.Regions))
	m.policies = make([]policyState, len(cfg.Policies))
	m.phrases = phrasesOf(cfg)
	m.newcomers = room(was.newcomers, n-len(cfg.Labs))
	m.budgets = room(was.budgets, n-len(cfg.Labs))
	m.entrantIDs = entrantIDs(n - len(cfg.Labs))
	m.scratch = room(was.scratch, 2*n)
	m.forSale, m.bidders = room(was.forSale, n)[:0], bidders{labs: room(was.bidders.labs, n)[:0],
		groups: room(was.bidders.groups, mostGroups)[:0]}
	m.track.init(n, cfg.Steps, cfg.StepsPerYear)
	depth := lookBack(cfg)
	m.past = archive{depth, room(was.past.records, n*depth)}
	if m.apart.on {
		m.twinPast = archive{depth, room(was.twinPast.records, n*depth)}
	}
	sellers := mostSellers(cfg, n-len(cfg.Labs))
	m.logCost, m.sellers = room(was.logCost, n), room(was.sellers, sellers)[:0]
	for k := range m.segments {
		s, before := &m.segments[k], Segment{}
		if k < len(segments) {
			before = segments[k]
		}
		s.key = hashName(cfg.Segments[k].ID)
		s.solver.who, s.solver.logCost = &m.sellers, m.logCost
		s.offers, s.offered = room(before.offers, n), room(before.offered, n)
		for _, v := range [][2]*[]float64{{&s.brand, &before.brand}, {&s.fit, &before.fit}, {&s.share, &before.share},
			{&s.target, &before.target}, {&s.price, &before.price}, {&s.cost, &before.cost}, {&s.sold, &before.sold},
			{&s.length, &before.length}, {&s.solver.logShare, &before.solver.logShare}} {
			*v[0] = room(*v[1], n)
		}
	}
	for i := range m.policies {
		m.policies[i].eligible = make([]bool, n)
		m.policies[i].targets = m.changeTargets(cfg.Policies[i].changes())
	}
	return nil
}

// room is a list of n zeros, in the memory of one that is not needed where it is large enough.
func room[T any](was []T, n int) []T {
	if cap(was) < n {
		return make([]T, n)
	}
	was = was[:n:n] // code counts on the capacity
	clear(was)
	return was
}

// mostSellers is how many labs one segment can have, entrants included.
func mostSellers(cfg *Config, entrants int) int {
	counts := make([]int, len(cfg.Segments))
	for i := range cfg.Labs {
		for _, p := range cfg.Labs[i].Sales {
			counts[p.Segment]++
		}
	}
	most := 0
	for k := range counts {
		sum := 0
		for b, steps := k, 0; b >= 0 && steps <= len(counts); b, steps = cfg.Segments[b].BrandsOf, steps+1 {
			sum += counts[b]
		}
		most = max(most, sum)
	}
	return most + entrants
}

// changeTargets resolves a policy's changes to addresses in the working copies.
func (m *Model) changeTargets(set Changes) []*float64 {
	out := make([]*float64, len(set))
	for i, c := range set {
		var v any
		switch c.Kind {
		case ChangeParameter:
			v = &m.p
		case ChangeLab:
			v = &m.labs[c.Index].Spec
		case ChangeSegment:
			v = &m.segments[c.Index].Spec
		}
		for _, f := range fieldsOf(v) {
			if f.Path == c.Field {
				out[i] = f.In(v)
			}
		}
	}
	return out
}

// validate checks what makes the equations meaningless or an index wrong.
func validate(cfg *Config) error {
	switch {
	case cfg.Steps < 1:
		return fmt.Errorf("the clock has no step")
	case cfg.StepsPerYear != 12 && cfg.StepsPerYear != 4:
		return fmt.Errorf("%d steps a year; use 12 (months) or 4 (quarters), years bias concentration by a third",
			cfg.StepsPerYear)
	case len(cfg.Labs) == 0 || len(cfg.Segments) == 0 || len(cfg.Regions) == 0:
		return fmt.Errorf("a model needs labs, segments and regions")
	}
	for i := range cfg.Labs {
		l := &cfg.Labs[i]
		if l.Region < 0 || l.Region >= len(cfg.Regions) {
			return fmt.Errorf("lab %s: no region %d", l.ID, l.Region)
		}
		for _, p := range l.Sales {
			if p.Segment < 0 || p.Segment >= len(cfg.Segments) {
				return fmt.Errorf("lab %s: no segment %d", l.ID, p.Segment)
			}
		}
	}
	if err := errors.Join(cfg.checkFunding(), cfg.checkTargets(), cfg.checkPaths()); err != nil {
		return err
	}
	if err := checkLevers(cfg); err != nil { // before what they set is looked at
		return err
	}
	for r := range cfg.regimes() {
		if err := r.check(); err != nil {
			return err
		}
	}
	return nil
}

// Starts says why no run of a case can begin: what New refuses, and what shows only when brands are
// inverted from the shares at the start.
func Starts(cfg *Config) error {
	m, err := New(ReferenceConfig(cfg))
	if err != nil {
		return err
	}
	if _, err := New(cfg); err != nil { // with its policies
		return err
	}
	m.ref, m.record = nil, newReference(len(m.segments), len(m.cfg.Labs), m.cfg.Steps)
	m.start(runKey("reference", 0, 0))
	return m.err
}

// ComputeAtStart is what compute each lab has at the start of a case [H100e]: the stock of an
// owner, what the budget of a renter buys. It fails as New does.
func ComputeAtStart(cfg *Config) ([]float64, error) {
	m, err := New(ReferenceConfig(cfg))
	if err != nil {
		return nil, err
	}
	m.record = newReference(len(m.segments), len(m.cfg.Labs), m.cfg.Steps)
	m.start(runKey("reference", 0, 0))
	out := make([]float64, len(m.labs))
	for i := range m.labs {
		out[i] = m.labs[i].Compute
	}
	return out, m.err
}

// Reset starts a run: it sets the state at t_0, solves the market once, and inverts brands from
// target shares. ref holds the reference paths of the case's roster and parameters. A failure is
// returned by the first Step.
func (m *Model) Reset(seed uint64, replication int, ref *Reference) {
	m.ref, m.record = ref, nil
	m.start(runKey("run", seed, replication))
	m.seed, m.rep = seed, replication
}

func (m *Model) start(key uint64) {
	m.step, m.t, m.err, m.key, m.entrants, m.moved = 0, m.cfg.Start, nil, key, 0, 0
	m.resize(len(m.cfg.Labs))
	m.events = m.events[:0]
	m.commons.models, m.commons.disclos, m.commons.secrets = m.commons.models[:0], m.commons.disclos[:0],
		m.commons.secrets[:0]
	m.commons.bases, m.commons.compared = bases{noBase, noBase}, math.Inf(-1)
	m.commons.masteries, m.commons.TestTimePublic, m.apart.technique = m.commons.masteries[:0], never, never
	m.p = m.cfg.Parameters
	for i := range m.policies {
		m.policies[i].Policy, m.policies[i].active, m.policies[i].begins = &m.cfg.Policies[i], false, false
	}
	for k := range m.segments {
		s := &m.segments[k]
		s.base, s.Spec = m.cfg.Segments[k], m.cfg.Segments[k]
		s.started, s.Spending, s.growth, s.kept = false, 0, 0, 1
		s.solver.u = math.NaN() // no solution to start from
	}
	for i := range m.labs {
		l := &m.labs[i]
		l.begin(&m.cfg.Labs[i], m.t, 0, key)
	}
	m.fillDefaults()
	m.initialSupplier()
	m.initialKnowledge()
	m.initialCompute()
	m.initialModels()
	m.initialMarket()
	m.initialResearch()
	m.track.reset(m)
}

// resize sets the number of labs within what New allocated.
func (m *Model) resize(n int) {
	m.labs = m.labs[:n]
	for k := range m.segments {
		s := &m.segments[k]
		s.offers, s.offered = s.offers[:n], s.offered[:n]
		for _, v := range [...]*[]float64{&s.brand, &s.fit, &s.share, &s.target, &s.price, &s.cost, &s.sold, &s.length,
			&s.solver.logShare} {
			*v = (*v)[:n]
		}
		s.solver.logCost, s.solver.share = m.logCost[:n], m.scratch[:n]
	}
	for i := range m.policies {
		m.policies[i].eligible = m.policies[i].eligible[:n]
	}
}

func (m *Model) initialSupplier() {
	c := &m.p.Chips
	street := c.Price
	if c.StreetPrice > 0 {
		street = c.StreetPrice
	}
	m.supplier = Supplier{ListPrice: c.Price, Price: street, Capacity: c.Capacity, FillRate: 1}
	m.scale = scale{gamma: m.p.Research.Gamma, zeta: m.p.Research.ServingShare, listPrice: c.Price}
	m.commons.OutsideStock, m.commons.OutsideDeliveries = m.cfg.Outside.Stock, m.cfg.Outside.Stock
	m.updateRegions(m.t)
}

// leastTurnover is the least of δ + g with which a budget sustains a stock, 1/yr: one that has
// fallen faster than chips wear out holds no more than ten years of its orders.
const leastTurnover = .1

// initialCompute sets stocks from the file or from what the budget sustains: K = ξX/(P(δ+g)) for
// owners, equation 7 for renters.
func (m *Model) initialCompute() {
	for i := range m.labs {
		l := &m.labs[i]
		l.Budget = l.Spec.Budget.At(m.t)
		l.ComputeShare = m.computeShare(l, l.Budget)
		l.Funding, l.base0 = l.Budget, l.Budget
		l.RdBudget = float64((1 - l.Spec.ShareForOtherProducts) * l.Budget)
		switch {
		case l.Spec.Renter:
			m.rent(l)
		case math.IsNaN(l.Spec.Compute):
			l.Compute = m.regions[l.Spec.Region].d * l.ComputeShare * l.Budget / float64(
				m.supplier.Price*max(leastTurnover, m.p.Chips.Depreciation+m.growth(l.Spec.Archetype)),
			)
		default:
			l.Compute = l.Spec.Compute
		}
		l.CumulativeDeliveries = l.Compute
		if l.Spec.Renter {
			l.CumulativeDeliveries = 0
		}
		l.ComputeResearch = researchPart(l)
		m.initialRun(l)
	}
}

func (m *Model) growth(a Archetype) float64 {
	f := &m.p.Funding
	return [...]float64{Platform: f.GrowthPlatform, Independent: f.GrowthIndependent, Public: f.GrowthPublic}[a]
}

// initialModels sets what each lab offers at t_0: from the file, else by a first own run; open and
// delayed labs have published it.
func (m *Model) initialModels() {
	for i := range m.labs {
		l := &m.labs[i]
		l.TrainingFlop = m.ownRun(l)
		size := portable.Log(l.TrainingFlop)
		if run := l.Spec.DocumentedRun; !math.IsNaN(run) {
			size = portable.Log(run)
		}
		l.Capability = (size + m.efficiencyAt(l, portable.Exp(size)) - logReference) / math.Ln10
		if !math.IsNaN(l.Spec.ServingSize) {
			size = portable.Log(l.Spec.ServingSize)
		}
		if !math.IsNaN(l.Spec.Capability) {
			l.Capability = l.Spec.Capability
		}
		if math.IsInf(size, -1) && !math.IsInf(l.Capability, -1) {
			m.fail(fmt.Errorf("lab %s has a model at the start and nothing that says what it costs to serve; give it a "+
				"serving_size or documented_run, or money or compute for a run", l.Spec.ID))
		}
		l.ServingSize = portable.Exp(size)
		m.publish(i, m.t)
		if last := len(m.commons.models) - 1; l.Spec.Openness == Delayed {
			m.commons.models[last].Date = m.t
		}
	}
}

// initialResearch sets research compute with reinvested profit, runs by it, and takes the largest
// lab's inputs as references.
func (m *Model) initialResearch() {
	m.funding()
	for i := range m.labs {
		l := &m.labs[i]
		extra := l.base0 - l.Budget
		l.Budget = l.Spec.Budget.At(m.t)
		l.ComputeShare = m.computeShare(l, l.Budget)
		l.otherUse = float64(l.Spec.ShareForOtherProducts * l.Budget)
		l.base0 = l.Budget + extra
		l.RdBudget = l.Budget - l.otherUse + extra
		l.Funding = l.base0
		if l.Spec.Renter {
			m.rent(l)
		}
		l.ComputeResearch = researchPart(l)
		m.initialRun(l)
		m.scale.compute = max(m.scale.compute, float64((1-l.Spec.FinalRunShare)*l.ComputeResearch))
		m.scale.staff = max(m.scale.staff, float64((1-l.Spec.ComputeShare)*l.RdBudget))
	}
	for i := range m.labs {
		l := &m.labs[i]
		l.TrainingFlop = m.ownRun(l)
		l.RunCost = m.runCost(l)
	}
	m.merchantOrders(m.t, 1)
	m.supplierAccounts()
}
