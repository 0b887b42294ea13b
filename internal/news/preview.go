package news

import (
	"crypto/sha256"
	"encoding/hex"
	"time"
)

// LongestPreview is the longest time for which a preview link may be good.
const LongestPreview = 31 * 24 * time.Hour

// PreviewLink lets somebody without an account read a story before it is out:
// a source who checks a quotation, a lawyer.
type PreviewLink struct {
	Token    string // SHA-256 of the link's secret, in hex
	Article  ID
	Revision int // 0 = the newest at the time of reading
	By       PersonID
	MadeAt   time.Time
	Expires  time.Time
}

// PreviewToken is the name under which a link is kept: the secret itself is
// not, so a stolen copy of the database opens nothing.
func PreviewToken(secret string) string {
	sum := sha256.Sum256([]byte("preview\x00" + secret))
	return hex.EncodeToString(sum[:])
}

// Open reports whether the link still shows the article at now. A story that
// was dropped or withdrawn is not shown to anyone by a link of before.
func (l PreviewLink) Open(a Article, now time.Time) bool {
	return now.Before(l.Expires) && a.State != Killed && a.State != Spiked
}

// CanShow says whether a person may hand out a preview link that ends at a
// time: whoever may open the article and is more than a contributor.
func (a *Article) CanShow(p Person, until, now time.Time) error {
	switch refused := a.Allows(p, MayShow); {
	case refused != nil:
		return refused
	case a.State == Killed || a.State == Spiked:
		return wrongState(a, "shown")
	case !until.After(now):
		return Refuse(Invalid, "error.preview.past", "the link would have ended already").In("until")
	case until.After(now.Add(LongestPreview)):
		return Refuse(Invalid, "error.preview.long", "a preview link is good for at most 31 days").In("until")
	}
	return nil
}
