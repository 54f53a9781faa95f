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

// distance is the number of runes to insert, delete, replace or swap with their
// neighbour to turn a into b.
func distance(a, b []rune) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range b {
		rows[0][j+1] = j + 1
	}
	for i := range a {
		for j := range b {
			cost := rows[i][j]
			if a[i] != b[j] {
				cost++
			}
			rows[i+1][j+1] = min(cost, rows[i][j+1]+1, rows[i+1][j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				rows[i+1][j+1] = min(rows[i+1][j+1], rows[i-1][j-1]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
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
