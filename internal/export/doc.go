// Package export describes a results folder in the words of others: the formats in which data are
// archived, exchanged and cited. It reads what a run has left and writes files beside it; it never
// runs a model and never changes a table.
//
//	folder, err := export.Open("results/deepseek-shock")
//	text, err := folder.DataPackage(export.Terms{})      // datapackage.json, Frictionless Data Package 1.0
//	text, err = folder.Crate(export.Terms{Author: "…"})  // ro-crate-metadata.json, RO-Crate 1.1
//	err = folder.IAMC(w, nil)                            // a row per variable and statistic, a column per year
//	fmt.Print(folder.Cite())                             // a sentence, a BibTeX entry, the hash
//
// Titles, units and meanings come from the folder's own dictionary, checksums from its manifest, so
// that the same folder gives the same bytes.
package export
