package wirefmt

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"broadsheet/internal/news"
)

// outline reads a stream and says of each item its number, line and bytes, or its error's code.
func outline(r io.Reader) []string {
	var out []string
	for item, err := range NinjsStream(r) {
		switch {
		case err != nil && news.CodeOf(err) == "":
			out = append(out, "ended: "+err.Error())
		case err != nil:
			out = append(out, fmt.Sprintf("%d line %d: %s", item.Number, item.Line, news.CodeOf(err)))
		default:
			out = append(out, fmt.Sprintf("%d line %d %s", item.Number, item.Line, item.Bytes))
		}
	}
	return out
}

func TestStreams(t *testing.T) {
	big := `{"a":"` + strings.Repeat("x", MaxItem) + `"}`
	for name, c := range map[string]struct {
		file string
		want []string
	}{
		"one object":                  {`{"a":1}`, []string{`1 line 1 {"a":1}`}},
		"one object, laid out":        {"\n{\n\"a\": {\n\"b\": [\n{\n}\n]\n}\n}\n", []string{"1 line 2 {\n\"a\": {\n\"b\": [\n{\n}\n]\n}\n}"}},
		"one a line":                  {"{\"a\":1}\n{\"a\":2}\r\n\n{\"a\":3}", []string{`1 line 1 {"a":1}`, `2 line 2 {"a":2}`, `3 line 4 {"a":3}`}},
		"one behind another":          {`{"a":1}{"a":2} {"a":3}`, []string{`1 line 1 {"a":1}`, `2 line 1 {"a":2}`, `3 line 1 {"a":3}`}},
		"an array":                    {"[{\"a\":1},\n  {\"a\":[{}]}\n]\n", []string{`1 line 1 {"a":1}`, `2 line 2 {"a":[{}]}`}},
		"an empty array":              {"[]", nil},
		"signs inside strings":        {`{"a":"}{\"]\\"}` + "\n" + `{"b":"\\\""}`, []string{`1 line 1 {"a":"}{\"]\\"}`, `2 line 2 {"b":"\\\""}`}},
		"a byte order mark":           {"\xef\xbb\xbf{\"a\":1}", []string{`1 line 1 {"a":1}`}},
		"a line that is no object":    {"{\"a\":1}\nhello\n{\"a\":2}\n", []string{`1 line 1 {"a":1}`, "2 line 2: invalid", `3 line 3 {"a":2}`}},
		"a brace too many":            {"{\"a\":1}}\n{\"a\":2}\n", []string{`1 line 1 {"a":1}`, "2 line 1: invalid", `3 line 2 {"a":2}`}},
		"a brace too few":             {"{\"a\":{\"b\":1}\n{\"a\":2}\n{\"a\":3}", []string{"1 line 1: invalid", `2 line 2 {"a":2}`, `3 line 3 {"a":3}`}},
		"a bracket open":              {"{\"a\":[1\n{\"a\":2}\n", []string{"1 line 1: invalid", `2 line 2 {"a":2}`}},
		"a string open":               {"{\"a\":\"b}\n{\"a\":2}\n", []string{"1 line 1: invalid", `2 line 2 {"a":2}`}},
		"broken off at the end":       {"{\"a\":1}\n{\"a\":", []string{`1 line 1 {"a":1}`, "2 line 2: invalid"}},
		"broken off inside an escape": {`{"a":"\`, []string{"1 line 1: invalid"}},
		"too large":                   {"{\"a\":1}\n" + big + "\n{\"a\":2}\n", []string{`1 line 1 {"a":1}`, "2 line 2: too large", `3 line 3 {"a":2}`}},
		"too large, in an array":      {"[" + big + ",{\"a\":2}]", []string{"1 line 1: too large", `2 line 1 {"a":2}`}},
		"too large and broken off":    {big[:len(big)-1] + "\n{\"a\":2}\n", []string{"1 line 1: invalid", `2 line 2 {"a":2}`}},
		"no line end anywhere":        {strings.Repeat("x", 1<<20), []string{"1 line 1: invalid"}},
		"nothing":                     {"", []string{"1 line 1: invalid"}},
		"white space":                 {" \n\n", []string{"1 line 1: invalid"}},
		"a picture":                   {"\x89PNG\r\n\x1a\n{}", []string{"1 line 1: invalid"}},
		"compressed":                  {"\x1f\x8b\x08\x00", []string{"1 line 1: invalid"}},
		"UTF-16":                      {string(encode16("{\"a\":\"پل\"}\n{\"b\":1}\n", binary.LittleEndian, true)), []string{`1 line 1 {"a":"پل"}`, `2 line 2 {"b":1}`}},
		"UTF-16, no mark":             {string(encode16("{\"a\":\"پل\"}\n", binary.BigEndian, false)), []string{`1 line 1 {"a":"پل"}`}},
	} {
		if diff := cmp.Diff(c.want, outline(strings.NewReader(c.file))); diff != "" {
			t.Errorf("%s (-want +got):\n%.2000s", name, diff)
		}
		if len(c.file) < 1<<16 {
			if diff := cmp.Diff(c.want, outline(iotest.OneByteReader(strings.NewReader(c.file)))); diff != "" {
				t.Errorf("%s, byte by byte (-want +got):\n%.2000s", name, diff)
			}
		}
	}
}

func TestStreamEndsOnAReadError(t *testing.T) {
	disk := errors.New("disk on fire")
	for _, start := range []string{"{\"a\":1}\n", "{\"a\":1}\n{\"a\":", "{\"a\":1}\nrubbish"} {
		got := outline(io.MultiReader(strings.NewReader(start), iotest.ErrReader(disk)))
		if len(got) != 2 || !strings.HasPrefix(got[0], "1 line 1 {") || !strings.Contains(got[1], "ended: ") || !strings.Contains(got[1], "disk on fire") {
			t.Errorf("%q: %q", start, got)
		}
	}
}

func TestStreamStopsWhenAsked(t *testing.T) {
	n := 0
	for range NinjsStream(strings.NewReader("{}\n{}\n{}\n")) {
		n++
		break
	}
	if n != 1 {
		t.Errorf("%d items", n)
	}
}

// endless is a line of n bytes that is never in memory.
type endless struct{ n int }

func (e *endless) Read(p []byte) (int, error) {
	if e.n == 0 {
		return 0, io.EOF
	}
	n := min(len(p), e.n)
	for i := range p[:n] {
		p[i] = 'x'
	}
	e.n -= n
	return n, nil
}

// A line of 200 MB costs an error, not 200 MB: all that is allocated on the way is counted, collected or not.
func TestHugeLinesAreNotKept(t *testing.T) {
	for name, start := range map[string]string{"an object": `{"a":"`, "rubbish": "x"} {
		file := io.MultiReader(strings.NewReader(start), &endless{200 << 20}, strings.NewReader("\"}\n{\"a\":2}\n"))
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		got := outline(file)
		runtime.ReadMemStats(&after)
		if len(got) != 2 || !strings.HasPrefix(got[0], "1 line 1: ") || got[1] != `2 line 2 {"a":2}` {
			t.Errorf("%s: %.300q", name, got)
		}
		if used := after.TotalAlloc - before.TotalAlloc; used > 64<<20 {
			t.Errorf("%s: %d MB were allocated", name, used>>20)
		}
	}
}

// Whatever objects a file holds, they come out as they went in, however the file lays them out.
func TestStreamKeepsObjects(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		objects := rapid.SliceOfN(rapid.SampledFrom([]string{`{}`, `{"a":"}"}`, `{"a":[{"b":"\"{"}]}`, "{\n \"a\": [\n  {\"b\": 1},\n  {\"c\": 2}\n ]\n}", `{"پل":"\\"}`, `{"a":-1.5e3,"b":null}`}), 1, 8).Draw(t, "objects")
		layout := rapid.SampledFrom([][3]string{{"", "\n", ""}, {"", "\n\n", "\n"}, {"[", ",", "]"}, {"[\n", " ,\n  ", "\n]\n"}, {"", "", ""}, {" ", "\r\n", "\r\n"}}).Draw(t, "layout")
		file := layout[0] + strings.Join(objects, layout[1]) + layout[2]
		var got []string
		for item, err := range NinjsStream(strings.NewReader(file)) {
			if err != nil {
				t.Fatalf("%q: %v", file, err)
			}
			got = append(got, string(item.Bytes))
		}
		if diff := cmp.Diff(objects, got); diff != "" {
			t.Fatalf("%q (-want +got):\n%s", file, diff)
		}
	})
}

func FuzzNinjsStream(f *testing.F) {
	f.Add([]byte("{\"a\":1}\n{\"a\":\"b}\n{}"), 3)
	f.Add([]byte("[{},{\"a\":[{}]}]"), 1)
	f.Add(encode16("{\"a\":1}", binary.LittleEndian, true), 2)
	f.Fuzz(func(t *testing.T, b []byte, step int) {
		number, line := 0, 1
		for item, err := range NinjsStream(&stepReader{b, max(step, 1)}) {
			number++
			if item.Number != number || item.Line < line {
				t.Fatalf("item %d on line %d behind %d on line %d", item.Number, item.Line, number, line)
			}
			line = item.Line
			if err != nil && news.CodeOf(err) == "" {
				t.Fatalf("an error without a code: %v", err)
			}
			if err == nil && (!bytes.HasPrefix(item.Bytes, []byte("{")) || len(item.Bytes) > MaxItem) {
				t.Fatalf("%q is no object", item.Bytes)
			}
		}
	})
}

type stepReader struct {
	rest []byte
	step int
}

func (r *stepReader) Read(p []byte) (int, error) {
	if len(r.rest) == 0 {
		return 0, io.EOF
	}
	n := copy(p, r.rest[:min(r.step, len(r.rest))])
	r.rest = r.rest[n:]
	return n, nil
}

func BenchmarkNinjsStream(b *testing.B) {
	line := append(bytes.ReplaceAll(benchItem(), []byte("\n"), nil), '\n')
	file := bytes.Repeat(line, 1000)
	b.SetBytes(int64(len(file)))
	for b.Loop() {
		n := 0
		for _, err := range NinjsStream(bytes.NewReader(file)) {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
		if n != 1000 {
			b.Fatal(n)
		}
	}
}
