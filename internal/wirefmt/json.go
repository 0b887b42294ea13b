package wirefmt

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"broadsheet/internal/news"
)

// member is one property of a JSON object: its name and the bytes of its value.
type member struct {
	name string
	raw  []byte
}

// members takes a JSON object apart in the order of the file, without copying the values. encoding/json judges whether
// it is JSON at all, to 10,000 levels deep.
func members(b []byte) ([]member, error) {
	b = bytes.TrimSpace(b)
	if !json.Valid(b) {
		return nil, notJSON(b)
	}
	if b[0] != '{' {
		return nil, news.Refuse(news.Invalid, "import.ninjs", "this is JSON, but no ninjs item: an item is one object with a uri")
	}
	out := make([]member, 0, 32)
	for i := skipSpace(b, 1); b[i] != '}'; i = skipSpace(b, i) {
		if b[i] == ',' {
			i++
			continue
		}
		end := valueEnd(b, i)
		name, _ := jsonString(b[i:end])
		i = skipSpace(b, skipSpace(b, end)+1) // over the colon
		end = valueEnd(b, i)
		out = append(out, member{name, b[i:end]})
		i = end
	}
	return out, nil
}

// notJSON says in which line JSON stops being JSON.
func notJSON(b []byte) error {
	var raw json.RawMessage
	err := json.Unmarshal(b, &raw)
	var syntax *json.SyntaxError
	line := 1
	if errors.As(err, &syntax) {
		line += bytes.Count(b[:min(int(syntax.Offset), len(b))], []byte("\n"))
	}
	return news.Refuse(news.Invalid, "import.json", "line %d of the item is not JSON (%v): export the item again", line, err)
}

func skipSpace(b []byte, i int) int {
	for b[i] == ' ' || b[i] == '\n' || b[i] == '\r' || b[i] == '\t' {
		i++
	}
	return i
}

// valueEnd is where the value that begins at i ends, in valid JSON.
func valueEnd(b []byte, i int) int {
	depth := 0
	for ; i < len(b); i++ {
		switch b[i] {
		case '"':
			i = stringEnd(b, i)
		case '{', '[':
			depth++
			continue
		case '}', ']':
			depth--
		case ',', ':', ' ', '\n', '\r', '\t':
			continue
		default: // a number or a word
			for i+1 < len(b) && bytes.IndexByte([]byte(",]} \n\r\t"), b[i+1]) < 0 {
				i++
			}
		}
		if depth == 0 {
			return i + 1
		}
	}
	return i
}

// stringEnd is the place of the quotation mark that closes the one at i.
func stringEnd(b []byte, i int) int {
	for i++; ; i++ {
		switch b[i] {
		case '\\':
			i++
		case '"':
			return i
		}
	}
}

// jsonString reads a string; ok is false where the value is none.
func jsonString(raw []byte) (s string, ok bool) {
	if len(raw) < 2 || raw[0] != '"' {
		return "", false
	}
	if inner := raw[1 : len(raw)-1]; bytes.IndexByte(inner, '\\') < 0 {
		return string(inner), true
	}
	return s, json.Unmarshal(raw, &s) == nil
}

// kindOf is the JSON type of a value: s(tring), n(umber), o(bject), a(rray), b(oolean) or 0 for null.
func kindOf(raw []byte) byte {
	switch raw[0] {
	case '"':
		return 's'
	case '{':
		return 'o'
	case '[':
		return 'a'
	case 't', 'f':
		return 'b'
	case 'n':
		return 0
	}
	return 'n'
}

func kindName(kinds string) string {
	names := map[byte]string{'s': "text", 'n': "a number", 'o': "an object", 'a': "a list", 'b': "true or false"}
	if len(kinds) == 2 {
		return fmt.Sprintf("%s or %s", names[kinds[0]], names[kinds[1]])
	}
	return names[kinds[0]]
}
