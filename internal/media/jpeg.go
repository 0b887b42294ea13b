package media

import (
	"bytes"
	"encoding/binary"
	"fmt"
)

// Markers of JPEG (ITU-T T.81, table B.1).
const (
	markSOI  = 0xd8
	markEOI  = 0xd9
	markSOS  = 0xda
	markDQT  = 0xdb
	markDRI  = 0xdd
	markDHT  = 0xc4
	markAPP0 = 0xe0
	markAPPF = 0xef
	markCOM  = 0xfe
)

// stripJPEG keeps the segments that a decoder needs, the colour profile, and
// of the EXIF data the orientation. Every other application segment, comments,
// the thumbnail and whatever follows the picture are left out.
func stripJPEG(data []byte) (out []byte, turn int, err error) {
	turn = jpegTurn(data)
	out = append(make([]byte, 0, len(data)), 0xff, markSOI)
	told := turn == 1
	tell := func() { // after JFIF's own segment, which must be the first
		if !told {
			body := append([]byte("Exif\x00\x00"), orientationOnly(turn)...)
			out = append(out, 0xff, markAPP0+1, byte((len(body)+2)>>8), byte(len(body)+2))
			out, told = append(out, body...), true
		}
	}
	frames, scans := 0, 0
	for at := 2; ; {
		mark, body, next, err := jpegSegment(data, at)
		if err != nil {
			return nil, 0, err
		}
		switch {
		case mark == markEOI:
			if frames != 1 || scans == 0 {
				return nil, 0, fmt.Errorf("%w: a JPEG of %d frames and %d scans", errDamaged, frames, scans)
			}
			return append(out, 0xff, markEOI), turn, nil
		case mark == markAPP0 && bytes.HasPrefix(body, []byte("JFIF\x00")) && len(body) >= 14:
			out = append(out, 0xff, markAPP0, 0, 16)
			out = append(append(out, body[:12]...), 0, 0) // without the thumbnail
			at = next
			continue
		case mark >= markAPP0 && mark <= markAPPF && !jpegKept(mark, body), mark == markCOM:
			at = next
			continue
		}
		tell()
		out = append(out, data[at:next]...)
		at = next
		switch {
		case mark >= 0xc0 && mark <= 0xcf && mark != markDHT && mark != 0xc8 && mark != 0xcc:
			frames++
		case mark == markSOS:
			scans++
			end := scanEnd(data, at)
			out = append(out, data[at:end]...)
			at = end
		}
	}
}

// jpegKept are the application segments that colours depend on: the profile
// (ICC.1 B.4) and Adobe's note on the colour transform.
func jpegKept(mark byte, body []byte) bool {
	return mark == 0xe2 && bytes.HasPrefix(body, []byte("ICC_PROFILE\x00")) || mark == 0xee && bytes.HasPrefix(body, []byte("Adobe"))
}

// jpegTurn is the orientation in the first EXIF segment before the picture.
func jpegTurn(data []byte) int {
	for at := 2; ; {
		mark, body, next, err := jpegSegment(data, at)
		if err != nil || mark == markSOS || mark == markEOI {
			return 1
		}
		if tiff, ok := bytes.CutPrefix(body, []byte("Exif\x00\x00")); ok && mark == markAPP0+1 {
			return orientationOf(tiff)
		}
		at = next
	}
}

// jpegSegment reads the marker segment at a place: its body and where the next
// one begins. Fill bytes before a marker are passed over.
func jpegSegment(data []byte, at int) (mark byte, body []byte, next int, err error) {
	cut := fmt.Errorf("%w: the JPEG ends at byte %d", errDamaged, at)
	if at+2 > len(data) {
		return 0, nil, 0, cut
	}
	if data[at] != 0xff {
		return 0, nil, 0, fmt.Errorf("%w: no marker at byte %d", errDamaged, at)
	}
	for at+1 < len(data) && data[at+1] == 0xff {
		at++
	}
	if at+1 >= len(data) {
		return 0, nil, 0, cut
	}
	mark = data[at+1]
	if mark == markEOI {
		return mark, nil, at + 2, nil
	}
	if mark == 0 || mark == 1 || mark >= 0xd0 && mark <= markSOI {
		return 0, nil, 0, fmt.Errorf("%w: marker %02x at byte %d", errDamaged, mark, at)
	}
	if at+4 > len(data) {
		return 0, nil, 0, cut
	}
	length := int(binary.BigEndian.Uint16(data[at+2:]))
	next = at + 2 + length
	if length < 2 || next > len(data) {
		return 0, nil, 0, cut
	}
	return mark, data[at+4 : next], next, nil
}

// scanEnd is where the entropy-coded data from a place on ends: before the
// next marker that is no restart (T.81, B.1.1.5).
func scanEnd(data []byte, at int) int {
	for {
		i := bytes.IndexByte(data[at:], 0xff)
		if i < 0 || at+i+1 >= len(data) {
			return len(data)
		}
		at += i
		if mark := data[at+1]; mark != 0 && mark != 0xff && (mark < 0xd0 || mark > 0xd7) {
			return at
		}
		at++
	}
}
