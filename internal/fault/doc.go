// Package fault turns a panic into an error that says where the program went wrong.
//
// A panic is a bug of the program, never a mistake of its user. It is caught where a command or one
// of its workers begins,
//
//	func work() (err error) {
//		defer fault.Catch(&err)
//		…
//	}
//
// and ends the command with words and an exit code of its own. The package knows nothing of what
// the program does.
package fault
