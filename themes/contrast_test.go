package themes_test

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var colour = regexp.MustCompile(`--([a-z]+):(#[0-9a-f]{6})`)

// palette reads the colours of the light scheme, or the dark one laid over it.
func palette(t *testing.T, css string, dark bool) map[string][3]float64 {
	t.Helper()
	light, rest, ok := strings.Cut(css, "@media (prefers-color-scheme:dark){")
	if !ok {
		t.Fatal("there is no dark scheme")
	}
	over, _, _ := strings.Cut(rest, "}}")
	out := map[string][3]float64{}
	for _, m := range colour.FindAllStringSubmatch(light, -1) {
		out[m[1]] = rgb(t, m[2])
	}
	out["hot"] = out["accent"]
	if dark {
		for _, m := range colour.FindAllStringSubmatch(over, -1) {
			out[m[1]] = rgb(t, m[2])
		}
		if !strings.Contains(over, "--hot:color-mix(in srgb,var(--accent),#fff 50%)") {
			t.Fatal("the dark scheme's accent is mixed in another way: mend this test")
		}
		for i, c := range out["accent"] {
			out["hot"] = with(out["hot"], i, (c+1)/2)
		}
	}
	return out
}

func with(c [3]float64, i int, v float64) [3]float64 { c[i] = v; return c }

func rgb(t *testing.T, s string) (c [3]float64) {
	t.Helper()
	for i := range c {
		n, err := strconv.ParseUint(s[1+2*i:3+2*i], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		c[i] = float64(n) / 255
	}
	return c
}

// contrast is WCAG 2.2's ratio, 1 to 21.
func contrast(a, b [3]float64) float64 {
	l, d := luminance(a), luminance(b)
	return (max(l, d) + 0.05) / (min(l, d) + 0.05)
}

func luminance(c [3]float64) float64 {
	for i, v := range c {
		if v <= 0.04045 {
			c[i] = v / 12.92
		} else {
			c[i] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	return 0.2126*c[0] + 0.7152*c[1] + 0.0722*c[2]
}

func TestContrast(t *testing.T) {
	if got := contrast(rgb(t, "#777777"), rgb(t, "#ffffff")); math.Abs(got-4.48) > 0.01 {
		t.Fatalf("#777 on white is %.2f, want 4.48", got)
	}
	assets, files := assetPaths(t)
	css := string(files[assets["paper.css"]])
	for _, dark := range []bool{false, true} {
		p := palette(t, css, dark)
		for _, want := range []struct {
			fore, back string
			least      float64
		}{
			{"ink", "paper", 7}, {"soft", "paper", 7}, {"grey", "paper", 4.5}, {"hot", "paper", 4.5}, {"line", "paper", 3}, {"ink", "mark", 7}, {"paper", "ink", 7}, {"paper", "hot", 4.5},
		} {
			got := contrast(p[want.fore], p[want.back])
			t.Logf("dark %v: %s on %s: %.2f", dark, want.fore, want.back, got)
			if got < want.least {
				t.Errorf("dark %v: %s on %s has a contrast of %.2f, want %.1f", dark, want.fore, want.back, got, want.least)
			}
		}
	}
}
