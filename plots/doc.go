// Package plots turns the tables of a results folder into figures for print.
//
//	files, err := plots.Draw("results/deepseek-shock", "figures", plots.Options{})
//
// A figure is a row of Figures: it reads paths from Results and returns charts. How a page is laid
// out and what its parts look like is package chart's. Nothing here runs the model or knows more of
// it than names of columns.
package plots
