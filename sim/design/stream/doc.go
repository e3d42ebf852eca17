// Package stream gives the designs and the resampling of experiments their random numbers:
// SplitMix64 streams named by seed, name and index, so that one draw more in one place moves no
// draw elsewhere.
package stream
