package manuscript

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"

	"broadsheet/internal/news"
)

// zipped is an archive of parts: name, content, name, content …
func zipped(t testing.TB, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i+1 < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(parts[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const names = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
	xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
	xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"
	xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"`

// word is a .docx as Word lays it out: body is the inside of w:body.
func word(t testing.TB, body string, more ...string) []byte {
	t.Helper()
	rels := `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
	<Relationship Id="s" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>
	<Relationship Id="n" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering" Target="numbering.xml"/>
	<Relationship Id="f" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" Target="footnotes.xml"/>
	<Relationship Id="c" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments" Target="comments.xml"/>
	<Relationship Id="l1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="https://council.example/a?b=1&amp;c=2" TargetMode="External"/>
	<Relationship Id="l2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="javascript:alert(1)" TargetMode="External"/>
	<Relationship Id="p1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/image1.png"/>
	<Relationship Id="p2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="https://elsewhere.example/x.png" TargetMode="External"/>
	</Relationships>`
	return zipped(t, append([]string{
		"[Content_Types].xml", `<Types/>`,
		"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="/word/document2.xml"/></Relationships>`,
		"word/_rels/document2.xml.rels", rels,
		"word/document2.xml", `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document ` + names + `><w:body>` + body + `<w:sectPr/></w:body></w:document>`,
		"word/styles.xml", germanStyles, "word/numbering.xml", wordNumbering, "word/media/image1.png", "\x89PNG one",
	}, more...)...)
}

// germanStyles: the ids are German, the names are English, as Word writes them.
const germanStyles = `<w:styles ` + names + `>
<w:style w:type="paragraph" w:default="1" w:styleId="Standard"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/><w:basedOn w:val="Standard"/></w:style>
<w:style w:type="paragraph" w:styleId="Untertitel"><w:name w:val="Subtitle"/></w:style>
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Zwischentitel"><w:name w:val="Zwischentitel"/><w:basedOn w:val="berschrift2"/></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Gliederung"><w:name w:val="Gliederung"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Zitat"><w:name w:val="Quote"/><w:rPr><w:i/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Listenabsatz"><w:name w:val="List Paragraph"/></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Punkte"><w:name w:val="Punkte"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Beschriftung"><w:name w:val="caption"/></w:style>
<w:style w:type="character" w:styleId="Fett"><w:name w:val="Strong"/><w:rPr><w:b/><w:bCs/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr><w:u w:val="single"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Kreis1"><w:name w:val="a"/><w:basedOn w:val="Kreis2"/></w:style><w:style w:type="paragraph" w:styleId="Kreis2"><w:name w:val="b"/><w:basedOn w:val="Kreis1"/></w:style>
</w:styles>`

const wordNumbering = `<w:numbering ` + names + `>
<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="8"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>
</w:numbering>`

func p(style, inside string) string {
	if style != "" {
		style = `<w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>`
	}
	return `<w:p w:rsidR="00AB12CD" w14:paraId="1">` + style + inside + `</w:p>`
}

func tx(s string) string {
	return `<w:r w:rsidRPr="00AB"><w:t xml:space="preserve">` + s + `</w:t></w:r>`
}

func li(num, level, text string) string {
	return `<w:p><w:pPr><w:pStyle w:val="Listenabsatz"/><w:numPr><w:ilvl w:val="` + level + `"/><w:numId w:val="` + num + `"/></w:numPr></w:pPr>` + tx(text) + `</w:p>`
}

func fieldXML(instruction, result string) string {
	return `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> ` + instruction + ` </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>` + tx(result) + `<w:r><w:fldChar w:fldCharType="end"/></w:r>`
}

const drawn = `<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Grafik 1" descr="A bridge&#10;&#10;Description automatically generated"/><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="p1"/><a:srcRect l="10000"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`

const boxed = `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>`

// TestWord reads the particular ways of Word and Google Docs, one at a time.
func TestWord(t *testing.T) {
	lead := p("Titel", tx("Title"))
	for _, c := range []struct{ name, body, want string }{
		{"styles by their English names", lead + p("Untertitel", tx("Below")) + p("berschrift1", tx("One")) + p("Zwischentitel", tx("Two")) + p("Gliederung", tx("Three")) + p("Kreis1", tx("Text.")),
			"headline: Title\nstandfirst: Below\n\n## One\n\n### Two\n\n#### Three\n\nText.\n"},
		{"the first heading", p("berschrift1", tx("Head")) + p("", tx("Text.")), "headline: Head\n\nText.\n"},
		{"the first short line", p("", "") + p("", tx("Short line")) + p("", tx("Text.")), "headline: Short line\n\nText.\n"},
		{"no headline", p("", tx("A whole sentence.")) + p("", tx("Text.")), "\nA whole sentence.\n\nText.\n"},
		{"crumbs", lead + p("", `<w:proofErr w:type="spellStart"/>`+tx("Val")+`<w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/>`+tx("mere")+`<w:proofErr w:type="spellEnd"/><w:r><w:t> x </w:t></w:r>`+tx(" y")), "headline: Title\n\nValmerex y\n"},
		{"smart tags and controls", lead + p("", `<w:smartTag w:uri="x" w:element="place">`+tx("Valmere")+`</w:smartTag><w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>`+tx(" opens")+`</w:sdtContent></w:sdt>`) +
			`<w:sdt><w:sdtPr/><w:sdtContent>` + p("", tx("Inside.")) + `</w:sdtContent></w:sdt>`, "headline: Title\n\nValmere opens\n\nInside.\n"},
		{"a placeholder and a table of contents", lead + `<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>` + p("", tx("Click here")) + `</w:sdtContent></w:sdt><w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>` + p("", tx("One 1")) + `</w:sdtContent></w:sdt>` +
			p("", fieldXML(`TOC \o "1-3"`, "Two 2")) + p("", tx("Text.")), "headline: Title\nreport placeholder: Click here\nreport contents: One 1\nreport contents: Two 2\n\nText.\n"},
		{"looks", lead + p("", `<w:r><w:rPr><w:b/></w:rPr><w:t>b</w:t></w:r><w:r><w:rPr><w:b w:val="0"/><w:i/></w:rPr><w:t>i</w:t></w:r><w:r><w:rPr><w:rStyle w:val="Fett"/></w:rPr><w:t>s</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="subscript"/></w:rPr><w:t>3</w:t></w:r>`),
			"headline: Title\n\n**b**_i_**s**<sup>2</sup><sub>3</sub>\n"},
		{"hidden and struck", lead + p("", tx("a ")+`<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:r><w:rPr><w:strike/></w:rPr><w:t>struck</w:t></w:r>`), "headline: Title\nreport hidden: secret\nreport struck: struck\n\na struck\n"},
		{"links", lead + p("", `<w:hyperlink r:id="l1" w:history="1">`+tx("council")+`</w:hyperlink>`+tx(" ")+`<w:hyperlink r:id="l2">`+tx("bad")+`</w:hyperlink>`+tx(" ")+`<w:hyperlink w:anchor="x">`+tx("here")+`</w:hyperlink>`+tx(" ")+fieldXML(`HYPERLINK "https://a.example/x y" \l "top" \o "tip"`, "field")),
			"headline: Title\nreport link: javascript:alert(1)\n\n[council](https://council.example/a?b=1&c=2) bad here [field](https://a.example/x%20y#top)\n"},
		{"lists", lead + li("1", "0", "a") + li("1", "1", "b") + li("1", "0", "c") + li("2", "0", "one") + li("2", "1", "in") + p("", tx("Between.")) + li("2", "0", "two") + li("3", "0", "seven") + p("Punkte", tx("by style")),
			"headline: Title\nreport numbering: 1.I\n\n- a\n\n  - b\n\n- c\n\n1. one\n\n   1. in\n\nBetween.\n\n2. two\n\n7) seven\n\n- by style\n"},
		{"no list", lead + li("0", "0", "plain"), "headline: Title\n\nplain\n"},
		{"numbered headings", lead + `<w:p><w:pPr><w:pStyle w:val="berschrift2"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr></w:pPr>` + tx("First") + `</w:p>` + p("", tx("Text.")), "headline: Title\n\n## 1\\. First\n\nText.\n"},
		{"quotes", lead + p("Zitat", `<w:r><w:rPr><w:i/></w:rPr><w:t>Said.</w:t></w:r>`) + p("Zitat", tx("— Mira")) + p("", tx("Text.")), "headline: Title\n\n> _Said._\n> — Mira\n\nText.\n"},
		{"tracked changes", lead + p("", tx("It ")+`<w:ins w:id="1" w:author="E"><w:r><w:t>opens</w:t></w:r></w:ins><w:del w:id="2" w:author="E"><w:r><w:delText>closes</w:delText></w:r></w:del>`+tx(" now.")) +
			`<w:p><w:pPr><w:rPr><w:del w:id="3" w:author="E"/></w:rPr></w:pPr>` + tx("Joined ") + `</w:p>` + p("", tx("lines.")) +
			`<w:p><w:pPr><w:pPrChange w:id="4"><w:pPr><w:pStyle w:val="berschrift1"/></w:pPr></w:pPrChange></w:pPr><w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>moved</w:t></w:r></w:moveTo></w:p>`,
			"headline: Title\nreport deleted: closes\n\nIt opens now.\n\nJoined lines.\n\nmoved\n"},
		{"signs", lead + p("", `<w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t><w:softHyphen/><w:t>c</w:t><w:tab/><w:t>d</w:t><w:br/><w:t>e</w:t><w:sym w:font="Wingdings" w:char="F0FC"/><w:sym w:font="Odd" w:char="F0FF"/><w:br w:type="page"/></w:r>`),
			"headline: Title\nreport letter: Odd F0FF\n\na\u2011b\u00adc d\\\ne✓\ufffd\n"},
		{"pictures", lead + p("", drawn) + p("Beschriftung", tx("On Monday")) + p("", tx("Text with one.")+drawn) + p("", `<w:r><w:drawing><wp:inline><wp:docPr descr="Gone"/><a:blip r:link="p2"/></wp:inline></w:drawing></w:r>`) + p("", tx("End.")),
			"headline: Title\npicture: A bridge.png image: unknown format 0 × 0\nreport picture-cut: A bridge\nreport picture: Gone https://elsewhere.example/x.png\n\n![A bridge](/media/manuscript/1 \"On Monday\")\n\nText with one.\n\n![A bridge](/media/manuscript/1)\n\nEnd.\n"},
		{"a text box once", lead + p("", tx("Text.")+boxed), "headline: Title\nreport text-box: In a box.\n\nText.\n\n::: fact\nIn a box.\n:::\n"},
		{"a line across", lead + p("", tx("a.")) + p("", `<w:r><w:pict><v:rect o:hr="t"/></w:pict></w:r>`) + p("", tx("b.")) + `<w:p><w:pPr><w:pBdr><w:bottom w:val="single"/></w:pBdr></w:pPr></w:p>` + p("", tx("c.")), "headline: Title\n\na.\n\n___\n\nb.\n\n___\n\nc.\n"},
		{"a formula and a chart", lead + p("", tx("x ")+`<m:oMath><m:r><m:t>E=m</m:t></m:r><m:sSup><m:e><m:r><m:t>c</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>`) + p("", `<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>`),
			"headline: Title\nreport formula: E=mc2\nreport object: Excel.Sheet.12\n\nx E=mc2\n"},
		{"tables", lead + `<w:tbl><w:tblPr/><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Head</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>` + p("", tx("a")) + `</w:tc><w:tc>` + p("", tx("b")) + `</w:tc></w:tr>
			<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>` + p("", "") + `</w:tc><w:tc>` + p("", tx("c")) + `</w:tc></w:tr><w:tr><w:trPr><w:del w:id="1"/></w:trPr><w:tc>` + p("", tx("gone")) + `</w:tc></w:tr></w:tbl><w:tbl><w:tr><w:tc>` + p("", tx("Framed.")) + `</w:tc></w:tr></w:tbl>`,
			"headline: Title\nreport deleted: gone\n\n<table>\n<thead>\n<tr><th scope=\"col\" colspan=\"2\">Head</th></tr>\n</thead>\n<tbody>\n<tr><td rowspan=\"2\">a</td><td>b</td></tr>\n<tr><td>c</td></tr>\n</tbody>\n</table>\n\nFramed.\n"},
		{"right to left", `<w:p><w:pPr><w:pStyle w:val="Titel"/><w:bidi/></w:pPr><w:r><w:rPr><w:rtl/><w:lang w:bidi="fa-IR"/></w:rPr><w:t>پل باز شد</w:t></w:r></w:p><w:p><w:pPr><w:bidi/></w:pPr><w:r><w:rPr><w:rFonts w:hint="cs"/><w:bCs/><w:rtl/><w:lang w:bidi="fa-IR"/></w:rPr><w:t>پل کهن گشوده شد و همهٔ شهر برای دیدن آن آمده بودند.</w:t></w:r></w:p>` + p("", tx("The English of it is here, in the end.")),
			"headline: پل باز شد\nlanguage: fa\n\n**پل کهن گشوده شد و همهٔ شهر برای دیدن آن آمده بودند.**\n\nThe English of it is here, in the end. {lang=en}\n"},
		{"Google Docs", `<w:p><w:pPr><w:pStyle w:val="Titel"/><w:pageBreakBefore w:val="0"/><w:rPr/></w:pPr><w:bookmarkStart w:colFirst="0" w:colLast="0" w:name="_h" w:id="0"/><w:bookmarkEnd w:id="0"/><w:r w:rsidDel="00000000" w:rsidR="00000000" w:rsidRPr="00000000"><w:rPr><w:rtl w:val="0"/></w:rPr><w:t xml:space="preserve">From Docs</w:t></w:r></w:p>
			<w:p><w:pPr/><w:hyperlink r:id="l1"><w:r><w:rPr><w:color w:val="1155cc"/><w:u w:val="single"/><w:rtl w:val="0"/></w:rPr><w:t xml:space="preserve">council</w:t></w:r></w:hyperlink><w:r><w:rPr><w:rtl w:val="0"/></w:rPr><w:t xml:space="preserve"> said.</w:t></w:r></w:p>`,
			"headline: From Docs\n\n[council](https://council.example/a?b=1&c=2) said.\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			data := word(t, c.body)
			m, err := Read("a.docx", bytes.NewReader(data), int64(len(data)))
			if err != nil {
				t.Fatal(err)
			}
			if m.Language = strings.TrimSuffix(m.Language, "en"); m.Language == "" {
				m.Body = m.Body.In("en", "") // as in an English edition
			}
			if got := shown(m); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

// TestWordNotes reads footnotes, comments, heads and feet from their parts.
func TestWordNotes(t *testing.T) {
	note := func(id, inside string) string {
		return `<w:footnote w:id="` + id + `">` + p("", inside) + `</w:footnote>`
	}
	data := word(t, p("Titel", tx("Title"))+p("", tx("Text")+`<w:r><w:footnoteReference w:id="2"/></w:r>`+tx(" and")+`<w:r><w:footnoteReference w:id="3"/></w:r><w:r><w:commentReference w:id="0"/></w:r>`+tx(".")),
		"word/footnotes.xml", `<w:footnotes `+names+`><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>`+note("2", `<w:r><w:footnoteRef/></w:r>`+tx(" Minutes, ")+`<w:hyperlink r:id="x">`+tx("page 3")+`</w:hyperlink>`)+note("3", tx(strings.Repeat("long ", 1000)))+`</w:footnotes>`,
		"word/_rels/footnotes.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="x" Type="y" Target="https://minutes.example" TargetMode="External"/></Relationships>`,
		"word/comments.xml", `<w:comments `+names+`><w:comment w:id="0" w:author="Edda">`+p("", tx("Which meeting?"))+`</w:comment></w:comments>`)
	m, err := Read("a.docx", bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	got := shown(m)
	for _, want := range []string{"report comment: Edda: Which meeting?\n", "Text^[[Minutes, page 3](https://minutes.example)] and^[long "} {
		if !strings.Contains(got, want) {
			t.Errorf("there is no %q in\n%.600s", want, got)
		}
	}
	if n := strings.Count(got, "long"); n != 1000 {
		t.Errorf("%d of 1000 words of a long note", n)
	}
}

// TestHostile: what would fill the memory or the stack is refused at once.
func TestHostile(t *testing.T) {
	deep := strings.Repeat("<w:sdt>", 100_000)
	entity := `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><w:document ` + names + `><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>`
	outside := `<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd" [ ]><w:document/>`
	for _, c := range []struct {
		name string
		data []byte
		code news.Code
	}{
		{"a bomb of spaces", word(t, p("", tx(strings.Repeat(" ", 60<<20)))), news.TooLarge},
		{"a bomb in the numbering", zipped(t, "word/document.xml", `<w:document `+names+`><w:body><w:p><w:r><w:t>a</w:t></w:r></w:p></w:body></w:document>`, "word/_rels/document.xml.rels",
			`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="n" Type="x/numbering" Target="n.xml"/></Relationships>`, "word/n.xml", "<n>"+strings.Repeat("<a/>", 2<<20)+"</n>"), news.TooLarge},
		{"100,000 nested elements", word(t, deep), news.Invalid},
		{"entities", zipped(t, "word/document.xml", entity), news.Invalid},
		{"an outside entity", zipped(t, "word/document.xml", outside), news.Invalid},
		{"no XML at all", zipped(t, "word/document.xml", "hello"), news.Invalid},
		{"cut XML", zipped(t, "word/document.xml", `<w:document `+names+`><w:body><w:p>`), news.Invalid},
		{"a sheet", zipped(t, "_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="d" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>`, "xl/workbook.xml", "<x/>"), news.Invalid},
		{"any archive", zipped(t, "a.txt", "b"), news.Invalid},
		{"an odd mimetype", zipped(t, "mimetype", "application/vnd.oasis.opendocument.spreadsheet"), news.Invalid},
		{"an ODT without a text", zipped(t, "mimetype", "application/vnd.oasis.opendocument.text"), news.Invalid},
		{"too long", word(t, strings.Repeat(p("", tx(strings.Repeat("word ", 2000))), 300)), news.TooLarge},
		{"a list of a million parts", append(bytes.Repeat([]byte("PK\x01\x02"+strings.Repeat("\x00", 42)), 40_000), []byte("PK\x05\x06\x00\x00\x00\x00\x01\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00")...), news.TooLarge},
		{"half a zip", word(t, p("", tx("a")))[:300], news.Invalid},
		{"an old Word file", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), news.Invalid},
		{"RTF", []byte(`{\rtf1 hello}`), news.Invalid},
		{"PDF", []byte("%PDF-1.7"), news.Invalid},
		{"nothing", nil, news.Invalid},
		{"white space", []byte(" \n\t\n"), news.Invalid},
		{"a picture", []byte("\x89PNG\r\n\x1a\n"), news.Invalid},
		{"broken UTF-8", []byte("The \xff\xfe\x80\x81 of it, \xc3( and \xe2\x82"), news.Invalid},
		{"no text", word(t, p("", "")), news.Invalid},
		{"100,000 nested divs", []byte("<html>" + strings.Repeat("<div>", 100_000) + "x"), news.Invalid},
	} {
		t.Run(c.name, func(t *testing.T) {
			data := c.data
			_, err := Read("a.docx", bytes.NewReader(data), int64(len(data)))
			if news.CodeOf(err) != c.code {
				t.Errorf("%v", err)
			}
		})
	}
	if _, err := Read("a.docx", bytes.NewReader(nil), MaxFile+1); news.CodeOf(err) != news.TooLarge {
		t.Errorf("a file over 25 MB: %v", err)
	}
}
