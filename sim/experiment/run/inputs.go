package run

import "simulate/sim/experiment/results"

// addInputs writes the table of what the scenarios take in, those of a sweep with what varies.
func (a *assembly) addInputs() error {
	list := results.NewInputs(a.drawing().worlds, func(path string) string {
		for _, in := range a.inputs() {
			if in.Path == path {
				return "varies by the design: " + in.Spec
			}
		}
		return ""
	})
	sheet := a.sheets[results.InputsTable]
	sheet.Rows = list.Len()
	return list.WriteTo(sheet)
}
