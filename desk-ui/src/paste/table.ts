// Tables of data. One that only arranges other things on a page gives its
// cells as paragraphs; one from a word processor is always a table.
import { blockContext } from "./block";
import type { Context, Converter } from "./convert";
import { all, isElement, isHidden, isText } from "./dom";
import type { Block, Cell, Run } from "./model";
import { blank } from "./characters";

const MAX_SPAN = 100, MAX_ROWS = 2000, MAX_COLUMNS = 100;

export function table(c: Converter, e: HTMLElement, x: Context): void {
  c.boundary();
  for (const caption of all(e, ":scope > caption")) {
    c.walk(caption, x);
    caption.remove();
  }
  const trs = all(e, "tr").filter((tr) => tr.closest("table") === e && !isHidden(tr));
  const grid = trs.map((tr) => [...tr.children].filter((td): td is HTMLElement => /^t[dh]$/.test(td.localName) && !isHidden(td)));
  if (!c.fits("table") || arranges(c, e, grid)) {
    cells(c, e, x);
    return;
  }
  strays(c, e, x);
  const b: Block = { type: "table", rows: [] };
  const after: Block[] = [];
  trs.forEach((tr, i) => {
    b.rows!.push(grid[i]!.map((td) => cell(c, tr, td, x, after)));
  });
  if (trim(b.rows!)) headRow(b.rows!);
  if (b.rows!.length > 0) c.add(b, x);
  for (const a of after) c.add(a, x);
}

function cell(c: Converter, tr: HTMLElement, td: HTMLElement, x: Context, after: Block[]): Cell {
  const inner = blockContext(td, blockContext(tr, x));
  const header = td.localName === "th" || td.closest("thead") !== null && td.localName === "td";
  if (td.localName === "th") inner.marks.strong = false;
  for (const list of all(td, "ul,ol")) itemSigns(list);
  const read = c.flat(td, inner);
  // What a cell cannot hold comes out below the table; a table in it as lines of its cells.
  after.push(...read.after);
  if (header) for (const r of read.runs) r.marks = { ...r.marks, strong: false };
  return { header, colspan: span(td, "colspan"), rowspan: span(td, "rowspan"), runs: read.runs };
}

/** A list in a cell becomes lines with the signs that it showed. */
function itemSigns(list: HTMLElement): void {
  let n = Number(list.getAttribute("start") ?? 1) || 1;
  for (const li of [...list.children]) {
    if (li.localName !== "li") continue;
    const sign = list.localName === "ol" ? n++ + ". " : "• ";
    let into: Element = li;
    while (into.firstElementChild && /^(p|div)$/.test(into.firstElementChild.localName) && (into.firstChild === into.firstElementChild || (into.firstChild?.textContent ?? "").trim() === "")) into = into.firstElementChild;
    into.prepend(sign);
  }
}

function span(td: Element, name: string): number {
  const n = Number(td.getAttribute(name) ?? 1);
  return Number.isInteger(n) && n >= 1 ? Math.min(n, MAX_SPAN) : 1;
}

const WRITTEN = /^(word|wordonline|gdocs|libreoffice|spreadsheet)$/;

/** Whether a table is no table of data. */
function arranges(c: Converter, e: HTMLElement, grid: HTMLElement[][]): boolean {
  const count = grid.reduce((n, row) => n + row.length, 0);
  if (count <= 1 || e.getAttribute("role") === "presentation" || grid.length > MAX_ROWS) return true;
  if (grid.some((row) => row.reduce((n, td) => n + span(td, "colspan"), 0) > MAX_COLUMNS)) return true;
  if (c.programs.some((p) => WRITTEN.test(p))) return e.querySelector("table") !== null;
  return grid.flat().some((td) => td.querySelector("table,img,figure,ul,ol,h1,h2,h3,h4,h5,h6,blockquote,pre,iframe,video,audio,object,hr") !== null);
}

/** Walks a table that arranges the page. */
function cells(c: Converter, e: HTMLElement, x: Context): void {
  for (const child of [...e.childNodes]) {
    if (isText(child) && child.data.trim() === "") continue;
    if (isElement(child) && /^(thead|tbody|tfoot|tr)$/.test(child.localName) && !isHidden(child)) cells(c, child, blockContext(child, x));
    else c.walk(child, x);
  }
  c.boundary();
}

/** What stands between rows and cells goes its usual way. */
function strays(c: Converter, e: HTMLElement, x: Context): void {
  for (const child of [...e.childNodes]) {
    if (isText(child) && child.data.trim() !== "") c.walk(child, x);
    if (!isElement(child)) continue;
    if (/^(thead|tbody|tfoot|tr)$/.test(child.localName)) {
      if (isHidden(child)) c.walk(child, x);
      else strays(c, child, x);
    } else if (!/^(td|th|colgroup|col)$/.test(child.localName) || isHidden(child)) c.walk(child, x);
  }
}

const empty = (cell: Cell): boolean => cell.runs.every((r) => !r.note && blank(r.text));

/** Takes off the empty rows and columns at the end that spreadsheets copy along; false where nothing is left. */
function trim(rows: Cell[][]): boolean {
  const plain = rows.every((row) => row.every((cell) => cell.colspan === 1 && cell.rowspan === 1));
  if (plain) {
    while (rows.length > 0 && rows[rows.length - 1]!.every(empty)) rows.pop();
    while (rows.length > 0 && rows.every((row) => row.length === rows[0]!.length && row.length > 1 && empty(row[row.length - 1]!))) for (const row of rows) row.pop();
  }
  if (rows.every((row) => row.every(empty))) rows.length = 0;
  return rows.length > 0;
}

/** A first row that alone is bold throughout is the head. */
function headRow(rows: Cell[][]): void {
  if (rows.length < 2 || rows.some((row) => row.some((cell) => cell.header))) return;
  const bold = (row: Cell[]): boolean => row.some((cell) => !empty(cell)) && row.every((cell) => empty(cell) || cell.runs.every(heavy)) && row.every((cell) => cell.rowspan === 1);
  if (!bold(rows[0]!) || rows.slice(1).some(bold)) return;
  for (const cell of rows[0]!) {
    cell.header = true;
    for (const r of cell.runs) r.marks = { ...r.marks, strong: false };
  }
}

const heavy = (r: Run): boolean => r.broken === true || r.marks.strong === true || blank(r.text);

