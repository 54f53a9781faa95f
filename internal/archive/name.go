package archive

import (
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// shownName is the name of a member as people may see it: decoded, with slashes,
// without what would lead out of the archive ("..", "/", "C:"), and without characters
// that a terminal acts upon. Windows writes names in GBK and does not say so.
func shownName(raw string) string {
	if !utf8.ValidString(raw) {
		raw, _ = simplifiedchinese.GB18030.NewDecoder().String(raw) // what it does not have becomes U+FFFD
	}
	raw = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) && r != '\u3000' {
			return utf8.RuneError
		}
		return r
	}, strings.ReplaceAll(raw, `\`, "/"))
	parts := slices.DeleteFunc(strings.Split(raw, "/"), func(part string) bool {
		return part == "" || part == "." || part == ".." || len(part) == 2 && part[1] == ':'
	})
	if len(parts) == 0 {
		return "?"
	}
	return strings.Join(parts, "/")
}

// Junk reports whether a member is one that programs leave in archives, and no person
// put there: folders and files that are hidden or begin with "__", Thumbs.db.
func Junk(name string) bool {
	return strings.EqualFold(path.Base(name), "thumbs.db") || strings.EqualFold(path.Base(name), "desktop.ini") ||
		slices.ContainsFunc(strings.Split(name, "/"), func(part string) bool {
			return strings.HasPrefix(part, ".") || part == "__MACOSX"
		})
}
