package doc

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// lineMode says where a line of text stands, for what Markdown would read there.
type lineMode struct {
	single bool // cannot hold a line break: a heading, a table cell
	table  bool // | parts cells
	link   bool // inside [ ]
	quote  bool // a dash at the start of a line would name a speaker
	middle bool // does not begin a line
	next   rune // what follows, 0 at the end of the line
}

// span is a stretch of runs under one mark, or one run.
type span struct {
	level int // of the mark
	marks Marks
	kids  []span
	run   *Inline
}

// spans nests runs by their marks from a level inwards, as the HTML printer does; outside of it all of them are alike.
func spans(runs []Inline, from, to, level int) []span {
	var out []span
	for i := from; i < to; {
		m := marksAt(runs, i)
		at := level
		for at < levels && !m.has(at) {
			at++
		}
		if at == levels {
			out = append(out, span{run: &runs[i]})
			i++
			continue
		}
		j := i + 1
		for j < to && firstDifference(m, marksAt(runs, j)) > at {
			j++
		}
		out = append(out, span{level: at, marks: m, kids: spans(runs, i, j, at+1)})
		i = j
	}
	return out
}

func markdownLine(runs []Inline, mode lineMode) string {
	w := &lineWriter{}
	w.spans(spans(runs, 0, len(runs), 0), mode, 0)
	return w.String()
}

// lineWriter writes one line of text and remembers its last character.
type lineWriter struct {
	strings.Builder
	last rune
}

func (w *lineWriter) add(s string) {
	if s != "" {
		w.WriteString(s)
		w.last, _ = utf8.DecodeLastRuneInString(s)
	}
}

// spans writes list; after is the character that will follow it.
func (w *lineWriter) spans(list []span, mode lineMode, after rune) {
	for i, s := range list {
		next := after
		if i+1 < len(list) {
			next = firstRune(list[i+1])
		}
		here := mode
		here.next = next
		here.middle = w.last != 0 && w.last != '\n' || mode.middle
		switch {
		case s.run != nil && s.run.Break:
			w.lineBreak(mode)
			mode.middle = false
		case s.run != nil && s.run.Footnote != "":
			w.add(markdownNote(*s.run, mode))
		case s.run != nil:
			w.add(escapeLine(s.run.Text, here))
		default:
			w.marked(s, mode, next)
		}
		if w.last != '\n' {
			mode.middle = mode.middle || w.last != 0
		}
	}
}

// firstRune is the character that a span will begin with, for the rules about what stands beside an emphasis.
func firstRune(s span) rune {
	if s.run == nil {
		if s.level == levelLink {
			return '['
		}
		return '<'
	}
	if s.run.Break {
		return '\\'
	}
	if s.run.Footnote != "" {
		return '^'
	}
	r, _ := utf8.DecodeRuneInString(s.run.Text)
	return r
}

// lineBreak ends the line. A backslash does not do it after a backslash (goldmark 1.8.7), nor where there is one line.
func (w *lineWriter) lineBreak(mode lineMode) {
	switch {
	case mode.single:
		w.add("<br>")
	case w.last == '\\':
		w.add("<br>\n")
	default:
		w.add("\\\n")
	}
}

func (w *lineWriter) marked(s span, mode lineMode, next rune) {
	inner := mode
	inner.middle = true
	inner.link = mode.link || s.level == levelLink
	var in lineWriter
	in.last = '>'
	in.spans(s.kids, inner, '<')
	text := in.String()
	switch s.level {
	case levelLink:
		w.add("[" + text + "](" + markdownAddress(s.marks.Href) + ")")
	case levelInserted, levelDeleted:
		var p printer
		p.openMarks(s.marks.only(s.level), 0)
		w.add(string(p.w) + text + "</" + markElements[s.level] + ">")
	case levelForeign:
		var p printer
		p.add("<bdi")
		p.langDir(s.marks.Lang, s.marks.Dir, around{})
		w.add(string(p.w) + ">" + text + "</bdi>")
	case levelStrong:
		w.delimited("**", "strong", text, next)
	case levelEmphasis:
		w.delimited("_", "em", text, next)
	case levelCode:
		if len(s.kids) == 1 && codeSpan(s.kids[0].run.Text, mode) {
			w.add("`" + s.kids[0].run.Text + "`")
			return
		}
		fallthrough
	default:
		tag := markElements[s.level]
		w.add("<" + tag + ">" + text + "</" + tag + ">")
	}
}

// codeSpan is true where text can stand between backticks as it is.
func codeSpan(text string, mode lineMode) bool {
	return !strings.Contains(text, "`") && strings.Trim(text, " ") == text && !(mode.table && strings.Contains(text, "|"))
}

// delimited writes an emphasis by its sign where the signs are sure to be read as a pair, and as a tag elsewhere:
// space or punctuation outside, none of the same sign beside it, no space inside.
func (w *lineWriter) delimited(sign, tag, text string, next rune) {
	first, _ := utf8.DecodeRuneInString(text)
	last, _ := utf8.DecodeLastRuneInString(text)
	c := rune(sign[0])
	if apart(w.last, c) && apart(next, c) && !unicode.IsSpace(first) && !unicode.IsSpace(last) &&
		first != c && last != c && last != '\\' && first != utf8.RuneError && last != utf8.RuneError {
		w.add(sign + text + sign)
		return
	}
	w.add("<" + tag + ">" + text + "</" + tag + ">")
}

// apart is true for a neighbour that keeps a delimiter run apart from words; 0 is the start of a line.
func apart(r, sign rune) bool {
	return r == 0 || r == ' ' || r == '\n' || r != sign && r != '\\' && (r < 0x80 && isPunct(byte(r)) || unicode.IsPunct(r))
}

func isPunct(c byte) bool {
	return c > ' ' && c < 0x7f && !(c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z')
}

var (
	entities  = regexp.MustCompile(`&(#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,7}|[A-Za-z0-9]+);`)
	entityAt  = regexp.MustCompile(`^&(#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,7}|[A-Za-z0-9]+);`)
	numberAt  = regexp.MustCompile(`^([0-9]{1,9})[.)]( |$)`)
	headingAt = regexp.MustCompile(`^#{1,6}( |$)`)
)

// escapeLine writes text so that Markdown reads just this text: a backslash before each sign that would mean something
// where it stands.
func escapeLine(s string, mode lineMode) string {
	var b strings.Builder
	b.Grow(len(s) + 8)
	if !mode.middle {
		s = escapeStart(&b, s, mode)
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '|' && mode.table:
			b.WriteString("&#124;")
			continue
		case c == '&' && entityAt.MatchString(s[i:]):
			b.WriteString("&amp;")
			continue
		case c < 0x80 && isPunct(c) && needsEscape(s, i, mode):
			b.WriteByte('\\')
		}
		b.WriteByte(c)
	}
	return b.String()
}

// escapeStart handles what means something at the start of a line only; it gives the rest of s.
func escapeStart(b *strings.Builder, s string, mode lineMode) string {
	if s == "" {
		return s
	}
	next := byte(0)
	if len(s) > 1 {
		next = s[1]
	}
	ends := next == 0 || next == ' '
	switch s[0] {
	case '-':
		if !ends && next != '-' && next != '|' && next != ':' {
			return s
		}
	case '+':
		if !ends {
			return s
		}
	case ':':
		if next != ':' && next != '-' {
			return s
		}
	case '~':
		if next != '~' {
			return s
		}
	case '#':
		if !headingAt.MatchString(s) {
			return s
		}
	case '!':
		if !strings.HasPrefix(s, "!embed") {
			return s
		}
	case '>', '|', '=':
	default:
		if m := numberAt.FindStringSubmatch(s); m != nil {
			b.WriteString(m[1] + `\`)
			b.WriteByte(s[len(m[1])])
			return s[len(m[1])+1:]
		}
		if mode.quote && strings.HasPrefix(s, "—") {
			b.WriteString("&mdash;")
			return strings.TrimPrefix(s, "—")
		}
		return s
	}
	b.WriteByte('\\')
	b.WriteByte(s[0])
	return s[1:]
}

// needsEscape asks for the sign at s[i] by its neighbours.
func needsEscape(s string, i int, mode lineMode) bool {
	prev, next := byte(0), byte(0)
	if mode.next < 0x80 {
		next = byte(mode.next)
	}
	if i > 0 {
		prev = s[i-1]
	}
	if i+1 < len(s) {
		next = s[i+1]
	}
	switch s[i] {
	case '\\', '`', '{':
		return true
	case '*':
		return prev != ' ' || next != ' '
	case '_':
		return !(prev == ' ' && next == ' ') && !(isWord(prev) && isWord(next))
	case '[':
		return mode.link
	case ']':
		return mode.link || next == '('
	case '!', '^':
		return next == '['
	case '<':
		return next != 0 && next != ' ' && next < 0x80 // <a> is a tag, <#@a> a mail address
	case '#':
		return mode.single && next == 0
	}
	return false
}

func isWord(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}
