package proof

import (
	"time"

	"broadsheet/internal/locale"
)

// MessageIn is the finding's sentence in the language of style. The short name of a rule, for a list or a label, is
// style.T("proof." + f.Rule).
func MessageIn(f Finding, style locale.Style) string {
	if f.key == "" {
		return f.Message // the paper's own sentence
	}
	args := make([]any, len(f.args))
	for i, arg := range f.args {
		switch v := arg.(type) {
		case time.Weekday:
			args[i] = style.WeekdayName(v)
		case dated:
			args[i] = v.in(style)
		default:
			args[i] = arg
		}
	}
	return style.T(f.key, args...)
}

// dated is a date as the text writes it and, where the text names no year, the year it was taken for.
type dated struct {
	text string
	year string
}

func (d dated) in(style locale.Style) string {
	if d.year == "" {
		return d.text
	}
	return d.text + " " + style.Figures(d.year)
}

// mark adds a finding about the characters from start to end of p. fix may be nil.
func (s *story) mark(p *para, rule string, start, end int, fix *string, variant string, args ...any) {
	if s.marks[rule]++; s.marks[rule] > MaxFindings {
		return
	}
	f := Finding{Rule: rule, Paragraph: p.number, Start: start, End: end, Text: string(p.r[start:end]), Fix: fix,
		key: "proof." + rule + "." + variant, args: args}
	f.Message = MessageIn(f, locale.Style{Language: "en"})
	s.found = append(s.found, f)
}
