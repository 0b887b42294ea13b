package press

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// printed is a difference as one line: -[removed] +[added], differing words in
// angle brackets.
func printed(list []Change) []string {
	side := func(mark string, runs []Run) string {
		if runs == nil {
			return ""
		}
		var b strings.Builder
		for _, r := range runs {
			if r.Mark {
				b.WriteString("<" + r.Text + ">")
			} else {
				b.WriteString(r.Text)
			}
		}
		return mark + "[" + b.String() + "]"
	}
	var out []string
	for _, c := range list {
		out = append(out, strings.TrimSpace(side("-", c.Removed)+" "+side("+", c.Added)))
	}
	return out
}

func TestChanges(t *testing.T) {
	for _, c := range []struct {
		name          string
		before, after []string
		want          []string
	}{
		{"nothing", []string{"One.", "Two."}, []string{"One.", "Two."}, nil},
		{"one word", []string{"One.", "The bridge is old."}, []string{"One.", "The bridge is new."}, []string{"-[The bridge is <old.>] +[The bridge is <new.>]"}},
		{"a paragraph more", []string{"One.", "Three."}, []string{"One.", "Two.", "Three."}, []string{"+[<Two.>]"}},
		{"a paragraph less", []string{"One.", "Two.", "Three."}, []string{"One.", "Three."}, []string{"-[<Two.>]"}},
		{"two neighbours, each with its own", []string{"The bridge is old.", "It is long.", "End."}, []string{"The bridge is new.", "It is wide.", "End."},
			[]string{"-[The bridge is <old.>] +[The bridge is <new.>]", "-[It is <long.>] +[It is <wide.>]"}},
		{"two for one", []string{"It is long."}, []string{"It is wide.", "It is new."}, []string{"-[It is <long.>] +[It is <wide.>]", "+[<It is new.>]"}},
		{"an empty line is no paragraph", []string{"", "One."}, []string{"Kicker", "One."}, []string{"+[<Kicker>]"}},
		{"all of it", []string{"One."}, nil, []string{"-[<One.>]"}},
		{"from right to left", []string{"پل کهنه است."}, []string{"پل تازه است."}, []string{"-[پل <کهنه >است.] +[پل <تازه >است.]"}},
	} {
		if diff := cmp.Diff(c.want, printed(changes(c.before, c.after))); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

// Every piece of both texts comes once and in order, and as many as can be are
// paired.
func TestAlignKeepsBothTexts(t *testing.T) {
	words := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c", "d"}), 0, 14)
	rapid.Check(t, func(t *rapid.T) {
		a, b := words.Draw(t, "a"), words.Draw(t, "b")
		nextA, nextB, same := 0, 0, 0
		for _, s := range align(a, b) {
			if s.a >= 0 {
				if s.a != nextA {
					t.Fatalf("piece %d of the first text comes when %d is due", s.a, nextA)
				}
				nextA++
			}
			if s.b >= 0 {
				if s.b != nextB {
					t.Fatalf("piece %d of the second text comes when %d is due", s.b, nextB)
				}
				nextB++
			}
			if s.a < 0 && s.b < 0 {
				t.Fatal("a step of nothing")
			}
			if s.a >= 0 && s.b >= 0 {
				if a[s.a] != b[s.b] {
					t.Fatalf("%q is paired with %q", a[s.a], b[s.b])
				}
				same++
			}
		}
		if nextA != len(a) || nextB != len(b) {
			t.Fatalf("%d of %d and %d of %d pieces came", nextA, len(a), nextB, len(b))
		}
		if want := longest(a, b); same != want {
			t.Fatalf("%d pieces are paired, %d could be", same, want)
		}
	})
}

// longest is the length of the longest common subsequence, by trying all.
func longest(a, b []string) int {
	known := map[[2]int]int{}
	var from func(i, k int) int
	from = func(i, k int) int {
		if i == len(a) || k == len(b) {
			return 0
		}
		if n, ok := known[[2]int{i, k}]; ok {
			return n
		}
		n := max(from(i+1, k), from(i, k+1))
		if a[i] == b[k] {
			n = max(n, 1+from(i+1, k+1))
		}
		known[[2]int{i, k}] = n
		return n
	}
	return from(0, 0)
}

// Whatever changed, the runs of a change give its paragraphs whole.
func TestChangesKeepTheWords(t *testing.T) {
	line := rapid.Map(rapid.SliceOfN(rapid.SampledFrom([]string{"the", "bridge", "old", "new", "", "پل"}), 0, 6), func(w []string) string { return strings.Join(w, " ") })
	rapid.Check(t, func(t *rapid.T) {
		before, after := rapid.SliceOfN(line, 0, 6).Draw(t, "before"), rapid.SliceOfN(line, 0, 6).Draw(t, "after")
		removed, added := 0, 0
		known := func(list []string, runs []Run) int {
			if runs == nil {
				return 0
			}
			var text strings.Builder
			for _, r := range runs {
				text.WriteString(r.Text)
			}
			for _, l := range list {
				if l == text.String() && l != "" {
					return 1
				}
			}
			t.Fatalf("%q is no paragraph of %q", text.String(), list)
			return 0
		}
		for _, c := range changes(before, after) {
			if c.Removed == nil && c.Added == nil {
				t.Fatal("a change of nothing")
			}
			removed += known(before, c.Removed)
			added += known(after, c.Added)
		}
		if full(before)-removed != full(after)-added {
			t.Fatalf("%d of %d paragraphs are removed, %d of %d added", removed, full(before), added, full(after))
		}
	})
}

func full(list []string) int {
	n := 0
	for _, l := range list {
		if l != "" {
			n++
		}
	}
	return n
}

// Texts too long for the table are still told whole.
func TestLongTextsAreCompared(t *testing.T) {
	before, after := make([]string, 2001), make([]string, 2001)
	for i := range before {
		before[i], after[i] = "before", "after"
	}
	before[0], after[0], before[2000], after[2000] = "begin", "begin", "end", "end"
	steps := align(before, after)
	if len(steps) != 2+2*1999 || steps[0] != (step{0, 0}) || steps[len(steps)-1] != (step{2000, 2000}) {
		t.Errorf("%d steps, from %v to %v", len(steps), steps[0], steps[len(steps)-1])
	}
}
