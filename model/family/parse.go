package family

import "strings"

// parseVersion parses a whole text as one version.
func parseVersion(text string) (Version, bool) {
	rest := text
	if rest != "" && rest[0]|0x20 == 'v' && len(rest) > 1 && isDigit(rest[1]) {
		rest = rest[1:]
	}
	if v, ok := parseDotted(rest); ok {
		v.Text = text
		return v, true
	}
	if v, ok := parseDate(rest); ok {
		v.Text = text
		return v, true
	}
	return Version{Text: text}, isCommit(text) || isCommitAndDate(text)
}

// parseDotted parses 1.4.0, 2.0.1-rc1, 1.4.0-14-g3fa2bc5 and 1.4.0+build.5: three
// numbers, and perhaps a pre-release and build metadata.
func parseDotted(text string) (Version, bool) {
	core := text[:len(text)-len(strings.TrimLeft(text, digits+"."))]
	if rest := text[len(core):]; rest != "" {
		core = strings.TrimSuffix(core, ".") // 1.4.0.rc1
	}
	if !isThreeNumbers(core) {
		return Version{}, false
	}
	v := Version{scheme: dotted, core: core}
	pre, metadata, hasMetadata := strings.Cut(text[len(core):], "+")
	if hasMetadata && (metadata == "" || strings.Trim(metadata, letters+digits+".-") != "") {
		return Version{}, false
	}
	if pre == "" {
		return v, true
	}
	if strings.IndexByte("-._", pre[0]) >= 0 {
		pre = pre[1:]
	} else if isDigit(pre[0]) {
		return Version{}, false
	}
	v.pre = pre
	return v, v.checkPre()
}

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

// checkPre reports whether every part of the pre-release is a number, a usual word like
// rc1, or a commit. Other words are variants, not versions: 1.4.0-slim. A commit makes the
// version unordered.
func (v *Version) checkPre() bool {
	for rest := v.pre; ; {
		var part string
		part, rest = cutPart(rest)
		switch {
		case part != "" && strings.Trim(part, digits) == "":
		case isPreWord(part):
		case isCommit(part), part != "" && part[0] == 'g' && isCommit(part[1:]):
			v.scheme = unordered
		default:
			return false
		}
		if rest == "" {
			return true
		}
	}
}

// isPreWord reports whether the part is a word for a pre-release, perhaps with a number.
func isPreWord(part string) bool {
	word := strings.ToLower(strings.TrimRight(part, digits))
	switch word {
	case "alpha", "beta", "rc", "pre", "preview", "dev", "snapshot", "nightly", "canary", "next":
		return true
	case "a", "b", "c":
		return len(word) < len(part)
	default:
		return false
	}
}

// isThreeNumbers reports whether the text is like 1.4.0.
func isThreeNumbers(text string) bool {
	const longest = 12 // digits
	parts := 0
	for part := range strings.SplitSeq(text, ".") {
		if parts++; part == "" || len(part) > longest || strings.Trim(part, digits) != "" {
			return false
		}
	}
	return parts == 3
}

// parseDate parses 20261128, also with a time, a number of the day, or a commit after it:
// 20261128-1530, 20261128T153000Z, 20261128.2, 20261128-3fa2bc5.
func parseDate(text string) (Version, bool) {
	const length = len("20261128")
	if len(text) < length || !isDate(text[:length]) {
		return Version{}, false
	}
	v, rest := Version{scheme: date, core: text[:length]}, text[length:]
	if rest == "" {
		return v, true
	}
	separator, rest := rest[0], rest[1:]
	switch {
	case separator|0x20 == 't' && isClock(strings.TrimRight(rest, "zZ")) && len(rest) <= len("153000Z"):
		v.pre = clock(strings.TrimRight(rest, "zZ"))
	case strings.IndexByte("-_.", separator) < 0:
		return Version{}, false
	case isClock(rest):
		v.pre = clock(rest)
	case separator == '.' && rest != "" && len(rest) <= 3 && strings.Trim(rest, digits) == "":
		v.pre = rest
	case isCommit(rest):
		v.scheme = unordered
	default:
		return Version{}, false
	}
	return v, true
}

// isDate reports whether eight digits are a date of this century.
func isDate(text string) bool {
	if len(text) != 8 || strings.Trim(text, digits) != "" || text[:2] != "20" {
		return false
	}
	year, month, day := number(text[:4]), number(text[4:6]), number(text[6:])
	if month < 1 || month > 12 || day < 1 {
		return false
	}
	days := [...]int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}[month-1]
	if month == 2 && year%4 == 0 && (year%100 != 0 || year%400 == 0) {
		days++
	}
	return day <= days
}

// isClock reports whether the text is a time: 1530 or 153000.
func isClock(text string) bool {
	if len(text) != 4 && len(text) != 6 || strings.Trim(text, digits) != "" {
		return false
	}
	return number(text[:2]) < 24 && number(text[2:4]) < 60 && (len(text) == 4 || number(text[4:]) < 61)
}

// clock returns the time with its seconds.
func clock(text string) string {
	if len(text) == 4 {
		return text + "00"
	}
	return text
}

// number returns the value of a few digits.
func number(text string) int {
	n := 0
	for i := range len(text) {
		n = n*10 + int(text[i]-'0')
	}
	return n
}

// isCommit reports whether the text is a hash: 7 to 40 hexadecimal digits, at least one of
// them a letter and one a digit. A word or a number is no hash.
func isCommit(text string) bool {
	if len(text) < 7 || len(text) > 40 {
		return false
	}
	letter, digit := false, false
	for i := range len(text) {
		switch c := text[i]; {
		case isDigit(c):
			digit = true
		case 'a' <= c|0x20 && c|0x20 <= 'f':
			letter = true
		default:
			return false
		}
	}
	return letter && digit
}

// isCommitAndDate reports whether the text is like 3fa2bc5-20261128.
func isCommitAndDate(text string) bool {
	commit, day := cutPart(text)
	return isCommit(commit) && isDate(day)
}

// isSeparator reports whether the byte is one of [separators].
func isSeparator(c byte) bool {
	switch c {
	case '-', '_', ':', '/', '.', '@':
		return true
	default:
		return false
	}
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
