// A clip without marks: paragraphs by the rule of the text import, Markdown
// where it plainly is Markdown, and what a PDF reader does to lines.
import { cleanText } from "./characters";
import { webAddress } from "./address";
import { looksMarked, readMarkdown } from "./markdown";
import type { Block, Left, Run } from "./model";
import { fromPDF, joinParted } from "./pdf";
import { paragraphs } from "./wrap";

/** The blocks of a plain text; plain = nothing is read into it but paragraphs. */
export function readText(text: string, left: Left[], plain: boolean): Block[] {
  const raw = fromPDF(text, left);
  const lines = raw.split(/\r\n|[\n\r\f\u0085\u2028\u2029]/).map((l) => cleanText(l).trimEnd());
  if (!plain && looksMarked(lines)) return readMarkdown(lines);
  if (!plain && isTabbed(raw)) return [tabbed(raw)];
  return paragraphs(parted(lines), joinParted(lines, left)).map((p) => ({ type: "paragraph", runs: plain ? [{ text: p, marks: {} }] : linked(p) }));
}

/** Rows of a spreadsheet as programs copy them beside the table itself. */
function isTabbed(text: string): boolean {
  const rows = text.trim().split(/\r?\n/);
  const width = rows[0]!.split("\t").length;
  return rows.length > 1 && width > 1 && width <= 50 && rows.length <= 1000 && rows.every((row) => row.split("\t").length === width);
}

const tabbed = (text: string): Block => ({
  type: "table",
  rows: text.trim().split(/\r?\n/).map((row) => row.split("\t").map((c) => ({ header: false, colspan: 1, rowspan: 1, runs: linked(cleanText(c).trim()) }))),
});

// A message as chats copy it: [21:40, 12/03/2026] Mira: …
const MESSAGE = /^[\s\p{Cf}]*(\[[\p{Nd}:.,،/\s-]*\p{Nd}{1,2}:\p{Nd}{2}[^\]\n]{0,30}\]|\p{Nd}{1,2}[./]\p{Nd}{1,2}[./]\p{Nd}{2,4},? \p{Nd}{1,2}:\p{Nd}{2} -) ?[^:\n]{1,60}:/u;

/** Lines with an empty one before each message, so that none runs into another. */
const parted = (lines: string[]): string[] => lines.flatMap((l) => MESSAGE.test(l) ? ["", l] : [l]);

/** Whole addresses in a text as links. */
export function linked(text: string): Run[] {
  const out: Run[] = [];
  let from = 0;
  for (const m of text.matchAll(/https?:\/\/[^\s<>"«»“”]+/g)) {
    const shown = m[0].replace(/[.,;:!?؟،؛)\]'’…]+$/u, (end) => m[0].includes("(") && end.startsWith(")") ? ")" : "");
    const href = webAddress(shown);
    if (!href) continue;
    if (m.index > from) out.push({ text: text.slice(from, m.index), marks: {} });
    out.push({ text: shown, marks: { href } });
    from = m.index + shown.length;
  }
  if (from < text.length) out.push({ text: text.slice(from), marks: {} });
  return out;
}
