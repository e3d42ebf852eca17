// Package measure computes the model's measures of concentration and inequality on amounts that
// somebody observed.
//
// A table is long, a row per member, or wide: a column per member and a row per period, or a column
// per period and a row per member. Sums, remainders and shares on two scales stand in such tables
// too; what is found is said in the result's notes.
package measure
