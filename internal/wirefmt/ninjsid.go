package wirefmt

import (
	"encoding/json"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
)

func (n *ninjs) readNewsID(m member) { n.setNewsID(m.raw) }

// setNewsID takes a number, or a text that is one; anything else is not for us.
func (n *ninjs) setNewsID(raw []byte) {
	digits := string(raw)
	if s, ok := jsonString(raw); ok {
		digits = locale.ParseDigits(trimInvisible(s))
	}
	id, err := news.ParseID(digits)
	if err != nil {
		n.note(RuleValue, "", "%q is not a News ID and was not read.", digits)
		return
	}
	n.item.NewsID = id
}

// readAltIDs looks for a News ID among the other names of an item: {"newsid": "48213"} in 1.x, [{"role": "newsid",
// "value": "48213"}] since 2.0.
func (n *ninjs) readAltIDs(m member) {
	if kindOf(m.raw) == 'o' {
		var ids map[string]json.RawMessage
		n.list(m, &ids)
		for role, raw := range ids {
			if squeeze(role) == "newsid" && len(raw) > 0 && kindOf(raw) != 0 {
				n.setNewsID(raw)
			}
		}
		return
	}
	var ids []struct {
		Role  string          `json:"role"`
		Value json.RawMessage `json:"value"`
	}
	n.list(m, &ids)
	for _, id := range ids {
		if squeeze(id.Role) == "newsid" && len(id.Value) > 0 && kindOf(id.Value) != 0 {
			n.setNewsID(id.Value)
		}
	}
}
