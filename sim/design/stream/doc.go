// Package stream gives the designs and the resampling of experiments their random numbers:
// SplitMix64 streams named by seed, name and index, so that one draw more in one place moves no
// draw elsewhere. The model never draws from them: its luck is package sim's own.
//
//	s := stream.New(stream.Of(stream.Key(seed, "lhs"), 3)) // the third stream of that name
//	i := s.Below(10)                                       // 0 to 9
package stream
