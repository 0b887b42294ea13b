package wirefmt

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"broadsheet/internal/news"
)

// cutDateline reads the dateline that opens a body: PLACE[, Country] (Source) -- text, with any dash, or without the
// source; in Arabic script also as Persian papers print it, place، country - source: text. rest is the text behind it.
//
// An ordinary sentence with a dash in it is no dateline: in scripts with capitals the place is written in capitals only
// and, without a source, the text begins like a sentence; in Arabic script the place is a word or two. A date that
// wires put behind the place is cut off and not kept.
func cutDateline(s string) (line news.Dateline, rest string, ok bool) {
	head, rest, ok := cutAtDash(s)
	if !ok {
		return news.Dateline{}, s, false
	}
	if line, rest, ok := persianDateline(head, rest); ok {
		return line, rest, true
	}
	where, source, ok := cutSource(strings.TrimFunc(head, isInvisible))
	if !ok {
		return news.Dateline{}, s, false
	}
	place, country := cutPlace(where, source != "")
	line = news.Dateline{Place: place, Country: country, Source: source}
	if isCased(place) {
		ok = isCapitals(place) && isCountry(country) && (source != "" || beginsSentence(place, rest))
	} else {
		ok = isArabicPlace(line, rest)
	}
	if !ok || (news.Content{Dateline: line}).Validate() != nil {
		return news.Dateline{}, s, false
	}
	return line, rest, true
}

// headMost bounds a dateline, in bytes.
const headMost = 300

// cutAtDash parts a text at its first dash that could end a dateline: with white space or a bracket before it, and
// white space behind if it is short. A long dash (-- or —) may also stand close behind a capital.
func cutAtDash(s string) (head, rest string, ok bool) {
	for i := 0; i < len(s) && i < headMost; {
		r, n := utf8.DecodeRuneInString(s[i:])
		if !isDash(r) {
			i += n
			continue
		}
		run := spanOf(s[i:], isDash)
		head, rest = s[:i], s[i+run:]
		before, _ := utf8.DecodeLastRuneInString(head)
		after, _ := utf8.DecodeRuneInString(rest)
		long := strings.Contains(s[i:i+run], "--") || strings.ContainsAny(s[i:i+run], "—―")
		parted := unicode.IsSpace(before) || before == ')'
		spaced := rest == "" || unicode.IsSpace(after)
		if parted && (spaced || long) || long && unicode.IsUpper(before) {
			return head, strings.TrimLeft(rest, " \t\u00a0"), true
		}
		i += run
	}
	return "", "", false
}

func isDash(r rune) bool {
	return r == '-' || r == '–' || r == '—' || r == '―' || r == '\u2010' || r == '\u2011'
}

// cutSource takes "(Source)" off the end of a dateline's head.
func cutSource(head string) (where, source string, ok bool) {
	if !strings.HasSuffix(head, ")") {
		return head, "", !strings.ContainsAny(head, "()")
	}
	open := strings.IndexByte(head, '(')
	if open < 0 {
		return "", "", false
	}
	source = strings.TrimFunc(head[open+1:len(head)-1], isInvisible)
	words := len(strings.Fields(source))
	if words == 0 || words > 6 || utf8.RuneCountInString(source) > 60 || strings.ContainsAny(source, "()!?؟:;") {
		return "", "", false
	}
	return strings.TrimFunc(head[:open], isInvisible), source, true
}

// cutPlace parts place and country. Behind a source a part with digits is a date.
func cutPlace(where string, dated bool) (place, country string) {
	parts := strings.FieldsFunc(where, func(r rune) bool { return r == ',' || r == '،' })
	if strings.HasSuffix(where, ",") || strings.HasSuffix(where, "،") || len(parts) == 0 {
		return "", ""
	}
	var rest []string
	for _, p := range parts[1:] {
		if dated && strings.ContainsFunc(p, unicode.IsDigit) {
			continue
		}
		rest = append(rest, strings.TrimFunc(p, isInvisible))
	}
	comma := ", "
	if strings.Contains(where, "،") {
		comma = "، "
	}
	return strings.TrimFunc(parts[0], isInvisible), strings.Join(rest, comma)
}

func isCased(s string) bool {
	r := firstLetter(s)
	return unicode.IsUpper(r) || unicode.IsLower(r)
}

// isName is true for one to most words of letters, with the marks that names carry.
func isName(s string, most int) bool {
	if n := len(strings.Fields(s)); n == 0 || n > most {
		return false
	}
	return !strings.ContainsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.Is(unicode.Cf, r) && !strings.ContainsRune(" \u00a0.-'’", r)
	})
}

func isCapitals(place string) bool {
	letters := 0
	for _, r := range place {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return letters >= 2 && isName(place, 5)
}

func isCountry(s string) bool {
	if s == "" {
		return true
	}
	for part := range strings.SplitSeq(s, ",") {
		if !isName(part, 6) {
			return false
		}
		for _, w := range strings.Fields(part) {
			if startsSmall(w) && !small[w] {
				return false
			}
		}
	}
	return true
}

// notPlaces are words in capitals that open a text without being a place.
var notPlaces = map[string]bool{"BREAKING": true, "UPDATE": true, "URGENT": true, "FLASH": true, "ALERT": true, "BULLETIN": true,
	"CORRECTION": true, "CORRECTED": true, "CLARIFICATION": true, "EXCLUSIVE": true, "ANALYSIS": true, "OPINION": true,
	"COMMENT": true, "FEATURE": true, "FACTBOX": true, "NOTE": true, "WATCH": true, "LIVE": true, "ADVISORY": true,
	"ATTENTION": true, "EDITORS": true, "KILL": true, "WARNING": true, "Q": true, "A": true, "OK": true, "NO": true, "YES": true}

// beginsSentence is true where the text behind a dateline without a source begins as a sentence does, and its dash has
// no second one that would make it an aside.
func beginsSentence(place, rest string) bool {
	if notPlaces[firstWord(place)] {
		return false
	}
	first, _ := utf8.DecodeRuneInString(rest)
	if rest != "" && !unicode.IsUpper(first) && !unicode.IsDigit(first) && !strings.ContainsRune("\"“‘'«(", first) {
		return false
	}
	return !hasAside(rest)
}

// hasAside is true where a spaced dash stands in the first sentence.
func hasAside(s string) bool {
	for i, r := range s {
		if strings.ContainsRune(".!?؟", r) && i+1 < len(s) && s[i+1] == ' ' {
			return false
		}
		if isDash(r) && i > 0 && s[i-1] == ' ' {
			return true
		}
	}
	return false
}
