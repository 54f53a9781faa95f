// Package eval compares what a pack finds with what people labelled: how many
// of the labels it finds, and how many of its findings nobody labelled.
//
// # Files of labels
//
// A file of labels is JSON Lines in UTF-8; a line is a labelled item of one of
// three shapes, and the shapes may be mixed in a file. Keys that are not named
// here are left for notes, such as "why".
//
// A turn item is one turn of an agent with all the rules that it breaks:
//
//	{"id":"T1","text":"我也没办法","violates":["wording/helpless"],"allow":["wording/dismissive"],"direction":"callback"}
//
// A call item is a call in the canonical format with all the rules it breaks:
//
//	{"id":"C1","turns":[{"role":"agent","text":"您好"},…],"expect":[{"rule":"apology/missing-after-problem","turn":2},"closing/farewell-missing"],"expect_info":["closing/thanks-missing"]}
//
// An elsewhere item labels a call that is kept in another file, by its id:
//
//	{"id":"C2","expect":[{"rule":"tone/repeat-question","turn":7,"sure":false}]}
//
// "turn" counts from 0 and is null, or left out, where something is missing
// from the whole call. "direction", "allow" and "expect_info" may be left out.
//
// # What counts
//
// A rule counts once per item, however often it fires there. It is a hit where
// it is labelled, a false alarm where it is not; a label without a firing is a
// miss. Some firings do not count:
//
//   - rules in "allow" may fire or not; so may a label with "sure":false, which
//     is a hit if it fires and no miss if it does not;
//   - on a turn item, only the rules that judge a turn by itself are looked at, see [JudgesTurn];
//   - rules of severity info are looked at only where the item names them: few
//     people label all of them. [Choice.Closed] lists the exceptions for turn items;
//   - on an elsewhere item, only the rules that were labelled are looked at: the
//     selected ones, if there is a selection, else those that the file names at least once.
//
// The first line of a file may say instead which rules were labelled, by id,
// family or glob. Then exactly these are looked at, of whatever severity:
//
//	{"labelled":["wording","tone/*","apology/missing-after-problem"]}
//
// A label whose rule no pack has is a miss, and a problem of the file.
package eval
