package media

import (
	"encoding/binary"
	"fmt"
)

// Flags of the chunk VP8X (RFC 9649, §2.7).
const (
	webpHasExif = 0x08
	webpHasXMP  = 0x04
)

// stripWebP leaves out XMP, EXIF data but for the orientation, unknown chunks
// and whatever follows the picture.
func stripWebP(data []byte, width, height int) (out []byte, turn int, err error) {
	if len(data) < 12 {
		return nil, 0, fmt.Errorf("%w: the WebP ends at once", errDamaged)
	}
	size := int64(binary.LittleEndian.Uint32(data[4:])) + 8
	if size > int64(len(data)) || size < 12 {
		return nil, 0, fmt.Errorf("%w: the WebP says that it has %d bytes and has %d", errDamaged, size, len(data))
	}
	w := &webp{width: width, height: height, turn: 1, flags: -1}
	if err := w.chunks(data[12:size], false); err != nil {
		return nil, 0, err
	}
	if !w.picture {
		return nil, 0, fmt.Errorf("%w: the WebP has no picture", errDamaged)
	}
	body := w.out
	if w.flags >= 0 { // body begins with VP8X: see chunks
		body[w.flags] &^= webpHasExif | webpHasXMP
		if w.turn > 1 {
			body[w.flags] |= webpHasExif
			body = appendChunk(body, "EXIF", orientationOnly(w.turn))
		}
	}
	out = append(make([]byte, 0, len(body)+12), "RIFF"...)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(body)+4))
	return append(append(out, "WEBP"...), body...), w.turn, nil
}

// webp puts the chunks together that are kept.
type webp struct {
	out           []byte
	width, height int
	turn          int
	flags         int // where in out the flags of VP8X stand; -1 = there is none
	picture       bool
}

// chunks reads a list of chunks, of the file or of one frame of a moving picture.
func (w *webp) chunks(data []byte, inFrame bool) error {
	for first := true; len(data) > 0; first = false {
		if len(data) < 8 {
			return fmt.Errorf("%w: the WebP ends inside a chunk", errDamaged)
		}
		name, length := string(data[:4]), int64(binary.LittleEndian.Uint32(data[4:]))
		padded := length + length&1
		if length > int64(len(data)-8) {
			return fmt.Errorf("%w: the WebP's chunk %q is longer than the file", errDamaged, name)
		}
		body := data[8 : 8+length]
		if err := w.chunk(name, body, first, inFrame); err != nil {
			return err
		}
		data = data[min(int64(len(data)), 8+padded):]
	}
	return nil
}

func (w *webp) chunk(name string, body []byte, first, inFrame bool) error {
	switch name {
	case "VP8 ", "VP8L":
		wide, high := webpSize(name, body)
		if wide <= 0 || wide > w.width || high > w.height || !inFrame && (wide != w.width || high != w.height) {
			return fmt.Errorf("%w: the WebP speaks of two sizes", errDamaged)
		}
		w.picture = true
		w.out = appendChunk(w.out, name, body)
	case "ALPH", "ICCP", "ANIM":
		w.out = appendChunk(w.out, name, body)
	case "VP8X":
		if !first || inFrame || len(body) < 10 {
			return fmt.Errorf("%w: the WebP's VP8X is misplaced", errDamaged)
		}
		w.out = appendChunk(w.out, name, body)
		w.flags = 8
	case "ANMF":
		if inFrame || len(body) < 16 || !w.frameFits(body) {
			return fmt.Errorf("%w: a frame of the WebP is larger than the picture", errDamaged)
		}
		return w.frame(body)
	case "EXIF":
		if !inFrame && w.turn == 1 {
			w.turn = orientationOf(body)
		}
	}
	return nil
}

// frame keeps one frame of a moving picture, without what is unknown in it.
func (w *webp) frame(body []byte) error {
	inner := &webp{width: w.width, height: w.height, turn: 1, flags: -1, out: append([]byte(nil), body[:16]...)}
	if err := inner.chunks(body[16:], true); err != nil {
		return err
	}
	w.picture = w.picture || inner.picture
	w.out = appendChunk(w.out, "ANMF", inner.out)
	return nil
}

func (w *webp) frameFits(body []byte) bool {
	return 2*three(body)+three(body[6:])+1 <= w.width && 2*three(body[3:])+three(body[9:])+1 <= w.height
}

// webpSize reads the size in the head of a picture's own data (RFC 9649 §2.5,
// RFC 6386 §9.1, and §3.4 of the former).
func webpSize(name string, body []byte) (width, height int) {
	if name == "VP8L" {
		if len(body) < 5 || body[0] != 0x2f {
			return 0, 0
		}
		bits := binary.LittleEndian.Uint32(body[1:])
		return int(bits&0x3fff) + 1, int(bits>>14&0x3fff) + 1
	}
	if len(body) < 10 {
		return 0, 0
	}
	return int(binary.LittleEndian.Uint16(body[6:]) & 0x3fff), int(binary.LittleEndian.Uint16(body[8:]) & 0x3fff)
}

func three(b []byte) int { return int(b[0]) | int(b[1])<<8 | int(b[2])<<16 }

func appendChunk(out []byte, name string, body []byte) []byte {
	out = binary.LittleEndian.AppendUint32(append(out, name...), uint32(len(body)))
	out = append(out, body...)
	if len(body)&1 == 1 {
		out = append(out, 0)
	}
	return out
}
