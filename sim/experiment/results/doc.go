// Package results is the folder that an experiment leaves: its lock, its identity, its manifest,
// its tables and the way files get into it whole, and its reading back.
//
// A folder that has a manifest is complete, for the manifest is written last. Until then what is
// done lies in a subfolder, with a note that says what it belongs to. Open settles what becomes of
// an experiment that is there already.
//
//	o, err := results.Load("results/baseline")
//	o.Stats("baseline", "2033-12-31", "hhi_sales").Mean
//
// It knows no experiment: it never runs a model, and whoever does says in a Claim what is to be
// told.
package results
