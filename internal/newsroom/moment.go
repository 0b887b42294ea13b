package newsroom

import (
	"time"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
)

// momentKind is the control for a time of the edition: browsers' own counts in
// the Gregorian calendar only.
func momentKind(e news.Edition) string {
	if e.Calendar == locale.Gregorian || e.Calendar == "" {
		return "datetime-local"
	}
	return "text"
}

// inBoth prints a time in the edition's calendar and, where that is another
// one, in the Gregorian. Of a time that the clocks show twice it says which.
func inBoth(s locale.Style, t time.Time) string {
	text := s.DateTime(t)
	if s.Calendar != locale.Gregorian && s.Calendar != "" {
		other := s
		other.Calendar = locale.Gregorian
		text += " (" + other.Date(t) + ")"
	}
	return whichOfTwo(s, t, text)
}

// whichOfTwo adds to a printed time that the clocks show twice, because they
// are put back, which of the two it is.
func whichOfTwo(s locale.Style, t time.Time, text string) string {
	if s.Zone == nil {
		return text
	}
	switch twice, second := news.Twice(t, s.Zone); {
	case !twice:
		return text
	case second:
		return s.T("desk.moment.second", text, s.Time(t), s.In(t).Format("-07:00"))
	}
	return s.T("desk.moment.first", text, s.Time(t), s.In(t).Format("-07:00"))
}

// checkZone refuses a time zone that the edition's own check would only call
// one of four things that are not known.
func checkZone(name string) error {
	if _, err := time.LoadLocation(name); err != nil || name == "" || name == "Local" {
		return news.Refuse(news.Invalid, "error.timezone", "%q is not a time zone such as Europe/Paris", name).In("timezone")
	}
	return nil
}
