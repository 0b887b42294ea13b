package doc

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
)

// UnmarshalJSON reads a stored or edited body, strictly: an unknown or repeated node, attribute, mark or key, a wrong
// nesting, more than MaxDepth levels or more than MaxBytes are errors that wrap [ErrSchema]. Attributes that are null
// count as absent. What an editor leaves untidy (spaces at the ends, empty paragraphs, neighbours with equal marks) is
// put into normal form.
func (b *Body) UnmarshalJSON(data []byte) error {
	if len(data) > MaxBytes {
		return fmt.Errorf("%w: %d bytes, at most %d", ErrSchema, len(data), MaxBytes)
	}
	if bytes.Equal(bytes.TrimSpace(data), []byte("null")) {
		*b = Body{}
		return nil
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	r := reader{dec}
	n, err := r.document()
	if err != nil {
		return fmt.Errorf("%w: %w", ErrSchema, err)
	}
	blocks, err := blocksFrom(n.content)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrSchema, err)
	}
	// Asked before and after: the normal form would drop an empty block that stands where it may not.
	got := Body{Blocks: blocks}
	if err := got.check(); err != nil {
		return err
	}
	got = got.Normal()
	if _, err := got.checkedJSON(); err != nil {
		return err
	}
	*b = got
	return nil
}

// node is a JSON object of the tree, its keys known but not yet its meaning.
type node struct {
	kind    string
	attrs   map[string]any // string or int
	content []node
	text    *string
	marks   []node
	version int
}

// reader walks tokens, so that depth is bounded while reading and no key is taken twice or in another case.
type reader struct{ dec *json.Decoder }

func (r reader) document() (node, error) {
	n, err := r.node(0)
	if err != nil {
		return n, err
	}
	if _, err := r.dec.Token(); err != io.EOF {
		return n, fmt.Errorf("text after the document")
	}
	if n.kind != "doc" || len(n.attrs) > 0 || n.marks != nil || n.text != nil {
		return n, fmt.Errorf("the root is not a plain doc")
	}
	if n.version < 1 || n.version > Version {
		return n, fmt.Errorf("schema version %d, this program reads 1 to %d", n.version, Version)
	}
	return n, nil
}

func (r reader) node(depth int) (node, error) {
	var n node
	if depth > MaxDepth+1 {
		return n, fmt.Errorf("nested deeper than %d", MaxDepth)
	}
	err := r.object(func(key string) (err error) {
		switch {
		case key == "type":
			n.kind, err = r.text()
		case key == "attrs":
			n.attrs, err = r.attrs()
		case key == "content":
			n.content, err = r.list(depth + 1)
		case key == "text":
			var s string
			s, err = r.text()
			n.text = &s
		case key == "marks":
			n.marks, err = r.list(depth)
		case key == "version" && depth == 0:
			n.version, err = r.number()
		default:
			err = fmt.Errorf("unknown key %q", key)
		}
		return err
	})
	return n, err
}

// object reads {…} and calls value for each key; the key may stand once.
func (r reader) object(value func(key string) error) error {
	if err := r.delim('{'); err != nil {
		return err
	}
	seen := make([]string, 0, 4)
	for r.dec.More() {
		key, err := r.text()
		if err != nil {
			return err
		}
		if slices.Contains(seen, key) {
			return fmt.Errorf("key %q stands twice", key)
		}
		if seen = append(seen, key); len(seen) > 16 {
			return fmt.Errorf("more keys than any node has")
		}
		if err := value(key); err != nil {
			return err
		}
	}
	return r.delim('}')
}

func (r reader) list(depth int) ([]node, error) {
	if err := r.delim('['); err != nil {
		return nil, err
	}
	list := []node{}
	for r.dec.More() {
		n, err := r.node(depth)
		if err != nil {
			return nil, err
		}
		list = append(list, n)
	}
	return list, r.delim(']')
}

func (r reader) attrs() (map[string]any, error) {
	attrs := map[string]any{}
	err := r.object(func(key string) error {
		t, err := r.dec.Token()
		if err != nil {
			return err
		}
		switch v := t.(type) {
		case nil:
		case string:
			attrs[key] = v
		case json.Number:
			i, err := strconv.Atoi(v.String())
			if err != nil {
				return fmt.Errorf("attribute %q is not a whole number", key)
			}
			attrs[key] = i
		default:
			return fmt.Errorf("attribute %q is neither text nor number", key)
		}
		return nil
	})
	return attrs, err
}

func (r reader) delim(want json.Delim) error {
	t, err := r.dec.Token()
	if err != nil {
		return err
	}
	if t != want {
		return fmt.Errorf("found %v where %v should stand", t, want)
	}
	return nil
}

func (r reader) text() (string, error) {
	t, err := r.dec.Token()
	if err != nil {
		return "", err
	}
	s, ok := t.(string)
	if !ok {
		return "", fmt.Errorf("found %v where a text should stand", t)
	}
	return s, nil
}

func (r reader) number() (int, error) {
	t, err := r.dec.Token()
	if err != nil {
		return 0, err
	}
	n, ok := t.(json.Number)
	if !ok {
		return 0, fmt.Errorf("found %v where a number should stand", t)
	}
	return strconv.Atoi(n.String())
}
