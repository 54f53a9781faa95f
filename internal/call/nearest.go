package call

// Nearest returns the candidate that name was most likely meant to be, or ""
// if none is near: at most a third of the characters may differ.
func Nearest(name string, candidates []string) string {
	best, bestDistance := "", len([]rune(name))/3+1
	for _, c := range candidates {
		if d := distance([]rune(name), []rune(c)); d < bestDistance {
			best, bestDistance = c, d
		}
	}
	return best
}

// distance is the number of runes to insert, delete or replace to turn a into b.
func distance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j := range b {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// DidYouMean is the hint to append to an error about an unknown name; it is
// empty where no candidate is near.
func DidYouMean(name string, candidates []string) Say {
	near := Nearest(name, candidates)
	if near == "" {
		return Say{}
	}
	return Sayf("，是不是想写 %q？", "; did you mean %q?", near)
}
