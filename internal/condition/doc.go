// Package condition reads conditions as people write them: "hhi_sales.mean < 1800", "0.2 <= x2 <
// 0.6 and y > 5".
//
//	conditions = condition {"and" condition}
//	condition  = NAME OP VALUE | VALUE OP NAME OP VALUE
//	OP         = < | <= | > | >= | ≤ | ≥
//	NAME       = name[.statistic], in quotes or backquotes where it holds a space-bounded "and" or one of < = >
//
// It is the one reader behind every option and key that takes a condition. What it does not
// understand it refuses with a remedy: a group separator, "or", an equals sign, a second comparison
// without "and". It knows no names and no units; the caller resolves both, so that a value is read
// in the unit of what it bounds:
//
//	read, err := condition.Read("revenue > $10B/yr")
//	all, err := condition.Resolve(read, func(name string) (condition.Quantity, error) { … })
//	all[0].Holds(12e9)
package condition
