// Package tiny holds a market of three labs that runs in a moment, and what tests of experiments
// share.
//
//	s := tiny.Load(t, "shock", "market.eta=0.6")
//	tiny.SameContents(t, "one worker and four", tiny.Contents(t, four), tiny.Contents(t, one))
//
// Only tests import it; the program never does.
package tiny
