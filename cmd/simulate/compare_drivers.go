package main

import (
	"simulate/internal/quantity"
	"simulate/sim/experiment/analysis"
	"simulate/sim/experiment/study"
)

// printDrivers writes how much an effect differs between the ends of each input, and the share of
// its variance that the input makes.
func (p *program) printDrivers(d *study.Drivers) error {
	rows := [][]string{}
	share := func(e analysis.Estimate) string {
		return quantity.Human(e.Value) + " " + quantity.HumanInterval(e.Low, e.High)
	}
	for _, x := range d.Interactions {
		ends := d.Ends(x)
		clear := "no"
		if x.Clear {
			clear = "yes"
		}
		row := []string{x.Name, ends[0] + " → " + ends[1], cellOf(d.Metric, x.At[0]), cellOf(d.Metric, x.At[1]),
			cellOf(d.Metric, x.Change.Value), intervalOfCell(d.Metric, x.Change.Low, x.Change.High), clear}
		if d.Indices != nil && d.Indices.Sobol != nil {
			for _, i := range d.Indices.Sobol.Inputs {
				if i.Name == x.Name {
					row = append(row, share(i.First))
				}
			}
		}
		rows = append(rows, row)
	}
	header := []string{"input", "from → to", "effect from", "effect to", "interaction", "95 % interval", "clear"}
	if d.Indices != nil && d.Indices.Sobol != nil {
		header = append(header, "share of the effect's variance")
	}
	return p.printTable(header, rows, true)
}

func driversAsJSON(all []*study.Drivers) []ordered {
	list := []ordered{}
	for _, d := range all {
		if d == nil {
			continue
		}
		for _, x := range d.Interactions {
			ends := d.Ends(x)
			row := ordered{{"case", d.Case}, {"base", d.Against}, {"metric", d.Metric}, {"date", d.Date}, {"input", x.Name},
				{"from", ends[0]}, {"to", ends[1]}, {"effect_from", orNull(x.At[0])}, {"effect_to", orNull(x.At[1])},
				{"interaction", orNull(x.Change.Value)}, {"se", orNull(x.SE)}, {"low", orNull(x.Change.Low)},
				{"high", orNull(x.Change.High)}, {"clear", x.Clear}}
			if d.Indices != nil && d.Indices.Sobol != nil {
				for _, i := range d.Indices.Sobol.Inputs {
					if i.Name == x.Name {
						row = append(row, pair{"first", estimateAsJSON(i.First)}, pair{"total", estimateAsJSON(i.Total)})
					}
				}
			}
			list = append(list, row)
		}
	}
	return list
}
