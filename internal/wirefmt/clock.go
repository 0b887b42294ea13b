package wirefmt

import (
	"time"
)

// clock takes a time of day, with the half of the day and the zone behind it.
func (r *dateReader) clock() bool {
	if r.parts.hasTime || !r.is(2, 'n') || len(r.tokens[0].text) > 2 || len(r.tokens[2].text) != 2 {
		return false
	}
	r.parts.hasTime = true
	r.parts.hour, r.parts.min = number(r.tokens[0].text), number(r.tokens[2].text)
	r.tokens = r.tokens[3:]
	if r.is(0, ':') && r.is(1, 'n') {
		r.parts.sec = number(r.tokens[1].text)
		r.tokens = r.tokens[2:]
		if (r.is(0, '.') || r.is(0, ',')) && r.is(1, 'n') && !r.tokens[1].space { // fractions of a second
			r.tokens = r.tokens[2:]
		}
	}
	return r.half() && r.zone()
}

// half takes "pm", «م», «بعد از ظهر» behind a time of the 12-hour clock; behind any other it is an error.
func (r *dateReader) half() bool {
	for n := 3; n > 0; n-- {
		name, ok := r.words(n)
		if !ok {
			continue
		}
		afternoon, ok := halves()[name]
		if !ok {
			continue
		}
		r.tokens = r.tokens[n:]
		if r.is(0, '.') {
			r.tokens = r.tokens[1:]
		}
		if r.parts.hour < 1 || r.parts.hour > 12 {
			return false
		}
		r.parts.hour %= 12
		if afternoon {
			r.parts.hour += 12
		}
		return true
	}
	return true
}

// zone takes Z, UTC, GMT and offsets such as +03:30, -0430, GMT+3. Other names of zones stand for several.
func (r *dateReader) zone() bool {
	named := false
	if name, ok := r.words(1); ok && (name == "z" || name == "utc" || name == "gmt") {
		r.parts.zone, named = time.UTC, true
		r.tokens = r.tokens[1:]
	}
	if len(r.tokens) < 2 || !r.is(1, 'n') || r.tokens[1].space || !(r.is(0, '+') || r.is(0, '-') || r.is(0, '−')) {
		return true
	}
	digits, minutes, took := r.tokens[1].text, "00", 2
	switch {
	case r.is(2, ':') && r.is(3, 'n') && len(digits) <= 2:
		minutes, took = r.tokens[3].text, 4
	case len(digits) == 4:
		digits, minutes = digits[:2], digits[2:]
	case len(digits) > 2 || len(digits) == 1 && !named:
		return true
	case r.tokens[0].space && !named: // "21:40 -12 March" is no offset
		return true
	}
	h, m := number(digits), number(minutes)
	if h > 14 || m > 59 || len(minutes) != 2 {
		return false
	}
	seconds := h*3600 + m*60
	if !r.is(0, '+') {
		seconds = -seconds
	}
	r.parts.zone = time.FixedZone("", seconds)
	r.tokens = r.tokens[took:]
	return true
}
