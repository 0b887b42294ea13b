package media

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/png"
	"runtime"
	"slices"
	"strings"
	"testing"

	"broadsheet/internal/news"
)

// TestStripped: what is served shows the same pixels in the same colours the
// right way up, and says nothing else.
func TestStripped(t *testing.T) {
	for turn := 1; turn <= 8; turn++ {
		for name, data := range map[string][]byte{"jpeg": photo(t, 40, 30, turn), "png": drawn(t, 40, 30, turn), "webp": extended(40, 30, turn), "gif": moving(t, 40, 30)} {
			t.Run(fmt.Sprint(name, " ", turn), func(t *testing.T) {
				p, err := strip(data)
				if err != nil {
					t.Fatal(err)
				}
				wide, high := 40, 30
				if turn >= 5 && name != "gif" {
					wide, high = high, wide
				}
				if p.kind != name || p.width != wide || p.height != high {
					t.Errorf("%s %d × %d", p.kind, p.width, p.height)
				}
				same(t, data, p.data)
				clean(t, p.data)
				if name != "gif" && turnOf(t, name, p.data) != turn {
					t.Errorf("orientation %d became %d", turn, turnOf(t, name, p.data))
				}
				if kept := map[string]string{"jpeg": "ICC_PROFILE", "png": "gAMA", "webp": "ICCP", "gif": "the profile"}[name]; !bytes.Contains(p.data, []byte(kept)) {
					t.Errorf("%s is gone: the colours are others", kept)
				}
				again, err := strip(p.data)
				if err != nil || !bytes.Equal(again.data, p.data) {
					t.Errorf("what is served is not as it would be served: %v", err)
				}
			})
		}
	}
}

// turnOf reads the orientation as another program would: by looking for EXIF
// data anywhere in the file.
func turnOf(t *testing.T, kind string, data []byte) int {
	t.Helper()
	mark := map[string]string{"jpeg": "Exif\x00\x00", "png": "eXIf", "webp": "EXIF"}[kind]
	_, after, found := bytes.Cut(data, []byte(mark))
	if !found {
		return 1
	}
	if kind == "webp" {
		after = after[4:]
	}
	if bytes.Contains(after[:min(len(after), 200)], []byte(mark)) {
		t.Error("EXIF data twice")
	}
	return orientationOf(after)
}

// TestPlainStays: a picture that says nothing is served as it came.
func TestPlainStays(t *testing.T) {
	var b bytes.Buffer
	if err := png.Encode(&b, drawing(7, 5)); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"png": b.Bytes(), "webp": riff(chunk("VP8L", lossless(9, 9)))} {
		if p, err := strip(data); err != nil || !bytes.Equal(p.data, data) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestBomb: a file of a few kilobytes that would unpack to gigabytes is
// refused from its header.
func TestBomb(t *testing.T) {
	for name, data := range map[string][]byte{
		"png":  bomb(20000, 19000),
		"gif":  slices.Concat([]byte("GIF89a"), []byte{0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0x3b}),
		"webp": riff(vp8x(0, 1<<14, 1<<14), chunk("VP8L", lossless(1<<14, 1<<14))),
		"jpeg": slices.Concat([]byte{0xff, 0xd8}, segment(0xe0, []byte("JFIF\x00\x01\x02\x01\x00\x48\x00\x48\x00\x00")), segment(0xc0, []byte{8, 0xff, 0xff, 0xff, 0xff, 1, 1, 0x11, 0})),
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := strip(data)
		runtime.ReadMemStats(&after)
		if news.CodeOf(err) != news.TooLarge || !strings.Contains(err.Error(), "50 megapixels") {
			t.Errorf("%s: %v", name, err)
		}
		if used := after.TotalAlloc - before.TotalAlloc; used > 1<<20 {
			t.Errorf("%s: %d bytes of memory to refuse %d", name, used, len(data))
		}
	}
	if _, err := strip(bomb(7071, 7071)); err != nil { // just under the limit, and nothing is unpacked
		t.Error(err)
	}
	if _, err := strip(make([]byte, news.MaxPicture+1)); news.CodeOf(err) != news.TooLarge {
		t.Errorf("a file that is too large: %v", err)
	}
}

// bomb is a PNG whose header speaks of more pixels than it has data.
func bomb(width, height int) []byte {
	head := binary.BigEndian.AppendUint32(nil, uint32(width))
	head = append(binary.BigEndian.AppendUint32(head, uint32(height)), 8, 6, 0, 0, 0)
	return slices.Concat([]byte(pngSignature), pngChunk("IHDR", head), pngChunk("IDAT", bytes.Repeat([]byte{0}, 1000)), pngChunk("IEND", nil))
}

// TestHiddenSize: a small picture around a huge one is no small picture.
func TestHiddenSize(t *testing.T) {
	frame := append(make([]byte, 12), 0, 0, 0, 0)
	huge := slices.Clone(moving(t, 10, 10))
	at := bytes.LastIndexByte(huge[:len(huge)-len(secret)], 0x2c)
	for at > 0 && !(huge[at] == 0x2c && binary.LittleEndian.Uint16(huge[at+5:]) == 10 && binary.LittleEndian.Uint16(huge[at+7:]) == 10) {
		at = bytes.LastIndexByte(huge[:at], 0x2c)
	}
	binary.LittleEndian.PutUint16(huge[at+5:], 60000)
	for name, data := range map[string][]byte{
		"webp, still":  riff(vp8x(0, 10, 10), chunk("VP8L", lossless(16000, 16000))),
		"webp, moving": riff(vp8x(2, 10, 10), chunk("ANIM", make([]byte, 6)), chunk("ANMF", append(frame, chunk("VP8L", lossless(16000, 16000))...))),
		"gif":          huge,
		"png": slices.Concat(bomb(10, 10)[:33], pngChunk("acTL", make([]byte, 8)), pngChunk("fcTL", append([]byte{0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 0, 9}, make([]byte, 14)...)),
			bomb(10, 10)[33:]),
	} {
		if _, err := strip(data); news.CodeOf(err) != news.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestMovingWebP keeps the frames and leaves out what is unknown in them.
func TestMovingWebP(t *testing.T) {
	frame := slices.Concat(make([]byte, 6), []byte{9, 0, 0, 9, 0, 0}, []byte{0, 0, 0, 0})
	data := riff(vp8x(2|webpHasXMP, 10, 10), chunk("ANIM", make([]byte, 6)),
		chunk("ANMF", slices.Concat(frame, chunk("VP8L", lossless(10, 10)), chunk("hide", []byte(secret)))),
		chunk("ANMF", slices.Concat(frame, chunk("VP8L", lossless(10, 10)))), chunk("XMP ", []byte(secret)))
	p, err := strip(data)
	if err != nil {
		t.Fatal(err)
	}
	clean(t, p.data)
	if bytes.Count(p.data, []byte("ANMF")) != 2 || bytes.Count(p.data, []byte("VP8L")) != 2 || p.data[20]&webpHasXMP != 0 {
		t.Errorf("%q", p.data)
	}
}

// TestCutShort: a file that was not copied whole is refused at every length.
func TestCutShort(t *testing.T) {
	for name, whole := range map[string][]byte{"jpeg": photo(t, 20, 20, 6), "png": drawn(t, 20, 20, 1), "gif": moving(t, 20, 20), "webp": extended(20, 20, 3)} {
		p, err := strip(whole)
		if err != nil {
			t.Fatal(err)
		}
		for n := range p.data {
			if _, err := strip(p.data[:n]); news.CodeOf(err) != news.Invalid {
				t.Fatalf("%s of %d bytes cut at %d: %v", name, len(p.data), n, err)
			}
		}
	}
}

func TestDamagedPNG(t *testing.T) {
	data := drawn(t, 20, 20, 1)
	data[bytes.Index(data, []byte("IDAT"))+10] ^= 1
	if _, err := strip(data); news.CodeOf(err) != news.Invalid {
		t.Errorf("a wrong sum: %v", err)
	}
	unknown := slices.Concat(data[:33], pngChunk("CRIT", nil), data[33:])
	if _, err := strip(unknown); news.CodeOf(err) != news.Invalid {
		t.Errorf("an unknown critical chunk: %v", err)
	}
}

// TestRefusedKinds: people are told what they sent.
func TestRefusedKinds(t *testing.T) {
	for data, word := range map[string]string{
		"\x00\x00\x00\x18ftypheic....": "HEIC", "\x00\x00\x00\x18ftypavif....": "AVIF", "%PDF-1.7": "PDF", "BM......": "BMP", "II*\x00....": "TIFF",
		"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>": "SVG",
		"": "JPEG, PNG, GIF or WebP", "<html>hello": "JPEG, PNG, GIF or WebP",
	} {
		if _, err := strip([]byte(data)); news.CodeOf(err) != news.Invalid || !strings.Contains(err.Error(), word) {
			t.Errorf("%q: %v", data, err)
		}
	}
}

// FuzzStrip: whatever comes in, what goes out is a picture of that size by its
// own header, says nothing, and is itself served as it is.
func FuzzStrip(f *testing.F) {
	f.Add(photo(f, 12, 8, 6))
	f.Add(drawn(f, 12, 8, 5))
	f.Add(moving(f, 12, 8))
	f.Add(extended(12, 8, 8))
	f.Add(riff(vp8x(2, 10, 10), chunk("ANIM", make([]byte, 6)), chunk("ANMF", append(make([]byte, 16), chunk("VP8L", lossless(1, 1))...))))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := strip(data)
		if err != nil {
			if news.CodeOf(err) == "" {
				t.Errorf("an error without a code: %v", err)
			}
			return
		}
		if int64(p.width)*int64(p.height) > news.MaxPixels {
			t.Errorf("%d × %d", p.width, p.height)
		}
		again, err := strip(p.data)
		if err != nil || !bytes.Equal(again.data, p.data) || again.width != p.width {
			t.Errorf("what is served is not as it would be served: %v", err)
		}
		config, _, err := image.DecodeConfig(bytes.NewReader(p.data))
		if err != nil || config.Width*config.Height != p.width*p.height {
			t.Errorf("%d × %d, %v", config.Width, config.Height, err)
		}
	})
}
