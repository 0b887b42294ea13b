package media

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
)

const pngSignature = "\x89PNG\r\n\x1a\n"

// pngKept are the chunks that are needed to show the picture in its true
// colours, and those that make it move (PNG, third edition, §11).
var pngKept = map[string]bool{
	"IHDR": true, "PLTE": true, "IDAT": true, "IEND": true,
	"tRNS": true, "cHRM": true, "gAMA": true, "iCCP": true, "sBIT": true, "sRGB": true, "cICP": true, "mDCV": true, "cLLI": true,
	"bKGD": true, "pHYs": true, "acTL": true, "fcTL": true, "fdAT": true,
}

// stripPNG leaves out texts, times, EXIF data but for the orientation, private
// chunks and whatever follows the picture.
func stripPNG(data []byte, width, height int) (out []byte, turn int, err error) {
	turn = 1
	told := false
	out = append(make([]byte, 0, len(data)+40), pngSignature...)
	for at := len(pngSignature); ; {
		if at+12 > len(data) {
			return nil, 0, fmt.Errorf("%w: the PNG ends at byte %d", errDamaged, at)
		}
		length := int64(binary.BigEndian.Uint32(data[at:]))
		if length > int64(len(data)-at-12) {
			return nil, 0, fmt.Errorf("%w: the PNG's chunk at byte %d is longer than the file", errDamaged, at)
		}
		end := at + 12 + int(length)
		name, body := string(data[at+4:at+8]), data[at+8:end-4]
		switch {
		case pngKept[name]:
			if crc32.ChecksumIEEE(data[at+4:end-4]) != binary.BigEndian.Uint32(data[end-4:]) {
				return nil, 0, fmt.Errorf("%w: the PNG's chunk %s has a wrong sum", errDamaged, name)
			}
			if name == "fcTL" && !frameFits(body, width, height) {
				return nil, 0, fmt.Errorf("%w: a frame of the PNG is larger than the picture", errDamaged)
			}
			if name == "IDAT" && turn > 1 && !told {
				out, told = append(out, pngChunk("eXIf", orientationOnly(turn))...), true
			}
			out = append(out, data[at:end]...)
		case name == "eXIf" && !told:
			turn = orientationOf(body)
		case name[0]&0x20 == 0: // critical and unknown: no decoder could go on
			return nil, 0, fmt.Errorf("%w: the PNG has a chunk %q", errDamaged, name)
		}
		if at = end; name == "IEND" {
			return out, turn, nil
		}
	}
}

func frameFits(body []byte, width, height int) bool {
	if len(body) != 26 {
		return false
	}
	n := func(at int) int64 { return int64(binary.BigEndian.Uint32(body[at:])) }
	return n(4)+n(12) <= int64(width) && n(8)+n(16) <= int64(height)
}

func pngChunk(name string, body []byte) []byte {
	out := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	out = append(append(out, name...), body...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[4:]))
}
