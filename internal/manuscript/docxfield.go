package manuscript

import "strings"

// field is one that is open: an instruction, then what it has come to.
type field struct {
	instruction string
	result      bool
	link        string
}

func (f *field) contents() bool {
	word, _, _ := strings.Cut(strings.TrimSpace(f.instruction), " ")
	return strings.EqualFold(word, "TOC")
}

// fieldMark is w:fldChar.
func (d *docx) fieldMark(kind string) {
	n := len(d.fields)
	switch {
	case kind == "begin" && n < maxNesting:
		d.fields = append(d.fields, &field{})
	case kind == "separate" && n > 0:
		d.fields[n-1].result = true
		d.fields[n-1].link = fieldLink(d.fields[n-1].instruction)
	case kind == "end" && n > 0:
		d.fields = d.fields[:n-1]
	}
}

// fieldLink is the address in HYPERLINK "address" \l "place"; "" for any other
// instruction and for a place in the file itself.
func fieldLink(instruction string) string {
	words := fieldWords(instruction)
	if len(words) < 2 || !strings.EqualFold(words[0], "HYPERLINK") {
		return ""
	}
	address, place := "", ""
	for i := 1; i < len(words); i++ {
		switch w := words[i]; {
		case strings.EqualFold(w, `\l`) && i+1 < len(words):
			i++
			place = words[i]
		case (strings.EqualFold(w, `\o`) || strings.EqualFold(w, `\t`)) && i+1 < len(words):
			i++
		case !strings.HasPrefix(w, `\`) && address == "":
			address = w
		}
	}
	if address != "" && place != "" && !strings.Contains(address, "#") {
		address += "#" + place
	}
	return address
}

// fieldWords parts an instruction at spaces outside of quotation marks.
func fieldWords(s string) []string {
	var out []string
	for s = strings.TrimSpace(s); s != ""; s = strings.TrimSpace(s) {
		end := strings.IndexAny(s, " \t")
		if s[0] == '"' {
			if i := strings.IndexByte(s[1:], '"'); i >= 0 {
				out, s = append(out, strings.ReplaceAll(s[1:1+i], `\\`, `\`)), s[i+2:]
				continue
			}
			s = s[1:]
			continue
		}
		if end < 0 {
			end = len(s)
		}
		out, s = append(out, s[:end]), s[end:]
	}
	return out
}
