package wirefmt

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
)

// header reads the fields at the top, in any order, and returns the lines from the headline on.
func (d *dispatch) header(lines []line) ([]line, error) {
	d.given = map[field]string{}
	for i, l := range lines {
		if l.blank() {
			continue
		}
		took, err := d.headerLine(l, lines[i+1:])
		if err != nil {
			return nil, err
		}
		if !took {
			return lines[i:], nil
		}
	}
	return nil, nil
}

func (d *dispatch) headerLine(l line, below []line) (bool, error) {
	if pieces := fieldsOn(l.text); len(pieces) > 0 {
		for _, p := range pieces {
			if err := d.setField(line{l.no, p.text}, p.field, p.value); err != nil {
				return true, err
			}
		}
		return true, nil
	}
	if isDateLine(l.text, d.options.Calendar) {
		d.note(l.no, RuleMasthead, strings.TrimSpace(l.text), "“%s” is the date of the paper it was copied from and was left out.", trimInvisible(l.text))
		return true, nil
	}
	if names, ok := bareByline(l.text); ok && !opensBody(below) {
		return true, d.setField(l, fieldByline, names)
	}
	return false, nil
}

// piece is one field on a line: its text with the label, and its value.
type piece struct {
	field       field
	value, text string
}

// fieldsOn reads the fields of one line. Pages often have two on it: "News ID: 48213 | Publish Date: 12 March 2026".
func fieldsOn(s string) []piece {
	f, value, ok := labelled(s)
	if !ok {
		return nil
	}
	if start := nextLabel(s); start > 0 {
		_, value, _ = labelled(s[:start])
		value = strings.TrimRightFunc(value, func(r rune) bool { return isInvisible(r) || strings.ContainsRune("|,،;•·-–/", r) })
		return append([]piece{{f, value, s[:start]}}, fieldsOn(s[start:])...)
	}
	return []piece{{f, value, s}}
}

// nextLabel is where a second label that is no ordinary word begins on a line; 0 = nowhere.
func nextLabel(s string) int {
	first := strings.IndexAny(s, ":：﹕")
	for i := first + 1; i < min(len(s), 600); i++ { // a line of fields is short
		if s[i] != ':' && !strings.HasPrefix(s[i:], "：") {
			continue
		}
		start := len(strings.TrimRight(s[:i], " "))
		for range 3 { // words
			start = strings.LastIndexByte(strings.TrimRight(s[:max(start, 0)], " "), ' ') + 1
			if start <= first {
				break
			}
			if known, ok := foldedLabels()[squeeze(s[start:i])]; ok && !known.loose && !strings.ContainsFunc(s[start:i], unicode.IsDigit) {
				return start
			}
		}
	}
	return 0
}

// labelled reads "Label: value".
func labelled(s string) (f field, value string, ok bool) {
	i := strings.IndexAny(s, ":：﹕")
	if i < 0 || i > 60 {
		return "", "", false
	}
	_, colon := utf8.DecodeRuneInString(s[i:])
	known, ok := foldedLabels()[squeeze(s[:i])]
	if !ok || strings.ContainsFunc(s[:i], unicode.IsDigit) {
		return "", "", false
	}
	value = trimInvisible(s[i+colon:])
	if known.loose && value != "" && !suits(known.field, value) {
		return "", "", false
	}
	return known.field, value, !known.loose || value != ""
}

// suits is true where a value looks like what the field holds.
func suits(f field, value string) bool {
	if f == fieldByline {
		return looksLikeNames(value)
	}
	_, err := readDate(value, locale.Gregorian)
	return err == nil || isDoubt(err)
}

func (d *dispatch) setField(l line, f field, value string) error {
	before, twice := d.given[f]
	if twice && value != "" && before != "" && before != value && f != fieldByline {
		return lineError(l.no, "the %s is given twice, as “%s” and as “%s”: leave one of them out", f, short(before), short(value))
	}
	d.given[f] = value
	if value == "" {
		d.note(l.no, RuleField, strings.TrimSpace(l.text), "The %s is empty.", f)
		return nil
	}
	d.note(l.no, RuleField, strings.TrimSpace(l.text), "The %s was read: %s.", f, strings.TrimRight(short(value), "."))
	switch f {
	case fieldNewsID:
		return d.setNewsID(l, value)
	case fieldDate:
		return d.setDate(l, value)
	case fieldKicker:
		d.item.Content.Kicker = oneLine(value)
		return longField(l.no, f, d.item.Content.Kicker, 120)
	case fieldSection:
		d.item.Section = oneLine(value)
		return longField(l.no, f, d.item.Section, 80)
	default:
		if name := oneLine(value); !slices.Contains(d.bylines, name) {
			d.bylines = append(d.bylines, name)
		}
		return d.setBylines(l)
	}
}

func (d *dispatch) setNewsID(l line, value string) error {
	visible := strings.Map(func(r rune) rune { return keepIf(!unicode.Is(unicode.Cf, r), r) }, value)
	id, err := news.ParseID(locale.ParseDigits(visible))
	if err != nil {
		return lineError(l.no, "“%s” is not a News ID: write a number of up to nine digits such as 48213, or take the line out", short(value)).In("newsid")
	}
	d.item.NewsID = id
	return nil
}

func (d *dispatch) setDate(l line, value string) error {
	at, remarks, err := readTime(value, d.options)
	if err != nil {
		return lineError(l.no, "the publish date “%s” cannot be used because %s: correct it and import again", short(value), err.Error()).In("published")
	}
	for _, r := range remarks {
		d.note(l.no, r.Rule, "", "%s", r.Message)
	}
	d.item.PublishedAt = at
	return nil
}

func (d *dispatch) setBylines(l line) error {
	bylines := news.ParseBylines(strings.Join(d.bylines, ","))
	content := news.Content{Bylines: bylines}
	switch {
	case len(bylines) == 0:
		return lineError(l.no, "the byline has no name: write one, or take the line out").In("byline")
	case content.Validate() != nil:
		return lineError(l.no, "the byline has at most 20 names of at most 120 characters: shorten it").In("byline")
	}
	d.item.Content.Bylines = bylines
	return nil
}

func longField(no int, f field, value string, most int) error {
	if n := utf8.RuneCountInString(value); n > most {
		return lineError(no, "the %s has %d characters and may have %d: shorten it", f, n, most)
	}
	return nil
}

// short is a value as a sentence quotes it.
func short(s string) string {
	if r := []rune(s); len(r) > 80 {
		return string(r[:79]) + "…"
	}
	return s
}

func oneLine(s string) string { return strings.TrimSpace(strings.ReplaceAll(s, "\t", " ")) }

// bareByline reads "By Mira Halden", «به قلم …», «بقلم …» without a colon.
func bareByline(s string) (names string, ok bool) {
	s = trimInvisible(s)
	for _, by := range []string{"By", "BY", "به قلم", "به‌قلم", "بقلم"} {
		rest, ok := strings.CutPrefix(s, by)
		if ok && rest != "" && unicode.IsSpace([]rune(rest)[0]) {
			rest = trimInvisible(rest)
			return rest, looksLikeNames(rest)
		}
	}
	return "", false
}

// small are the words of a byline that are no names.
var small = map[string]bool{"and": true, "for": true, "in": true, "of": true, "the": true, "de": true, "da": true,
	"di": true, "du": true, "van": true, "von": true, "der": true, "den": true, "la": true, "le": true, "el": true,
	"al": true, "bin": true, "ibn": true, "y": true, "e": true, "et": true, "und": true}

// looksLikeNames is true for a short line of names: no digits, no end of a sentence, every word with a capital where
// the script has capitals.
func looksLikeNames(s string) bool {
	words := strings.Fields(s)
	if len(words) == 0 || len(words) > 14 || strings.ContainsFunc(s, unicode.IsDigit) || strings.ContainsAny(s, ":!?؟…\"“”«»") {
		return false
	}
	names := 0
	for _, w := range words {
		first, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(w, func(r rune) bool { return !unicode.IsLetter(r) }))
		switch {
		case small[strings.ToLower(w)]:
		case unicode.IsLower(first) && !strings.Contains(w, "-") && !strings.HasPrefix(w, "d'"):
			return false
		default:
			names++
		}
	}
	last := words[len(words)-1]
	initial := utf8.RuneCountInString(last) <= 3
	return names > 0 && (!strings.HasSuffix(last, ".") || initial)
}

// opensBody is true where the next line that shows something is a paragraph, not a headline: then the line above it is
// the headline, even one that begins with "By".
func opensBody(below []line) bool {
	for _, l := range below {
		if l.blank() {
			continue
		}
		if _, _, ok := labelled(l.text); ok {
			return false
		}
		if _, _, ok := cutDateline(l.text); ok {
			return true
		}
		words := len(strings.Fields(l.text))
		return utf8.RuneCountInString(l.text) > 140 || words > 12 && endsSentence(l.text)
	}
	return true
}
