package locale

import (
	"embed"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/BurntSushi/toml"
)

//go:embed messages/*.toml
var messageFiles embed.FS

// message is one text by plural category; a text without plural forms stands under "other".
type message map[string]string

// catalog holds every language's messages, read from the embedded files on first use. The files are part of the
// program, so one that does not parse is a fault of the build; a test reads them all.
var catalog = sync.OnceValue(func() map[string]map[string]message {
	all := make(map[string]map[string]message)
	for _, language := range Languages() {
		messages, err := readMessages(language)
		if err != nil {
			panic(err)
		}
		all[language] = messages
	}
	return all
})

// T gives a fixed text of the paper in the style's language. {0}, {1}, … stand for the arguments: whole numbers are
// grouped and set in the style's digits, times become DateTime, everything else stays as it is, so that
// names are never altered (use Figures for a News ID). The first whole number chooses the plural form. A key
// without a text gives the key in ⟦brackets⟧, so that no page hides the fault.
func (s Style) T(key string, args ...any) string {
	base := s.tongue().base
	m, ok := catalog()[base][key]
	if !ok {
		return "⟦" + key + "⟧"
	}
	text, ok := m[pluralFor(base, args)]
	if !ok {
		text = m["other"]
	}
	if len(args) == 0 || !strings.Contains(text, "{") {
		return text
	}
	pairs := make([]string, 0, 2*len(args))
	for i, arg := range args {
		pairs = append(pairs, "{"+strconv.Itoa(i)+"}", s.argument(arg))
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// Has says whether a language has a text of its own for a key.
func Has(language, key string) bool {
	t, ok := findTongue(language)
	if !ok {
		return false
	}
	_, ok = catalog()[t.base][key]
	return ok
}

// Texts are a language's texts whose keys begin with beginning, by the rest of the key: a string, or a table of plural
// categories to strings. For what runs in a browser and fills them in by itself.
func Texts(language, beginning string) map[string]any {
	texts := map[string]any{}
	t, ok := findTongue(language)
	if !ok {
		return texts
	}
	for key, m := range catalog()[t.base] {
		rest, of := strings.CutPrefix(key, beginning)
		switch {
		case !of:
		case len(m) == 1:
			texts[rest] = m["other"]
		default:
			texts[rest] = map[string]string(m)
		}
	}
	return texts
}

func (s Style) argument(arg any) string {
	if n, ok := integer(arg); ok {
		return s.Number(n)
	}
	switch v := arg.(type) {
	case string:
		return v
	case time.Time:
		return s.DateTime(v)
	case float64:
		return s.Decimal(v)
	}
	return fmt.Sprint(arg)
}

func pluralFor(language string, args []any) string {
	for _, arg := range args {
		if n, ok := integer(arg); ok {
			return PluralOf(language, float64(n))
		}
	}
	return "other"
}

func integer(arg any) (int64, bool) {
	switch n := arg.(type) {
	case int:
		return int64(n), true
	case int64:
		return n, true
	case int32:
		return int64(n), true
	case uint32:
		return int64(n), true
	}
	return 0, false
}

// readMessages reads one language's file: a text is a string, or a table of plural categories to strings.
func readMessages(language string) (map[string]message, error) {
	var raw map[string]any
	name := "messages/" + language + ".toml"
	if _, err := toml.DecodeFS(messageFiles, name, &raw); err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	messages := make(map[string]message, len(raw))
	for key, value := range raw {
		switch v := value.(type) {
		case string:
			messages[key] = message{"other": v}
		case map[string]any:
			m := make(message, len(v))
			for category, text := range v {
				s, ok := text.(string)
				if !ok {
					return nil, fmt.Errorf("read %s: %q, form %q is not a text", name, key, category)
				}
				m[category] = s
			}
			messages[key] = m
		default:
			return nil, fmt.Errorf("read %s: %q is neither a text nor a table of plural forms", name, key)
		}
	}
	return messages, nil
}
