package collate

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/doc"
)

// article is a text of about so many words, the same for the same seed.
func article(n int, seed uint64) doc.Body {
	random := rand.New(rand.NewPCG(seed, 1))
	var b doc.Body
	for n > 0 {
		var s strings.Builder
		for range min(n, 50) {
			fmt.Fprintf(&s, "%s%d ", vocabulary[random.IntN(len(vocabulary))], random.IntN(40))
			n--
		}
		b.Blocks = append(b.Blocks, doc.Block{Kind: doc.KindParagraph, Inline: []doc.Inline{{Text: s.String() + "."}}})
	}
	return b.Normal()
}

// changed is an article with one word in so many changed, a paragraph out and one in.
func changed(b doc.Body, every int, name string) doc.Body {
	random := rand.New(rand.NewPCG(7, uint64(len(name))))
	var out doc.Body
	for i, p := range b.Blocks {
		parts := strings.Split(p.Inline[0].Text, " ")
		for k := range parts {
			if random.IntN(every) == 0 {
				parts[k] = name
			}
		}
		if i != 5 {
			out.Blocks = append(out.Blocks, doc.Block{Kind: doc.KindParagraph, Inline: []doc.Inline{{Text: strings.Join(parts, " ")}}})
		}
	}
	return out.Normal()
}

func BenchmarkCompare(b *testing.B) {
	a := article(2000, 1)
	for _, c := range []struct {
		name  string
		other doc.Body
	}{{"one word in fifty", changed(a, 50, "new")}, {"one word in five", changed(a, 5, "new")}, {"another text", article(2000, 2)}} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				Compare(a, c.other)
			}
		})
	}
}

func BenchmarkMerge(b *testing.B) {
	a := article(2000, 1)
	for _, c := range []struct {
		name         string
		theirs, mine doc.Body
	}{{"one word in fifty", changed(a, 50, "theirs"), changed(a, 50, "mine")}, {"one word in five", changed(a, 5, "theirs"), changed(a, 5, "mine")}, {"two other texts", article(2000, 2), article(2000, 3)}} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				Merge(a, c.theirs, c.mine)
			}
		})
	}
}

func BenchmarkCounts(b *testing.B) {
	a := article(2000, 1)
	other := changed(a, 50, "new")
	for b.Loop() {
		Counts(a, other)
	}
}

// Two bodies of two megabytes do not take the machine, whatever is in them.
func TestTwoMegabytes(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	long := func(n int, seed uint64) doc.Body { return article(n, seed) }
	one := func(b doc.Body) doc.Body {
		var s strings.Builder
		for _, p := range b.Blocks {
			s.WriteString(p.Inline[0].Text + " ")
		}
		return doc.Body{Blocks: []doc.Block{{Kind: doc.KindParagraph, Inline: []doc.Inline{{Text: s.String()}}}}}.Normal()
	}
	lines := func(b doc.Body) doc.Body {
		var out doc.Body
		for _, p := range b.Blocks {
			for w := range strings.SplitSeq(p.Inline[0].Text, " ") {
				out.Blocks = append(out.Blocks, doc.Block{Kind: doc.KindParagraph, Inline: []doc.Inline{{Text: w}}})
			}
		}
		return out.Normal()
	}
	a, b := long(250_000, 1), long(250_000, 2)
	for _, c := range []struct {
		name        string
		left, right doc.Body
	}{{"changed here and there", a, changed(a, 50, "new")}, {"changed everywhere", a, changed(a, 3, "new")}, {"other texts", a, b},
		{"one paragraph, changed", one(a), one(changed(a, 20, "new"))}, {"one paragraph, other texts", one(a), one(b)},
		{"a word a paragraph", lines(a), lines(changed(a, 20, "new"))}, {"a word a paragraph, other texts", lines(a), lines(b)}} {
		begin := time.Now()
		Compare(c.left, c.right)
		compared := time.Since(begin)
		Counts(c.left, c.right)
		counted := time.Since(begin) - compared
		Merge(a, c.left, c.right)
		Merge(one(a), c.left, c.right)
		if all := time.Since(begin); all > time.Minute {
			t.Errorf("%s took %v", c.name, all)
		} else {
			t.Logf("%s: compared in %v, counted in %v, in all %v", c.name, compared, counted, all)
		}
	}
}
