// Package claims holds what was said in January 2025 against what the model shows: the claim, its
// figure, the model's figure with its interval, and whether they agree, contradict each other, or
// cannot be told apart because the model's figure is an input or was fitted to the claim.
//
//	text, err := claims.Make(ctx, 0) // runs everything: the data as CSV
//	rows, err := claims.Builtin()    // of the present version
//
// A verdict follows from the two figures by its claim's rule; no number is written by hand but what
// was said. A test holds the embedded data against version, seeds and scenarios, and the pages
// against the data.
package claims
