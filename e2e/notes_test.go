//go:build e2e

package e2e

import (
	"strings"
	"testing"

	"github.com/go-rod/rod/lib/input"
)

// noted are the words that a note stands on in the editor.
func (v *visitor) noted(words string) {
	v.t.Helper()
	v.wait(`(words) => [...document.querySelectorAll(".ProseMirror .noted")].map((e) => e.textContent).join("") === words`, words)
}

// caret puts the cursor into the first words of an element of the body.
func (v *visitor) caret(selector string, at int) {
	v.t.Helper()
	v.element(body).MustFocus()
	v.settled()
	v.page.MustEval(`(selector, at) => getSelection().collapse(document.querySelector(selector).firstChild, at)`, selector, at)
	v.settled()
}

// TestNotesBesideTheText: written about chosen words in the editor, seen by the
// colleague without a reload, carried along by typing, answered, resolved.
func TestNotesBesideTheText(t *testing.T) {
	p, owner, edda, kolya, story := newsroomOf(t)
	kolya.open(p.desk + "/")
	owner.open(story)
	edda.open(story + "/edit")
	edda.says(".notes summary", "Write a note")
	edda.mark("highest tide")
	edda.page.KeyActions().Press(input.ControlLeft, input.AltLeft).Type('m').MustDo()
	edda.wait(`() => document.querySelector("[data-slot=notes] [name=exact]").value === "highest tide" && document.activeElement.name === "text"`)
	edda.page.MustInsertText("Is that so, @Kol")
	edda.says(".names [role=option][aria-selected=true]", "Kolya Kerr")
	edda.shot("mention")
	edda.page.Keyboard.MustType(input.Enter)
	edda.page.MustInsertText("? In forty years?")
	edda.page.KeyActions().Press(input.ControlLeft).Type(input.Enter).MustDo()
	edda.says(".thread .words", "Is that so, @Kolya Kerr? In forty years?")
	edda.noted("highest tide")

	// the one who is called hears of it on whatever page
	kolya.says("[data-calls]", "1")
	owner.says(".thread", "In forty years?")
	owner.wait(`() => CSS.highlights.get("noted")?.size === 1`)
	kolya.open(p.desk + "/notes")
	kolya.says(".called", "highest tide")
	kolya.shot("called")
	kolya.click(".called .on a")
	kolya.says(".thread .words", "In forty years?")
	kolya.click(".thread details summary")
	kolya.element(".thread [name=text]").MustInput("The port office says so.")
	// somebody else's note comes while the answer is being written
	owner.element(".notes .write summary").MustClick()
	owner.element(".notes .write [name=text]").MustInput("About the whole of it.")
	owner.click(".notes .write button")
	kolya.says(".thread .words", "About the whole of it.")
	kolya.wait(`() => document.querySelector(".thread [name=text]").value === "The port office says so." && document.activeElement.name === "text"`)
	kolya.click(".thread details form button")
	edda.says(".thread .words", "The port office says so.")
	edda.shot("notes")

	// the words move, change, go and come back; the document never knows
	edda.caret(".ProseMirror p", 0)
	edda.write("Yesterday: ")
	edda.noted("highest tide")
	edda.caret(".ProseMirror .noted", 7)
	edda.write(" spring")
	edda.noted("highest spring tide")
	edda.says(".thread .standing", "have changed")
	edda.mark("highest spring tide")
	edda.page.Keyboard.MustType(input.Backspace)
	edda.says(".thread .standing", "no longer in the text")
	edda.says(".thread .quote", "highest tide")
	if strings.Contains(edda.document(), "note") {
		t.Errorf("the document knows of the note: %s", edda.document())
	}
	edda.page.KeyActions().Press(input.ControlLeft).Type('z').MustDo()
	edda.noted("highest spring tide")

	kolya.click(`.thread form[action$="/resolve"] button`)
	edda.says(".notes .done summary", "1 resolved")
	kolya.wait(`() => document.querySelector("[data-calls]").hidden`)
	edda.noted("")
}

// TestARefusedNoteStays: what is too long is said at once, and nothing is lost.
func TestARefusedNoteStays(t *testing.T) {
	_, owner, _, _, story := newsroomOf(t)
	owner.open(story)
	owner.click(".notes .write summary")
	owner.page.MustEval(`() => { const f = document.querySelector(".notes .write [name=text]"); f.value = "long ".repeat(900); f.form.requestSubmit() }`)
	owner.says(".notes .wrong", "at most 4,000 characters")
	if n := owner.page.MustEval(`() => document.querySelector(".notes .write [name=text]").value.length`).Int(); n != 4500 {
		t.Errorf("%d characters are left", n)
	}
	owner.page.MustEval(`() => { const f = document.querySelector(".notes .write [name=text]"); f.value = "<b>short</b>"; f.form.requestSubmit() }`)
	owner.says(".thread .words", "<b>short</b>")
}

// TestNoteOnANewArticle: by keys alone, from the list to a note on the first
// words of an article that was not there before.
func TestNoteOnANewArticle(t *testing.T) {
	p, owner, _, _, _ := newsroomOf(t)
	owner.open(p.desk + "/")
	wait := owner.page.Timeout(patience).MustWaitNavigation()
	owner.keys("n")
	wait()
	owner.element(body)
	owner.keys("The pier opens{Enter}{Enter}")
	owner.wait(`() => document.activeElement.classList.contains("ProseMirror")`)
	owner.keys("A band played.")
	owner.kept()
	owner.wait(`() => document.querySelector("[data-slot=notes] .write") !== null`)
	owner.mark("band")
	owner.page.KeyActions().Press(input.ControlLeft, input.AltLeft).Type('m').MustDo()
	owner.wait(`() => document.querySelector("[data-slot=notes] [name=exact]").value === "band" && document.activeElement.name === "text"`)
	owner.keys("Which band?{Ctrl+Enter}")
	owner.says(".thread .words", "Which band?")
	owner.noted("band")
	owner.tells("A band played.")
	if got := owner.page.MustEval(`() => document.querySelector("[name=headline]").value`).Str(); got != "The pier opens" {
		t.Errorf("the headline is %q", got)
	}
}
