// Package reference turns the model's own tables, tags and comments into the pages and tables that
// explain them: the handbook. A page is written by hand but for its blocks, which [Rewrite] fills;
// a test fails where a block is stale.
package reference
