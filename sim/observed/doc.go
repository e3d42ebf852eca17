// Package observed holds the series that the model is confronted with, and reads further ones.
//
//	points := observed.Builtin()                 // they end with 2024, so that later years stay a test
//	mine, err := observed.Read("mine.csv", file) // the same columns
//	for _, s := range observed.Join(append(points, mine...)) { … }
//
// It never says how well the model does: that is package history's.
//
// Data: Epoch AI (epoch.ai), CC BY 4.0; modified.
package observed
