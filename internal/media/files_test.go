package media

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"slices"
	"strings"
	"testing"
)

// secret stands in every place of a file where a camera or a program writes
// what nobody should read: it must be in the original and not in what is served.
const secret = "GPS 51.5007 N 0.1246 W; Serial 4711-0815"

// drawing is a picture with something to see in it.
func drawing(width, height int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			m.Set(x, y, color.RGBA{uint8(x * 255 / width), uint8(y * 255 / height), uint8(x * y), 255})
		}
	}
	return m
}

// exif is what a camera writes: an orientation, its name and where it was.
func exif(turn int, little bool) []byte {
	var order binary.AppendByteOrder = binary.BigEndian
	out := []byte("MM\x00*")
	if little {
		order, out = binary.LittleEndian, []byte("II*\x00")
	}
	out = order.AppendUint32(out, 8)
	out = order.AppendUint16(out, 2)
	for _, e := range [][3]int{{0x010f, 2, len(secret) + 1}, {orientationTag, 3, 1}} {
		out = order.AppendUint16(out, uint16(e[0]))
		out = order.AppendUint16(out, uint16(e[1]))
		out = order.AppendUint32(out, uint32(e[2]))
		if e[1] == 2 {
			out = order.AppendUint32(out, 8+2+24+4)
		} else {
			out = order.AppendUint16(out, uint16(turn))
			out = order.AppendUint16(out, 0)
		}
	}
	out = order.AppendUint32(out, 0)
	return append(append(out, secret...), 0)
}

func segment(mark byte, body []byte) []byte {
	return append([]byte{0xff, mark, byte((len(body) + 2) >> 8), byte(len(body) + 2)}, body...)
}

var profile = append([]byte("ICC_PROFILE\x00\x01\x01"), bytes.Repeat([]byte("profile "), 20)...)

// photo is a JPEG as a telephone writes it.
func photo(t testing.TB, width, height, turn int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, drawing(width, height), nil); err != nil {
		t.Fatal(err)
	}
	plain := b.Bytes()
	return slices.Concat(plain[:2],
		segment(0xe0, append([]byte("JFIF\x00\x01\x02\x01\x00\x48\x00\x48\x01\x01"), 'a', 'b', 'c')), // a thumbnail of one pixel
		segment(0xe1, append([]byte("Exif\x00\x00"), exif(turn, turn%2 == 0)...)),
		segment(0xe1, []byte("http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta>"+secret)),
		segment(0xe2, profile),
		segment(0xe2, []byte("MPF\x00"+secret)),
		segment(0xed, []byte("Photoshop 3.0\x008BIM\x04\x04"+secret)),
		segment(0xee, []byte("Adobe\x00\x64\x00\x00\x00\x00\x01")),
		segment(0xfe, []byte(secret)),
		plain[2:], []byte("a second picture follows: "+secret))
}

// drawn is a PNG as a drawing program writes it.
func drawn(t testing.TB, width, height, turn int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, drawing(width, height)); err != nil {
		t.Fatal(err)
	}
	plain := b.Bytes()
	return slices.Concat(plain[:33],
		pngChunk("gAMA", []byte{0, 0, 0xb1, 0x8f}),
		pngChunk("tEXt", []byte("Author\x00"+secret)), pngChunk("iTXt", []byte("XML:com.adobe.xmp\x00\x00\x00\x00\x00"+secret)),
		pngChunk("zTXt", []byte("Comment\x00\x00"+secret)), pngChunk("tIME", []byte{7, 0xea, 1, 2, 3, 4, 5}),
		pngChunk("eXIf", exif(turn, false)), pngChunk("prVt", []byte(secret)),
		plain[33:], []byte(secret))
}

// moving is a GIF of two frames with a comment.
func moving(t testing.TB, width, height int) []byte {
	t.Helper()
	frame := func(shift int) *image.Paletted {
		p := image.NewPaletted(image.Rect(0, 0, width, height), color.Palette{color.White, color.Black, color.RGBA{200, 0, 0, 255}})
		for i := range p.Pix {
			p.Pix[i] = uint8((i + shift) % 3)
		}
		return p
	}
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, &gif.GIF{Image: []*image.Paletted{frame(0), frame(1)}, Delay: []int{10, 20}, LoopCount: 3}); err != nil {
		t.Fatal(err)
	}
	plain := b.Bytes()
	at := 13
	if plain[10]&0x80 != 0 {
		at += 3 << (plain[10]&7 + 1)
	}
	blocks := func(label string, body string) []byte {
		out := []byte{0x21, label[0]}
		if label[0] == 0xff {
			out = append(append(out, 11), label[1:]...)
		}
		return append(append(append(out, byte(len(body))), body...), 0)
	}
	return slices.Concat(plain[:at], blocks("\xfe", secret), blocks("\xffXMP DataXMP", secret), blocks("\xffICCRGBG1012", "the profile"), plain[at:], []byte(secret))
}

// lossless is a WebP of one colour, by hand: every image code has one symbol
// (RFC 9649 §3.7), so no pixel takes a bit.
func lossless(width, height int) []byte {
	bits := uint32(width-1) | uint32(height-1)<<14
	out := binary.LittleEndian.AppendUint32([]byte{0x2f}, bits)
	// no transform, no colour cache, no meta codes; five simple codes of the symbol 0: green, red, blue, alpha, distance
	var packed bitsOf
	packed.put(0, 1)
	packed.put(0, 1)
	packed.put(0, 1)
	for range 5 {
		packed.put(1, 1) // simple
		packed.put(0, 1) // one symbol
		packed.put(0, 1) // of one bit
		packed.put(0, 1)
	}
	return append(out, packed.bytes...)
}

type bitsOf struct {
	bytes []byte
	n     int
}

func (b *bitsOf) put(v, n int) {
	for i := range n {
		if b.n%8 == 0 {
			b.bytes = append(b.bytes, 0)
		}
		b.bytes[b.n/8] |= byte(v >> i & 1 << (b.n % 8))
		b.n++
	}
}

func riff(chunks ...[]byte) []byte {
	body := slices.Concat(chunks...)
	out := binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body)+4))
	return append(append(out, "WEBP"...), body...)
}

func chunk(name string, body []byte) []byte { return appendChunk(nil, name, body) }

func vp8x(flags byte, width, height int) []byte {
	w, h := width-1, height-1
	return chunk("VP8X", []byte{flags, 0, 0, 0, byte(w), byte(w >> 8), byte(w >> 16), byte(h), byte(h >> 8), byte(h >> 16)})
}

// extended is a WebP as a phone's gallery writes it.
func extended(width, height, turn int) []byte {
	return append(riff(vp8x(webpHasExif|webpHasXMP|0x20, width, height), chunk("ICCP", profile), chunk("VP8L", lossless(width, height)),
		chunk("EXIF", exif(turn, true)), chunk("XMP ", []byte("<x:xmpmeta>"+secret)), chunk("odd!", []byte(secret))), secret...)
}

// same fails when two files do not show the same pixels.
func same(t *testing.T, a, b []byte) {
	t.Helper()
	if bytes.HasPrefix(a, []byte("GIF")) {
		one, err := gif.DecodeAll(bytes.NewReader(a))
		two, err2 := gif.DecodeAll(bytes.NewReader(b))
		if err != nil || err2 != nil {
			t.Fatal(err, err2)
		}
		if len(one.Image) != len(two.Image) || one.LoopCount != two.LoopCount || !slices.Equal(one.Delay, two.Delay) {
			t.Errorf("the GIF moves in another way: %d and %d frames", len(one.Image), len(two.Image))
		}
		for i := range one.Image {
			if !bytes.Equal(one.Image[i].Pix, two.Image[i].Pix) {
				t.Errorf("frame %d differs", i)
			}
		}
		return
	}
	one, kind, err := image.Decode(bytes.NewReader(a))
	two, kind2, err2 := image.Decode(bytes.NewReader(b))
	if err != nil || err2 != nil || kind != kind2 || one.Bounds() != two.Bounds() {
		t.Fatalf("%s %v, %s %v", kind, err, kind2, err2)
	}
	for y := range one.Bounds().Dy() {
		for x := range one.Bounds().Dx() {
			if one.At(x, y) != two.At(x, y) {
				t.Fatalf("pixel %d, %d: %v became %v", x, y, one.At(x, y), two.At(x, y))
			}
		}
	}
}

func clean(t *testing.T, data []byte) {
	t.Helper()
	for _, word := range []string{"GPS", "Serial", "xmpmeta", "Photoshop", "MPF", "tEXt"} {
		if bytes.Contains(data, []byte(word)) {
			t.Errorf("%q is served", word)
		}
	}
	if strings.Count(string(data), "second picture") > 0 {
		t.Error("what follows the picture is served")
	}
}
