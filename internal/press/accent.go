package press

import (
	"fmt"
	"hash/fnv"

	"broadsheet/internal/news"
)

// accentPath is the address of an edition's own style sheet: one colour. A
// file of its own keeps pages free of inline style.
func accentPath(e news.Edition) string {
	h := fnv.New32a()
	h.Write([]byte(e.Accent))
	return fmt.Sprintf("/accent/%s-%08x.css", e.Slug, h.Sum32())
}

// Accent returns an edition's style sheet by its address.
func (p *Press) Accent(path string) (*Page, bool) {
	for _, e := range p.Editions() {
		if accentPath(e) != path {
			continue
		}
		accent := e.Accent
		if accent == "" {
			accent = "#8a1c1c"
		}
		page, err := newPage(200, "text/css; charset=utf-8", []byte(":root{--accent:"+accent+"}\n"), p.o.Now())
		return page, err == nil
	}
	return nil, false
}
