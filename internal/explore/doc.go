// Package explore answers a page that plays with the model: which numbers a scenario with moved
// sliders gives, in what its replications differ from the world without its events and policies,
// and what that means in a sentence.
//
// A Session is opened on one scenario. Its State says what is moved; Path answers at once with the
// expected path, Block makes paired replications, and Gathered says what they show together:
//
//	s, err := explore.Open("deepseek-shock", yaml)
//	answer, err := s.Path(explore.State{Set: []string{"market.eta=1.3"}})
//
// The command and the page use the same package, so that both give the same numbers and words. It
// reads and writes no file.
package explore
