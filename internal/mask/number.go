package mask

import (
	"strconv"
	"strings"
)

// candidate is groups that may be one number.
type candidate struct {
	digits  string // 0 to 9, X
	shape   string // digits of each part as it is written, such as 3-4-4
	spoken  bool   // all of it
	paused  bool   // something is said between its parts
	recited bool   // each part is said in a turn of its own
	before  topic  // what was spoken of before it
	call    *dialogue
	from    element // its first
}

// guise is what a number may be looked for as.
type guise uint8

const (
	complete guise = iota // as one that its digits tell
	local                 // as one without its area code
	misheard              // as a mobile number but for a digit
)

// is recognises the number in a guise. core is how many of its digits, from the end, are the
// number itself, without the prefix of a country.
func (c *candidate) is(as guise) (core int, ok bool) {
	switch as {
	case local:
		return len(c.digits), c.local()
	case misheard:
		return len(c.digits), c.misheard()
	}
	return c.kind()
}

// free reports whether the parts of a number may be of any length: where digits
// are spoken, or written one or two at a time, or said to be such a number.
func (c *candidate) free(t topic) bool {
	return c.spoken || c.before == t && (!c.paused || c.recited) || isSlow(c.shape)
}

// isSlow reports whether no part of a shape has more than two digits.
func isSlow(shape string) bool {
	for part := range strings.SplitSeq(shape, "-") {
		if part != "1" && part != "2" {
			return false
		}
	}
	return true
}

// isSure reports whether this is a number of a person whatever stands beside it: its check
// digit says so, or words did.
func (c *candidate) isSure() bool {
	switch c.before {
	case phone, identity, bank:
		return len(c.digits) >= fewest
	}
	return c.isCard18() || len(c.digits) >= 13 && issued(c.digits) && luhn(c.digits)
}

// within reports whether the shape has these parts, each of them whole or in pieces.
func (c *candidate) within(parts ...int) bool {
	at := map[int]bool{}
	sum := 0
	for part := range strings.SplitSeq(c.shape, "-") {
		n, _ := strconv.Atoi(part)
		sum += n
		at[sum] = true
	}
	want := 0
	for _, n := range parts {
		want += n
		if !at[want] {
			return false
		}
	}
	return sum == want
}

// shaped reports whether the parts are of these lengths, or there is only one.
func (c *candidate) shaped(shapes ...string) bool {
	for _, s := range shapes {
		if c.shape == s {
			return true
		}
	}
	return !strings.Contains(c.shape, "-")
}

// kind recognises the number by its digits.
func (c *candidate) kind() (core int, ok bool) {
	switch {
	case c.isCard18():
		return 18, true
	case c.before == order:
		return 0, false
	}
	if n := c.mobile(); n > 0 {
		return n, true
	}
	if n := c.landline(); n > 0 {
		return n, true
	}
	return len(c.digits), c.isIdentity() || c.isBankCard()
}

// countryless is the number without the prefix of mainland China; country is false where it has none.
func (c *candidate) countryless() (out candidate, country bool) {
	for _, p := range []string{"0086", "86"} {
		if rest, ok := strings.CutPrefix(c.digits, p); ok && len(rest) >= 10 {
			return c.without(len(rest)), true
		}
	}
	return *c, false
}

// without is the last n digits.
func (c *candidate) without(n int) candidate {
	out := *c
	drop := len(c.digits) - n
	out.digits = c.digits[drop:]
	first, others, _ := strings.Cut(c.shape, "-")
	size, _ := strconv.Atoi(first)
	if size > drop {
		others = strings.TrimSuffix(strconv.Itoa(size-drop)+"-"+others, "-")
	}
	out.shape = others
	return out
}

// mobile is the length of a mobile number, 0 if it is none: of mainland China
// with or without 86, or of Taiwan.
func (c *candidate) mobile() int {
	one, _ := c.countryless()
	if len(one.digits) == 12 && one.digits[0] == '0' { // dialled from another town
		one = one.without(11)
	}
	d := one.digits
	switch {
	case strings.Contains(d, "X"):
	case len(d) == 11 && d[0] == '1' && '3' <= d[1] && (one.free(phone) || one.mobileShape() || one.within(3, 4, 4)):
		return 11
	case len(d) == 10 && strings.HasPrefix(d, "09") && (one.free(phone) || one.shaped("4-3-3", "4-6")):
		return 10
	}
	return 0
}

func (c *candidate) mobileShape() bool {
	return c.shaped("3-4-4", "3-8", "7-4", "4-3-4", "3-3-5", "3-4-2-2") ||
		c.before == phone && c.shaped("5-6", "6-5", "4-4-3", "4-7", "5-3-3", "3-3-3-2", "3-5-3", "3-6-2", "8-3", "2-3-3-3", "3-2-2-4")
}

// misheard is a mobile number of which a digit was not heard, or heard twice; only what is
// said before it tells.
func (c *candidate) misheard() bool {
	n := len(c.digits)
	return c.before == phone && (n == 10 || n == 12) && c.digits[0] == '1' && '3' <= c.digits[1] && !strings.Contains(c.digits, "X")
}

// landline is the length of a number with its area code, 0 if it is none.
func (c *candidate) landline() int {
	one, country := c.countryless()
	d := one.digits
	if country && d[0] != '0' {
		d = "0" + d
	}
	if len(d) < 11 || len(d) > 12 || strings.Contains(d, "X") {
		return 0
	}
	area := areaCode(d)
	if area == 0 || area == 3 && len(d) != 11 || d[area] < '2' || d[area] > '8' {
		return 0
	}
	if country || c.free(phone) || c.landlineShape(area, len(d)-area) {
		return len(one.digits)
	}
	return 0
}

// areaCode is the length of the area code that digits start with, 0 if there is none:
// 010, 02x, and 03xx to 09xx.
func areaCode(d string) int {
	switch {
	case d[:3] == "010" || d[:2] == "02":
		return 3
	case d[0] == '0' && '3' <= d[1]:
		return 4
	}
	return 0
}

func (c *candidate) landlineShape(area, rest int) bool {
	parts, ok := strings.CutPrefix(c.shape, strconv.Itoa(area)+"-")
	if !ok {
		return !strings.Contains(c.shape, "-")
	}
	return parts == strconv.Itoa(rest) || rest == 8 && parts == "4-4" || rest == 7 && (parts == "3-4" || parts == "4-3")
}

// local is a number without its area code, which only what is said before it tells.
func (c *candidate) local() bool {
	n := len(c.digits)
	return c.before == phone && (n == 7 || n == 8) && '2' <= c.digits[0] && c.digits[0] <= '8' &&
		!strings.Contains(c.digits, "X") && (c.spoken || c.shaped("4-4", "3-4", "4-3"))
}

// isCard18 reports whether this is the number of an identity card beyond doubt: its check digit is right.
func (c *candidate) isCard18() bool {
	if len(c.digits) != 18 || !isPerson(c.digits[:2], c.digits[6:14]) {
		return false
	}
	sum := 0
	for i, weight := range [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += weight * int(c.digits[i]-'0')
	}
	return "10X98765432"[sum%11] == c.digits[17]
}

// isIdentity reports whether this may be the number of an identity card, with a
// digit or two that a recogniser heard wrong.
func (c *candidate) isIdentity() bool {
	d := c.digits
	switch len(d) {
	case 18:
		return !strings.Contains(d[:17], "X") && (c.before == identity || isPerson(d[:2], d[6:14]))
	case 15:
		return !strings.Contains(d, "X") && (c.before == identity || isPerson(d[:2], "19"+d[6:12]) && (c.free(identity) || c.shaped("6-6-3")))
	}
	return false
}

// isPerson reports whether there is such a province, and may be such a birthday.
func isPerson(region, birthday string) bool {
	year, month, day := birthday[:4], birthday[4:6], birthday[6:]
	return strings.Contains("11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 91", region) &&
		"1900" <= year && year < "2040" && "01" <= month && month <= "12" && "01" <= day && day <= "31"
}

// isBankCard reports whether this is the number of a bank card: of an issuer's range and with
// the right check digit, or said to be one.
func (c *candidate) isBankCard() bool {
	d := c.digits
	if len(d) < 13 || len(d) > 19 || strings.Contains(d, "X") {
		return false
	}
	if c.before == bank && (!c.paused || c.spoken || c.recited) {
		return true
	}
	if !c.free(bank) && !c.shaped(bankShapes()...) {
		return false
	}
	if issued(d) && luhn(d) {
		return true
	}
	if c.before != unsaid || c.paused && !c.spoken { // recognisers hear digits wrong, so the check digit cannot be all that counts
		return false
	}
	talk := c.call.cardTalk(c.from)
	return talk == asked || talk == mentioned && issued(d)
}

// bankShapes are the ways in which people part the numbers of cards.
func bankShapes() []string {
	return []string{"4-4-4-4", "4-4-4-4-1", "4-4-4-4-2", "4-4-4-4-3", "4-4-4-3", "4-4-4-7", "4-6-5", "6-4-4-5", "6-6-7", "6-10", "6-13", "8-8"}
}

// issued reports whether cards that people pay with start like this. 62 is UnionPay's; older
// cards of Chinese banks start with 60 and 9.
func issued(d string) bool {
	two := d[:2]
	switch {
	case d[0] == '4':
		return len(d) == 13 || len(d) == 16 || len(d) == 19
	case "51" <= two && two <= "55", "2221" <= d[:4] && d[:4] <= "2720":
		return len(d) == 16
	case two == "34", two == "37":
		return len(d) == 15
	case two == "62", two == "60", two == "35", two == "36", two == "95", two == "94", two == "98", two == "56", two == "58", two == "68", two == "69", two == "81":
		return len(d) >= 14
	}
	return false
}

// luhn reports whether the last digit is the check digit of the others.
func luhn(d string) bool {
	sum := 0
	for i := range len(d) {
		n := int(d[len(d)-1-i] - '0')
		if i%2 == 1 {
			if n *= 2; n > 9 {
				n -= 9
			}
		}
		sum += n
	}
	return sum%10 == 0
}
