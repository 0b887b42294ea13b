package doc

import (
	"fmt"
	"strconv"
	"unicode/utf8"
)

// MarshalJSON writes the body in normal form. It fails, wrapping [ErrSchema], for a body against the schema or over
// MaxBytes, so that no such body is ever stored.
func (b Body) MarshalJSON() ([]byte, error) {
	data, err := b.Normal().checkedJSON()
	if err != nil {
		return nil, err
	}
	return data, nil
}

// checkedJSON writes a body in normal form if it follows the schema and the limits.
func (b Body) checkedJSON() ([]byte, error) {
	if err := b.check(); err != nil {
		return nil, err
	}
	data := b.appendJSON(make([]byte, 0, 4096))
	if len(data) > MaxBytes {
		return nil, fmt.Errorf("%w: %d bytes, at most %d", ErrSchema, len(data), MaxBytes)
	}
	return data, nil
}

func (b Body) appendJSON(w []byte) []byte {
	w = append(w, `{"type":"doc","version":`...)
	w = strconv.AppendInt(w, Version, 10)
	w = append(w, `,"content":`...)
	w = appendList(w, b.Blocks, appendBlock)
	return append(w, '}')
}

func appendList[T any](w []byte, list []T, one func([]byte, T) []byte) []byte {
	w = append(w, '[')
	for i, v := range list {
		if i > 0 {
			w = append(w, ',')
		}
		w = one(w, v)
	}
	return append(w, ']')
}

func appendBlock(w []byte, b Block) []byte {
	w = append(w, `{"type":`...)
	w = appendString(w, string(b.Kind))
	w = appendAttrs(w, blockAttrs(b))
	switch b.Kind {
	case KindParagraph, KindHeading:
		w = append(w, `,"content":`...)
		w = appendList(w, b.Inline, appendRun)
	case KindQuote, KindBulletList, KindOrderedList, KindListItem, KindNote:
		w = append(w, `,"content":`...)
		w = appendList(w, b.Blocks, appendBlock)
	case KindTable:
		w = append(w, `,"content":`...)
		w = appendList(w, b.Rows, appendRow)
	}
	return append(w, '}')
}

// attr is one attribute: a text, or a number where text is "".
type attr struct {
	name string
	text string
	num  int
}

func blockAttrs(b Block) []attr {
	as := []attr{{"lang", b.Lang, 0}, {"dir", b.Dir, 0}}
	switch b.Kind {
	case KindHeading:
		as = append(as, attr{"level", "", b.Level})
	case KindQuote:
		as = append(as, attr{"by", b.By, 0})
	case KindOrderedList:
		as = append(as, attr{"start", "", b.Start})
	case KindNote:
		as = append(as, attr{"kind", b.Note, 0})
	case KindImage:
		p := b.Image
		as = append(as, attr{"src", p.Src, 0}, attr{"alt", p.Alt, 0}, attr{"caption", p.Caption, 0},
			attr{"credit", p.Credit, 0}, attr{"width", "", p.Width}, attr{"height", "", p.Height})
	case KindEmbed:
		c := b.Embed
		as = append(as, attr{"url", c.URL, 0}, attr{"title", c.Title, 0}, attr{"provider", c.Provider, 0})
	}
	return as
}

// appendAttrs leaves out what is empty or 0: that is how absence is written.
func appendAttrs(w []byte, as []attr) []byte {
	n := 0
	for _, a := range as {
		if a.text == "" && a.num == 0 {
			continue
		}
		if n++; n == 1 {
			w = append(w, `,"attrs":{`...)
		} else {
			w = append(w, ',')
		}
		w = appendString(w, a.name)
		w = append(w, ':')
		if a.text != "" {
			w = appendString(w, a.text)
		} else {
			w = strconv.AppendInt(w, int64(a.num), 10)
		}
	}
	if n > 0 {
		w = append(w, '}')
	}
	return w
}

func appendRow(w []byte, r Row) []byte {
	w = append(w, `{"type":"table_row","content":`...)
	w = appendList(w, r.Cells, appendCell)
	return append(w, '}')
}

func appendCell(w []byte, c Cell) []byte {
	if c.Header {
		w = append(w, `{"type":"table_header"`...)
	} else {
		w = append(w, `{"type":"table_cell"`...)
	}
	var as []attr
	if c.Colspan > 1 {
		as = append(as, attr{"colspan", "", c.Colspan})
	}
	if c.Rowspan > 1 {
		as = append(as, attr{"rowspan", "", c.Rowspan})
	}
	w = appendAttrs(w, as)
	w = append(w, `,"content":`...)
	w = appendList(w, c.Inline, appendRun)
	return append(w, '}')
}

func appendRun(w []byte, run Inline) []byte {
	if run.Break {
		return append(w, `{"type":"hard_break"}`...)
	}
	if run.Footnote != "" {
		w = append(w, `{"type":"footnote"`...)
		w = appendAttrs(w, []attr{{"text", run.Footnote, 0}, {"href", run.Marks.Href, 0}})
		if run.Marks.suggested() {
			w = appendMarks(w, run.nested())
		}
		return append(w, '}')
	}
	w = append(w, `{"type":"text","text":`...)
	w = appendString(w, run.Text)
	if run.Marks != (Marks{}) {
		w = appendMarks(w, run.Marks)
	}
	return append(w, '}')
}

// markNames are the words of the JSON for the levels.
var markNames = [levels]string{"inserted", "deleted", "link", "bdi", "strong", "emphasis", "superscript", "subscript", "code"}

func appendMarks(w []byte, m Marks) []byte {
	w = append(w, `,"marks":[`...)
	first := true
	for l := range levels {
		if !m.has(l) {
			continue
		}
		if !first {
			w = append(w, ',')
		}
		first = false
		w = append(w, `{"type":`...)
		w = appendString(w, markNames[l])
		switch l {
		case levelInserted:
			w = appendAttrs(w, changeAttrs(m.Inserted))
		case levelDeleted:
			w = appendAttrs(w, changeAttrs(m.Deleted))
		case levelLink:
			w = appendAttrs(w, []attr{{"href", m.Href, 0}})
		case levelForeign:
			w = appendAttrs(w, []attr{{"lang", m.Lang, 0}, {"dir", m.Dir, 0}})
		}
		w = append(w, '}')
	}
	return append(w, ']')
}

func changeAttrs(c Change) []attr {
	return []attr{{"id", c.ID, 0}, {"by", "", int(c.By)}, {"at", "", int(c.At)}}
}

// appendString writes s as a JSON string that is safe inside <script> as well: < > & are written as \u00XX.
func appendString(w []byte, s string) []byte {
	w = append(w, '"')
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			w = append(w, '\\', c)
		case c < ' ' || c == '<' || c == '>' || c == '&':
			w = append(w, `\u00`...)
			w = append(w, hexDigits[c>>4], hexDigits[c&15])
		case c == 0xe2 && (s[i:min(i+3, len(s))] == "\u2028" || s[i:min(i+3, len(s))] == "\u2029"):
			w = append(w, `\u202`...)
			w = append(w, hexDigits[s[i+2]&15])
			i += 2
		case c >= utf8.RuneSelf:
			r, n := utf8.DecodeRuneInString(s[i:])
			w = utf8.AppendRune(w, r)
			i += n - 1
		default:
			w = append(w, c)
		}
	}
	return append(w, '"')
}
