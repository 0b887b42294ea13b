package manuscript

import (
	"strconv"
	"strings"
)

// numbering is word/numbering.xml with the counters of the text so far.
type numbering struct {
	kinds  map[string]*[10]listLevel // abstract numbering → its levels
	lists  map[string]*numbered      // numId
	counts map[string]*[10]int       // counters by what shares them
}

type listLevel struct {
	format string // bullet, decimal, none, lowerLetter, …
	text   string // such as "%1.%2."
	start  int
}

// numbered is one w:num.
type numbered struct {
	kind   string
	levels [10]*listLevel // that it replaces
	starts [10]int        // that it begins anew with; 0 = goes on
	fresh  [10]bool       // it has begun
}

func (d *docx) readNumbering() error {
	n := numbering{kinds: map[string]*[10]listLevel{}, lists: map[string]*numbered{}, counts: map[string]*[10]int{}}
	d.numbering = n
	name := d.beside("numbering")
	if name == "" {
		return nil
	}
	return d.part(name, func(r *reader) error {
		return r.each(func(e element) error {
			switch e.name {
			case "w:abstractNum":
				levels := &[10]listLevel{}
				n.kinds[e.get("w:abstractNumId")] = levels
				return r.each(func(e element) error {
					if i, ok := levelOf(e); ok && e.name == "w:lvl" {
						return readLevel(r, &levels[i])
					}
					return nil
				}, nil)
			case "w:num":
				num := &numbered{}
				n.lists[e.get("w:numId")] = num
				return num.read(r)
			}
			return nil
		}, nil)
	})
}

func levelOf(e element) (int, bool) {
	i, err := strconv.Atoi(e.get("w:ilvl"))
	return i, err == nil && i >= 0 && i < 10
}

func readLevel(r *reader, l *listLevel) error {
	l.start = 1
	return r.each(func(e element) error {
		switch e.name {
		case "w:start":
			l.start, _ = strconv.Atoi(e.val())
		case "w:numFmt":
			l.format = e.val()
		case "w:lvlText":
			l.text = e.val()
		case "mc:AlternateContent":
			return r.each(func(e element) error {
				return r.each(func(e element) error {
					if e.name == "w:numFmt" && l.format == "" {
						l.format = e.val()
					}
					return nil
				}, nil)
			}, nil)
		}
		return nil
	}, nil)
}

func (n *numbered) read(r *reader) error {
	return r.each(func(e element) error {
		switch e.name {
		case "w:abstractNumId":
			n.kind = e.val()
		case "w:lvlOverride":
			i, ok := levelOf(e)
			if !ok {
				return nil
			}
			return r.each(func(e element) error {
				switch e.name {
				case "w:startOverride":
					n.starts[i], _ = strconv.Atoi(e.val())
				case "w:lvl":
					n.levels[i] = &listLevel{}
					return readLevel(r, n.levels[i])
				}
				return nil
			}, nil)
		}
		return nil
	}, nil)
}

// place gives a paragraph its item, or its heading the number before it.
func (d *docx) place(p *para, l paraLook) {
	num := d.numbering.lists[l.numID]
	if num == nil {
		return
	}
	at, _ := strconv.Atoi(l.level)
	at = min(max(at, 0), 8)
	level := d.numbering.level(num, at)
	number := d.numbering.count(num, at, level)
	switch {
	case level.format == "none" || level.format == "bullet" && strings.TrimSpace(level.text) == "" || level.format == "":
	case p.role == heading || p.role == title:
		if level.format != "bullet" {
			p.label = d.numbering.label(num, level)
		}
	case level.format == "bullet":
		p.item = &item{level: at}
	default:
		if level.format != "decimal" && level.format != "decimalZero" && !strings.HasPrefix(level.format, "hindi") && !strings.HasPrefix(level.format, "arabic") {
			d.reports.once(Numbering, d.numbering.label(num, level))
		}
		p.item = &item{level: at, ordered: true, number: number}
	}
}

func (n *numbering) level(num *numbered, at int) listLevel {
	if l := num.levels[at]; l != nil {
		return *l
	}
	if k := n.kinds[num.kind]; k != nil {
		return k[at]
	}
	return listLevel{}
}

// count moves the counter of a level on and those below it back.
func (n *numbering) count(num *numbered, at int, l listLevel) int {
	counts := n.counts[num.kind]
	if counts == nil {
		counts = &[10]int{}
		n.counts[num.kind] = counts
	}
	if num.starts[at] > 0 && !num.fresh[at] {
		counts[at] = num.starts[at] - 1
	} else if counts[at] == 0 {
		counts[at] = max(l.start, 1) - 1
	}
	num.fresh[at] = true
	counts[at]++
	for i := at + 1; i < 10; i++ {
		counts[i] = 0
	}
	return counts[at]
}

// label writes the number of an item as Word prints it.
func (n *numbering) label(num *numbered, l listLevel) string {
	out := l.text
	for i := range 9 {
		sign := "%" + strconv.Itoa(i+1)
		if strings.Contains(out, sign) {
			out = strings.ReplaceAll(out, sign, figure(max(n.counts[num.kind][i], 1), n.level(num, i).format))
		}
	}
	return strings.TrimSpace(out)
}

// figure writes a number in the ways that lists have most.
func figure(n int, format string) string {
	switch format {
	case "lowerLetter", "upperLetter":
		s := strings.Repeat(string(rune('a'+(n-1)%26)), min((n-1)/26+1, 10))
		if format == "upperLetter" {
			return strings.ToUpper(s)
		}
		return s
	case "lowerRoman":
		return strings.ToLower(roman(n))
	case "upperRoman":
		return roman(n)
	}
	return strconv.Itoa(n)
}

func roman(n int) string {
	var b strings.Builder
	for _, r := range []struct {
		value int
		sign  string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= r.value && b.Len() < 40; n -= r.value {
			b.WriteString(r.sign)
		}
	}
	return b.String()
}
