// Package shell writes command lines that a reader can paste into a shell, whatever spaces and
// quotes names hold.
//
// It is a leaf and only writes text; nothing is run.
//
//	"simulate plot " + shell.Path("it's mine") // simulate plot 'it'\\''s mine'
package shell
