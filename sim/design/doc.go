// Package design chooses where an experiment looks: points in the unit hypercube, one coordinate
// per input, which a study then carries to values by each input's list, range or distribution.
//
// Designs is the table of all designs. A design depends on its Spec alone, and any row can be had
// without the others, so shards and restarts see the same points whatever their number. Coordinates
// lie in (0, 1), so that every quantile function is finite there; an unscrambled Sobol' sequence
// alone contains 0. An input with L listed values takes value ⌊u·L⌋.
package design
