package proof

import "strings"

// pairing reads the marks of one paragraph from first to last and keeps what is open on a stack.
type pairing struct {
	p     *para
	stack []sign
	left  map[rune]int // marks of each kind that are still to come
	ends  int          // single marks still to come that could close something
	odd   bool         // the straight double marks are odd in number
}

// deep is how far down the stack a closing mark looks for its partner; deeper nesting is no text.
const deep = 8

func (p *para) pairQuotes() {
	p.quotes = quotes{first: -1}
	w := &pairing{p: p, left: make(map[rune]int)}
	var marks []sign
	for i := p.from; i < len(p.r); i++ {
		if !isQuoteMark(p.r[i]) {
			continue
		}
		m := p.signAt(i)
		i = m.end - 1
		marks = append(marks, m)
		w.left[m.glyph]++
		if single(m.glyph) && p.couldClose(m) {
			w.ends++
		}
	}
	w.odd = w.left['"']%2 == 1
	for _, m := range marks {
		w.left[m.glyph]--
		if single(m.glyph) {
			w.takeSingle(m)
		} else {
			w.takeDouble(m)
		}
	}
	for _, m := range w.stack {
		w.leaveOpen(m)
	}
}

func (w *pairing) seen(m sign) {
	if q := &w.p.quotes; q.first < 0 && !single(m.glyph) {
		q.first = m.at
	}
}

func (w *pairing) push(m sign) {
	w.seen(m)
	w.stack = append(w.stack, m)
}

// leaveOpen notes a mark that is never closed; single marks only where they cannot be anything else.
func (w *pairing) leaveOpen(m sign) {
	if single(m.glyph) && (!m.speech || len(w.p.quotes.pairs) > 0 || w.topDouble() >= 0) {
		return
	}
	w.p.quotes.open = append(w.p.quotes.open, m)
}

// has finds the topmost of the given marks among the open ones.
func (w *pairing) has(glyphs string) bool {
	for i := len(w.stack) - 1; i >= 0 && i >= len(w.stack)-deep; i-- {
		if strings.ContainsRune(glyphs, w.stack[i].glyph) {
			return true
		}
	}
	return false
}

func (w *pairing) takeDouble(m sign) {
	if w.p.betweenHebrew(m) || w.isPrime(m) {
		return
	}
	switch w.role(m) {
	case opens:
		w.push(m)
	case closes:
		w.closeDouble(m)
	}
}

// isPrime says whether a mark behind a figure means inches or seconds and not the end of a quotation.
func (w *pairing) isPrime(m sign) bool {
	if !w.p.behindDigit(m) || !strings.ContainsRune("\"”″", m.glyph) || w.p.shapeOf(m) == opens {
		return false
	}
	i := w.topDouble()
	switch {
	case i < 0:
		return true
	case w.stack[i].glyph == m.glyph:
		return w.odd && w.left['"'] > 0
	case w.p.fits(w.stack[i].glyph, m.glyph):
		return false
	}
	return w.left[closingFor(w.stack[i].glyph, w.p.lang)] > 0
}

// role decides whether a double mark opens or closes; unclear means that it is neither.
func (w *pairing) role(m sign) shape {
	looks := w.p.shapeOf(m)
	switch m.glyph {
	case '"', texClose:
		if looks == closes && w.topDouble() < 0 && w.p.run(m.at-1) == ':' {
			return opens // :" with the space inside
		}
		if looks != unclear {
			return looks
		}
		if w.has(string(m.glyph)) || m.glyph == texClose && w.has(string(texOpen)) {
			return closes
		}
		return opens
	case '“':
		if looks != opens && (w.has("„‟") || w.p.rtl() && w.has("”")) || looks == closes && (w.has("“") || w.left['”'] == 0) {
			return closes
		}
		return opens
	case '”':
		if !w.has("“„‟") && (looks == opens || looks == unclear && w.topDouble() < 0 && w.left['”'] > 0) {
			return opens
		}
		return closes
	case '«':
		if looks == closes && (w.has("»«") || w.left['»'] == 0) {
			return closes
		}
		return opens
	case '»':
		return w.roleOfArrow(m, looks)
	}
	return opens
}

// roleOfArrow is for », which is also page furniture: "» More", "Read on »".
func (w *pairing) roleOfArrow(m sign, looks shape) shape {
	p := w.p
	switch {
	case w.has("«"), w.has("»") && looks != opens:
		return closes
	case looks == opens:
		return opens
	case m.at == p.from && isSpace(p.run(m.end)), m.end == len(p.r) && isSpace(p.run(m.at-1)):
		return unclear
	}
	return closes
}

func (w *pairing) topDouble() int {
	for i := len(w.stack) - 1; i >= 0 && i >= len(w.stack)-deep; i-- {
		if !single(w.stack[i].glyph) {
			return i
		}
	}
	return -1
}

// closeDouble finds the partner of a closing mark: the nearest of its style, else the nearest of any.
func (w *pairing) closeDouble(m sign) {
	w.seen(m)
	top := w.topDouble()
	for i := top; i >= 0 && i >= len(w.stack)-deep; i-- {
		o := w.stack[i]
		if single(o.glyph) || !w.p.fits(o.glyph, m.glyph) {
			continue
		}
		if i != top && w.left[m.glyph] > w.left[o.glyph] {
			break // its own mark is still to come, this one belongs to what was opened inside
		}
		for _, lost := range w.stack[i+1:] {
			w.leaveOpen(lost)
		}
		w.pair(i, m, false)
		return
	}
	if top >= 0 {
		w.pair(top, m, true)
		return
	}
	for i := len(w.stack) - 1; i >= 0 && i >= len(w.stack)-deep; i-- {
		if w.stack[i].speech {
			w.pair(i, m, true)
			return
		}
	}
	w.p.quotes.stray = append(w.p.quotes.stray, m)
}

// pair closes the mark at i of the stack and forgets what is above it.
func (w *pairing) pair(i int, m sign, mixed bool) {
	w.p.quotes.pairs = append(w.p.quotes.pairs, pair{w.stack[i], m, mixed})
	w.stack = w.stack[:i]
}
