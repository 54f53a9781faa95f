// Package text prepares what was said for matching and leads back to it.
//
// # Folding
//
// Transcripts write one sentence in many ways: full width or half, Traditional or
// Simplified, with the pauses, fillers and stutters that a recogniser heard or
// without them. Fold brings a turn to one form, so that a rule is written once:
//
//   - letters and digits are half-width and lower case, Chinese is Simplified
//     character by character (FoldRune does the same to a phrase);
//   - the only breaks are , . ? ! and a run of breaks is its strongest; commas,
//     colons, semicolons, dashes, tildes and ellipses are , and line ends are .
//   - a point inside a number or a Latin word is · and no break, the comma of
//     10,000 is gone, and the colon of 14:05 stays;
//   - quotation marks are ", brackets are ( ) [ ] < >, and one space stands between
//     two Latin words and nowhere else;
//   - pauses are gone, but one after a sentence particle (好的吧_您说) is a break;
//   - fillers (嗯, 那个 between pauses) and stutters (我我我, 反正反正) are gone.
//
// Folded text is for matching only. Span and Quote give the place of a match in the
// source: it is computed from offsets kept while folding, never searched for.
//
// # Segmentation
//
// A phrase that begins or ends in the middle of a word is no match: 没有办法 in
// 有没有办法. Whole asks Segmenter, which cuts as Segment of github.com/go-ego/gse
// does with its Simplified dictionary of 350,000 words. Loading that dictionary
// takes more than a second and 200 MB, and a linter of one short call must answer
// in a few hundredths of a second. So gse is only asked when code is generated: its
// words and costs are laid out as a double-array trie in data/words.bin, which is
// embedded and read where it lies, so that opening it costs nothing. The tests
// compare both, word for word.
package text
