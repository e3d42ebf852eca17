// Package formats says which kinds of tables the program reads and writes beside CSV. It alone puts
// the codecs together, so that what needs no Parquet and no workbooks, as a page does, links none
// of them.
package formats
