// Package report turns a results folder into one HTML page that opens from disk without a network:
// what was asked, what came out, on which assumptions, and how to do it again.
//
//	html, err := report.Build("results/deepseek-shock", &table.Reading{})
//
// Every kind of folder has a function that lists the page's sections; page.html writes them. The
// same folder gives the same bytes. No model is run, and no number stands on the page that is not
// in the folder or in the program's own tables.
package report
