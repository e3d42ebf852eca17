package compare

import (
	"fmt"
	"math"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim/experiment/results"
)

// mostRunCosts is the number of jumping labs up to which the summary speaks of each.
const mostRunCosts = 3

// runCosts says of each lab that makes a jump what its final run costs and what the lab spends a
// year: two quantities that headlines take for one another. Both are of the last date before the
// jump at which labs are recorded; "" without such labs.
func (o *Outcome) runCosts(c results.Case) string {
	if len(c.Jumps) == 0 || len(c.Jumps) > mostRunCosts {
		return "" // without reading a table that may be large
	}
	labs, err := o.Parts(results.LabsSummaryTable)
	if err != nil {
		return ""
	}
	var sentences []string
	for _, j := range c.Jumps {
		date := ""
		for _, d := range o.Dates(c.Name) {
			if d <= quantity.LastDay(j.Date) && labs.At(c.Name, d, j.Lab, "run_cost").N > 0 {
				date = d
			}
		}
		if date == "" {
			continue
		}
		mean := func(variable string) float64 { return labs.At(c.Name, date, j.Lab, variable).Mean }
		cost, research, sponsor := mean("run_cost"), mean("rd_budget"), mean("budget")
		sentence := fmt.Sprintf("Before %s, at %s, a final run of %s costs %s, %s of its R&D budget of %s a year",
			j.Label, quantity.When(date), labName(c, j.Lab), quantity.Money(cost), quantity.FineShare(cost/research),
			quantity.Money(research))
		if math.Abs(research/sponsor-1) > 0.05 {
			sentence += fmt.Sprintf(" (its sponsor spends %s a year)", quantity.Money(sponsor))
		}
		sentences = append(sentences, sentence+".")
	}
	return strings.Join(sentences, " ")
}

// labName is what figures and sentences call a lab: as its file does, or its key in words.
func labName(c results.Case, id string) string {
	key, member, of := strings.Cut(id, "#")
	name := c.LabNames[key]
	if name == "" {
		name = quantity.Within(quantity.Words(key))
	}
	if of {
		name += " " + member
	}
	return name
}
