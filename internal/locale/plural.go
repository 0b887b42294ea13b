package locale

import "math"

// PluralOf gives CLDR's plural category of a number in a language: zero, one, two, few, many or other. The rules of
// CLDR 48 for cardinals in en, ar and fa; any other language has "other" only.
func PluralOf(language string, n float64) string {
	t, ok := findTongue(language)
	if !ok {
		return "other"
	}
	n = math.Abs(n)
	whole := n == math.Trunc(n)
	switch t.base {
	case "en":
		if n == 1 {
			return "one"
		}
	case "fa":
		if n < 1 || n == 1 {
			return "one"
		}
	case "ar":
		if whole {
			return arabicPlural(n)
		}
	}
	return "other"
}

// Plurals lists the categories a language distinguishes, in CLDR's order.
func Plurals(language string) []string {
	t, ok := findTongue(language)
	switch {
	case ok && t.base == "ar":
		return []string{"zero", "one", "two", "few", "many", "other"}
	case ok:
		return []string{"one", "other"}
	}
	return []string{"other"}
}

func arabicPlural(n float64) string {
	switch n {
	case 0:
		return "zero"
	case 1:
		return "one"
	case 2:
		return "two"
	}
	switch rest := math.Mod(n, 100); {
	case rest >= 3 && rest <= 10:
		return "few"
	case rest >= 11:
		return "many"
	}
	return "other"
}
