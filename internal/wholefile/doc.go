// Package wholefile writes files that are seen when they are complete.
//
//	err := wholefile.Write("report.html", text)
//
// The bytes go into a file beside the target, whose name begins with a dot and ends with .tmp- and
// a number; it is synced and takes the target's name. A reader finds the old file or the new one,
// and a process that is killed leaves the old one. What it was writing stays beside the target,
// where the next owner of the folder takes it away (Strays), and never in a folder for temporary
// files, which another program fills and nobody clears.
package wholefile
