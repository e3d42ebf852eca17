// Package report turns a results folder into one HTML page that opens from disk without a network:
// what was asked, what came out, on which assumptions, and how to do it again.
//
// Every kind of folder has a function that lists the page's sections; page.html writes them. The
// same folder gives the same bytes.
package report
