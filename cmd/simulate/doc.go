// Command simulate runs scenarios of AI labs, compute and market concentration.
//
//	simulate run deepseek-shock
//
// There is a file for each command, with its row of arguments, options and example; newApp lists
// them. It computes nothing itself: a command reads its options, calls a package below and shows
// what came out. Errors become exit codes in one place, exit.go. The pages of all commands are in
// docs/reference.md.
package main
