// The running text of a body, line by line, as doc.Body.Paragraphs in Go lists
// it: the normal form, suggested changes taken, footnotes last. The copy check
// speaks of paragraph and code points; here they find their places again.
// e2e/check_test.go compares both on random documents.
import type { Node } from "prosemirror-model";

/** A line of running text and where each of its characters stands. */
export interface Line {
  text: string;
  /** Position before each code point; empty where the line is no text of the body but an attribute. */
  at: number[];
  /** The attributes the line is made of, and the position of their node. */
  held?: { pos: number; names: string[] };
}

/** A character and its place; a line break is "\n". */
interface Char { c: string; pos: number }

/** What stands between two line breaks; from is where the break before it stands. */
interface Row { from: number; chars: Char[] }

export function linesOf(doc: Node): Line[] {
  const out: Line[] = [];
  const notes: Line[] = [];
  children(doc, -1, out, notes);
  return [...out, ...notes];
}

/** The stretch of the body from code point start to end of a line; null where the line is an attribute. */
export function stretch(line: Line, start: number, end: number): { from: number; to: number } | null {
  if (!line.at.length || start >= end || end > line.at.length) return null;
  const last = [...line.text.slice(0)][end - 1]!;
  return { from: line.at[start]!, to: line.at[end - 1]! + last.length };
}

/** Walks the blocks in node, whose content begins behind pos. */
function children(node: Node, pos: number, out: Line[], notes: Line[]): void {
  node.forEach((child, offset) => block(child, pos + 1 + offset, out, notes));
}

function block(node: Node, pos: number, out: Line[], notes: Line[]): void {
  switch (node.type.name) {
    case "paragraph":
      out.push(...stanzas(rowsOf(node, pos, notes)));
      return;
    case "heading":
    case "table_cell":
    case "table_header":
      out.push(...together(rowsOf(node, pos, notes)));
      return;
    case "quote":
      quote(node, pos, out, notes);
      return;
    case "image":
      attribute(out, pos, node, ["caption", "credit"]);
      return;
    case "embed":
      attribute(out, pos, node, ["title", "provider"]);
      return;
    default:
      children(node, pos, out, notes);
  }
}

/** A quote whose words are all suggested to go, goes with whoever is named under it. */
function quote(node: Node, pos: number, out: Line[], notes: Line[]): void {
  const before = out.length;
  children(node, pos, out, notes);
  if (out.length === before && gone(node)) return;
  const text = plain(plain(node.attrs.by).replace(/^[ \-–—―]+/u, ""));
  if (text) out.push({ text, at: [], held: { pos, names: ["by"] } });
}

/** Whether everything in a block is suggested to go. */
function gone(node: Node): boolean {
  let going = false;
  let stays = false;
  node.descendants((n) => {
    if (n.isTextblock) {
      const row = settled(n);
      going ||= row.going;
      stays ||= row.stays;
    } else stays ||= STAYS.has(n.type.name) || n.type.name === "table" && shows(n);
    return !n.isTextblock && n.type.name !== "table";
  });
  return going && !stays;
}

const STAYS = new Set(["image", "embed", "separator"]);

/** A table with anything in its cells stays when the words go; a blank one is none. */
function shows(table: Node): boolean {
  let any = false;
  table.descendants((n) => {
    if (n.isTextblock) {
      const row = settled(n);
      any ||= row.going || row.stays;
    }
    return !n.isTextblock;
  });
  return any;
}

/** What of a block's rows, those that show nothing apart, goes and stays. */
function settled(block: Node): { going: boolean; stays: boolean } {
  const rows = [{ all: "", going: false, stays: false }];
  block.forEach((n) => {
    const row = rows[rows.length - 1]!;
    const text = n.isText ? cleaned(n.text!, 0).map((x) => x.c).join("") : n.type.name === "footnote" ? "*" : "";
    if (n.type.name === "hard_break") rows.push({ all: "", going: false, stays: false });
    row.all += text;
    if (deleted(n)) row.going = true;
    else row.stays ||= /[^ ]/.test(text);
  });
  const seen = rows.filter((r) => !blank(r.all));
  return { going: seen.some((r) => r.going), stays: seen.some((r) => r.stays) };
}

function attribute(out: Line[], pos: number, node: Node, names: string[]): void {
  const said = names.map((name) => (name === "title" && node.attrs[name] === node.attrs.url ? "" : plain(node.attrs[name])));
  const text = said.join(" ").replace(/^ +| +$/g, "");
  if (text) out.push({ text, at: [], held: { pos, names } });
}

const deleted = (n: Node): boolean => n.marks.some((m) => m.type.name === "deleted");

/** The characters of a line of the tree, cut at its breaks. */
function rowsOf(node: Node, pos: number, notes: Line[]): Row[] {
  const rows: Row[] = [{ from: pos, chars: [] }];
  node.forEach((child, offset) => {
    const at = pos + 1 + offset;
    const { chars } = rows[rows.length - 1]!;
    if (deleted(child)) return;
    if (child.isText) chars.push(...cleaned(child.text!, at));
    else if (child.type.name === "hard_break") rows.push({ from: at, chars: [] });
    else if (child.type.name === "footnote") {
      const text = plain(child.attrs.text).replace(/^\p{White_Space}+|\p{White_Space}+$/gu, "") || child.attrs.href;
      if (!text) return;
      chars.push({ c: "", pos: at });
      notes.push({ text, at: [], held: { pos: at, names: ["text"] } });
    }
  });
  return rows.map((r) => ({ from: r.from, chars: trimmed(r.chars) }));
}

const LINE_END = /[\n\r\f\u0085\u2028\u2029]/;
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\ufeff\ufdd0-\ufdef]|[\ufffe\uffff]|[\u{1fffe}\u{1ffff}\u{2fffe}\u{2ffff}\u{3fffe}\u{3ffff}\u{4fffe}\u{4ffff}\u{5fffe}\u{5ffff}\u{6fffe}\u{6ffff}\u{7fffe}\u{7ffff}\u{8fffe}\u{8ffff}\u{9fffe}\u{9ffff}\u{afffe}\u{affff}\u{bfffe}\u{bffff}\u{cfffe}\u{cffff}\u{dfffe}\u{dffff}\u{efffe}\u{effff}\u{ffffe}\u{fffff}\u{10fffe}\u{10ffff}]/u;

/** What may stand in a body: no control characters; a run of spaces with a line end in it is one space. */
function cleaned(text: string, pos: number): Char[] {
  const out: Char[] = [];
  for (const c of text) {
    const at = pos;
    pos += c.length;
    if (LINE_END.test(c)) out.push({ c: "\n", pos: at });
    else if (c === "\t" || c === "\v") out.push({ c: " ", pos: at });
    else if (!UNPRINTABLE.test(c)) out.push({ c, pos: at });
  }
  return out.some((x) => x.c === "\n") ? folded(out) : out;
}

function folded(chars: Char[]): Char[] {
  const out: Char[] = [];
  const space = (x: Char | undefined): boolean => x !== undefined && (x.c === " " || x.c === "\n");
  for (let i = 0; i < chars.length;) {
    let end = i;
    while (space(chars[end])) end++;
    if (end === i) out.push(chars[i++]!);
    else {
      const run = chars.slice(i, end);
      if (run.some((x) => x.c === "\n")) out.push({ c: " ", pos: run[0]!.pos });
      else out.push(...run);
      i = end;
    }
  }
  return out;
}

/** A line without the spaces at its ends; one that shows nothing is empty. A footnote (an empty character) ends the spaces. */
function trimmed(line: Char[]): Char[] {
  let from = 0;
  let to = line.length;
  while (from < to && line[from]!.c === " ") from++;
  while (to > from && line[to - 1]!.c === " ") to--;
  const kept = line.slice(from, to);
  return kept.some((x) => x.c === "") || !blank(kept.map((x) => x.c).join("")) ? kept : [];
}

const blank = (text: string): boolean => /^[\p{White_Space}\p{Cf}]*$/u.test(text);

/** Empty rows part paragraphs. */
function stanzas(rows: Row[]): Line[] {
  const out: Line[] = [];
  let open: Row[] = [];
  for (const row of [...rows, { from: 0, chars: [] }]) {
    if (row.chars.length) open.push(row);
    else {
      out.push(...together(open));
      open = [];
    }
  }
  return out;
}

/** The rows that show something, with breaks between, as one line. */
function together(rows: Row[]): Line[] {
  const chars: Char[] = [];
  let any = false;
  for (const row of rows) {
    if (!row.chars.length) continue;
    if (any) chars.push({ c: "\n", pos: row.from });
    chars.push(...row.chars);
    any = true;
  }
  const said = chars.filter((x) => x.c !== "");
  return said.length ? [{ text: said.map((x) => x.c).join(""), at: said.map((x) => x.pos) }] : [];
}

/** An attribute as it is printed: one line, no spaces at its ends. */
function plain(value: unknown): string {
  const text = cleaned(String(value ?? ""), 0).map((x) => x.c).join("").replace(/^ +| +$/g, "");
  return blank(text) ? "" : text;
}
