// Package design chooses where an experiment looks: points in the unit hypercube, one coordinate
// per input, which a study then carries to values by each input's list, range or distribution. It
// never sees those values.
//
// Designs is the table of all designs. A design depends on its Spec alone, and any row can be had
// without the others, so shards and restarts see the same points whatever their number. Coordinates
// lie in (0, 1), so that every quantile function is finite there; an unscrambled Sobol' sequence
// alone contains 0. An input with L listed values takes value ⌊u·L⌋.
//
//	d, err := design.LookUp("lhs")
//	points, err := d.Make(design.Spec{Dimensions: 2, Samples: 100, Seed: 1})
//	points.Row(99, nil) // the last point, without the others
package design
