//go:build e2e

package e2e

import (
	"testing"
	"time"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/input"
)

// body is the editor's text on the edit page.
const body = ".ProseMirror"

// write types keys into the body, one by one, as a person does.
func (v *visitor) write(text string) {
	v.t.Helper()
	v.element(body).MustFocus()
	for _, r := range text {
		switch {
		case r == '\n':
			v.page.Keyboard.MustType(input.Enter)
		case r < 0x80:
			v.page.Keyboard.MustType(input.Key(r))
		default:
			v.page.MustInsertText(string(r))
		}
	}
}

// document is the body as the plain form would send it.
func (v *visitor) document() string {
	v.t.Helper()
	return v.page.MustEval(`() => new FormData(document.querySelector("form[data-edit]")).get("document")`).Str()
}

// save presses the form's own button.
func (v *visitor) save() {
	v.t.Helper()
	v.press("[data-save]")
}

func (v *visitor) wait(js string, args ...any) {
	v.t.Helper()
	if err := rod.Try(func() { v.page.Timeout(patience).MustWait(js, args...) }); err != nil {
		v.t.Fatalf("never came true: %s\n%s", js, v.text())
	}
}

func TestTheEditor(t *testing.T) {
	began := time.Now()
	p := start(t)
	b := browser(t)
	owner := setUp(t, p, b)
	addPersian(owner, p)
	t.Logf("a paper in %v", time.Since(began))

	t.Run("writes and saves by the plain form", func(t *testing.T) {
		owner.t = t
		owner.open(p.desk + "/articles/new")
		owner.fill("[name=headline]", "A bridge opens")
		owner.write("The bridge opened.\nHundreds walked.")
		owner.save()
		owner.sees("A bridge opens")
		want := `{"type":"doc","version":1,"content":[{"type":"paragraph","content":[{"type":"text","text":"The bridge opened."}]},{"type":"paragraph","content":[{"type":"text","text":"Hundreds walked."}]}]}`
		if got := owner.document(); got != want {
			t.Errorf("saved and opened again: %s", got)
		}
	})
}
