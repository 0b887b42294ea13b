package proof

import (
	"errors"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"broadsheet/internal/news"
)

// plainPattern is the expression for plain words. Words in small letters are found with capitals too; a space is any
// white space; marks above and below Arabic letters, and their lengthening, may stand or not; an apostrophe is either.
func plainPattern(words string) (source string, folded bool) {
	var b strings.Builder
	folded = !strings.ContainsFunc(words, unicode.IsUpper)
	if folded {
		b.WriteString("(?i)")
	}
	space := false
	for _, r := range words {
		if isSpace(r) {
			if !space {
				b.WriteString(`[\s\p{Z}]+`)
			}
			space = true
			continue
		}
		space = false
		switch {
		case r == '\'' || r == '’':
			b.WriteString("['’]")
		case unicode.Is(unicode.Arabic, r) && unicode.IsLetter(r):
			b.WriteString(string(r) + `[\p{Mn}\x{0640}]*`)
		default:
			b.WriteString(regexp.QuoteMeta(string(r)))
		}
	}
	return b.String(), folded
}

// longestWord is the longest stretch of words that plainPattern writes as it is.
func longestWord(words string) string {
	best := ""
	for part := range strings.FieldsFuncSeq(words, func(r rune) bool {
		return isSpace(r) || r == '\'' || r == '’'
	}) {
		if strings.ContainsFunc(part, func(r rune) bool { return unicode.Is(unicode.Arabic, r) }) {
			_, size := utf8.DecodeRuneInString(part)
			part = part[:size] // behind each letter a mark may stand
		}
		if len(part) > len(best) {
			best = part
		}
	}
	return best
}

// unicodePattern turns the classes that RE2 has for Latin letters only into those for every script: \w is a letter,
// digit or mark, \d a digit, \s white space. \b cannot be, and is refused: a rule is about whole words anyway.
func unicodePattern(pattern string) (string, error) {
	if _, err := syntax.Parse(pattern, syntax.Perl); err != nil {
		return "", unreadable(pattern, err)
	}
	var b strings.Builder
	inClass := false
	for i := 0; i < len(pattern); i++ {
		c := pattern[i]
		switch {
		case c == '\\' && i+1 < len(pattern):
			i++
			if pattern[i] == 'Q' {
				end := strings.Index(pattern[i:], `\E`)
				if end < 0 {
					end = len(pattern) - i
				}
				b.WriteString(pattern[i-1 : i+end])
				i += end - 1
				continue
			}
			class, ok := classes[pattern[i]]
			switch {
			case !ok:
				b.WriteString(pattern[i-1 : i+1])
			case inClass && class[1] != "":
				b.WriteString(class[1])
			case !inClass && class[0] != "":
				b.WriteString(class[0])
			default:
				return "", faultAt(pattern, i-1, `\`+string(pattern[i]))
			}
			continue
		case c == '[' && !inClass:
			inClass = true
			b.WriteByte(c)
			if i+1 < len(pattern) && pattern[i+1] == '^' {
				i++
				b.WriteByte('^')
			}
			if i+1 < len(pattern) && pattern[i+1] == ']' {
				i++
				b.WriteByte(']')
			}
			continue
		case c == '[' && inClass && strings.HasPrefix(pattern[i:], "[:"):
			return "", faultAt(pattern, i, "[:")
		case c == ']' && inClass:
			inClass = false
		}
		b.WriteByte(c)
	}
	return b.String(), nil
}

// classes are the letters behind a backslash that stand for Latin signs only, and what stands for them outside of
// brackets and in them; "" = nothing can.
var classes = map[byte][2]string{
	'w': {`[\pL\pM\pN_]`, `\pL\pM\pN_`}, 'W': {`[^\pL\pM\pN_]`, ""},
	'd': {`\p{Nd}`, `\p{Nd}`}, 'D': {`\P{Nd}`, `\P{Nd}`},
	's': {`[\s\p{Z}]`, `\s\p{Z}`}, 'S': {`[^\s\p{Z}]`, ""},
	'b': {"", ""}, 'B': {"", ""}, 'C': {"", ""},
}

func faultAt(pattern string, at int, sign string) error {
	return news.Refuse(news.Invalid, "error.style.sign", "at character %d: %s cannot be used here",
		utf8.RuneCountInString(pattern[:at])+1, sign).In("pattern")
}

// unreadable says where an expression cannot be read, as near as its reader tells.
func unreadable(pattern string, err error) error {
	var fault *syntax.Error
	if !errors.As(err, &fault) {
		return err
	}
	at := strings.Index(pattern, fault.Expr)
	if fault.Code == syntax.ErrMissingParen || fault.Code == syntax.ErrUnexpectedParen || at < 0 {
		at = unclosed(pattern)
	}
	key := "error.style.unreadable"
	if name, ok := unread[fault.Code]; ok {
		key += "." + name
	}
	return news.Refuse(news.Invalid, key, "at character %d: %.0s"+fault.Code.String()+": "+strings.ReplaceAll(fault.Expr, "%", "%%"),
		utf8.RuneCountInString(pattern[:at])+1, fault.Expr).In("pattern")
}

// unread are the faults that have a sentence of their own.
var unread = map[syntax.ErrorCode]string{syntax.ErrMissingParen: "open", syntax.ErrUnexpectedParen: "close", syntax.ErrMissingBracket: "bracket",
	syntax.ErrMissingRepeatArgument: "repeat", syntax.ErrInvalidRepeatOp: "repeat", syntax.ErrInvalidRepeatSize: "often", syntax.ErrInvalidPerlOp: "perl"}

// unclosed is where the last bracket stands that is never closed, or the first that closes none.
func unclosed(pattern string) int {
	var open []int
	class := false
	for i := 0; i < len(pattern); i++ {
		switch c := pattern[i]; {
		case c == '\\':
			i++
		case class:
			class = c != ']'
		case c == '[':
			class = true
		case c == '(':
			open = append(open, i)
		case c == ')' && len(open) == 0:
			return i
		case c == ')':
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		return open[len(open)-1]
	}
	return 0
}

// mayBeEmpty says whether an expression can fit where nothing stands.
func mayBeEmpty(tree *syntax.Regexp) bool {
	switch tree.Op {
	case syntax.OpLiteral:
		return len(tree.Rune) == 0
	case syntax.OpCharClass, syntax.OpAnyChar, syntax.OpAnyCharNotNL, syntax.OpNoMatch:
		return false
	case syntax.OpCapture, syntax.OpPlus:
		return mayBeEmpty(tree.Sub[0])
	case syntax.OpRepeat:
		return tree.Min == 0 || mayBeEmpty(tree.Sub[0])
	case syntax.OpConcat:
		return !slices.ContainsFunc(tree.Sub, func(sub *syntax.Regexp) bool { return !mayBeEmpty(sub) })
	case syntax.OpAlternate:
		return slices.ContainsFunc(tree.Sub, mayBeEmpty)
	}
	return true
}

// anchored says whether an expression asks for the beginning of a text or line.
func anchored(tree *syntax.Regexp) bool {
	return tree.Op == syntax.OpBeginText || tree.Op == syntax.OpBeginLine || slices.ContainsFunc(tree.Sub, anchored)
}

// required is the longest text that everything an expression finds must have. folded says that it may stand in small
// letters and in capitals.
func required(tree *syntax.Regexp) (literal string, folded bool) {
	switch tree.Op {
	case syntax.OpLiteral:
		folded = tree.Flags&syntax.FoldCase != 0
		return string(tree.Rune), folded
	case syntax.OpCapture, syntax.OpPlus:
		return required(tree.Sub[0])
	case syntax.OpRepeat:
		if tree.Min > 0 {
			return required(tree.Sub[0])
		}
	case syntax.OpConcat:
		for _, sub := range tree.Sub {
			if l, f := required(sub); len(l) > len(literal) {
				literal, folded = l, f
			}
		}
		return literal, folded
	}
	return "", false
}

// groupsNamed are the groups that a fix names: $0 to $9. $$ is a dollar sign, and so is one before anything else.
func groupsNamed(fix string) []int {
	var out []int
	for i := 0; i+1 < len(fix); i++ {
		if fix[i] != '$' {
			continue
		}
		i++
		if c := fix[i]; c >= '0' && c <= '9' {
			out = append(out, int(c-'0'))
		}
	}
	return out
}

// expand fills a fix with the groups of a match.
func expand(fix, text string, m []int) string {
	var b strings.Builder
	for i := 0; i < len(fix); i++ {
		if fix[i] != '$' || i+1 == len(fix) {
			b.WriteByte(fix[i])
			continue
		}
		switch c := fix[i+1]; {
		case c == '$':
			b.WriteByte('$')
			i++
		case c >= '0' && c <= '9':
			if n := 2 * int(c-'0'); n+1 < len(m) && m[n] >= 0 {
				b.WriteString(text[m[n]:m[n+1]])
			}
			i++
		default:
			b.WriteByte('$')
		}
	}
	return b.String()
}
