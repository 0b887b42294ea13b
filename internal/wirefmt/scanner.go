package wirefmt

// scanner follows JSON just closely enough to find the end of an object.
type scanner struct {
	depth    int
	inString bool
	escaped  bool
	over     bool // the item is over its limit and no longer kept
	newLine  bool // nothing but white space stood on this line yet
	column0  bool // nothing at all stood on this line yet
	last     byte // the last byte outside strings that is no white space
}

// state is how far a scan came.
type state int

const (
	open   state = iota // the object goes on
	whole               // it ended
	broken              // another object begins where none may
)

// scan reads on in an object and returns how many bytes belong to it. Two signs show that an object was broken off and
// another begins: a brace at the start of a line where JSON wants something else, and, since strings hold no line ends,
// a brace in the first column inside a string (not inside arrays, whose items are laid out freely).
func (s *scanner) scan(chunk []byte, array bool) (int, state) {
	for i, b := range chunk {
		first, column0 := s.newLine, s.column0
		s.column0 = false
		if b != ' ' && b != '\t' && b != '\r' {
			s.newLine = false
		}
		if b == '\n' {
			s.newLine, s.column0 = true, true
		}
		switch {
		case s.inString:
			if column0 && b == '{' && !array {
				return i, broken
			}
			s.inside(b)
		case b == '{' && first && s.last != ':' && s.last != ',' && s.last != '[':
			return i, broken
		case b == '"':
			s.inString, s.last = true, b
		case b == '{' || b == '[':
			s.depth, s.last = s.depth+1, b
		case b == '}' || b == ']':
			s.depth, s.last = s.depth-1, b
			if s.depth == 0 {
				return i + 1, whole
			}
		case b != ' ' && b != '\t' && b != '\r' && b != '\n':
			s.last = b
		}
	}
	return len(chunk), open
}

// inside takes one byte of a string.
func (s *scanner) inside(b byte) {
	switch {
	case s.escaped:
		s.escaped = false
	case b == '\\':
		s.escaped = true
	case b == '"':
		s.inString = false
	}
}
