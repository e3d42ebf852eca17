package validation

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"simulate/sim/experiment/analysis"
	"simulate/sim/table"
)

// served is by how many per cent all who serve, labs and hosts, pay more for it in the second case,
// in the mean over replications, and its standard error. Hosts charge a tenth on top of their cost.
func (f *folders) served(place, name string, labs *table.Table) (float64, error) {
	market, err := f.table(strings.TrimSuffix(place, "/labs") + "/market")
	if err != nil || labs.Len() == 0 {
		return 0, err
	}
	market = market.Where("date", labs.Text("date")[0])
	cost := map[[2]string]float64{}
	of, r := labs.Text("case"), labs.Text("replication")
	for i, v := range labs.Number("serving_cost") {
		if !math.IsNaN(v) {
			cost[[2]string{of[i], r[i]}] += v
		}
	}
	cases, replications := market.Text("case"), market.Text("replication")
	share, spending := market.Number("hosted_open_share"), market.Number("spending")
	for i := range cases {
		cost[[2]string{cases[i], replications[i]}] += share[i] * spending[i] / 1.1
	}
	var change []float64
	names := slices.Compact(slices.Clone(cases))
	for _, r := range market.Where("case", names[0]).Text("replication") {
		change = append(change, 100*(cost[[2]string{names[1], r}]/cost[[2]string{names[0], r}]-1))
	}
	s := analysis.Paired(make([]float64, len(change)), change)
	if name == "served" {
		return s.Change.Value, nil
	}
	return s.SE, nil
}

// power is POWER:METRIC of the market less the HHI of shares of labs by ten to POWER times their
// capability, in the mean over replications, and its standard error.
func (f *folders) power(place, name, of string, labs *table.Table) (float64, error) {
	written, metric, _ := strings.Cut(of, ":")
	power, err := strconv.ParseFloat(written, 64)
	if err != nil {
		return 0, err
	}
	market, err := f.table(strings.TrimSuffix(place, "/labs") + "/market")
	if err != nil || labs.Len() == 0 {
		return 0, err
	}
	market = market.Where("date", labs.Text("date")[0])
	sum, square := map[string]float64{}, map[string]float64{}
	capability := labs.Number("capability")
	for i, r := range labs.Text("replication") {
		if v := math.Pow(10, power*capability[i]); !math.IsNaN(v) {
			sum[r] += v
			square[r] += v * v
		}
	}
	var hhi []float64
	for _, r := range market.Text("replication") {
		hhi = append(hhi, 1e4*square[r]/(sum[r]*sum[r]))
	}
	s := analysis.Paired(hhi, market.Number(metric))
	if name == "power" {
		return s.Change.Value, nil
	}
	return s.SE, nil
}
