// Quotation marks of the language while typing. Backspace or undo right after
// gives the typed sign back (the rules are input rules).
import { InputRule } from "prosemirror-inputrules";
import type { EditorState } from "prosemirror-state";
import type { Sheet } from "../sheet";

/** Outer and inner marks as the language's newspapers set them. */
const MARKS: Record<string, [string, string, string, string]> = {
  en: ["“", "”", "‘", "’"], ar: ["«", "»", "“", "”"], fa: ["«", "»", "‹", "›"], he: ["”", "”", "’", "’"], ur: ["”", "“", "’", "‘"],
  fr: ["«\u202f", "\u202f»", "“", "”"], de: ["„", "“", "‚", "‘"], es: ["«", "»", "“", "”"], it: ["«", "»", "“", "”"], pt: ["“", "”", "‘", "’"],
  ru: ["«", "»", "„", "“"], uk: ["«", "»", "„", "“"], be: ["«", "»", "„", "“"], pl: ["„", "”", "«", "»"], cs: ["„", "“", "‚", "‘"], sk: ["„", "“", "‚", "‘"],
  nl: ["“", "”", "‘", "’"], da: ["»", "«", "›", "‹"], sv: ["”", "”", "’", "’"], fi: ["”", "”", "’", "’"], nb: ["«", "»", "‘", "’"], no: ["«", "»", "‘", "’"],
  el: ["«", "»", "“", "”"], hu: ["„", "”", "»", "«"], ro: ["„", "”", "«", "»"], bg: ["„", "“", "’", "’"], hr: ["„", "”", "‘", "’"], sr: ["„", "”", "’", "’"],
  tr: ["“", "”", "‘", "’"], az: ["“", "”", "‘", "’"], ku: ["«", "»", "‹", "›"], ckb: ["«", "»", "‹", "›"], ps: ["«", "»", "‹", "›"], tg: ["«", "»", "„", "“"],
  "de-ch": ["«", "»", "‹", "›"], zh: ["“", "”", "‘", "’"], ja: ["「", "」", "『", "』"],
};

const APOSTROPHE = "’";

export function marksOf(language: string): [string, string, string, string] {
  const tag = language.toLowerCase();
  return MARKS[tag] ?? MARKS[tag.split("-")[0]!] ?? MARKS.en!;
}

/** Before these a mark opens: nothing, a space, an opening bracket or mark, a dash. */
const OPENS = /^$|[\s([{«‹“‘„‚—–\-/\u00a0\u202f\ufffc]$/u;

export function quotes(sheet: Sheet): InputRule[] {
  const rule = (sign: string): InputRule => new InputRule(new RegExp(sign + "$"), (state, _match, start, end) =>
    state.tr.insertText(replacement(sign, before(state, start), languageAt(state, start, sheet)), start, end), { inCodeMark: false });
  return [rule('"'), rule("'")];
}

/** What a typed sign becomes behind a text. */
export function replacement(sign: string, text: string, language: string): string {
  const [open, close, openInner, closeInner] = marksOf(language);
  const inner = innerOpen(text, openInner, closeInner);
  if (OPENS.test(text)) return sign === '"' && !outerOpen(text, open, close) ? open : openInner;
  if (sign === "'") return inner ? closeInner : APOSTROPHE;
  if (inner) return closeInner;
  // an abbreviation such as צה״ל
  return language.startsWith("he") && /\p{Script=Hebrew}$/u.test(text) && !outerOpen(text, open, close) ? "״" : close;
}

/** Whether an outer mark waits for its closing one; where both are one sign, whether their number is odd. */
function outerOpen(text: string, open: string, close: string): boolean {
  const count = (mark: string): number => text.split(mark.trim()).length - 1;
  return open === close ? count(open) % 2 === 1 : count(open) > count(close);
}

/** The same of an inner mark; an apostrophe inside a word closes nothing. */
function innerOpen(text: string, open: string, close: string): boolean {
  const from = text.lastIndexOf(open);
  if (from < 0 || open === close) return false;
  return !new RegExp(close + "(?!\\p{L})", "u").test(text.slice(from + 1));
}

function before(state: EditorState, at: number): string {
  const $at = state.doc.resolve(at);
  return $at.parent.textBetween(Math.max(0, $at.parentOffset - 500), $at.parentOffset, null, "\ufffc");
}

/** The language of the words around: of the foreign words, of a block, or of the article. */
function languageAt(state: EditorState, at: number, sheet: Sheet): string {
  const $at = state.doc.resolve(at);
  for (const m of $at.marks()) if (m.type.name === "bdi" && m.attrs.lang) return m.attrs.lang;
  for (let d = $at.depth; d > 0; d--) if ($at.node(d).attrs.lang) return $at.node(d).attrs.lang;
  return sheet.facts.language;
}
