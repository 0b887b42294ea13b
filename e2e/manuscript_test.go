//go:build e2e

package e2e

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/proto"
)

// drag drops files on a point of the page as a hand does: over it, then let go.
func (v *visitor) drag(x, y float64, files ...string) {
	v.t.Helper()
	data := &proto.InputDragData{Items: []*proto.InputDragDataItem{}, Files: files, DragOperationsMask: 1}
	for _, kind := range []proto.InputDispatchDragEventType{proto.InputDispatchDragEventTypeDragEnter, proto.InputDispatchDragEventTypeDragOver, proto.InputDispatchDragEventTypeDrop} {
		if err := (proto.InputDispatchDragEvent{Type: kind, X: x, Y: y, Data: data}).Call(v.page); err != nil {
			v.t.Fatalf("%s: %v", kind, err)
		}
	}
}

// over holds files over the page without letting go.
func (v *visitor) over(x, y float64, file string) {
	v.t.Helper()
	data := &proto.InputDragData{Items: []*proto.InputDragDataItem{}, Files: []string{file}, DragOperationsMask: 1}
	if err := (proto.InputDispatchDragEvent{Type: proto.InputDispatchDragEventTypeDragEnter, X: x, Y: y, Data: data}).Call(v.page); err != nil {
		v.t.Fatal(err)
	}
}

// shows waits until an element says something.
func (v *visitor) shows(selector, words string) *rod.Element {
	v.t.Helper()
	e, err := v.page.Timeout(patience).ElementR(selector, words)
	if err != nil {
		v.t.Fatalf("no %s says %q: %v\n%s", selector, words, err, v.text())
	}
	return e
}

func corpusFile(t *testing.T, name string) string {
	t.Helper()
	path, err := filepath.Abs("../internal/manuscript/testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// pictureFile is a picture of a size in a file of its own.
func pictureFile(t *testing.T, name string, width, height int) string {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, width, height))
	for i := range width * height {
		m.Set(i%width, i/width, color.RGBA{uint8(i), 90, 60, 255})
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestFilesBecomeDrafts: files dropped on the list become drafts with pictures,
// a bad one is told and stops nobody; the plain form does the same.
func TestFilesBecomeDrafts(t *testing.T) {
	p := startDemo(t)
	v := visit(t, browser(t), p.desk)
	v.signIn(p, "reporter@valmere.example")

	v.over(300, 300, corpusFile(t, "bridge.docx"))
	v.shows(".drop-target", "Drop files here")
	bad := filepath.Join(t.TempDir(), "broken.docx")
	if err := os.WriteFile(bad, []byte("PK\x03\x04 broken"), 0o600); err != nil {
		t.Fatal(err)
	}
	v.drag(300, 300, corpusFile(t, "bridge.docx"), bad, corpusFile(t, "persian.odt"))
	v.shows(".drop li", "پل کهن والمیر باز شد")
	v.shows(".drop .why", "damaged")
	v.shows(".drop li", "Letters or Roman numbers")
	if shown := v.element(".drop-target").MustEval(`() => !this.hidden`).Bool(); shown {
		t.Error("the drop target stays")
	}
	v.press(".drop a")
	v.shows(".ProseMirror", "Hundreds of people walked")
	if wide := v.element(".ProseMirror img[src]").MustEval(`() => this.decode().then(() => this.naturalWidth)`).Int(); wide != 48 {
		t.Errorf("the picture is %d pixels wide", wide)
	}

	v.open(p.desk + "/manuscripts/new")
	v.element("#file").MustSetFiles(corpusFile(t, "arabic.docx"), corpusFile(t, "changes.docx"))
	v.press("main form button.primary")
	v.sees("2 drafts were made.", "جسر فالمير يُفتح من جديد", "Deleted by a tracked change, left out: in May")
}

// TestPicturesIntoTheText: a picture dropped into the text is sent and stands
// there; one that fails, or comes while the line is down, says why in its
// place, and what is typed meanwhile stays.
func TestPicturesIntoTheText(t *testing.T) {
	p := startDemo(t)
	v := visit(t, browser(t), p.desk)
	v.signIn(p, "reporter@valmere.example")
	v.open(p.desk + "/articles/new")
	v.write("First paragraph of it.\nSecond paragraph.")
	drop := func(files ...string) {
		t.Helper()
		at := v.element(".ProseMirror p").MustShape().OnePointInside()
		v.drag(at.X, at.Y, files...)
	}
	drop(pictureFile(t, "old-bridge.png", 64, 40))
	img := v.element(".ProseMirror img[src]")
	if src := *img.MustAttribute("src"); !strings.HasPrefix(src, "/media/") || !strings.HasSuffix(src, "/old-bridge.png") {
		t.Errorf("the picture is at %q", src)
	}
	if size := img.MustEval(`() => this.decode().then(() => this.naturalWidth + " " + this.getAttribute("width") + " " + this.getAttribute("height"))`).Str(); size != "64 64 40" {
		t.Errorf("the picture's size: %s", size)
	}

	fake := filepath.Join(t.TempDir(), "fake.png")
	if err := os.WriteFile(fake, []byte("%PDF-1.7"), 0o600); err != nil {
		t.Fatal(err)
	}
	drop(fake)
	v.shows(".on-its-way .why", "of the kind PDF")
	v.shows(".on-its-way button", "Leave out").MustClick()

	line := v.page.HijackRequests()
	line.MustAdd("*/media", func(h *rod.Hijack) { h.Response.Fail(proto.NetworkErrorReasonInternetDisconnected) })
	go line.Run()
	drop(pictureFile(t, "quay.png", 30, 30))
	v.shows(".on-its-way .why", "The line is down")
	v.write(" Typed while the line was down.")
	line.MustStop()
	v.shows(".on-its-way button", "Send again").MustClick()
	v.page.Timeout(patience).MustElement(`.ProseMirror img[src$="/quay.png"]`)
	v.shows(".ProseMirror", "Typed while the line was down.")
	if left := len(v.page.MustElements(".on-its-way")); left != 0 {
		t.Errorf("%d lines stay in the text", left)
	}

	// A screen shot in the clipboard, as a browser hands it over.
	v.element(".ProseMirror").MustEval(`() => {
		const canvas = document.createElement("canvas");
		canvas.width = 21; canvas.height = 12;
		canvas.toBlob((blob) => {
			const clip = new DataTransfer();
			clip.items.add(new File([blob], "image.png", { type: "image/png" }));
			this.dispatchEvent(new ClipboardEvent("paste", { clipboardData: clip, bubbles: true, cancelable: true }));
		});
	}`)
	v.page.Timeout(patience).MustElement(`.ProseMirror img[src][width="21"]`)

	v.fill("[name=headline]", "In pictures")
	v.element("[data-save]").MustClick()
	v.kept()
	v.open(strings.TrimSuffix(strings.Split(v.page.MustInfo().URL, "?")[0], "/edit"))
	if n := len(v.page.MustElements("article.copy img")); n != 3 {
		t.Errorf("%d pictures were saved", n)
	}
}

// hold keeps the answers to an address back until they are let come.
func (v *visitor) hold(address string) (come func()) {
	v.t.Helper()
	gate := make(chan struct{})
	router := v.page.HijackRequests()
	router.MustAdd(address, func(h *rod.Hijack) {
		<-gate
		h.ContinueRequest(&proto.FetchContinueRequest{})
	})
	go router.Run()
	v.t.Cleanup(func() { router.Stop() })
	return sync.OnceFunc(func() { close(gate) })
}

// TestPicturesForReaders: on the paper's page, here behind a preview link, a
// picture keeps its place before it has come and fits a telephone, in both
// directions.
func TestPicturesForReaders(t *testing.T) {
	p := startDemo(t)
	b := browser(t)
	v := visit(t, b, p.desk)
	v.signIn(p, "owner@valmere.example")
	picture := pictureFile(t, "wide.png", 1800, 900)
	for edition, text := range map[string]string{"1": "A paragraph of the story.", "2": "بندی از این خبر که خواننده می‌بیند."} {
		v.open(p.desk + "/articles/new?edition=" + edition)
		v.write(text)
		at := v.element(".ProseMirror p").MustShape().OnePointInside()
		v.drag(at.X, at.Y, picture)
		v.element(".ProseMirror img[src]")
		v.fill("[name=headline]", "Wide "+edition)
		v.element("[data-save]").MustClick()
		v.kept()
		v.open(strings.TrimSuffix(strings.Split(v.page.MustInfo().URL, "?")[0], "/edit") + "/preview")
		v.press("main form[method=post] button")
		link := *v.element("#link").MustAttribute("value")

		reader := visit(t, b, "about:blank")
		reader.page.MustSetViewport(390, 800, 1, true)
		come := reader.hold("*/media/*")
		reader.page.MustNavigate(link)
		// with the paper's faces, without the picture: from here on only the picture can move anything
		reader.element("article img, main img").MustEval(`async () => {
			await document.fonts.ready;
			await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
			window.moved = 0;
			new PerformanceObserver((l) => { for (const e of l.getEntries()) window.moved += e.value }).observe({ type: "layout-shift" });
			this.scrollIntoView(); this.loading = "eager" }`)
		come()
		got := reader.element("article img, main img").MustEval(`async () => {
			await this.decode();
			await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
			return [this.naturalWidth, this.clientWidth <= innerWidth && this.clientWidth > 200, Math.abs(this.clientWidth / 2 - this.clientHeight) <= 1,
				document.documentElement.scrollWidth <= innerWidth, window.moved].join(" ") }`).Str()
		if got != "1800 true true true 0" {
			t.Errorf("edition %s: width, fits, in proportion, nothing sticks out, moved: %s", edition, got)
		}
	}
}
