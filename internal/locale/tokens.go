package locale

import "strings"

// Token is a word folded for search. Text holds only letters and ASCII digits, at least one and at most 64 of them;
// Start and End are the byte offsets of the word in the original text, on rune boundaries, marks included. Several
// tokens may share offsets, where one character stands for words (ﷺ).
type Token struct {
	Text       string
	Start, End int
}

// Term is one word of a query. A document matches when its IndexText holds the token Text or, where Parts is not
// empty, all of Parts. Joining Terms by AND and looking only at Text loses little: a compound typed with a zero-width
// non-joiner then misses texts that write it in two words.
type Term struct {
	Text  string
	Parts []string
}

// Tokens cuts a text into words folded for search. What counts as one word:
//
//   - Marks and invisible characters never part a word.
//   - A zero-width non-joiner joins: «پیش‌بینی» is one token, the same as «پیشبینی».
//   - Persian می and نمی before a word, and ها, های, تر, ترین and their like behind one, join it also across a single
//     space: «می خواهم», «می‌خواهم» and «میخواهم» are the same token, so are «کتاب ها», «کتاب‌ها» and «کتابها».
//   - An apostrophe between letters joins ("don't" is dont, "O'Brien" is obrien); a closing 's is dropped ("Ostland's"
//     is ostland), so that a name is found in the possessive.
//   - A thousands separator between digits joins: "1,404", «۱٬۴۰۴» and "1404" are the same token.
//   - Letters behind leading digits are a word of their own: «۲۰ساله» is 20 and ساله, "1st" is 1 and st; "G20" is one.
//   - Chinese and Japanese characters are a token each.
//
// Everything else that is no letter and no digit parts words: hyphens, points, slashes. For what goes into a database
// use IndexText, which also holds the parts of joined words.
func Tokens(s string) []Token {
	words := words(s)
	tokens := make([]Token, len(words))
	for i, w := range words {
		tokens[i] = w.Token
	}
	return tokens
}

// IndexText is what the databases index for a text: its tokens, and behind each joined word its parts («پیشبینی پیش
// بینی»), joined by one space. Empty when there is no letter and no digit. Fed to SQLite FTS5 (unicode61) and to
// PostgreSQL to_tsvector('simple') it yields the same words. IndexText of an index text is not always the same again:
// run it once.
func IndexText(s string) string {
	var b strings.Builder
	b.Grow(len(s) + len(s)/8)
	for _, w := range words(s) {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w.Text)
		for _, p := range w.parts {
			b.WriteByte(' ')
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

// Query cuts what a reader typed into terms, in order, without repeats.
func Query(s string) []Term {
	var terms []Term
	seen := make(map[string]bool)
	for _, w := range words(s) {
		if seen[w.Text] {
			continue
		}
		seen[w.Text] = true
		t := Term{Text: w.Text}
		if w.loose {
			for _, p := range w.parts {
				t.Parts = append(t.Parts, p.Text)
			}
		}
		terms = append(terms, t)
	}
	return terms
}
