package plots

// concept is one panel of a page of fans.
type concept struct {
	metric string
	fan    fan
	paths  map[string]*path
}

// fanPage draws one panel per concept that has values, with the cases' key when there are several. With
// shared, all panels have the same y axis.
func (r *Results) fanPage(ch *Chart, concepts []concept, shared bool) (*Chart, error) {
	var y extent
	for i, c := range concepts {
		if c.paths == nil {
			concepts[i].paths = r.metrics[c.metric]
		}
		if e, _ := c.fan.extent(r.inCaseOrder(concepts[i].paths)); e.ok {
			y.add(c.fan.log, e.lo, e.hi)
		}
	}
	var drawn []series
	for _, c := range concepts {
		all := r.inCaseOrder(c.paths)
		if len(all) == 0 {
			continue
		}
		if shared {
			c.fan.include = append(c.fan.include, y.lo, y.hi)
		}
		ch.panels = append(ch.panels, c.fan.panel(all))
		ch.sharedY = shared
		if len(all) > len(drawn) {
			drawn = all
		}
	}
	if len(ch.panels) == 0 {
		return nil, absent("%s and its like are missing or empty in the summary table", concepts[0].metric)
	}
	ch.key = caseKey(drawn)
	ch.Subtitle += r.bands(drawn)
	if ch.columns == 0 {
		ch.columns = columnsFor(len(ch.panels))
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

func one(ch *Chart, err error) ([]*Chart, error) {
	if err != nil {
		return nil, err
	}
	return []*Chart{ch}, nil
}
