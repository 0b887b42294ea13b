package newsroom

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"broadsheet/internal/web"
)

// readCopyJSON reads an article as the editor's script sends it: an object
// whose keys are the form's fields, and "document", the body. It is then the
// same form as readCopyForm's.
func (n *Newsroom) readCopyJSON(r *http.Request, v visit) (*form, error) {
	var sent map[string]json.RawMessage
	if err := web.JSON(r, articleForm, &sent); err != nil {
		return nil, err
	}
	return copyForm(v, sent)
}

// copyForm is a copy that came as JSON, as a form.
func copyForm(v visit, sent map[string]json.RawMessage) (*form, error) {
	if len(sent) > web.MaxFields {
		return nil, fmt.Errorf("%w: %d fields", web.Malformed, len(sent))
	}
	f := &form{s: v.style(), typed: url.Values{}}
	for name, raw := range sent {
		if name == "document" {
			f.typed.Set(name, string(raw))
			continue
		}
		var text string
		if err := json.Unmarshal(raw, &text); err != nil {
			return nil, fmt.Errorf("%w: the field %q is no text", web.Malformed, name)
		}
		if strings.ContainsRune(name+text, 0) {
			return nil, fmt.Errorf("%w: NUL in the field %q", web.Malformed, name)
		}
		f.typed.Set(name, strings.ReplaceAll(text, "\r\n", "\n"))
	}
	f.takeDocument()
	return f, nil
}
