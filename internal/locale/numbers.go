package locale

import (
	"cmp"
	"math"
	"strconv"
	"strings"
)

// Number prints a whole number in the style's digits with its thousands grouped: "1,404", «۱٬۴۰۴», «١٬٤٠٤».
func (s Style) Number(n int64) string {
	digits := strconv.FormatInt(n, 10)
	digits, negative := strings.CutPrefix(digits, "-")
	return s.figure(digits, "", negative)
}

// Decimal prints a number with at most three places after the point, as CLDR's standard format does. Infinities and
// NaN print as "∞" and "NaN".
func (s Style) Decimal(f float64) string {
	switch {
	case math.IsNaN(f):
		return "NaN"
	case math.IsInf(f, 0):
		return s.figure("∞", "", f < 0)
	}
	text := strconv.FormatFloat(math.Abs(f), 'f', 3, 64)
	whole, part, _ := strings.Cut(text, ".")
	part = strings.TrimRight(part, "0")
	return s.figure(whole, part, f < 0 && (strings.Trim(whole, "0") != "" || part != ""))
}

// Figures replaces the ASCII digits of a text by the style's and leaves everything else alone: for News IDs, years,
// scores, anything that is not to be grouped.
func (s Style) Figures(text string) string {
	zero := s.zero()
	if zero == '0' || !strings.ContainsAny(text, "0123456789") {
		return text
	}
	var b strings.Builder
	b.Grow(2 * len(text))
	for i := 0; i < len(text); i++ {
		if c := text[i]; c >= '0' && c <= '9' {
			b.WriteRune(zero + rune(c-'0'))
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// ParseDigits replaces the digits of the Arabic script, both ٠-٩ and ۰-۹, by ASCII ones: what a reader of any edition
// types into a form becomes a number that strconv reads.
func ParseDigits(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '٠' && r <= '٩':
			return r - '٠' + '0'
		case r >= '۰' && r <= '۹':
			return r - '۰' + '0'
		}
		return r
	}, text)
}

// figure puts a number together: sign, grouped whole part, decimals.
func (s Style) figure(whole, part string, negative bool) string {
	t := s.tongue()
	group, decimal := t.group, t.decimal
	if s.zero() != '0' {
		group, decimal = "٬", "٫"
	}
	var b strings.Builder
	if negative {
		b.WriteString(s.minusMark() + t.minus)
	}
	for i, r := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(group)
		}
		b.WriteRune(r)
	}
	if part != "" {
		b.WriteString(decimal + part)
	}
	return s.Figures(b.String())
}

// minusMark is the invisible direction mark that keeps the sign on its side of the number in right-to-left text: an
// Arabic letter mark before Arabic-Indic digits, else a left-to-right mark, as CLDR has it.
func (s Style) minusMark() string {
	switch {
	case !s.tongue().rtl:
		return ""
	case s.zero() == '٠':
		return "\u061c"
	}
	return "\u200e"
}

// DigitSystem is the name of the style's digits as browsers know it: "latn",
// "arab", "arabext".
func (s Style) DigitSystem() string {
	return cmp.Or(s.Digits, s.tongue().digits, "latn")
}

// zero is the digit nought of the style; the other nine follow it in Unicode.
func (s Style) zero() rune {
	switch s.DigitSystem() {
	case "arab":
		return '٠'
	case "arabext":
		return '۰'
	}
	return '0'
}
