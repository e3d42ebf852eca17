// Package reference turns the model's own tables, tags and comments into the pages and tables that
// explain them: the handbook. A page is written by hand but for its blocks, which [Rewrite] fills;
// a test fails where a block is stale.
//
//	page, err := reference.Rewrite(string(text), reference.Blocks())
//
// It says nothing that does not stand in the code: a word that a page lacks is written there.
package reference
