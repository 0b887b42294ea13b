package doc

import (
	"strings"
	"testing"
)

// story is about what a long report of a newspaper holds: sixty paragraphs with some of everything between.
func story() string {
	var b strings.Builder
	for i := range 60 {
		b.WriteString("The harbour master of Valmere said on Monday that the *old bridge* would stay closed until **May**, and that the [council](https://council.example/minutes?day=12&page=3) had known of the damage for a year; «پل» stands there since 1931. Boats may pass at low tide & by daylight only.\n\n")
		switch i % 12 {
		case 3:
			b.WriteString("## What the council knew\n\n")
		case 5:
			b.WriteString("> We were told in March.\n> — Mira Halden, harbour master\n\n")
		case 7:
			b.WriteString("- closed to lorries\n- open to walkers\n\n")
		case 9:
			b.WriteString("![The bridge](/media/ab12/bridge.jpg \"The bridge on Monday\"){credit=\"Jon Vale\" width=1600 height=900}\n\n")
		}
	}
	return b.String()
}

func BenchmarkHTML(b *testing.B) {
	body, _ := FromMarkdown(story())
	o := HTMLOptions{Lang: "en", Dir: "ltr", Dateline: "VALMERE, Ostland (Dispatches) —"}
	b.SetBytes(int64(len(body.HTML(o))))
	b.ReportAllocs()
	for b.Loop() {
		_ = body.HTML(o)
	}
}

func BenchmarkFromMarkdown(b *testing.B) {
	s := story()
	b.SetBytes(int64(len(s)))
	b.ReportAllocs()
	for b.Loop() {
		FromMarkdown(s)
	}
}

func BenchmarkMarkdown(b *testing.B) {
	body, _ := FromMarkdown(story())
	b.ReportAllocs()
	for b.Loop() {
		_ = body.Markdown()
	}
}

func BenchmarkFromHTML(b *testing.B) {
	body, _ := FromMarkdown(story())
	s := string(body.HTML(HTMLOptions{}))
	b.SetBytes(int64(len(s)))
	b.ReportAllocs()
	for b.Loop() {
		FromHTML(s)
	}
}

func BenchmarkJSON(b *testing.B) {
	body, _ := FromMarkdown(story())
	data, err := body.MarshalJSON()
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		var back Body
		if err := back.UnmarshalJSON(data); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkMarshalJSON(b *testing.B) {
	body, _ := FromMarkdown(story())
	b.ReportAllocs()
	for b.Loop() {
		if _, err := body.MarshalJSON(); err != nil {
			b.Fatal(err)
		}
	}
}
