// Package visible keeps text that comes from outside – files, names, paths – from being obeyed
// where it is only to be shown: by terminals, which read control characters as commands, by pages
// and drawings, and by spreadsheets, which take some cells for formulas. It is a leaf and knows
// nothing of what the texts mean.
//
//	w := visible.Writer(os.Stderr) // whatever is written there shows control characters, as U+FFFD
//	visible.Formula("=1+1")        // true: a spreadsheet would compute it
package visible
