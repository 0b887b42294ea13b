package locale

import "strings"

// Dateline sets place, country and source in the house style of the language, with what parts it from the text; any
// part may be empty, and nothing at all gives the empty string. Parts are printed trimmed.
//
//	en  VALMERE, Ostland (Dispatches) —
//	ar  فالمير، أوستلاند (ديسباتشز) -
//	fa  والمیر، اوستلند - دیسپچز:
//
// English sets the place in capitals; Arabic agencies put the source in brackets and a hyphen; Persian papers put the
// source behind a hyphen and close with a colon.
func (s Style) Dateline(place, country, source string) string {
	place, country, source = strings.TrimSpace(place), strings.TrimSpace(country), strings.TrimSpace(source)
	if place == "" && country == "" && source == "" {
		return ""
	}
	comma := ", "
	if s.tongue().rtl {
		comma = "، "
	}
	if s.tongue().base == "en" {
		place = strings.ToUpper(place)
	}
	where := joined(comma, place, country)
	switch s.tongue().base {
	case "ar":
		return joined(" ", where, bracketed(source)) + " -"
	case "fa":
		return joined(" - ", where, source) + ":"
	}
	return joined(" ", where, bracketed(source)) + " —"
}

// Comma parts names in a field that a person types, with the space behind it.
func (s Style) Comma() string {
	if s.tongue().rtl && s.tongue().base != "he" {
		return "، "
	}
	return ", "
}

// List joins names as the language does: "A, B and C", «أ وب وج», «الف، ب و ج».
func (s Style) List(items []string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	comma, and := ", ", " and "
	switch s.tongue().base {
	case "ar":
		comma, and = " و", " و"
	case "fa":
		comma, and = "، ", " و "
	}
	last := len(items) - 1
	return strings.Join(items[:last], comma) + and + items[last]
}

func joined(with string, parts ...string) string {
	kept := make([]string, 0, len(parts))
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, with)
}

func bracketed(s string) string {
	if s == "" {
		return ""
	}
	return "(" + s + ")"
}
