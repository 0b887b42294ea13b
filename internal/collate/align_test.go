package collate

import (
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

// longest is the length of the longest common subsequence, by trying all.
func longest(a, b []int32) int {
	length := make([][]int, len(a)+1)
	for i := range length {
		length[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for k := len(b) - 1; k >= 0; k-- {
			if a[i] == b[k] {
				length[i][k] = length[i+1][k+1] + 1
			} else {
				length[i][k] = max(length[i+1][k], length[i][k+1])
			}
		}
	}
	return length[0][0]
}

type failer interface {
	Helper()
	Fatalf(string, ...any)
}

// inOrder asks that pairs are of equal pieces and rise on both sides.
func inOrder(t failer, a, b []int32, pairs []pair) {
	t.Helper()
	x, y := -1, -1
	for _, p := range pairs {
		if p.a <= x || p.b <= y {
			t.Fatalf("%v comes after %d, %d", p, x, y)
		}
		if a[p.a] != b[p.b] {
			t.Fatalf("%d is paired with %d", a[p.a], b[p.b])
		}
		x, y = p.a, p.b
	}
}

// As many pieces as can be are paired.
func TestAlignIsTheLongest(t *testing.T) {
	list := rapid.SliceOfN(rapid.Int32Range(0, 5), 0, 40)
	rapid.Check(t, func(t *rapid.T) {
		a, b := list.Draw(t, "a"), list.Draw(t, "b")
		pairs := align(a, b)
		inOrder(t, a, b, pairs)
		if want := longest(a, b); len(pairs) != want {
			t.Fatalf("%d pieces are paired, %d could be: %v", len(pairs), want, pairs)
		}
	})
}

// Beyond the bound the words that stand once still hold two texts together.
func TestLongListsAreAligned(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	a := make([]int32, 200_000)
	for i := range a {
		a[i] = int32(i)
		if random.IntN(3) > 0 {
			a[i] = int32(random.IntN(500)) - 1000
		}
	}
	b := append([]int32{}, a...)
	for i := range b {
		if random.IntN(6) == 0 {
			b[i] = -1
		}
	}
	pairs := align(a, b)
	inOrder(t, a, b, pairs)
	if len(pairs) < len(a)*8/10 {
		t.Errorf("%d of %d are paired", len(pairs), len(a))
	}
	for i := range b {
		b[i] = int32(random.IntN(500)) - 1000
	}
	inOrder(t, a, b, align(a, b))
	for i := range b {
		b[i] = int32(i) + 1_000_000
	}
	if pairs := align(a, b); len(pairs) != 0 {
		t.Errorf("%d pairs of nothing", len(pairs))
	}
}

func TestRising(t *testing.T) {
	list := rapid.SliceOfNDistinct(rapid.IntRange(0, 60), 0, 30, rapid.ID[int])
	rapid.Check(t, func(t *rapid.T) {
		var in []pair
		for i, b := range list.Draw(t, "b") {
			in = append(in, pair{i, b})
		}
		best := make([]int, len(in))
		want := 0
		for i := range in {
			best[i] = 1
			for k := range i {
				if in[k].b < in[i].b {
					best[i] = max(best[i], best[k]+1)
				}
			}
			want = max(want, best[i])
		}
		got := rising(in)
		if len(got) != want {
			t.Fatalf("%d, want %d", len(got), want)
		}
		for i := 1; i < len(got); i++ {
			if got[i].a <= got[i-1].a || got[i].b <= got[i-1].b {
				t.Fatalf("%v does not rise", got)
			}
		}
	})
}
