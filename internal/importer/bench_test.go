package importer_test

import (
	"fmt"
	"strings"
	"testing"

	"broadsheet/internal/importer"
	"broadsheet/internal/papertest"
)

// ninjs is a stream of so many synthetic items of about 300 words.
func ninjs(n int) string {
	var b strings.Builder
	word := 0
	for i := range n {
		var body strings.Builder
		for range 6 {
			body.WriteString("<p>")
			for range 50 {
				word = (word*1103515245 + 12345) & 0x7fffffff
				fmt.Fprintf(&body, "%s ", []string{"the", "of", "harbour", "bridge", "council", "river", "spring"}[word%7]+fmt.Sprint(word%1500))
			}
			body.WriteString("end.</p>")
		}
		fmt.Fprintf(&b, `{"standard":{"name":"ninjs","version":"3.0"},"uri":"urn:bench:%d","type":"text","language":"en","versionCreated":"2026-03-01T10:%02d:00Z","pubStatus":"usable","headlines":[{"value":"Headline number %d of the day"}],"by":"Writer %d","bodies":[{"contentType":"text/html","value":%q}]}`+"\n",
			i, i%60, i, i%40, body.String())
	}
	return b.String()
}

func BenchmarkNinjs(b *testing.B) {
	p := papertest.New(b)
	im := importer.New(p.Store, p.Clock.Now)
	b.ResetTimer()
	err := im.Ninjs(b.Context(), "bench", strings.NewReader(ninjs(b.N)), importer.Options{Edition: p.English, Publish: true}, func(importer.Line) {})
	if err != nil {
		b.Fatal(err)
	}
}
