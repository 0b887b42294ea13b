package manuscript

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"broadsheet/internal/news"
)

// Limits of an XML part.
const (
	maxNesting  = 256       // elements inside one another; word processors stay under 60
	maxElements = 4_000_000 // in one part
)

// spaces are the namespaces that matter, transitional and strict, under the
// prefixes that every document gives them.
var spaces = map[string]string{
	"http://schemas.openxmlformats.org/wordprocessingml/2006/main":           "w:",
	"http://purl.oclc.org/ooxml/wordprocessingml/main":                       "w:",
	"http://schemas.openxmlformats.org/officeDocument/2006/relationships":    "r:",
	"http://purl.oclc.org/ooxml/officeDocument/relationships":                "r:",
	"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp:",
	"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing":             "wp:",
	"http://schemas.openxmlformats.org/drawingml/2006/main":                  "a:",
	"http://purl.oclc.org/ooxml/drawingml/main":                              "a:",
	"http://schemas.openxmlformats.org/officeDocument/2006/math":             "m:",
	"http://purl.oclc.org/ooxml/officeDocument/math":                         "m:",
	"http://schemas.openxmlformats.org/markup-compatibility/2006":            "mc:",
	"http://schemas.microsoft.com/office/word/2010/wordprocessingShape":      "wps:",
	"urn:schemas-microsoft-com:vml":                                          "v:",
	"urn:schemas-microsoft-com:office:office":                                "o:",
	"http://schemas.openxmlformats.org/package/2006/relationships":           "rel:",
	"urn:oasis:names:tc:opendocument:xmlns:office:1.0":                       "office:",
	"urn:oasis:names:tc:opendocument:xmlns:text:1.0":                         "text:",
	"urn:oasis:names:tc:opendocument:xmlns:style:1.0":                        "style:",
	"urn:oasis:names:tc:opendocument:xmlns:table:1.0":                        "table:",
	"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0":                      "draw:",
	"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0":            "fo:",
	"urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0":               "svg:",
	"urn:oasis:names:tc:opendocument:xmlns:presentation:1.0":                 "presentation:",
	"http://www.w3.org/1999/xlink":                                           "xlink:",
	"http://purl.org/dc/elements/1.1/":                                       "dc:",
	"http://www.w3.org/XML/1998/namespace":                                   "xml:",
	"xml":                                                                    "xml:",
	"http://www.w3.org/1998/Math/MathML":                                     "mml:",
	"urn:oasis:names:tc:opendocument:xmlns:config:1.0":                       "config:",
	"http://schemas.microsoft.com/office/drawing/2017/decorative":            "adec:",
	"http://schemas.openxmlformats.org/drawingml/2006/chart":                 "c:",
	"http://schemas.openxmlformats.org/drawingml/2006/diagram":               "dgm:",
}

// element is one that has just begun.
type element struct {
	name string // with the prefix of spaces; "?:…" = a namespace that nobody knows
	attr []xml.Attr
}

func qualified(n xml.Name) string {
	if n.Space == "" {
		return n.Local
	}
	if p, ok := spaces[n.Space]; ok {
		return p + n.Local
	}
	return "?:" + n.Local
}

// get is the value of an attribute, "" where there is none.
func (e element) get(name string) string {
	for _, a := range e.attr {
		if qualified(a.Name) == name {
			return a.Value
		}
	}
	return ""
}

// val is the attribute that most elements of WordprocessingML have.
func (e element) val() string { return e.get("w:val") }

// on reads a switch of WordprocessingML: it is on where it stands, unless it
// says otherwise (ST_OnOff).
func (e element) on() bool {
	switch e.val() {
	case "0", "false", "off", "none":
		return false
	}
	return true
}

// reader walks through an XML part without building a tree.
type reader struct {
	decoder *xml.Decoder
	depth   int
	count   int
}

// walk reads a part from its root element on: do is called for the root.
func walk(from io.Reader, do func(r *reader, root element) error) error {
	r := &reader{decoder: xml.NewDecoder(from)}
	r.decoder.Strict = true
	for {
		t, err := r.token()
		if err == io.EOF {
			return damaged(errors.New("an XML part without an element"))
		}
		if err != nil {
			return err
		}
		if start, ok := t.(xml.StartElement); ok {
			return do(r, element{qualified(start.Name), start.Attr})
		}
	}
}

// token reads the next one and holds the limits.
func (r *reader) token() (xml.Token, error) {
	t, err := r.decoder.Token()
	if err != nil {
		var refusal *news.Error
		if err == io.EOF || errors.As(err, &refusal) {
			return nil, err
		}
		return nil, damaged(err)
	}
	switch t := t.(type) {
	case xml.StartElement:
		if r.depth++; r.depth > maxNesting {
			return nil, refuse("nested", "the file nests its parts more than %d deep, as no word processor does; it was not read", maxNesting)
		}
		if r.count++; r.count > maxElements {
			return nil, errBomb
		}
	case xml.EndElement:
		r.depth--
	case xml.Directive:
		if strings.Contains(string(t), "[") || strings.Contains(strings.ToUpper(string(t)), "ENTITY") {
			return nil, refuse("entity", "the file brings XML entities of its own, as no word processor does; it was not read")
		}
	}
	return t, nil
}

// each calls do for every child of the element that has just begun, and text,
// which may be nil, for the characters between them, to its end. do may read
// the child or leave it: the rest of it is passed over.
func (r *reader) each(do func(element) error, text func(string)) error {
	inside := r.depth
	for {
		t, err := r.token()
		if err == io.EOF {
			return damaged(io.ErrUnexpectedEOF)
		}
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if err := do(element{qualified(t.Name), t.Attr}); err != nil {
				return err
			}
			if err := r.leave(inside); err != nil {
				return err
			}
		case xml.EndElement:
			return nil
		case xml.CharData:
			if text != nil {
				text(string(t))
			}
		}
	}
}

// leave passes over what is left until so many elements are open.
func (r *reader) leave(depth int) error {
	for r.depth > depth {
		if _, err := r.token(); err == io.EOF {
			return damaged(io.ErrUnexpectedEOF)
		} else if err != nil {
			return err
		}
	}
	return nil
}

// words reads all characters of the element that has just begun; gap is called
// for each child that parts words.
func (r *reader) words(parts func(element) string) (string, error) {
	var b strings.Builder
	var inside func(element) error
	inside = func(e element) error {
		b.WriteString(parts(e))
		return r.each(inside, func(s string) { b.WriteString(s) })
	}
	err := r.each(inside, func(s string) { b.WriteString(s) })
	return b.String(), err
}
