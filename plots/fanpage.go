package plots

import (
	"image/color"

	"simulate/plots/chart"
)

// concept is one panel of a page of fans.
type concept struct {
	metric string
	fan    fan
	paths  map[string]*path
	// of a lab that stands out, drawn so unless colours tell cases apart
	colour color.NRGBA
}

// fanPage draws one panel per concept that has values, with the cases' key when there are several.
// With shared, all panels have the same y axis.
func (r *Results) fanPage(ch *chart.Chart, concepts []concept, shared bool) (*chart.Chart, error) {
	var y chart.Extent
	for i, c := range concepts {
		if c.paths == nil {
			concepts[i].paths = r.metrics[c.metric]
		}
		if e := c.fan.extent(r.inCaseOrder(concepts[i].paths)); e.Ok {
			y.Add(c.fan.log, e.Lo, e.Hi)
		}
	}
	var drawn []series
	for _, c := range concepts {
		all := r.inCaseOrder(c.paths)
		if len(all) == 0 {
			continue
		}
		if c.colour.A > 0 && numberAsked(all) == 1 {
			for i := range all {
				if !all[i].reference {
					all[i].colour = c.colour
				}
			}
		}
		if shared {
			c.fan.include = append(c.fan.include, y.Lo, y.Hi)
		}
		p := c.fan.panel(all)
		if shared { // what is missing at the top is missing in each of them
			p.Y = p.Y.Topped()
		}
		ch.Panels = append(ch.Panels, p)
		ch.SharedY = shared
		if len(all) > len(drawn) {
			drawn = all
		}
	}
	if len(ch.Panels) == 0 {
		return nil, absent("%s and its like are missing or empty in the summary table", concepts[0].metric)
	}
	ch.Key = caseKey(drawn)
	ch.Subtitle += r.bands(drawn)
	if ch.Columns == 0 {
		ch.Columns = columnsFor(len(ch.Panels))
	}
	r.decorate(ch)
	return ch, nil
}

func columnsFor(panels int) int {
	switch {
	case panels <= 3:
		return panels
	case panels == 4:
		return 2
	}
	return 3
}

func one(ch *chart.Chart, err error) ([]*chart.Chart, error) {
	if err != nil {
		return nil, err
	}
	return []*chart.Chart{ch}, nil
}
