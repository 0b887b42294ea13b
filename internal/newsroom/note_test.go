package newsroom

import (
	"strings"
	"testing"

	"broadsheet/internal/papertest"
)

// TestNotesInTheMargin: plain forms, from the first note to its end.
func TestNotesInTheMargin(t *testing.T) {
	w := open(t)
	w.townStories()
	writer, editor := w.as(w.Contributor), w.as(w.Editor)
	editor.get("/articles/1").want(ok, "Write a note", `action="/articles/1/notes"`).not(`<b data-calls>`)
	editor.post("/articles/1/notes", "token", "a", "exact", "Text\n two.", "text", "@Conrad Cole says who?").want(see)
	if at := editor.Header.Get("Location"); at != "/articles/1/notes#note-1" {
		t.Errorf("led to %s", at)
	}
	writer.get("/").want(ok, `<b data-calls>1</b>`)
	writer.get("/notes").want(ok, "Edda Elm", "Text two.", `<b class="name">@Conrad Cole</b> says who?`, `href="/articles/1/notes#note-1"`)
	writer.get("/articles/1").want(ok, `data-exact="Text two."`, `data-before="Text one. "`, "says who?", "1 open", "Resolve").not("Withdraw<", "no longer in the text.<")
	writer.post("/articles/1/notes/1/reply", "token", "b", "text", "The port office.\n@edda elm").want(see)
	editor.get("/articles/1/notes").want(ok, "The port office.\n<b class=\"name\">@edda elm</b>", "/articles/1/notes/1/withdraw").not("/articles/1/notes/2/withdraw")
	editor.get("/").want(ok, `<b data-calls>1</b>`)

	writer.post("/articles/1/edit", "base", "1", "section", "1", "headline", "Story", "body", "Text one.\n\nOther words.").want(see)
	editor.get("/articles/1/notes").want(ok, "These words are no longer in the text.<", "Text two.", "<main", `class="copy"`)
	editor.get("/articles/1/notes?part=margin").want(ok, "These words are no longer in the text.<", "Text two.").not("<main", `class="copy"`)
	editor.post("/articles/1/notes/2/withdraw").want(no)
	writer.post("/articles/1/notes/2/withdraw").follow().want(ok, "Withdrawn.").not("The port office")
	writer.post("/articles/1/notes/1/resolve").follow().want(ok, "Resolved by Conrad Cole", "1 resolved")
	writer.get("/notes").want(ok, "No open note mentions you")
	writer.get("/").want(ok).not(`<b data-calls>`)
	editor.post("/articles/1/notes/1/reopen").follow().want(ok, "1 open")
	editor.get("/articles/1/history").want(ok, "Edda Elm wrote a note.", "Conrad Cole answered a note.", "Conrad Cole withdrew a note.", "The port office.", "Conrad Cole resolved a note.", "Edda Elm reopened a note.")
	editor.get("/articles/1").want(ok).not("wrote a note.")
	papertest.Check(t, w.Store)
}

// TestARefusedNoteIsNotLost: what was typed stands in its form again.
func TestARefusedNoteIsNotLost(t *testing.T) {
	w := open(t)
	w.townStories()
	b := w.as(w.Editor)
	b.post("/articles/1/notes", "token", "a", "exact", "words that never were", "text", "Mine, kept").want(bad, "do not stand in the saved text", "Mine, kept", "words that never were")
	b.post("/articles/1/notes", "token", "a", "text", strings.Repeat("x", 4001)).want(bad, "at most 4,000 characters; this one has 4,001", "xxxx")
	b.post("/articles/1/notes", "token", "a", "text", "@Rana Reed look").want(bad, "Rana Reed may not open this article", "@Rana Reed look")
	b.post("/articles/1/notes", "token", "a", "text", " ").want(bad, "has no words")
	b.post("/articles/1/notes", "token", "a", "text", "Fine", "exact", "").want(see)
	b.post("/articles/1/notes", "token", "a", "text", "Fine", "exact", "").want(see) // the same form again
	b.post("/articles/1/notes/1/reply", "token", "b", "text", strings.Repeat("y", 4001)).want(bad, "yyyy")
	b.post("/articles/1/notes/7/reply", "token", "b", "text", "To nobody").want(gone)
	b.post("/articles/1/notes/7/resolve").want(gone)
	if notes, err := w.Store.Notes(t.Context(), 1, 9); len(notes) != 1 || err != nil {
		t.Errorf("%d notes, %v", len(notes), err)
	}
}

func TestNamesAreOffered(t *testing.T) {
	w := open(t)
	w.townStories()
	w.as(w.Contributor).get("/articles/1/names?q=e").want(ok, `"Edda Elm"`).not("Rana")
	w.as(w.Contributor).get("/articles/1/names?q=zz").want(ok, "[]")
	w.as(w.Reporter).get("/articles/1/names?q=e").want(no)
}

// TestNotesAreNotHTML: a note is words, whatever stands in it.
func TestNotesAreNotHTML(t *testing.T) {
	w := open(t)
	w.townStories()
	b := w.as(w.Editor)
	b.post("/articles/1/notes", "token", "a", "text", `<script>steal()</script>"><img src=x onerror=steal()> @Edda Elm`).want(see)
	for _, path := range []string{"/articles/1", "/articles/1/notes", "/notes", "/articles/1/history"} {
		b.get(path).want(ok, "&lt;script&gt;steal()").not("<script>steal", "<img src=x")
	}
}
