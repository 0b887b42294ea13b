package news

import "time"

// LabelKind is a word above a headline that ends by itself.
type LabelKind string

// The labels: a story of which more is expected, and one that gathers what was
// told before.
const (
	LabelDeveloping LabelKind = "developing"
	LabelSoFar      LabelKind = "so-far"
)

// LabelKinds lists the labels in the order in which they are printed.
func LabelKinds() []LabelKind { return []LabelKind{LabelDeveloping, LabelSoFar} }

// LongestLabel is the longest time for which a label may be set.
const LongestLabel = 31 * 24 * time.Hour

// Labels are the ends of an article's labels; a zero end is a label that is not set.
type Labels struct{ Developing, SoFar time.Time }

// Ends is when a label ends.
func (l Labels) Ends(k LabelKind) time.Time {
	if k == LabelSoFar {
		return l.SoFar
	}
	return l.Developing
}

// Shown reports whether a label is printed at now.
func (l Labels) Shown(k LabelKind, now time.Time) bool { return now.Before(l.Ends(k)) }

// Label sets a label until a time, or takes it away where the time is zero.
func (a *Article) Label(p Person, k LabelKind, until, now time.Time) error {
	switch refused := a.Allows(p, MayLabel); {
	case refused != nil:
		return refused
	case a.State == Killed || a.State == Spiked:
		return wrongState(a, "labelled")
	case k != LabelDeveloping && k != LabelSoFar:
		return Refuse(Invalid, "error.labels", "a label is developing or so-far").In("label")
	case !until.IsZero() && !until.After(now):
		return Refuse(Invalid, "error.label.past", "the label would have ended already").In("until")
	case until.After(now.Add(LongestLabel)):
		return Refuse(Invalid, "error.label.long", "a label is set for at most 31 days").In("until")
	}
	if k == LabelSoFar {
		a.Labels.SoFar = until
	} else {
		a.Labels.Developing = until
	}
	return nil
}
