package doc

import (
	"cmp"
	"html/template"
	"slices"
	"strconv"
	"strings"
)

// DefaultRel is the rel attribute of links that lead to another host.
const DefaultRel = "noopener nofollow"

// HTMLOptions say how a body is printed for one page. The zero value prints everything that the body holds.
type HTMLOptions struct {
	// HeadingOffset is added to each heading's level; what comes out is kept within 1 and 6.
	HeadingOffset int
	// Lang and Dir are the article's: a block that says the same says nothing.
	Lang, Dir string
	// Dateline is printed at the start of the first paragraph in <span class="dateline">, "" for none. It is printed as
	// given, followed by a space: the house's dash belongs into it.
	Dateline string
	// Rel is the rel attribute of links and cards to other hosts; "" is DefaultRel, "none" prints no rel.
	Rel string
	// OwnHosts are host names whose links are our own, in lower case, with the port where there is one.
	OwnHosts []string
	// OwnPicturesOnly prints a picture that lies on another host as a link, for pages that load from nobody else.
	OwnPicturesOnly bool
	// Suggestions prints unsettled suggestions as <ins> and <del>, for the desk; elsewhere the text is as if all were refused.
	Suggestions bool
	// Spoken are read aloud around them.
	Spoken SuggestionWords
	// Notes says what stands around the list of footnotes at the end.
	Notes NoteWords
}

// SuggestionWords are put unseen (class "hidden") before and after suggestions, for readers who hear a page: not every
// browser says by itself what <ins> and <del> are.
type SuggestionWords struct {
	Inserted, Deleted string // before
	End               string // after
}

// NoteWords are the words around footnotes, in the article's language. Without them the list has no heading and numbers
// are Latin.
type NoteWords struct {
	Title  string           // heads the list: "Sources and notes"
	Label  string           // read aloud before a number in the text: "Note"
	Back   string           // read aloud after the number before a note: "Back to the text"
	Number func(int) string // writes a number in the edition's digits; nil = 1, 2, 3
}

// HTML prints the body. Only elements, attributes and classes of the package comment come out, every text is escaped
// and every address checked again, whatever the Body holds: this is the one place that makes a template.HTML.
func (b Body) HTML(o HTMLOptions) template.HTML {
	if !o.Suggestions {
		b = b.Original()
	}
	p := printer{o: o, dateline: plainLine(o.Dateline)}
	p.w = make([]byte, 0, 4096)
	if p.dateline != "" && !p.hasParagraph(b.Blocks) {
		p.add("<p>")
		p.printDateline()
		p.add("</p>\n")
	}
	p.blocks(b.Blocks, around{o.Lang, o.Dir})
	p.notes()
	return template.HTML(p.w)
}

type printer struct {
	o        HTMLOptions
	w        []byte
	dateline string // still to be printed
	noted    []Inline
	// plainForm is true for HTML inside the desk's plain form.
	plainForm bool
}

func (p *printer) add(parts ...string) {
	for _, s := range parts {
		p.w = append(p.w, s...)
	}
}

// text escapes as html.EscapeString does, without its detour over another string.
func (p *printer) text(s string) {
	from := 0
	for i := 0; i < len(s); i++ {
		var esc string
		switch s[i] {
		case '&':
			esc = "&amp;"
		case '<':
			esc = "&lt;"
		case '>':
			esc = "&gt;"
		case '"':
			esc = "&#34;"
		case '\'':
			esc = "&#39;"
		default:
			continue
		}
		p.w = append(append(p.w, s[from:i]...), esc...)
		from = i + 1
	}
	p.w = append(p.w, s[from:]...)
}

func (p *printer) attr(name, value string) {
	p.add(" ", name, `="`)
	p.text(value)
	p.add(`"`)
}

func (p *printer) hasParagraph(blocks []Block) bool {
	return slices.ContainsFunc(blocks, func(b Block) bool { return b.Kind == KindParagraph })
}

func (p *printer) printDateline() {
	p.add(`<span class="dateline">`)
	p.text(p.dateline)
	p.add("</span>")
	p.dateline = ""
}

func (p *printer) blocks(blocks []Block, a around) {
	for _, b := range blocks {
		p.block(b, a)
		p.add("\n")
	}
}

func (p *printer) block(b Block, a around) {
	inner := a.with(b)
	switch b.Kind {
	case KindParagraph:
		p.open("p", b, a)
		if p.dateline != "" {
			p.printDateline()
			p.add(" ")
		}
		p.inline(b.Inline)
		p.add("</p>")
	case KindHeading:
		name := "h" + strconv.Itoa(min(max(b.Level+p.o.HeadingOffset, 1), 6))
		p.open(name, b, a)
		p.inline(b.Inline)
		p.add("</", name, ">")
	case KindQuote:
		p.quote(b, a)
	case KindBulletList, KindOrderedList:
		p.list(b, a)
	case KindImage:
		p.picture(b, a)
	case KindEmbed:
		p.card(b, a)
	case KindTable:
		p.table(b, a)
	case KindSeparator:
		p.add("<hr>")
	case KindNote:
		class := NoteEditor
		if b.Note == NoteFact {
			class = NoteFact
		}
		p.open("aside", b, a, class)
		p.add("\n")
		p.nested(b.Blocks, inner)
		p.add("</aside>")
	default: // a list item outside a list, or what is no kind: its text
		p.nested(b.Blocks, inner)
	}
}

// nested prints the blocks of a container: the dateline never goes inside one.
func (p *printer) nested(blocks []Block, a around) {
	keep := p.dateline
	p.dateline = ""
	p.blocks(blocks, a)
	p.dateline = keep
}

// open starts an element with class, lang and dir; the latter where they differ from what is around.
func (p *printer) open(name string, b Block, a around, class ...string) {
	p.add("<", name)
	if len(class) > 0 {
		p.attr("class", class[0])
	}
	p.langDir(b.Lang, b.Dir, a)
	p.add(">")
}

func (p *printer) langDir(lang, dir string, a around) {
	if _, ok := canonicalLang(lang); ok && lang != a.lang {
		p.attr("lang", lang)
	} else {
		lang = ""
	}
	if (dir == "ltr" || dir == "rtl") && (dir != a.dir || lang != "") {
		p.attr("dir", dir)
	}
}

func (p *printer) quote(b Block, a around) {
	inner := a.with(b)
	if b.By == "" {
		p.open("blockquote", b, a)
		p.add("\n")
		p.nested(b.Blocks, inner)
		p.add("</blockquote>")
		return
	}
	p.open("figure", b, a, "quote")
	p.add("\n<blockquote>\n")
	p.nested(b.Blocks, inner)
	p.add("</blockquote>\n<figcaption>— ")
	p.text(b.By)
	p.add("</figcaption>\n</figure>")
}

func (p *printer) list(b Block, a around) {
	name := "ul"
	if b.Kind == KindOrderedList {
		name = "ol"
	}
	inner := a.with(b)
	p.add("<", name)
	if name == "ol" && b.Start > 1 {
		p.attr("start", strconv.Itoa(b.Start))
	}
	p.langDir(b.Lang, b.Dir, a)
	p.add(">\n")
	for _, item := range b.Blocks {
		p.add("<li>")
		// A single plain paragraph needs no <p>: the list stays tight.
		if c := item.Blocks; len(c) == 1 && c[0].Kind == KindParagraph && c[0].Lang == "" && c[0].Dir == "" {
			p.inline(c[0].Inline)
		} else {
			p.add("\n")
			p.nested(item.Blocks, inner)
		}
		p.add("</li>\n")
	}
	p.add("</", name, ">")
}

func (p *printer) picture(b Block, a around) {
	if b.Image == nil {
		return
	}
	src, ok := cleanSrc(b.Image.Src)
	if !ok {
		return
	}
	p.open("figure", b, a)
	p.add("\n")
	if p.o.OwnPicturesOnly && !strings.HasPrefix(src, "/") && !p.own(src) {
		p.link(src)
		p.text(cmp.Or(b.Image.Alt, src))
		p.add("</a>")
	} else {
		p.add("<img")
		p.attr("src", src)
		p.attr("alt", b.Image.Alt)
		if b.Image.Width > 0 {
			p.attr("width", strconv.Itoa(b.Image.Width))
		}
		if b.Image.Height > 0 {
			p.attr("height", strconv.Itoa(b.Image.Height))
		}
		p.add(` loading="lazy">`)
	}
	p.caption(b.Image.Caption, b.Image.Credit)
	p.add("\n</figure>")
}

func (p *printer) caption(caption, credit string) {
	if caption == "" && credit == "" {
		return
	}
	p.add("\n<figcaption>")
	p.text(caption)
	if credit != "" {
		if caption != "" {
			p.add(" ")
		}
		p.add(`<span class="credit">`)
		p.text(credit)
		p.add("</span>")
	}
	p.add("</figcaption>")
}

func (p *printer) card(b Block, a around) {
	if b.Embed == nil {
		return
	}
	url, ok := cleanWebAddress(b.Embed.URL)
	if !ok {
		return
	}
	p.open("figure", b, a, "embed")
	p.add("\n")
	p.link(url)
	p.text(cmp.Or(b.Embed.Title, url))
	p.add("</a>")
	p.caption(b.Embed.Provider, "")
	p.add("\n</figure>")
}

// link starts an <a>; href has passed cleanHref.
func (p *printer) link(href string) {
	p.add("<a")
	p.attr("href", href)
	if rel := cmp.Or(p.o.Rel, DefaultRel); rel != "none" && foreign(href) && !p.own(href) {
		p.attr("rel", rel)
	}
	p.add(">")
}

func foreign(href string) bool {
	return strings.HasPrefix(href, "http://") || strings.HasPrefix(href, "https://")
}

func (p *printer) own(href string) bool {
	_, rest, _ := strings.Cut(href, "://")
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		rest = rest[:i]
	}
	return slices.Contains(p.o.OwnHosts, rest)
}
