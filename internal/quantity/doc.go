// Package quantity is the one clock and the one set of words for numbers: it turns decimal years
// into dates and numbers into prose.
//
// It is a leaf: it imports nothing of this module, so that whoever reads or writes a number can use
// it. It never computes with the model and never reads a file.
//
//	quantity.LastDay(2025.0) // "2024-12-31", which dates what is observed when the year begins
//	quantity.DayOf(2025.0)   // "2025-01-01", which dates what begins
//	quantity.Money(6.2e6)    // "$6.2M"
package quantity
