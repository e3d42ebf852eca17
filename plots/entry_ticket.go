package plots

func drawEntryTicket(r *Results) ([]*Chart, error) {
	byCase, err := r.metric("entry_ticket")
	if err != nil {
		return nil, err
	}
	all := r.inCaseOrder(byCase)
	p := fan{unit: "USD a year, log scale", log: true, format: dollars, names: len(all) > 1, ticks: 6}.panel(all)
	ch := &Chart{
		Title:    titleOfChange("Entry ticket to the frontier", all, r.start()+1, dollars),
		Subtitle: "Smallest yearly R&D budget of a lab within 0.5 OOM of the frontier by its own run; " + r.bands(all),
		panels:   []*panel{p},
	}
	r.decorate(ch)
	return []*Chart{ch}, nil
}
