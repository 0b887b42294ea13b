// Package themes holds the looks of the public paper that come with the
// program: templates, style sheets, scripts and fonts, as files.
//
// How the fonts were made small is written in README.md beside this file.
package themes

import (
	"embed"
	"io/fs"
)

//go:embed all:default
var files embed.FS

// Default is the paper's own theme, rooted at its folder: layout.html,
// parts.html, one template a kind of page, and assets/. A folder of the
// owner's may replace it file by file.
func Default() fs.FS {
	root, err := fs.Sub(files, "default")
	if err != nil {
		return files // "default" is a valid path, so this does not happen
	}
	return root
}
