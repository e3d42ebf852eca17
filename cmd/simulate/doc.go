// Command simulate runs scenarios of AI labs, compute and market concentration.
//
//	simulate run deepseek-shock
//
// There is a file for each command, with its row of arguments, options and example; newApp lists
// them. Whatever computes lives in packages below: a command reads its options, calls one of them
// and shows what came out. Errors become exit codes in one place, exit.go. The pages of all
// commands are in docs/reference.md.
package main
