// Package page writes the page on which readers play with the model: one file that holds
// everything, needs no server and fetches nothing.
//
// It carries the module (package wasm, the mouth of package explore, compiled for browsers), the
// scenario in canonical form, and a first picture with its numbers made by this program, which
// stand at once and without scripts. Once the module is at work the page computes the scenario
// again and says whether it gives the same digits.
//
//	m, err := page.Load(ctx, notice)
//	shown, err := page.Compute(page.Options{Scenario: s, Module: m})
//	html, err := shown.Write(m)
package page
