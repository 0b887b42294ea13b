package comments

import (
	"context"
	"crypto/subtle"
	"strconv"
	"strings"
	"time"

	"broadsheet/internal/news"
)

// leastTime is how long a person needs to fill in the form.
const leastTime = 3 * time.Second

// Stamp is the hidden field of an article's comment form: the time at which
// the page was rendered, signed. It is "" when the paper's secret cannot be
// read; a form without it is refused with the text given back.
//
// Pages are cached and the same for every reader, and the form works without
// scripts and cookies. So the stamp cannot be of one reader or one visit: the
// least time to fill in the form is counted from the render, and a stamp has
// no greatest age. A program that posts with the stamp of a page that was
// rendered long ago passes this check. The trap field, the rates and the
// holding of every comment are there for it; the stamp only stops those that
// fetch a fresh page and post at once, and those that never fetched one.
func (c *Comments) Stamp(article news.ID, at time.Time) string {
	key, err := c.key(context.Background())
	if err != nil {
		return ""
	}
	ms := strconv.FormatInt(at.UnixMilli(), 10)
	return ms + "." + sign(key, "comment stamp", article.String(), ms)
}

// checkStamp refuses a form without a stamp of this article, and one that
// came back sooner than a person writes.
func checkStamp(key string, article news.ID, stamp string, now time.Time) error {
	ms, mac, _ := strings.Cut(stamp, ".")
	n, err := strconv.ParseInt(ms, 10, 64)
	if err != nil || subtle.ConstantTimeCompare([]byte(mac), []byte(sign(key, "comment stamp", article.String(), ms))) != 1 {
		return news.Refuse(news.Invalid, "comment.refused.expired", "the form did not come from this article's page: send it again")
	}
	// A stamp of ours from the future means that a clock went back. It is old enough.
	if age := now.Sub(time.UnixMilli(n)); age >= 0 && age < leastTime {
		return news.Refuse(news.Invalid, "comment.refused.too-fast", "the form came back sooner than a person writes")
	}
	return nil
}
