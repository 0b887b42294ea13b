package media

import (
	"strings"
	"unicode/utf8"

	"broadsheet/internal/locale"
)

// longestName bounds a name as its owner wrote it, in bytes.
const longestName = 255

// endings are the file endings by kind.
var endings = map[string]string{"jpeg": ".jpg", "png": ".png", "gif": ".gif", "webp": ".webp"}

// fileName makes the last word of a picture's address out of what its owner
// calls it. The ending is that of its kind, whatever the name says.
func fileName(name, kind string) string {
	name = bareName(name)
	if i := strings.LastIndexByte(name, '.'); i > 0 {
		name = name[:i]
	}
	word := locale.Slug(name)
	if word == "" {
		word = "picture"
	}
	return word + endings[kind]
}

// bareName is a name without the folders before it, as some browsers send
// them, fit to be kept.
func bareName(name string) string {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.ReplaceAll(strings.ToValidUTF8(name, "\uFFFD"), "\x00", "")
	for len(name) > longestName {
		_, size := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-size]
	}
	return name
}
