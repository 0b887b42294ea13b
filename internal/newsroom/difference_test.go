package newsroom

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"broadsheet/internal/collate"
	"broadsheet/internal/doc"
	"broadsheet/internal/locale"
)

func bodyOf(paragraphs []string) doc.Body {
	b, _ := doc.FromText(strings.Join(paragraphs, "\n"))
	return b
}

// TestADifferenceTellsBothTexts: what is shown, and the blocks that a line
// stands for, give both texts whole, and every change has its number.
func TestADifferenceTellsBothTexts(t *testing.T) {
	texts := rapid.SliceOfN(rapid.SampledFrom([]string{"a b c", "a b", "b c d", "x", "y", "one two three four"}), 0, 12)
	rapid.Check(t, func(t *rapid.T) {
		left, right := texts.Draw(t, "left"), texts.Draw(t, "right")
		var d difference
		d.text(locale.Style{Language: "en"}, collate.Compare(bodyOf(left), bodyOf(right)))
		var gotLeft, gotRight []string
		changes := 0
		for _, p := range d.Rows {
			switch {
			case p.Hidden > 0:
				from := len(gotLeft)
				hidden := left[from : from+p.Hidden]
				gotLeft, gotRight = append(gotLeft, hidden...), append(gotRight, hidden...)
			case p.Change == 0:
				gotLeft, gotRight = append(gotLeft, p.Left.String()), append(gotRight, p.Left.String())
			default:
				if changes++; p.Change != changes {
					t.Fatalf("change %d has number %d", changes, p.Change)
				}
				if p.Left != nil {
					gotLeft = append(gotLeft, p.Left.String())
				}
				if p.Right != nil {
					gotRight = append(gotRight, p.Right.String())
				}
			}
		}
		if changes != d.Changes || !slices.Equal(gotLeft, left) || !slices.Equal(gotRight, right) {
			t.Fatalf("%q and %q became %q and %q, %d changes of %d", left, right, gotLeft, gotRight, d.Changes, changes)
		}
	})
}
