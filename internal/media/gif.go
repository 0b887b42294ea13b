package media

import (
	"encoding/binary"
	"fmt"
)

// gifKept are the application extensions that change what is seen: how often
// it repeats, and the colour profile.
var gifKept = map[string]bool{"NETSCAPE2.0": true, "ANIMEXTS1.0": true, "ICCRGBG1012": true}

// gifWalk goes through a file (GIF89a, §15 to §27).
type gifWalk struct {
	data []byte
	at   int
}

// stripGIF leaves out comments, texts, XMP and other applications' data, and
// whatever follows the picture.
func stripGIF(data []byte) (out []byte, err error) {
	g := &gifWalk{data: data}
	if err := g.skip(13); err != nil {
		return nil, err
	}
	if err := g.palette(data[10]); err != nil {
		return nil, err
	}
	out = append(make([]byte, 0, len(data)), data[:g.at]...)
	for frames := 0; ; {
		begin := g.at
		if err := g.skip(1); err != nil {
			return nil, err
		}
		kept := true
		switch data[begin] {
		case 0x3b:
			if frames == 0 {
				return nil, fmt.Errorf("%w: the GIF has no picture", errDamaged)
			}
			return append(out, 0x3b), nil
		case 0x2c:
			frames++
			err = g.frame()
		case 0x21:
			kept, err = g.extension()
		default:
			err = fmt.Errorf("%w: the GIF has a block %02x at byte %d", errDamaged, data[begin], begin)
		}
		if err != nil {
			return nil, err
		}
		if kept {
			out = append(out, data[begin:g.at]...)
		}
	}
}

// frame passes over a picture's descriptor, its colours and its data.
func (g *gifWalk) frame() error {
	begin := g.at
	if err := g.skip(9); err != nil {
		return err
	}
	n := func(at int) int { return int(binary.LittleEndian.Uint16(g.data[at:])) }
	if n(begin)+n(begin+4) > n(6) || n(begin+2)+n(begin+6) > n(8) {
		return fmt.Errorf("%w: a frame of the GIF is larger than the picture", errDamaged)
	}
	if err := g.palette(g.data[begin+8]); err != nil {
		return err
	}
	if err := g.skip(1); err != nil { // the code size
		return err
	}
	return g.blocks()
}

// extension passes over an extension and says whether it is kept.
func (g *gifWalk) extension() (kept bool, err error) {
	begin := g.at
	if err := g.skip(2); err != nil {
		return false, err
	}
	switch g.data[begin] {
	case 0xf9: // how long the next frame is shown
		kept = true
	case 0xff:
		kept = g.data[begin+1] == 11 && begin+13 <= len(g.data) && gifKept[string(g.data[begin+2:begin+13])]
	}
	g.at = begin + 1
	return kept, g.blocks()
}

// palette passes over a table of colours if the flags speak of one.
func (g *gifWalk) palette(flags byte) error {
	if flags&0x80 == 0 {
		return nil
	}
	return g.skip(3 << (flags&7 + 1))
}

// blocks passes over a chain of blocks to its end.
func (g *gifWalk) blocks() error {
	for {
		if err := g.skip(1); err != nil {
			return err
		}
		n := int(g.data[g.at-1])
		if n == 0 {
			return nil
		}
		if err := g.skip(n); err != nil {
			return err
		}
	}
}

func (g *gifWalk) skip(n int) error {
	if g.at+n > len(g.data) {
		return fmt.Errorf("%w: the GIF ends at byte %d", errDamaged, g.at)
	}
	g.at += n
	return nil
}
