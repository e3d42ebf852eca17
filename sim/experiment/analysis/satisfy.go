package analysis

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"simulate/internal/quantity"
)

// Sentences say, for each objective, which policies are best by each criterion, and which keep what
// is to be kept most often. Policies that are not clearly told apart are named together, as a tie.
func (r *Robustness) Sentences() []string {
	var out []string
	for _, o := range r.Objectives {
		out = append(out, r.worst(o))
		if text := r.others(o); text != "" {
			out = append(out, text)
		}
	}
	if len(r.Most) > 0 && !math.IsNaN(r.Satisfies[0].Value) {
		out = append(out, r.keeps())
	}
	return out
}

// keeps says which policies keep what is to be kept most often, and which not clearly less often.
func (r *Robustness) keeps() string {
	s := r.Satisfies[r.Most[0]]
	for _, p := range r.Most {
		if r.Satisfies[p].Value > s.Value {
			s = r.Satisfies[p]
		}
	}
	var top, near []int
	for _, p := range r.Most {
		if s.Value-r.Satisfies[p].Value <= 1e-9 {
			top = append(top, p)
		} else {
			near = append(near, p)
		}
	}
	share := fmt.Sprintf("%s of %s (%s)", quantity.Share(s.Value), r.runs(), r.sureness(s))
	text := fmt.Sprintf("%s keeps every bound in %s, the most of all policies", r.names(top), share)
	switch {
	case len(top) == len(r.Policies):
		text = fmt.Sprintf("All policies keep every bound equally often: in %s", share)
	case len(top) > 1:
		text = fmt.Sprintf("%s keep every bound in %s, a tie, the most of all policies", r.names(top), share)
	}
	switch len(near) {
	case 0:
		return text + "."
	case 1:
		return fmt.Sprintf("%s; %s does not clearly do so less often.", text, r.names(near))
	}
	return fmt.Sprintf("%s; %s do not clearly do so less often.", text, r.names(near))
}

// noun is what a future is called.
func (r *Robustness) noun() string {
	if r.Single {
		return "replication"
	}
	return "future"
}

// runs says of what a share of runs is one.
func (r *Robustness) runs() string {
	if r.Replications == 1 {
		return quantity.Plural(r.Futures, r.noun())
	}
	return fmt.Sprintf("%s, %s in each of %s", quantity.Plural(r.Futures*r.Replications, "run"),
		quantity.Count(r.Replications), quantity.Plural(r.Futures, r.noun()))
}

// sureness is the interval of a share, and over what it holds.
func (r *Robustness) sureness(s Estimate) string {
	text := fmt.Sprintf("%s interval of the share %s to %s", quantity.ExactShare(r.Confidence), quantity.Share(s.Low),
		quantity.Share(s.High))
	if r.Replications > 1 {
		text += ", the runs of a future being one cluster"
	}
	if !r.Sampled {
		text += ", as if the futures were drawn at random"
	}
	return text
}

// each says that something holds everywhere.
func (r *Robustness) each() string {
	if r.Futures == 1 {
		return "the one " + r.noun()
	}
	return "every one of " + quantity.Plural(r.Futures, r.noun())
}

func (r *Robustness) names(policies []int) string {
	names := make([]string, len(policies))
	for i, p := range policies {
		names[i] = r.Policies[p]
	}
	return quantity.List(names)
}

// worst says which policy has the least worst regret, and where.
func (r *Robustness) worst(o ObjectiveRegret) string {
	c := o.Criteria[0]
	if len(c.Best) == len(r.Policies) {
		return fmt.Sprintf("%s: no policy is told apart from the others by its worst regret.", o.Name)
	}
	first := c.Best[0]
	for _, p := range c.Best {
		if c.Values[p] < c.Values[first] {
			first = p
		}
	}
	best := o.Policies[first]
	tie, it := "", "it is"
	if len(c.Best) > 1 {
		tie, it = ", a tie", r.Policies[first]+" is"
	}
	if c.Values[first] <= 0 {
		var always, near []int // without any regret, and with one that luck may have made
		for _, p := range c.Best {
			if c.Values[p] <= 0 {
				always = append(always, p)
			} else {
				near = append(near, p)
			}
		}
		text := fmt.Sprintf("%s: %s %s", o.Name, r.names(always), r.bestEverywhere(o, always))
		if len(near) > 0 {
			text += fmt.Sprintf("; the worst regret of %s is not told apart from none", r.names(near))
		}
		return text + "."
	}
	return fmt.Sprintf("%s: the least worst regret is that of %s%s, %s%s in %s; %s %s.", o.Name,
		r.names(c.Best), tie, quantity.ThreeDigits(c.Values[first]), errorWord(c.SE[first]),
		r.future(best.WorstFuture), it, r.howOften(best))
}

// howOften says in how many futures a policy has the best mean, and in how many clearly.
func (r *Robustness) howOften(p PolicyRegret) string {
	of := quantity.Plural(r.Futures, r.noun())
	if r.Replications < 2 {
		return fmt.Sprintf("best in %s of %s", quantity.Share(p.BestIn), of)
	}
	return fmt.Sprintf("the best by its mean in %s of %s, clearly so in %s", r.count(p.BestIn), of, r.count(p.ClearIn))
}

func (r *Robustness) count(share float64) string {
	return quantity.Count(int(math.Round(share * float64(r.Futures))))
}

// bestEverywhere says that some policies, which make no difference to each other, have the best
// mean in each future, and in how many every other is clearly worse.
func (r *Robustness) bestEverywhere(o ObjectiveRegret, always []int) string {
	is, tie := "is", ""
	if len(always) > 1 {
		is, tie = "are", ", a tie"
	}
	if r.Replications < 2 {
		return fmt.Sprintf("%s best in %s%s", is, r.each(), tie)
	}
	clear := 0
	for f := range r.Futures {
		beaten := 0
		for p := range r.Policies {
			if o.Clear[p][f] {
				beaten++
			}
		}
		if beaten == len(r.Policies)-len(always) {
			clear++
		}
	}
	switch {
	case clear == r.Futures:
		return fmt.Sprintf("%s clearly best in %s%s", is, r.each(), tie)
	case r.Futures == 1:
		return fmt.Sprintf("%s best by the mean in %s%s, but not clearly", is, r.each(), tie)
	case clear == 0:
		return fmt.Sprintf("%s best by the mean in %s%s, clearly so in none", is, r.each(), tie)
	}
	return fmt.Sprintf("%s best by the mean in %s%s, clearly so in %s", is, r.each(), tie, quantity.Count(clear))
}

// others says which policies are best by the other criteria, where they differ from those of least
// worst regret.
func (r *Robustness) others(o ObjectiveRegret) string {
	var parts []string
	done := make([]bool, len(o.Criteria))
	for i := 1; i < len(o.Criteria); i++ {
		if done[i] || len(o.Criteria[i].Best) == len(r.Policies) || slices.Equal(o.Criteria[i].Best, o.Criteria[0].Best) {
			continue
		}
		var names []string
		for k := i; k < len(o.Criteria); k++ {
			if slices.Equal(o.Criteria[k].Best, o.Criteria[i].Best) {
				done[k] = true
				names = append(names, o.Criteria[k].Name)
			}
		}
		tie := ""
		if len(o.Criteria[i].Best) > 1 {
			tie = " (a tie)"
		}
		parts = append(parts, fmt.Sprintf("by %s %s%s", quantity.List(names), r.names(o.Criteria[i].Best), tie))
	}
	if len(parts) == 0 {
		return ""
	}
	return fmt.Sprintf("%s: best is %s.", o.Name, strings.Join(parts, "; "))
}

// future names a future.
func (r *Robustness) future(f int) string {
	if f < len(r.FutureWords) && r.FutureWords[f] != "" {
		return fmt.Sprintf("%s %d (%s)", r.noun(), f+1, r.FutureWords[f])
	}
	return fmt.Sprintf("%s %d", r.noun(), f+1)
}

func errorWord(se float64) string {
	if !(se > 0) {
		return ""
	}
	return " (s.e. " + quantity.ThreeDigits(se) + ")"
}
