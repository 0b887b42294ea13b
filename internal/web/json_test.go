package web

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestJSON(t *testing.T) {
	type told struct{ Seq int }
	for _, c := range []struct {
		name, kind, body string
		status           int
		seq              int
	}{
		{"as scripts send it", "application/json", `{"seq": 7, "newer": true}`, http.StatusOK, 7},
		{"with its charset", "application/json; charset=utf-8", ` {"seq":8} `, http.StatusOK, 8},
		{"a form", "application/x-www-form-urlencoded", `seq=7`, http.StatusUnsupportedMediaType, 0},
		{"no kind", "", `{}`, http.StatusUnsupportedMediaType, 0},
		{"cut off", "application/json", `{"seq":7`, http.StatusBadRequest, 0},
		{"two texts", "application/json", `{"seq":7}{}`, http.StatusBadRequest, 7},
		{"not UTF-8", "application/json", "{\"x\":\"\xff\"}", http.StatusBadRequest, 0},
		{"not a number", "application/json", `{"seq":"7"}`, http.StatusBadRequest, 0},
		{"too large", "application/json", `{"x":"` + strings.Repeat("a", 100) + `"}`, http.StatusRequestEntityTooLarge, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, announced := range []bool{true, false} {
				r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(c.body))
				r.Header.Set("Content-Type", c.kind)
				if !announced {
					r.ContentLength = -1
				}
				var got told
				err := JSON(r, 64, &got)
				if Status(err) != c.status || got.Seq != c.seq {
					t.Errorf("announced %v: status %d, %+v, %v; want %d, %d", announced, Status(err), got, err, c.status, c.seq)
				}
			}
		})
	}
}
