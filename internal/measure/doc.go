// Package measure computes the model's measures of concentration and inequality on amounts that
// somebody observed.
//
// A table is long, a row per member, or wide: a column per member and a row per period, or a column
// per period and a row per member. Sums, remainders and shares on two scales stand in such tables
// too; what is found is said in the result's notes, and what can be read in two ways is refused
// with the options that tell them apart, never guessed.
//
//	sheet, err := table.Open("shares.csv", os.Stdin, table.Options{})
//	r, err := measure.Of(sheet, measure.Options{})
//	fmt.Println(r.Groups[0].Values) // a value for each row of concentration.Measures
package measure
