package wirefmt

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"broadsheet/internal/news"
)

// checkNinjs checks what holds for every item that is read.
func checkNinjs(t fataler, b []byte, item Item) {
	if err := item.Content.Validate(); err != nil {
		t.Fatalf("the content breaks a rule: %v\n%s", err, b)
	}
	if err := item.Content.Body.Validate(); err != nil {
		t.Fatalf("the body breaks the schema: %v\n%s", err, b)
	}
	if item.SourceKey == "" || len(item.Hash) != 64 || item.Content.Urgency < 0 || item.Content.Urgency > 8 {
		t.Fatalf("no source, no hash or no urgency: %s", show(item))
	}
	if item.Status != StatusUsable && item.Status != StatusWithheld && item.Status != StatusCanceled {
		t.Fatalf("the status is %q", item.Status)
	}
	for _, s := range []string{item.SourceKey, item.Version, item.EdNote, item.UsageTerms, item.Section, item.Content.Headline, item.Content.Standfirst, item.Content.Credit} {
		if strings.ContainsRune(s, 0) {
			t.Fatalf("a NUL came through in %q", s)
		}
	}
	for _, f := range item.Report {
		if f.Message == "" || f.Rule == "" {
			t.Fatalf("a finding says nothing: %+v", f)
		}
	}
}

// The three families say the same in their own words, and the same article comes of each.
func TestFamilies(t *testing.T) {
	one := `{"uri":"urn:valmere:1","type":"text","version":"3","versioncreated":"2026-03-12T20:40:00Z","firstcreated":"2026-03-12T19:00:00Z",
		"pubstatus":"usable","urgency":3,"language":"en","headline":"Bridge reopens","headline_sub":"Repairs took two years","headline_kicker":"Harbour",
		"byline":"By Mira Halden and Jon Vale","located":"Valmere, Ostland","slugline":"bridge","usageterms":"Ostland only","ednote":"Check the sum.",
		"body_text":"Wrong","body_xhtml":"<p>The old <strong>bridge</strong> reopened.</p><p>It rained.</p>","copyrightholder":"Arne Holding",
		"infosource":[{"name":"Arne News Agency"}],"person":[{"name":"Ada Lorne"}],"place":[{"name":"Valmere"}],"organisation":[{"name":"Arne Ferries"}],
		"subject":[{"name":"Bridges"},{"name":"Bridges"},{"code":"x"}],"altids":{"newsid":"48213","other":"7"},"embargoed":"2026-03-13T06:00:00+01:00"}`
	two := `{"uri":"urn:valmere:1","type":"text","version":"3","versioncreated":"2026-03-12T20:40:00Z","firstcreated":"2026-03-12T19:00:00Z",
		"pubstatus":"usable","urgency":3,"language":"en","headlines":[{"role":"subtitle","value":"Repairs took two years"},{"role":"main","value":"Bridge reopens"},{"role":"kicker","value":"Harbour"}],
		"by":"By Mira Halden and Jon Vale","located":"Valmere, Ostland","slugline":"bridge","usageterms":"Ostland only","ednote":"Check the sum.",
		"bodies":[{"role":"text","contenttype":"text/plain","value":"Wrong"},{"role":"html","contenttype":"text/html","value":"<p>The old <strong>bridge</strong> reopened.</p><p>It rained.</p>"}],
		"copyrightholder":"Arne Holding","infosources":[{"name":"Arne News Agency"}],"people":[{"name":"Ada Lorne"}],"places":[{"name":"Valmere"}],"organisations":[{"name":"Arne Ferries"}],
		"subjects":[{"name":"Bridges"}],"altids":[{"role":"other","value":"7"},{"role":"NewsID","value":"48213"}],"embargoed":"2026-03-13T06:00:00+01:00"}`
	three := strings.NewReplacer("versioncreated", "versionCreated", "firstcreated", "firstCreated", "pubstatus", "pubStatus", "usageterms", "usageTerms", "ednote", "edNote",
		"contenttype", "contentType", "copyrightholder", "copyrightHolder", "infosources", "infoSources", "altids", "altIds", "embargoed", "embargoedUntil").Replace(two)
	near := strings.Replace(one, `"uri"`, `"guid"`, 1)
	want := `source: urn:valmere:1
version: 3
status: usable
news id: 48213
published: 2026-03-12T19:00:00Z
updated: 2026-03-12T20:40:00Z
embargo: 2026-03-13T06:00:00+01:00
language: en
urgency: 3
slugline: bridge
kicker: Harbour
headline: Bridge reopens
standfirst: Repairs took two years
bylines: Mira Halden | Jon Vale
credit: Arne News Agency
dateline: Valmere | Ostland | 
topic: person Ada Lorne
topic: place Valmere
topic: organisation Arne Ferries
topic: subject Bridges
editors' note: Check the sum.
terms: Ostland only

paragraph The old bridge reopened.

paragraph It rained.

`
	hash := ""
	for name, s := range map[string]string{"1.x": one, "2.x": two, "3.x": three, "guid for uri": near} {
		item, err := Ninjs([]byte(s), TextOptions{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if diff := cmp.Diff(want, show(item)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		if hash == "" {
			hash = item.Hash
		}
		if item.Hash != hash {
			t.Errorf("%s: another hash", name)
		}
		if runs := item.Content.Body.Blocks[0].Inline; len(runs) != 3 || !runs[1].Marks.Strong {
			t.Errorf("%s: the markup is lost: %+v", name, runs)
		}
	}
}

func TestNinjsDetails(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ json, want, rule string }{
		"a dateline in the text":    {`"body_text":"VALMERE, Ostland (Dispatches) -- The bridge.\nIt rained.","located":"Arnemouth"`, "dateline: VALMERE | Ostland | Dispatches\n\nparagraph The bridge.\n", RuleDateline},
		"a dateline in markup":      {`"body_html":"<p>VALMERE (Dispatches) — The <em>bridge</em>.</p>"`, "dateline: VALMERE |  | Dispatches\n\nparagraph The bridge.\n", RuleDateline},
		"a hard-wrapped body":       {`"body_text":"The company that runs the ferries between the mainland\nand the islands will cut three of its five evening\nsailings from May."`, "mainland and the islands will cut three of its five evening sailings", RuleWrap},
		"a script in the body":      {`"body_html":"<p>Text.</p><script>alert(1)</script>"`, "paragraph Text.\n\nreport", RuleMarkup},
		"the headline once more":    {`"body_html":"<h1>Bridge reopens</h1><p>Text.</p>"`, "\nparagraph Text.\n", RuleMarkup},
		"XML alone":                 {`"bodies":[{"contenttype":"application/nitf+xml","value":"<nitf><body><p>Text.</p></body></nitf>"}]`, "paragraph Text.\n", RuleMarkup},
		"a description alone":       {`"description_text":"The bridge."`, "paragraph The bridge.\n", RuleDescription},
		"a description beside":      {`"description_text":"After two years.","body_text":"The bridge."`, "standfirst: After two years.\n", ""},
		"a description repeated":    {`"description_text":"The bridge","body_text":"The bridge. It rained."`, "headline: Bridge reopens\n\nparagraph The bridge.", ""},
		"a kill":                    {`"pubstatus":"canceled"`, "status: canceled\n", RuleNoBody},
		"a kill in British":         {`"pubstatus":"cancelled","body_text":"x"`, "status: canceled\n", RuleValue},
		"an unknown status":         {`"pubstatus":"replaced","body_text":"x"`, "status: withheld\n", RuleValue},
		"an unreadable embargo":     {`"embargoed":"next Monday","body_text":"x"`, "status: withheld\n", RuleDate},
		"an embargo that is no day": {`"embargoed":"2026-02-30T10:00:00Z","body_text":"x"`, "status: withheld\n", RuleDate},
		"an embargo as a number":    {`"embargoed":1773000000,"body_text":"x"`, "status: withheld\n", RuleType},
		"an empty embargo":          {`"embargoed":"","body_text":"x"`, "status: usable\n", ""},
		"an embargo without a zone": {`"embargoed":"2026-03-12T21:40:00","body_text":"x"`, "embargo: 2026-03-12T21:40:00+01:00\n", ""},
		"an embargo, date only":     {`"embargoed":"2026-03-12","body_text":"x"`, "embargo: 2026-03-12T00:00:00+01:00\n", RuleTime},
		"a date that is none":       {`"versioncreated":"2026-04-31T10:00:00Z","body_text":"x"`, "status: usable\nheadline", RuleDate},
		"only versioncreated":       {`"versioncreated":"2026-04-30T10:00:00Z","body_text":"x"`, "published: 2026-04-30T10:00:00Z\nupdated: 2026-04-30T10:00:00Z", ""},
		"firstpublished":            {`"firstpublished":"2026-04-30T10:00:00+0000","firstcreated":"2026-04-29T10:00:00Z","body_text":"x"`, "published: 2026-04-30T10:00:00Z\n", ""},
		"urgency 9":                 {`"urgency":9,"body_text":"x"`, "urgency: 8\n", RuleValue},
		"urgency as text":           {`"urgency":"2","body_text":"x"`, "urgency: 2\n", RuleType},
		"urgency 0.1":               {`"urgency":0.1,"body_text":"x"`, "status: usable\nheadline", RuleValue},
		"a version as a number":     {`"version":7,"body_text":"x"`, "version: 7\n", RuleType},
		"nulls":                     {`"version":null,"subject":null,"embargoed":null,"body_html":null,"body_text":"x"`, "status: usable\nheadline", ""},
		"a subject that is a text":  {`"subject":["Bridges",{"name":"Rivers"}],"body_text":"x"`, "topic: subject Rivers\n", RuleType},
		"a topic too long":          {`"subject":[{"name":"` + strings.Repeat("x", 81) + `"}],"body_text":"x"`, "status: usable\nheadline", RuleLeftOut},
		"a slugline too long":       {`"slugline":"` + strings.Repeat("x", 121) + `","body_text":"x"`, "status: usable\nheadline", RuleLeftOut},
		"a description too long":    {`"description_text":"` + strings.Repeat("x", 1001) + `","body_text":"y"`, "status: usable\nheadline", RuleLeftOut},
		"pictures":                  {`"associations":[{"name":"a","uri":"b"}],"body_text":"x"`, "status: usable\nheadline", RuleLeftOut},
		"no pictures":               {`"associations":[],"renditions":{ },"body_text":"x"`, "status: usable\nheadline", ""},
		"an unknown property":       {`"colour":"blue","body_text":"x"`, "status: usable\nheadline", RuleProperty},
		"a property twice":          {`"slugline":"a","slugline":"b","body_text":"x"`, "slugline: b\n", RuleProperty},
		"the agency as the author":  {`"byline":"Dispatches","source":"Dispatches","body_text":"x"`, "headline: Bridge reopens\ncredit: Dispatches\n", ""},
		"authors":                   {`"authors":[{"name":"Mira Halden","role":"writer"},{"name":"Jon Vale"}],"body_text":"x"`, "bylines: Mira Halden | Jon Vale\n", ""},
		"a section":                 {`"service":[{"name":"Region","code":"r"}],"body_text":"x"`, "section: Region\n", ""},
		"a section as text":         {`"section":"Region","body_text":"x"`, "section: Region\n", ""},
		"a News ID of its own":      {`"newsid":48213,"body_text":"x"`, "news id: 48213\n", ""},
		"a News ID that is none":    {`"altids":{"news_id":"abc"},"body_text":"x"`, "status: usable\nheadline", RuleValue},
		"a bad language":            {`"language":"English, mostly","body_text":"x"`, "status: usable\nheadline", RuleValue},
		"a language with a region":  {`"language":"fa_IR","body_text":"x"`, "language: fa-IR\n", ""},
		"escapes":                   {`"ednote":"a\u0000b\r\nc","slugline":"a\nb","body_text":"caf\u00e9 \"x\" \ud83c\udf09"`, "slugline: a b\n", ""},
		"half an escape":            {`"body_text":"a\ud83cb"`, "paragraph a\uFFFDb\n", RuleDamaged},
		"partial":                   {`"representationtype":"partial","body_text":"x"`, "status: usable\nheadline", RuleIncomplete},
		"a picture":                 {`"type":"picture","description_caption":"The bridge."`, "paragraph The bridge.\n", RuleNotText},
		"a title for a headline":    {`"headline":"","title":"bridge-1","body_text":"x"`, "headline: bridge-1\n", RuleHeadline},
		"a credit line of AP":       {`"descriptions":[{"role":"creditline","value":"Arne"},{"role":"caption","value":"The bridge."}]`, "credit: Arne\n\nparagraph The bridge.\n", ""},
	} {
		item, err := Ninjs([]byte(`{"uri":"urn:x","headline":"Bridge reopens",`+c.json+`}`), TextOptions{Zone: zone})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := show(item); !strings.Contains(got, c.want) {
			t.Errorf("%s: want %q in\n%s", name, c.want, got)
		}
		found := c.rule == "" && len(item.Report) == 0
		for _, f := range item.Report {
			found = found || f.Rule == c.rule || c.rule == "" && f.Rule == RuleDescription
		}
		if !found {
			t.Errorf("%s: the report should say %q:\n%s", name, c.rule, show(item))
		}
	}
}

func TestNinjsRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		json, want string
		code       news.Code
	}{
		"nothing":             {"", "is not JSON", news.Invalid},
		"no JSON":             {"{\n\"uri\": \"urn:x\",\n\"a\": b}", "line 3 of the item is not JSON", news.Invalid},
		"no object":           {`["urn:x"]`, "no ninjs item", news.Invalid},
		"no uri":              {`{"headline":"Bridge"}`, "no uri", news.Invalid},
		"an empty uri":        {`{"uri":" ","guid":""}`, "no uri", news.Invalid},
		"a uri without end":   {`{"uri":"` + strings.Repeat("x", 2049) + `"}`, "longer than 2048 bytes", news.Invalid},
		"a headline too long": {`{"uri":"urn:x","headline":"` + strings.Repeat("x", 301) + `"}`, "the headline has 301 characters", news.Invalid},
		"over 10 MB":          {`{"uri":"` + strings.Repeat("x", 10<<20) + `"}`, "larger than 10 MB", news.TooLarge},
		"a body over 2 MB":    {`{"uri":"urn:x","body_text":"` + strings.Repeat("x", 2<<20+1) + `"}`, "larger than 2 MB", news.TooLarge},
		"nested without end":  {`{"uri":` + strings.Repeat("[", 20000) + strings.Repeat("]", 20000) + `}`, "is not JSON", news.Invalid},
		"noise":               {"\x00\x01\x02\xff", "not a text file", news.Invalid},
	} {
		item, err := Ninjs([]byte(c.json), TextOptions{})
		var refusal *news.Error
		if !errors.As(err, &refusal) || refusal.Code != c.code || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %.200v, want %q", name, err, c.want)
			continue
		}
		if diff := cmp.Diff(Item{}, item); diff != "" {
			t.Errorf("%s: something was read all the same:\n%s", name, diff)
		}
	}
}

// A new version of an item without a change is the same article; any change of content is not.
func TestNinjsHash(t *testing.T) {
	base := `{"uri":"urn:x","version":"1","versioncreated":"2026-03-12T20:40:00Z","headline":"Bridge","body_html":"<p>Text.</p>"}`
	first, err := Ninjs([]byte(base), TextOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for change, same := range map[string]bool{
		`"version":"1"=>"version":"2"`: true, `20:40=>21:40`: true, `{"uri"=>{ "mimetype":"x", "uri"`: true, `"uri"=>"guid"`: true,
		`<p>Text.</p>=><p>Text!</p>`: false, `"Bridge"=>"Bridges"`: false, `<p>Text.</p>=><p><b>Text.</b></p>`: false, `{"uri"=>{"urgency":2,"uri"`: false,
		`{"uri"=>{"pubstatus":"canceled","uri"`: false, `{"uri"=>{"embargoed":"2026-03-12T20:40:00Z","uri"`: false, `{"uri"=>{"subject":[{"name":"x"}],"uri"`: false,
	} {
		from, to, _ := strings.Cut(change, "=>")
		item, err := Ninjs([]byte(strings.Replace(base, from, to, 1)), TextOptions{})
		if err != nil || (item.Hash == first.Hash) != same {
			t.Errorf("%s: %v, same is %v, want %v", change, err, item.Hash == first.Hash, same)
		}
	}
}

// Items made to be slow to read are read like any other, and their report stays short.
func TestHostileItems(t *testing.T) {
	for name, rest := range map[string]string{
		"topics":     `"subject":[` + strings.TrimSuffix(numberedNames(60_000), ",") + `]`,
		"headlines":  strings.TrimSuffix(strings.Repeat(`"headline":"a",`, 60_000), ","),
		"sub-heads":  strings.TrimSuffix(strings.Repeat(`"headline_a":"b",`, 60_000), ","),
		"properties": strings.TrimSuffix(strings.Repeat(`"a":{"b":[]},`, 60_000), ","),
		"wrong ones": strings.TrimSuffix(strings.Repeat(`"version":[],`, 60_000), ","),
		"bodies":     `"bodies":[` + strings.TrimSuffix(strings.Repeat(`{"value":"a","role":"b"},`, 100_000), ",") + `]`,
	} {
		b := []byte(`{"uri":"urn:x",` + rest + `}`)
		item, err := Ninjs(b, TextOptions{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		checkNinjs(t, b, item)
		if len(item.Report) > maxFindings || len(item.Topics) > maxTopics {
			t.Errorf("%s: %d findings, %d topics", name, len(item.Report), len(item.Topics))
		}
	}
}

func numberedNames(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `{"name":"n%d"},`, i)
	}
	return b.String()
}

func FuzzNinjs(f *testing.F) {
	f.Add([]byte(`{"uri":"urn:x","headline":"Bridge","body_html":"<p>Text.</p>","urgency":3}`))
	f.Add([]byte(`{"guid":"x","bodies":[{"role":"text","value":"VALMERE (X) -- a"}],"altids":[{"role":"newsid","value":"7"}],"embargoed":"2026-01-01"}`))
	f.Add([]byte(`{"uri":"x","altids":{"newsid":5},"service":[{"name":"a"}],"descriptions":[{"role":"creditline","value":"b"}],"person":[1],"by":"By A and B"}`))
	f.Add(benchItem())
	f.Fuzz(func(t *testing.T, b []byte) {
		item, err := Ninjs(b, TextOptions{})
		if err != nil {
			if news.CodeOf(err) == "" {
				t.Fatalf("an error without a code: %v", err)
			}
			return
		}
		checkNinjs(t, b, item)
	})
}

// benchItem is an item of usual size: about 4 KB, eleven paragraphs of markup, with metadata.
func benchItem() []byte {
	para := "<p>The old bridge over the Arne reopened to traffic on Thursday evening, two years after cracks had been found in its northern pier. &#8220;I have taken the ferry every morning for two years,&#8221; said <strong>Tomas Reed</strong>, who lives in the <a href=\\\"https://valmere.example/north\\\">northern quarter</a>.</p>"
	return []byte(`{"uri":"urn:valmere:48213","type":"text","version":"1","versioncreated":"2026-03-12T20:40:00Z","firstcreated":"2026-03-12T20:40:00Z","pubstatus":"usable","urgency":4,"language":"en",
"headline":"Old bridge reopens after two years of repairs","byline":"Mira Halden and Jon Vale","located":"Valmere, Ostland","slugline":"bridge-reopens","copyrightholder":"Dispatches","usageterms":"None",
"person":[{"name":"Ada Lorne","rel":"about"}],"place":[{"name":"Valmere"},{"name":"Ostland"}],"subject":[{"name":"Transport","code":"subj:04015000"},{"name":"Bridges"}],"altids":{"newsid":"48213"},
"description_text":"Lorries have to wait until the summer.","body_xhtml":"<p>VALMERE, Ostland (Dispatches) -- It is open.</p>` + strings.Repeat(para, 11) + `"}`)
}

func BenchmarkNinjs(b *testing.B) {
	item := benchItem()
	b.SetBytes(int64(len(item)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Ninjs(item, TextOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}
