package manuscript

import (
	"errors"
	"path"
	"strings"

	"broadsheet/internal/doc"
)

// docx is a Word document that is being read (ECMA-376, part 1). Parts are
// read once each: first what the text refers to, then the text.
type docx struct {
	archive   *archive
	document  string              // name of the part with the text
	rels      map[string]relation // of the part that is being read
	styles    map[string]*wordStyle
	numbering numbering
	notes     map[string][]doc.Inline // "footnote 3" → its runs
	fields    []*field                // that are open in the text
	contents  strings.Builder         // the words of a table of contents
	letters   int                     // bytes of text so far
	reports   Manuscript              // of which only the reports are used
}

// relation leads from a part to another or to an address.
type relation struct {
	kind, target string
	external     bool
}

func readDOCX(a *archive) (Manuscript, error) {
	d := &docx{archive: a, styles: map[string]*wordStyle{}, notes: map[string][]doc.Inline{}}
	if err := d.findDocument(); err != nil {
		return Manuscript{}, err
	}
	for _, step := range []func() error{d.readStyles, d.readNumbering, d.readNotes, d.readComments, d.readMargins} {
		if err := step(); err != nil {
			return Manuscript{}, err
		}
	}
	if err := d.useRelations(d.document); err != nil {
		return Manuscript{}, err
	}
	var nodes []node
	r, err := a.open(d.document)
	if err != nil {
		return Manuscript{}, damaged(err)
	}
	defer r.Close()
	err = walk(r, func(r *reader, root element) error {
		return r.each(func(e element) (err error) {
			if e.name == "w:body" {
				nodes, err = d.story(r)
			}
			return err
		}, nil)
	})
	if err != nil {
		return Manuscript{}, err
	}
	if d.letters > mostLetters {
		return Manuscript{}, tooLong(nil)
	}
	if text := oneLine(d.contents.String()); text != "" {
		d.reports.report(Contents, text)
	}
	return assemble(nodes, d.picture, d.reports.Reports)
}

// findDocument finds the part with the text: by the relation that says so,
// since its name is free.
func (d *docx) findDocument() error {
	rels, err := d.relations("_rels/.rels")
	if err != nil {
		return err
	}
	d.document = "word/document.xml"
	for _, r := range rels {
		if strings.HasSuffix(r.kind, "/officeDocument") && !r.external {
			d.document = resolve("", r.target)
		}
	}
	if !d.archive.has(d.document) || !strings.HasPrefix(d.document, "word/") && d.archive.has("xl/workbook.xml") {
		return refuse("kind", "this is no text document; send .docx, .odt, .html, .md or .txt")
	}
	return nil
}

// relations reads a part of relations; a missing one is empty.
func (d *docx) relations(name string) (map[string]relation, error) {
	out := map[string]relation{}
	err := d.part(name, func(r *reader) error {
		return r.each(func(e element) error {
			out[e.get("Id")] = relation{e.get("Type"), e.get("Target"), e.get("TargetMode") == "External"}
			return nil
		}, nil)
	})
	return out, err
}

func (d *docx) useRelations(of string) (err error) {
	d.rels, err = d.relations(path.Join(path.Dir(of), "_rels", path.Base(of)+".rels"))
	return err
}

// beside is the name of the part that the document relates to in a way; "" =
// none.
func (d *docx) beside(kind string) string {
	rels, err := d.relations(path.Join(path.Dir(d.document), "_rels", path.Base(d.document)+".rels"))
	if err != nil {
		return ""
	}
	for _, r := range rels {
		if strings.HasSuffix(r.kind, "/"+kind) && !r.external {
			return resolve(d.document, r.target)
		}
	}
	return ""
}

// part reads a part from inside its root; a missing one is nothing.
func (d *docx) part(name string, inside func(r *reader) error) error {
	from, err := d.archive.open(name)
	if errors.Is(err, errMissing) {
		return nil
	}
	if err != nil {
		return err
	}
	defer from.Close()
	return walk(from, func(r *reader, _ element) error { return inside(r) })
}

// readNotes reads footnotes and endnotes into runs.
func (d *docx) readNotes() error {
	for _, kind := range []string{"footnote", "endnote"} {
		name := d.beside(kind + "s")
		if name == "" {
			continue
		}
		if err := d.useRelations(name); err != nil {
			return err
		}
		err := d.part(name, func(r *reader) error {
			return r.each(func(e element) error {
				if e.name != "w:"+kind || strings.HasSuffix(e.get("w:type"), "eparator") || e.get("w:type") == "continuationNotice" {
					return nil
				}
				nodes, err := d.story(r)
				if err != nil {
					return err
				}
				text, href := noteText(nodes)
				d.notes[kind+" "+e.get("w:id")] = noteRuns(text, href)
				return nil
			}, nil)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// noteText is a note in one line; its link where it has exactly one, else the
// addresses in brackets.
func noteText(nodes []node) (text, href string) {
	f := flattening{}
	f.nodes(nodes)
	links := map[string]bool{}
	for _, run := range f.inline {
		if run.Marks.Href != "" {
			links[run.Marks.Href] = true
			href = run.Marks.Href
		}
	}
	if len(links) > 1 {
		href = ""
	}
	var b strings.Builder
	for i, run := range f.inline {
		switch {
		case run.Break:
			b.WriteByte(' ')
		default:
			b.WriteString(run.Text)
		}
		if link := run.Marks.Href; len(links) > 1 && link != "" && (i+1 == len(f.inline) || f.inline[i+1].Marks.Href != link) && !strings.Contains(run.Text, link) {
			b.WriteString(" (" + link + ")")
		}
	}
	return b.String(), href
}

// readComments reports what stands in the margin.
func (d *docx) readComments() error {
	d.rels = nil
	name := d.beside("comments")
	if name == "" {
		return nil
	}
	return d.part(name, func(r *reader) error {
		return r.each(func(e element) error {
			if e.name != "w:comment" {
				return nil
			}
			nodes, err := d.story(r)
			if text := plainWords(nodes); err == nil && text != "" {
				d.reports.report(Comment, signedBy(e.get("w:author"), text))
			}
			return err
		}, nil)
	})
}

func signedBy(who, text string) string {
	if who == "" {
		return text
	}
	return who + ": " + text
}

// readMargins reports heads and feet of pages, each text once.
func (d *docx) readMargins() error {
	rels, err := d.relations(path.Join(path.Dir(d.document), "_rels", path.Base(d.document)+".rels"))
	if err != nil {
		return err
	}
	for _, kind := range []Kind{Header, Footer} {
		for _, r := range rels {
			if !strings.HasSuffix(r.kind, "/"+string(kind)) || r.external {
				continue
			}
			err := d.part(resolve(d.document, r.target), func(r *reader) error {
				nodes, err := d.story(r)
				if text := plainWords(nodes); err == nil && strings.Trim(text, "0123456789 -–") != "" {
					d.reports.report(kind, text)
				}
				return err
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// plainWords is what nodes say, in one line.
func plainWords(nodes []node) string {
	text, _ := noteText(nodes)
	return oneLine(text)
}

// picture reads a picture's bytes.
func (d *docx) picture(part string) ([]byte, error) {
	if part == "" {
		return nil, errMissing
	}
	return d.archive.bytes(part, MaxFile)
}
