package scenario

import (
	"fmt"
	"math"
	"slices"

	"simulate/internal/quantity"
	"simulate/sim"
)

// redraws bounds how often a vector of draws that has no equilibrium is drawn again.
const redraws = 1000

// Draw returns the input of one replication: each distribution drawn once by inverse distribution
// function from the stream of its PATH, so that scenarios share the draw, and parameter sets row by
// row. A vector at which shares pass one or prices have no equilibrium is drawn again. Without
// distributions it is Config() itself.
func (s *Scenario) Draw(seed uint64, replication int) (*sim.Config, error) {
	if !s.HasDraws() {
		return s.cfg, nil
	}
	cfg, _, err := s.draw(seed, replication)
	return cfg, err
}

// Drawn lists what differs between replications: the PATHs with a distribution, and those of the
// parameter sets.
func (s *Scenario) Drawn() []*Knob {
	out := slices.Clone(s.drawn)
	if s.sets != nil {
		for _, l := range s.sets.knobs {
			if !slices.Contains(out, l) {
				out = append(out, l)
			}
		}
	}
	return out
}

// Draws are the values of a replication that Draw puts in, in the order of Drawn and the model's
// units.
func (s *Scenario) Draws(seed uint64, replication int) ([]float64, error) {
	if !s.HasDraws() {
		return nil, nil
	}
	_, values, err := s.draw(seed, replication)
	return values, err
}

// draw draws once, or again where a vector is impossible.
func (s *Scenario) draw(seed uint64, replication int) (*sim.Config, []float64, error) {
	if s.sets == nil {
		return s.tried(seed, replication, nil)
	}
	cfg, values, err := s.tried(seed, replication, s.sets.row(seed, replication))
	if err != nil {
		name, _ := s.Row(seed, replication)
		err = fmt.Errorf("%s: %w", name, err)
	}
	return cfg, values, err
}

// tried draws for a row of the parameter sets, where there are any.
func (s *Scenario) tried(seed uint64, replication int, row []float64) (*sim.Config, []float64, error) {
	cfg := clone(s.cfg)
	knobs := s.Drawn()
	u, values := make([]float64, len(s.drawn)), make([]float64, len(knobs))
	var why error
	for attempt := range redraws {
		for i, l := range s.drawn {
			name := l.Path
			if attempt > 0 {
				name = fmt.Sprintf("%s again %d", l.Path, attempt)
			}
			u[i] = sim.DrawUniform(seed, replication, name)
		}
		if s.copula != nil {
			s.copula.apply(u)
		}
		for i, l := range s.drawn {
			values[i] = l.dist.quantile(u[i])
			l.set(cfg, values[i])
		}
		for i, v := range row {
			values[slices.Index(knobs, s.sets.knobs[i])] = v
			s.sets.knobs[i].set(cfg, v)
		}
		for _, f := range s.derive {
			f(cfg)
		}
		if why = consistent(cfg); why == nil {
			return cfg, values, nil
		}
	}
	return nil, nil, fmt.Errorf("replication %d: %s in a row are impossible, the last because %w", replication,
		quantity.Plural(redraws, "draw"), why)
}

// Vary returns a copy of a Config of this scenario with knobs at given values, in the model's unit.
// It fails when the values are impossible together.
func (s *Scenario) Vary(cfg *sim.Config, knobs []*Knob, values []float64) (*sim.Config, error) {
	out := clone(cfg)
	for i, l := range knobs {
		if c := outside(l.Path, l.unit, values[i], l.Low, l.High); c != nil {
			return nil, Problem{File: l.Path, Message: c.what, Remedy: c.remedy}
		}
		l.set(out, values[i])
	}
	for _, f := range s.derive {
		f(out)
	}
	if err := s.varyClock(out, knobs, values); err != nil {
		return nil, err
	}
	return out, consistent(out)
}

// consistent checks what values must satisfy together: shares of each segment of one at most,
// substitution above both elasticities, without which prices have no unique equilibrium, and no
// lower than that between labs and hosts.
func consistent(cfg *sim.Config) error {
	shares, targets := make([]float64, len(cfg.Segments)), make([]float64, len(cfg.Segments))
	for i := range cfg.Labs {
		for j := range cfg.Labs[i].Sales {
			p := &cfg.Labs[i].Sales[j]
			shares[p.Segment] += p.Share
			target := targetOf(cfg, p)
			targets[p.Segment] += target
			if p.Before.Date > 0 && !(target > 0 && target < 1) {
				return fmt.Errorf("two observations of %s in segment %s lead to a target share of %.4g", cfg.Labs[i].ID,
					cfg.Segments[p.Segment].ID, target)
			}
		}
	}
	for i := range cfg.Shocks {
		if s := &cfg.Shocks[i]; s.Efficiency > 0 && max(s.Training, s.Serving) > 0 {
			return fmt.Errorf("the shock %s has both efficiency and training_efficiency or serving_efficiency", s.Label)
		}
	}
	for k := range cfg.Segments {
		id := cfg.Segments[k].ID
		if sum := max(shares[k], targets[k]); sum > 1+1e-9 {
			return fmt.Errorf("shares of segment %s add up to %.4g", id, sum)
		}
		if sigma, least, name := substitution(cfg, k); sigma <= least {
			return fmt.Errorf("sigma %.4g of segment %s is not above %s %.4g", sigma, id, name, least)
		} else if hosts := cfg.Parameters.Market.HostSubstitution; hosts > sigma {
			return fmt.Errorf("host_substitution %.4g is above sigma %.4g of segment %s", hosts, sigma, id)
		}
	}
	return nil
}

// substitution returns σ of a segment and what it must exceed.
func substitution(cfg *sim.Config, k int) (sigma, least float64, name string) {
	s, m := &cfg.Segments[k], &cfg.Parameters.Market
	sigma, eta := s.Sigma, s.Eta
	if math.IsNaN(sigma) {
		sigma = m.Sigma
	}
	if math.IsNaN(eta) {
		eta = m.Eta
	}
	if eta > m.EpsilonMin {
		return sigma, eta, "eta"
	}
	return sigma, m.EpsilonMin, "epsilon_min"
}

// checkPrices refuses segments whose prices have no unique equilibrium, at the value given last.
func (b *binder) checkPrices(root *node) {
	for k, id := range b.ids.segments {
		sigma, least, name := substitution(b.cfg, k)
		if sigma > least {
			continue
		}
		at, path := b.givenLast(root, "market."+name, "market.sigma", "segments."+id+"."+name, "segments."+id+".sigma")
		b.addf(at, fmt.Sprintf("write a sigma above %s, or lower %s", formatNumber(least), name),
			"%s: in segment %s the substitution sigma %s is not above %s %s, so prices have no unique equilibrium", path, id,
			formatNumber(sigma), name, formatNumber(least))
	}
}

// checkHosts refuses a substitution between labs and hosts above that between labs, in the segment
// where the latter is least.
func (b *binder) checkHosts(root *node) {
	hosts, k, least := b.cfg.Parameters.Market.HostSubstitution, -1, math.Inf(1)
	for i := range b.cfg.Segments {
		if sigma, _, _ := substitution(b.cfg, i); hosts > sigma && sigma < least {
			k, least = i, sigma
		}
	}
	if k < 0 {
		return
	}
	id := b.ids.segments[k]
	at, path := b.givenLast(root, "market.sigma", "market.host_substitution", "segments."+id+".sigma")
	b.addf(at, fmt.Sprintf("write a market.host_substitution of at most %s, which makes one market of labs and hosts",
		formatNumber(least)),
		"%s: in segment %s market.host_substitution %s is above the substitution sigma %s between labs", path, id,
		formatNumber(hosts), formatNumber(least))
}

// givenLast is the last of some paths that a file gives, and where; the first path and the file as
// a whole where it gives none.
func (b *binder) givenLast(root *node, paths ...string) (pos, string) {
	at, path := root.at, paths[0]
	for _, p := range paths {
		if l, found := b.s.Knob(p); found && l.Given {
			at, path = l.position, p
		}
	}
	return at, path
}
