package wirefmt

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"

	"broadsheet/internal/news"
)

// RawItem is one JSON object of a stream, not yet read.
type RawItem struct {
	Number int    // from 1, items with errors counted
	Line   int    // of the file, from 1, where it begins
	Bytes  []byte // the object alone; the caller's own; nil where the item has an error
}

// NinjsStream cuts a file into its items: one JSON object, one object a line, objects one after another, or an array
// of them. Nothing but the item at hand is kept in memory, and of an item over 10 MB not even that.
//
// An item that is too large (news.TooLarge), broken off, or no object (news.Invalid) comes as an error with the item's
// number and line, and the stream goes on behind it. A file that is empty or of a known other kind is news.Invalid. An
// error of reading carries no news.Code; it ends the stream.
func NinjsStream(r io.Reader) iter.Seq2[RawItem, error] {
	return func(yield func(RawItem, error) bool) {
		in := bufio.NewReaderSize(r, 64<<10)
		start, _ := in.Peek(16)
		in, err := utf8Reader(in, start)
		if err != nil {
			yield(RawItem{Number: 1, Line: 1}, err)
			return
		}
		c := cutter{in: in, line: 1}
		for {
			item, err := c.next()
			if errors.Is(err, io.EOF) && c.begun {
				return
			}
			if errors.Is(err, io.EOF) {
				yield(RawItem{Number: 1, Line: 1}, news.Refuse(news.Invalid, "import.empty", "the file is empty: it should hold one ninjs object a line"))
				return
			}
			if !yield(item, err) || err != nil && news.CodeOf(err) == "" {
				return
			}
		}
	}
}

// utf8Reader makes UTF-8 of UTF-16, and refuses what is no text.
func utf8Reader(in *bufio.Reader, start []byte) (*bufio.Reader, error) {
	var from encoding.Encoding
	switch {
	case bytes.HasPrefix(start, []byte("\xef\xbb\xbf")):
		_, err := in.Discard(3)
		return in, err
	case knownBinary(start) != "":
		_, _, err := Decode(start)
		return nil, err
	case bytes.HasPrefix(start, []byte("\xff\xfe")), bytes.HasPrefix(start, []byte("\xfe\xff")):
		from = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case len(start) > 1 && (start[0] == '{' || start[0] == '[') && start[1] == 0:
		from = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case len(start) > 1 && start[0] == 0 && (start[1] == '{' || start[1] == '['):
		from = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	default:
		return in, nil
	}
	return bufio.NewReaderSize(from.NewDecoder().Reader(in), 64<<10), nil
}

// cutter finds where objects begin and end.
type cutter struct {
	in     *bufio.Reader
	line   int
	number int
	array  bool // inside one top-level array
	begun  bool // something was there already
}

// next returns the next object or the next fault.
func (c *cutter) next() (RawItem, error) {
	for {
		b, err := c.in.ReadByte()
		if err != nil {
			return RawItem{}, readError(err)
		}
		switch {
		case b == '\n':
			c.line++
		case b == ' ' || b == '\t' || b == '\r', b == ',', b == ']' && c.array:
		case b == '[' && !c.begun:
			c.array, c.begun = true, true
		case b == '{':
			c.begun = true
			return c.object()
		default:
			c.begun = true
			return c.rubbish()
		}
	}
}

func readError(err error) error {
	if errors.Is(err, io.EOF) {
		return io.EOF
	}
	return fmt.Errorf("read the import: %w", err)
}

// rubbish skips what is no object, up to the end of the line.
func (c *cutter) rubbish() (RawItem, error) {
	c.number++
	item := RawItem{Number: c.number, Line: c.line}
	for {
		_, err := c.in.ReadSlice('\n')
		switch {
		case err == nil:
			c.line++
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case !errors.Is(err, io.EOF):
			return item, readError(err)
		}
		return item, news.Refuse(news.Invalid, "import.json", "item %d on line %d is no JSON object: write one ninjs object a line", item.Number, item.Line)
	}
}

// object reads one object whose opening brace was read.
func (c *cutter) object() (RawItem, error) {
	c.number++
	item := RawItem{Number: c.number, Line: c.line}
	s := scanner{depth: 1, last: '{'}
	body := append(make([]byte, 0, 4<<10), '{')
	for {
		chunk, err := c.chunk()
		if errors.Is(err, io.EOF) {
			return item, news.Refuse(news.Invalid, "import.json", "item %d, begun on line %d, is broken off: the file ends inside it", item.Number, item.Line)
		}
		if err != nil {
			return item, err
		}
		n, state := s.scan(chunk, c.array)
		if body = appendUpTo(body, chunk[:n]); body == nil {
			s.over = true
		}
		c.line += bytes.Count(chunk[:n], []byte("\n"))
		if _, err := c.in.Discard(n); err != nil {
			return item, readError(err)
		}
		switch {
		case state == broken:
			return item, news.Refuse(news.Invalid, "import.json", "item %d, begun on line %d, is broken off: line %d begins another", item.Number, item.Line, c.line)
		case state == whole && s.over:
			return item, news.Refuse(news.TooLarge, "import.large", "item %d on line %d is larger than 10 MB: export it without its attachments", item.Number, item.Line)
		case state == whole:
			item.Bytes = body
			return item, nil
		}
	}
}

// chunk is what the buffer holds, at least one byte.
func (c *cutter) chunk() ([]byte, error) {
	if _, err := c.in.Peek(1); err != nil {
		return nil, readError(err)
	}
	return c.in.Peek(c.in.Buffered())
}

// appendUpTo keeps an item up to its limit; nil once it is over.
func appendUpTo(body, more []byte) []byte {
	if body == nil || len(body)+len(more) > MaxItem {
		return nil
	}
	return append(body, more...)
}
