package wirefmt

import (
	"strings"
	"unicode"
)

// cutFurniture takes the form and the buttons of a captured page off the end of the text: lines that hold nothing but
// such labels ("* Comment:", "Name:", "Email: ____", "Share"), up to the last line that holds anything else.
func (d *dispatch) cutFurniture(lines []line) []line {
	end, sure := len(lines), false
	for end > 0 {
		l := lines[end-1]
		kind := 1
		if !l.blank() {
			kind = furnitureKind(l.text)
		}
		if kind == 0 {
			break
		}
		sure = sure || kind == 2
		end--
	}
	if !sure {
		return lines
	}
	for _, l := range lines[end:] {
		if !l.blank() {
			d.note(l.no, RuleFurniture, strings.TrimSpace(l.text), "“%s” is part of the page it was copied from and was left out.", short(trimInvisible(l.text)))
		}
	}
	return lines[:end]
}

// furnitureKind is 0 for a line of text, 1 for furniture that needs a surer sign beside it, 2 for a sure sign. Several
// labels may stand on one line.
func furnitureKind(s string) int {
	rest, kind := strings.Trim(s, " \t"), 1
	for rest != "" {
		word, mark, after := cutLabel(rest)
		list := foldedFurniture()[squeeze(word)]
		switch {
		case list == 0 || strings.ContainsFunc(word, isNoLabel):
			return 0
		case list == 1 && mark, list == 2:
			kind = 2
		}
		rest = after
	}
	return kind
}

// cutLabel takes one label off the front: an optional star, words, an optional colon or star, an optional rule to
// write on. Where no colon parts them, the whole rest is the label.
func cutLabel(s string) (word string, mark bool, rest string) {
	s = strings.TrimLeftFunc(s, isInvisible)
	if after, ok := strings.CutPrefix(s, "*"); ok {
		s, mark = after, true
	}
	i := strings.IndexAny(s, ":：*")
	if i < 0 {
		return trimField(s), mark, ""
	}
	word, rest = s[:i], s[i:]
	sign, after := rest[:1], rest[1:]
	if r, ok := strings.CutPrefix(rest, "："); ok {
		sign, after = "：", r
	}
	if sign == "*" && strings.TrimSpace(word) != "" && startsLabel(after) {
		return trimField(word), mark, rest // the star belongs to the next label
	}
	return trimField(word), true, strings.TrimLeftFunc(after, isBlankField)
}

func isNoLabel(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsMark(r) && !isInvisible(r) && r != '-'
}

func startsLabel(s string) bool { return strings.ContainsFunc(s, unicode.IsLetter) }

func trimField(s string) string { return strings.TrimFunc(s, isBlankField) }

// isBlankField is true for what fills an empty field of a form.
func isBlankField(r rune) bool { return isInvisible(r) || r == '_' || r == '[' || r == ']' }
