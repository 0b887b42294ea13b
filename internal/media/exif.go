package media

import (
	"encoding/binary"
)

// orientationTag is the only thing of a picture's EXIF data that is kept: how
// it must be turned to be seen upright (EXIF 2.32, 4.6.4 A).
const orientationTag = 0x0112

// orientationOf reads 1 to 8 out of a TIFF structure, which is what EXIF data
// is; 1 = as it lies, also where nothing can be read.
func orientationOf(tiff []byte) int {
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder
	switch string(tiff[:4]) {
	case "II*\x00":
		order = binary.LittleEndian
	case "MM\x00*":
		order = binary.BigEndian
	default:
		return 1
	}
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return 1
	}
	count := int64(order.Uint16(tiff[at:]))
	for i := range count {
		entry := at + 2 + 12*i
		if entry+12 > int64(len(tiff)) {
			return 1
		}
		e := tiff[entry:]
		if order.Uint16(e) != orientationTag {
			continue
		}
		if n := int(order.Uint16(e[8:])); order.Uint16(e[2:]) == 3 && n >= 1 && n <= 8 {
			return n
		}
		return 1
	}
	return 1
}

// orientationOnly is EXIF data that says how to turn the picture and nothing else.
func orientationOnly(turn int) []byte {
	return []byte{'M', 'M', 0, '*', 0, 0, 0, 8, // big-endian, first directory at 8
		0, 1, // one entry
		orientationTag >> 8, orientationTag & 0xff, 0, 3, 0, 0, 0, 1, 0, byte(turn), 0, 0,
		0, 0, 0, 0} // no further directory
}
