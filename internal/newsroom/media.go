package newsroom

import (
	"net/http"
	"net/url"
	"strings"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/web"
)

// keptPicture is a picture as the editor puts it into the text.
type keptPicture struct {
	Src    string `json:"src"`
	Name   string `json:"name"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
}

// keepPicture takes one picture, as the whole body of the request or as the
// file of a form, and says under which address the text shows it. Sent twice,
// it is the same picture.
func (n *Newsroom) keepPicture(w http.ResponseWriter, r *http.Request, v visit) error {
	sent, err := web.Files(w, r, web.MaxUpload)
	if err != nil {
		return err
	}
	defer sent.Close()
	if len(sent.Files) != 1 {
		return news.Refuse(news.Invalid, "error.media.one", "send one picture at a time")
	}
	f := sent.Files[0]
	if f.Err != nil {
		return f.Err
	}
	data, err := f.Bytes()
	if err != nil {
		return err
	}
	name := f.Name
	if name == "" {
		name, _ = url.PathUnescape(r.Header.Get("X-File-Name"))
	}
	m, err := n.media.Keep(r.Context(), v.person.ID, pictureName(name, v.person), data)
	if err != nil {
		return err
	}
	return sendJSON(w, http.StatusOK, keptPicture{m.Src(), m.Name, m.Width, m.Height})
}

// picture sends any picture of the paper to the staff.
func (n *Newsroom) picture(w http.ResponseWriter, r *http.Request, _ visit) error {
	m, f, err := n.media.Open(r.Context(), r.PathValue("hash"), r.PathValue("name"))
	if err != nil {
		return err
	}
	defer f.Close()
	web.SendFile(w, r, web.Sending{Kind: m.Kind, Mark: m.Hash, File: f})
	return nil
}

// pictureName is what a picture is called in its address. Cameras and phones
// name files after their owners: a name that says who brought it is not kept.
func pictureName(name string, by news.Person) string {
	plain := strings.Trim(locale.Slug(name), "-")
	for _, word := range strings.Split(locale.Slug(by.Name), "-") {
		if len(word) > 2 && strings.Contains(plain, word) {
			return ""
		}
	}
	return name
}
