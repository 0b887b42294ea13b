// What a paste becomes before it is the editor's: the blocks of internal/doc,
// and what could not be kept.
import type { Direction, DocNode } from "../sheet";

/** What a run of text carries; the words are those of the JSON. */
export interface Marks {
  href?: string;
  foreign?: boolean; // set apart from the direction around: <bdi>
  lang?: string;
  dir?: Direction | "";
  strong?: boolean;
  emphasis?: boolean;
  superscript?: boolean;
  subscript?: boolean;
  code?: boolean;
}

/** A run of text, a line break, or a footnote. */
export interface Run {
  text: string;
  marks: Marks;
  broken?: boolean; // a line break
  note?: { text: string; href: string };
}

export interface Cell {
  header: boolean;
  colspan: number;
  rowspan: number;
  runs: Run[];
}

/** A block of the document; lang and dir as the clip declares them until settle() has decided. */
export interface Block {
  type: string;
  lang?: string;
  dir?: Direction | "";
  attrs?: Record<string, string | number>;
  runs?: Run[]; // paragraph, heading
  blocks?: Block[]; // quote, list, list item, note
  rows?: Cell[][]; // table
}

/** Where a paste lands; says what fits there. */
export interface Place {
  lang: string; // of the article
  dir: Direction; // of the article
  holder: string; // the kind of node whose children the blocks become: doc, note, quote, list_item
  depth: number; // of that node
  after: number; // level of the last heading before, 1 where there is none
}

/** What was left out or changed, by kind, in the words of the clip. */
export interface Left {
  kind: Kind;
  text: string;
}

/** Kinds of what is left, in the order in which a person is told. */
export const KINDS = [
  "picture", // its file could not be reached
  "remote", // kept, but it stands on another site
  "link", // its words are kept
  "deleted", // a tracked deletion
  "struck", // kept as plain text
  "comment", // a remark in the margin
  "hidden", // text that the source did not show
  "furniture", // share buttons, menus, page numbers
  "joined", // words that had been parted at the end of a line
] as const;

export type Kind = (typeof KINDS)[number];

/** A clip read: its blocks, and what it lost. */
export interface Pasted {
  blocks: Block[];
  left: Left[];
  pictures: Map<string, Blob>; // by the address that stands in the blocks until they are uploaded
}

export const MAX_DEPTH = 32;
export const MAX_BYTES = 2 << 20; // of a document as JSON
export const MAX_NOTE = 2000; // characters of a footnote

const CHILDREN: Record<string, Set<string>> = {};
const FLOW = ["paragraph", "quote", "bullet_list", "ordered_list", "image", "embed", "table", "separator"];
CHILDREN.doc = new Set([...FLOW, "heading", "note"]);
CHILDREN.note = new Set([...FLOW, "heading"]);
CHILDREN.quote = CHILDREN.list_item = new Set(FLOW);
CHILDREN.bullet_list = CHILDREN.ordered_list = new Set(["list_item"]);

/** Whether a node of one kind may stand in another. */
export const mayHold = (parent: string, child: string): boolean => CHILDREN[parent]?.has(child) ?? false;

/** How many levels a block takes at the least. */
export function depthOf(type: string): number {
  if (type === "table" || type.endsWith("_list")) return 3;
  return type === "quote" || type === "note" || type === "list_item" ? 2 : 1;
}

/** Two sets of marks that print alike. */
export function sameMarks(a: Marks, b: Marks): boolean {
  return (a.href ?? "") === (b.href ?? "") && !a.foreign === !b.foreign && (a.lang ?? "") === (b.lang ?? "") && (a.dir ?? "") === (b.dir ?? "") &&
    !a.strong === !b.strong && !a.emphasis === !b.emphasis && !a.superscript === !b.superscript && !a.subscript === !b.subscript && !a.code === !b.code;
}

/** The document's JSON for blocks. */
export function toJSON(blocks: Block[]): DocNode[] {
  return blocks.map(blockJSON);
}

function blockJSON(b: Block): DocNode {
  const out: DocNode = { type: b.type };
  const attrs: Record<string, string | number> = {};
  if (b.lang) attrs.lang = b.lang;
  if (b.dir) attrs.dir = b.dir;
  for (const [name, value] of Object.entries(b.attrs ?? {})) if (value !== "" && value !== 0) attrs[name] = value;
  if (Object.keys(attrs).length) out.attrs = attrs;
  if (b.runs) out.content = b.runs.map(runJSON);
  else if (b.blocks) out.content = toJSON(b.blocks);
  else if (b.rows) out.content = b.rows.map((row) => ({ type: "table_row", content: row.map(cellJSON) }));
  return out;
}

function cellJSON(c: Cell): DocNode {
  const out: DocNode = { type: c.header ? "table_header" : "table_cell" };
  const attrs: Record<string, number> = {};
  if (c.colspan > 1) attrs.colspan = c.colspan;
  if (c.rowspan > 1) attrs.rowspan = c.rowspan;
  if (Object.keys(attrs).length) out.attrs = attrs;
  out.content = c.runs.map(runJSON);
  return out;
}

function runJSON(run: Run): DocNode {
  if (run.broken) return { type: "hard_break" };
  if (run.note) {
    return { type: "footnote", attrs: run.note.href ? { text: run.note.text, href: run.note.href } : { text: run.note.text } };
  }
  const m = run.marks;
  const marks: DocNode["marks"] = [];
  if (m.href) marks.push({ type: "link", attrs: { href: m.href } });
  if (m.foreign) {
    const attrs: Record<string, string> = {};
    if (m.lang) attrs.lang = m.lang;
    if (m.dir) attrs.dir = m.dir;
    marks.push(Object.keys(attrs).length ? { type: "bdi", attrs } : { type: "bdi" });
  }
  for (const name of ["strong", "emphasis", "superscript", "subscript", "code"] as const) if (m[name]) marks.push({ type: name });
  return marks.length ? { type: "text", text: run.text, marks } : { type: "text", text: run.text };
}
