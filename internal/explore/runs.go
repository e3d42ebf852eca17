package explore

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"errors"
	"fmt"
	"strconv"

	"simulate/sim"
	"simulate/sim/experiment/run"
	"simulate/sim/scenario"
	"simulate/sim/table"
)

// Block is some paired replications of a state.
type Block struct {
	From int      `json:"from"` // first replication, from 1
	Base []Sample `json:"base"` // by replication; empty where the state is its own base
	Runs []Sample `json:"runs"`
}

// Sample is the path of one run: for each of Told, a value by date.
type Sample []Numbers

// Block makes replications from..from+n−1 of a state and of its base, which share their luck and
// their draws.
func (s *Session) Block(st State, from, n int) (*Block, error) {
	sc, err := s.whole(st)
	if err != nil {
		return nil, err
	}
	out := &Block{From: from}
	for r := from; r < from+n; r++ {
		cfg, err := sc.Draw(sc.Seed, r)
		if err != nil {
			return nil, err
		}
		job := run.Job{Config: cfg, Seed: sc.Seed, Replication: r}
		sample, err := s.sample(job, sc.Record)
		if err != nil {
			return nil, err
		}
		out.Runs = append(out.Runs, sample)
		if len(cfg.Shocks)+len(cfg.Policies) == 0 {
			continue
		}
		job.Config = s.baseOf(sc, cfg)
		if sample, err = s.sample(job, sc.Record); err != nil {
			return nil, err
		}
		out.Base = append(out.Base, sample)
	}
	return out, nil
}

// baseOf is the configuration of the base, the same one for the same configuration, so that its
// model is used again.
func (s *Session) baseOf(sc *scenario.Scenario, cfg *sim.Config) *sim.Config {
	if s.of != cfg {
		s.of, s.base = cfg, sc.BaseConfig(cfg)
	}
	return s.base
}

// sample makes a run and keeps what is shown.
func (s *Session) sample(job run.Job, record string) (Sample, error) {
	out := make(Sample, len(told))
	err := observe(s.engine, job, record, func(_ string, m *sim.Model) {
		for k, at := range told {
			out[k] = append(out[k], sim.Metrics[at].Of(m))
		}
	})
	return out, err
}

// observe makes a run and calls look at each recorded date.
func observe(engine *run.Engine, job run.Job, record string, look func(date string, m *sim.Model)) error {
	calendar := run.Calendar(job.Config, record)
	row := 0
	return engine.Do(background, job, func(m *sim.Model, step int) (bool, error) {
		if row < len(calendar) && calendar[row].Step == step {
			look(calendar[row].Date, m)
			row++
		}
		return false, nil
	})
}

// MarketCSV is market.csv of the first n replications of a state and of its base, byte for byte
// what `simulate run` writes for its file with -n n.
func (s *Session) MarketCSV(st State, n int) ([]byte, error) {
	sc, err := s.whole(st)
	if err != nil {
		return nil, err
	}
	cases := []*scenario.Scenario{sc}
	switch base, _, err := sc.Base(); {
	case err != nil:
		return nil, err
	case base != nil:
		cases = append(cases, base)
	}
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	row := []string{"case", "replication", "date"}
	for _, m := range sim.Metrics {
		row = append(row, m.Name)
	}
	if err := w.Write(row); err != nil {
		return nil, err
	}
	for _, c := range cases {
		for r := 1; r <= n; r++ {
			if err := s.marketRows(w, c, sc.Seed, r, sc.Record); err != nil {
				return nil, err
			}
		}
	}
	w.Flush()
	return out.Bytes(), w.Error()
}

// marketRows writes the rows of one run.
func (s *Session) marketRows(w *csv.Writer, c *scenario.Scenario, seed uint64, r int, record string) error {
	cfg, err := c.Draw(seed, r)
	if err != nil {
		return err
	}
	var wrong error
	var row []string
	err = observe(s.engine, run.Job{Config: cfg, Seed: seed, Replication: r}, record, func(date string, m *sim.Model) {
		row = append(row[:0], c.Name, strconv.Itoa(r), date)
		for _, metric := range sim.Metrics {
			row = append(row, table.FormatNumber(metric.Of(m)))
		}
		if err := w.Write(row); wrong == nil {
			wrong = err
		}
	})
	return errors.Join(err, wrong)
}

// Hash is the SHA-256 of market.csv of the session's own scenario with one replication, by which a
// page sees whether it gives the numbers of the program that wrote it.
func (s *Session) Hash() (string, error) {
	csv, err := s.MarketCSV(State{Form: StateVersion, Runs: 1}, 1)
	return fmt.Sprintf("%x", sha256.Sum256(csv)), err
}
