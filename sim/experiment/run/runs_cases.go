package run

import (
	"fmt"
	"slices"

	"simulate/internal/shell"
	"simulate/sim"
	"simulate/sim/experiment/results"
	"simulate/sim/table"
)

// Name is that of the experiment.
func (p *Runs) Name() string { return p.name }

// Runs is the number of runs, the most where a stop rule may end them.
func (p *Runs) Runs() int { return p.inOrder.total() }

// Unit is a replication of all cases.
func (p *Runs) Unit() int { return max(1, len(p.inOrder.moving)) }

func (p *Runs) place() place                               { return place{p.name, "csv"} }
func (p *Runs) seeded() uint64                             { return p.seed }
func (p *Runs) stop() *Until                               { return p.spec.Until }
func (p *Runs) order() order                               { return p.inOrder }
func (p *Runs) caseID(number int) string                   { return p.cases[number].name }
func (p *Runs) drawn(number int) bool                      { return p.cases[number].draws }
func (p *Runs) kept(number int) bool                       { return !p.cases[number].draws }
func (p *Runs) centre(number int) *sim.Config              { return p.cases[number].scenario.Centre() }
func (p *Runs) calendar(number int) []Observation          { return p.cases[number].calendar }
func (p *Runs) recorded() *recording                       { return &p.what }
func (p *Runs) inputs() []input                            { return nil }
func (p *Runs) values(number int, out []float64) []float64 { return nil }
func (p *Runs) supplement() Supplement                     { return p.spec.Compare }
func (p *Runs) measuresReference() bool                    { return true }

func (p *Runs) drawing() *drawing { return p.draws }

// config is the configuration of a replication of a case.
func (p *Runs) config(number, replication int) (*sim.Config, error) {
	c := p.cases[number]
	if !c.draws {
		return c.cfg, nil
	}
	return c.scenario.Draw(p.seed, replication)
}

// segments are the names of the segments of a case.
func (p *Runs) segments(number int) []string { return segmentsOf(p.cases[number].cfg) }

func segmentsOf(cfg *sim.Config) []string {
	var out []string
	for k := range cfg.Segments {
		out = append(out, cfg.Segments[k].ID)
	}
	return out
}

// replay is the command that repeats a run, in the results folder.
func (p *Runs) replay(number, replication int, _ []float64) string {
	return fmt.Sprintf("simulate reproduce . --case %s --replication %d", shell.Word(p.caseID(number)), replication)
}

// comparison is what the manifest says of the supplement, nil where there is none.
func (p *Runs) comparison() *results.Comparison {
	if p.spec.Compare == nil {
		return nil
	}
	return p.spec.Compare.Comparison()
}

// referenceWork lists the references of cases whose replications share one, and counts the runs of
// those that each replication needs.
func (p *Runs) referenceWork() (fixed []work, vectors int) {
	drawn := map[Key]int{}
	for i, c := range p.cases {
		w := work{c.cfg, p.centre(i)}
		first, err := p.config(i, 1)
		if fixed = append(fixed, w); err != nil || ReferenceKey(first) == ReferenceKey(c.cfg) {
			continue
		}
		if fixed = fixed[:len(fixed)-1]; centred(c.cfg, w.centre) {
			fixed = append(fixed, work{w.centre, nil})
		}
		drawn[ReferenceKey(first)] = vectorRuns(first, w.centre)
	}
	for _, n := range drawn {
		vectors += n * p.replications
	}
	return fixed, vectors
}

// vectorRuns is how many reference runs a configuration takes of its own.
func vectorRuns(cfg, centre *sim.Config) int {
	n := sim.ReferenceRuns(cfg)
	if centred(cfg, centre) {
		n = min(n, fewRuns)
	}
	return n
}

// setTables settles which tables there are, and what must be recorded for them.
func (p *Runs) setTables() error {
	p.what = everything()
	if len(p.spec.Tables) == 0 {
		return nil
	}
	if c := p.comparison(); c != nil && !c.Own { // its sentences read the market
		p.spec.Tables = append(slices.Clone(p.spec.Tables), results.MarketTable)
	}
	var compared []*table.Table
	if p.spec.Compare != nil {
		compared = p.spec.Compare.Tables()
	}
	known := append([]*table.Table{runsTable(caseOf("scenario"), nil, nil), table.New(DrawsTable)}, results.Tables()...)
	asked, err := askedTables(p.spec.Tables, known, compared,
		slices.ContainsFunc(p.cases, func(c *kase) bool { return c.draws }))
	if err != nil {
		return err
	}
	p.spec.Tables = asked
	if p.what.onlyFor(asked); p.spec.Compare != nil { // what is compared is compared in every segment too
		p.what.segments = allOfSegments()
	}
	return nil
}

// tables describes every table of the folder.
func (p *Runs) tables() []*table.Table {
	all := results.Tables()
	all = all[:len(all)-len(always)]
	if draws := p.draws.table(); draws != nil {
		all = append(all, draws)
	}
	if len(p.spec.Tables) > 0 {
		all = only(p.spec.Tables, append([]*table.Table{runsTable(caseOf("scenario"), nil, p.what.columns())}, all...))
	}
	if p.spec.Compare != nil {
		all = append(all, p.spec.Compare.Tables()...)
	}
	return append(all, results.Always()...)
}

// texts are the resolved scenarios with the number of replications.
func (p *Runs) texts(replications int) (files []textFile, note string) {
	asked := slices.DeleteFunc(slices.Clone(p.cases), func(c *kase) bool { return c.added })
	for _, c := range p.cases {
		name := results.ScenarioName
		if len(asked) > 1 || c.added {
			name = "scenarios/" + results.FileName(c.name) + ".yaml"
		}
		files = append(files, textFile{name, c.yaml(replications)})
	}
	return files, ""
}

// mark begins a row of a case by its name.
func (p *Runs) mark(r *table.Record, number int) *table.Record { return r.Text(p.caseID(number)) }

// point begins a row of the design.
func (p *Runs) point(r *table.Record, number int) bool {
	r.Text(p.caseID(number))
	return true
}

func (p *Runs) pairs() bool { return false }
