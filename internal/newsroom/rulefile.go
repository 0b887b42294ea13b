package newsroom

import (
	"bytes"
	"errors"
	"net/http"
	"net/url"
	"time"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/proof"
	"broadsheet/internal/web"
)

// ruleFile is the most a file of rules may have, in bytes.
const ruleFile = 8 << 20

// exportRules sends the rules as the file that importRules and the command
// take.
func (n *Newsroom) exportRules(w http.ResponseWriter, r *http.Request, _ visit) error {
	rules, err := n.store.StyleRules(r.Context())
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/toml; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="style.toml"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(proof.WriteRules(rules)))
	return nil
}

// importRules keeps the rules of a file: all or none.
func (n *Newsroom) importRules(w http.ResponseWriter, r *http.Request, v visit) error {
	sent, err := web.Files(w, r, ruleFile)
	if err != nil {
		return err
	}
	defer sent.Close()
	f := &form{s: v.style(), typed: sent.Values}
	done, err := n.takeRules(r, v, f, sent)
	p := stylePage{}
	status := http.StatusOK
	if err != nil {
		var other error
		if status, other = f.refuse(err); other != nil {
			return other
		}
		f.fault, f.in = lineSentence(err, f.s), "rules"
	} else {
		p.Done = done
		f.typed = url.Values{"asleep": {"yes"}}
	}
	return n.showStyle(w, r, v, status, f, p)
}

func (n *Newsroom) takeRules(r *http.Request, v visit, f *form, sent *web.Sent) (done string, err error) {
	if len(sent.Files) != 1 {
		return "", news.Refuse(news.Invalid, "error.style.file.none", "choose the file of rules first")
	}
	if err := sent.Files[0].Err; err != nil {
		return "", err
	}
	data, err := sent.Files[0].Bytes()
	if err != nil {
		return "", err
	}
	rules, err := proof.ReadRules(data)
	if err != nil {
		return "", err
	}
	did, err := n.desk.ImportRules(r.Context(), v.person.ID, rules, f.on("asleep"))
	return f.s.T("desk.style.imported", did.Added, did.Changed, did.Same), err
}

// lineSentence says which line of a file is wrong; what is wrong with it is a
// refusal of its own.
func lineSentence(err error, s locale.Style) string {
	var refusal *news.Error
	if errors.As(err, &refusal) && refusal.Key == "error.style.file.line" && len(refusal.Args) == 2 {
		if inner, ok := refusal.Args[1].(error); ok {
			return s.T(refusal.Key, refusal.Args[0], web.Sentence(inner, s))
		}
	}
	return web.Sentence(err, s)
}
