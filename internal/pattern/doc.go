// Package pattern holds regular expressions back until they are asked for the first time. Compiling
// the larger ones at the start would cost every command more than most commands take.
//
//	var remark = pattern.Late(`(?i)^(source|note)\b`)
//	if remark().MatchString(line) { … }
//
// Where a pattern is held against very many texts, Starts and ContainsFolded tell most of those
// that it does not match.
//
// A small pattern needs no delay; regexp.MustCompile says the same in one word less.
package pattern
