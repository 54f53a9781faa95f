// Package intake finds inputs, decodes them and reads calls out of them.
//
// [Open] turns paths into chunks, serially and in order; [Chunk.Items] turns a
// chunk into calls and problems, and may run on any goroutine. Memory is bound
// by the chunks that are alive, not by the size of the inputs:
//
//	find.go      paths, folders, globs and "-" → files
//	box.go       packed files: members of archives, Office documents
//	refuse.go    files that are no text at all: pdf, audio …
//	charset.go   which encoding a file is in, and its decoder
//	stream.go    a decoded file, cut where a call ends
//	detect.go    which format a file is in
//	mend.go      damaged characters in a chunk
//	roles.go     who is the agent
//
// # Adding a JSON format
//
// A recogniser's or chat tool's JSON is one [document]: the key it is known by, and
// a function that adds its calls. Write it beside those of its family, add it to
// documents, and put a fixture in testdata/formats. Its function says which fields hold
// the words, the speaker and the times (columns); [talk] sorts, joins and
// dates the sentences the same way for all of them.
//
// # Adding another format
//
//  1. Write one file with a function that returns its [format]: a name for
//     --in-format, what it is, a sniff on the first 64 KB, a parse.
//  2. Add that function to the list in formats.
//  3. Put a sample in testdata/formats and its line in TestFormats.
//
// A sniff sees the decoded start of the file and, for JSON, its first value
// (repaired where the 64 KB end in the middle of it), so most JSON formats sniff with
// a look at one key. Sniffs must exclude each other: TestSniffsAreExclusive
// tries each of them on each sample. A parse gets whole calls, because
// the cut of the format says where a stream may be cut; a format without cut gets the
// whole file. It yields calls with the roles it knows for certain, sets
// Turn.Speaker where it does not, and leaves the rest (markers of speech
// recognition, roles, calls without turns) to [Chunk.Items].
package intake
