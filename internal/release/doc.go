// Release builds what a release consists of, with Go alone:
//
//	go run ./internal/release --out dist --commit COMMIT
//
// For Linux, macOS and Windows on amd64 and arm64 it builds a static program, stamped with its
// commit by the linker, and packs it with LICENSE, NOTICE, CITATION.cff, README and all that this
// links to, and the licences of all linked modules. SHA256SUMS lists the archives, NOTE.md is the
// section of CHANGELOG.md for this version. The same sources, commit and Go release give the same
// bytes. It never publishes anything.
package main
