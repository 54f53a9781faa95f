// Package archive reads files that are packed in others: gzip, Zstandard, zip and
// tar. Members are yielded in their order and read as streams. Nothing is written to
// disk: the name of a member is only a name, and one that can be shown.
//
//	kind.go   which packing a file has, by its content
//	guard.go  limits, against archives that are small only on disk
//	packed.go gzip and Zstandard
//	zip.go    zip, and the Office files that are zip files
//	tar.go    tar
//	name.go   names of members
package archive
