package plots

import (
	"slices"
	"strconv"
	"strings"

	"simulate/sim/table"
)

// What the policies of a sweep change, against the points of the same future without them, is drawn
// as what alternatives change over the futures of a design: the points with policies are its
// points.

// sweptFutures is the description of a sweep as of a comparison over futures; nil where it has no
// table of effects.
func (r *Results) sweptFutures() (over *Futures, design *table.Table, err error) {
	s := r.Manifest.Sweep
	if s == nil {
		return nil, nil, nil
	}
	effects, err := r.read("effects", "point")
	if err != nil || effects == nil {
		return nil, nil, err
	}
	all, err := r.sweepDesign()
	if err != nil {
		return nil, nil, err
	}
	held := map[string]bool{}
	for _, p := range effects.Distinct("point") {
		held[p] = true
	}
	columns := append([]table.Column{{Name: "point", Kind: table.Integer}}, all.Columns[1:]...)
	design = table.New(all.Name, columns...)
	var record table.Record
	for i := range all.Len() {
		if !held[strconv.Itoa(i+1)] {
			continue
		}
		record.Reset().Integer(int64(i + 1))
		for _, c := range all.Columns[1:] {
			switch c.Kind {
			case table.Number:
				record.Number(all.Number(c.Name)[i])
			case table.Integer:
				record.Integer(int64(all.Number(c.Name)[i]))
			default:
				record.Text(all.Text(c.Name)[i])
			}
		}
		design.AppendRecord(&record)
	}
	var policies []string
	for _, c := range all.Columns[1:] {
		if parts := strings.Split(c.Name, "."); parts[0] == "policies" && len(parts) > 1 &&
			!slices.Contains(policies, parts[1]) {
			policies = append(policies, parts[1])
		}
	}
	over = &Futures{Base: "the same future without them", Alternatives: []string{"the policies"}, Points: design.Len(),
		Design: s.Design, Metrics: []string{"hhi_sales"}}
	if len(policies) == 1 {
		over.Base, over.Alternatives = "the same future without it", []string{words(policies[0])}
	}
	if len(s.Metrics) <= mostSweepMetrics {
		over.Metrics = s.Metrics
	}
	return over, design, nil
}
