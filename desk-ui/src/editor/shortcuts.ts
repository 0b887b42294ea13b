// Signs at the beginning of a line that turn it into what they stand for, as
// in the plain form. Backspace or undo right after gives the signs back.
import { InputRule, textblockTypeInputRule, wrappingInputRule } from "prosemirror-inputrules";
import type { MarkType } from "prosemirror-model";
import { TextSelection } from "prosemirror-state";
import { insertBlock } from "./commands";
import { mark, node } from "./schema";

/** A number in the digits of any edition. */
const digits = (text: string): number => Number(text.replace(/[٠-٩۰-۹]/g, (d) => String(d.charCodeAt(0) & 15)));

export function shortcuts(): InputRule[] {
  return [
    textblockTypeInputRule(/^(#{1,4})\s$/, node("heading"), (m) => ({ level: Math.max(2, m[1]!.length) })),
    wrappingInputRule(/^\s*>\s$/, node("quote")),
    wrappingInputRule(/^\s*[-*•]\s$/, node("bullet_list")),
    wrappingInputRule(/^([\d٠-٩۰-۹]{1,6})[.)]\s$/, node("ordered_list"), (m) => ({ start: Math.max(1, digits(m[1]!)) }),
      (m, before) => before.childCount + before.attrs.start === digits(m[1]!)),
    wrappingInputRule(/^:::\s?fact\s$/, node("note"), { kind: "fact" }),
    wrappingInputRule(/^:::\s?note\s$/, node("note"), { kind: "note" }),
    separator(),
    link(),
    marked(/(?:^|[\s([{«“"'])(\*\*([^*\s](?:[^*]*[^*\s])?)\*\*)$/, mark("strong")),
    marked(/(?:^|[\s([{«“"'])(\*([^*\s](?:[^*]*[^*\s])?)\*)$/, mark("emphasis")),
    marked(/(?:^|[\s([{«“"'])(`([^`]+)`)$/, mark("code")),
  ];
}

/** ___, *** or --- alone in a paragraph. */
function separator(): InputRule {
  return new InputRule(/^(___|\*\*\*|---)$/, (state, _match, start, end) => {
    const $start = state.doc.resolve(start);
    if ($start.parent.type.name !== "paragraph" || $start.parent.content.size > end - start) return null;
    return insertBlock(state.tr.delete(start, end), node("separator").create());
  });
}

/** [words](address) */
function link(): InputRule {
  return new InputRule(/\[([^\]]+)\]\(((?:https?:\/\/|mailto:|tel:|\/)[^\s)]+)\)$/, (state, match, start, end) => {
    const words = state.schema.text(match[1]!, mark("link").create({ href: match[2] }).addToSet(state.doc.resolve(start).marks()));
    return state.tr.replaceWith(start, end, words).removeStoredMark(mark("link"));
  });
}

/** Words between signs take a mark; the last sign is the one being typed. */
function marked(signs: RegExp, type: MarkType): InputRule {
  return new InputRule(signs, (state, match, start, end) => {
    const from = start + match[0].indexOf(match[1]!);
    const sign = (match[1]!.length - match[2]!.length) / 2;
    if (!state.doc.resolve(start).parent.type.allowsMarkType(type)) return null;
    const tr = state.tr;
    tr.delete(from + sign + match[2]!.length, end).delete(from, from + sign);
    tr.addMark(from, from + match[2]!.length, type.create());
    return tr.setSelection(TextSelection.create(tr.doc, from + match[2]!.length)).removeStoredMark(type);
  }, { inCodeMark: false });
}
