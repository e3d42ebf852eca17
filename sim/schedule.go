package sim

// Version of the model: it changes whenever results change.
const Version = "0.4.1"

// Process is one row of the Schedule.
type Process struct {
	Name    string
	Meaning string
	Run     func(*Model)
	Levers  []*Lever // that act in it
}

// Schedule is what happens in a step of [t, t+dt), in order. It is synchronous: every process reads
// the state left by the one before it, no lab sees another half-updated, and permuting the labs
// permutes the results.
var Schedule = []Process{
	{"policy", "dated interventions and shocks take effect", (*Model).policy, policyLevers},
	{"funding", "budgets from sponsors, the capital pool, reinvested profit, grants, taxes", (*Model).funding,
		fundingLevers},
	{"chips", "orders, price, rationing, deliveries, depreciation, supplier accounts", (*Model).chips, chipLevers},
	{"research", "own software progress, spillover, public knowledge", (*Model).research, researchLevers},
	{"training", "runs, distillation, adoption of open bases, release, publication", (*Model).training, trainingLevers},
	{"market", "test-time choice, serving cost, price equilibrium, switching, sales", (*Model).market, marketLevers},
	{"industry", "distress, exit, acquisition, entry", (*Model).industry, industryLevers},
	{"observe", "what lasts from step to step in the metrics", (*Model).observe, nil},
}

// Indices of the processes that draw random numbers; part of the key of their streams.
const (
	drawResearch = 4
	drawTraining = 5
	drawMarket   = 6
	drawIndustry = 7
)

// Step advances the run by one step. On a broken invariant the run is replayed with a check after
// each process, and the error names process, lab or segment, variable and date. The run is then of
// no further use.
func (m *Model) Step() error { return m.stepThrough(nil) }

// stepThrough is Step with a look at the state after each process; nil: none.
func (m *Model) stepThrough(look func(process string)) error {
	if m.err != nil {
		return m.failure("start", m.err)
	}
	for i := range m.labs {
		m.labs[i].labStep = labStep{}
	}
	for _, p := range Schedule {
		p.Run(m)
		if m.checkAll {
			if err := m.check(); err != nil {
				return m.failure(p.Name, err)
			}
		}
		if look != nil {
			m.observation++
			look(p.Name)
		}
	}
	if err := m.check(); err != nil {
		return m.locate(err)
	}
	m.step++
	m.t = m.dateOf(m.step)
	return nil
}
