// Package aside clears the place of a file that is about to be written whole.
//
//	if err := aside.Folder(path); err == nil {
//		err = wholefile.Write(path, text)
//	}
//
// A folder that stands there, left by whoever, hinders no command and is not lost. The package
// removes nothing that holds anything.
package aside
