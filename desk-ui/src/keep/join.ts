// Puts a joined text into the editor, block by block, so that the cursor stays
// where somebody writes. It is no step of the writer's: undo leaves it alone.
import type { Node } from "prosemirror-model";
import type { Copy, Sheet } from "../sheet";
import { fromDocument, toDocument } from "../editor/document";

const most = 4_000_000; // pairs of blocks that are compared; beyond, all between the first and the last change is replaced

export function putJoined(sheet: Sheet, copy: Copy): void {
  sheet.put({ ...copy, document: toDocument(sheet.view.state.doc) }, "joined"); // the fields
  const { state } = sheet.view;
  const doc = fromDocument(copy.document);
  const tr = state.tr.setMeta("put", "joined").setMeta("addToHistory", false);
  for (const c of changes(children(state.doc), children(doc)).reverse()) {
    const from = place(state.doc, c.from);
    const to = place(state.doc, c.to);
    const one = c.to - c.from === 1 && c.put.length === 1 ? within(state.doc.child(c.from), c.put[0]!) : null;
    if (one) tr.replace(from + 1 + one.from, from + 1 + one.to, c.put[0]!.slice(one.from, one.end));
    else tr.replaceWith(from, to, c.put);
  }
  if (!tr.doc.eq(doc)) tr.replaceWith(0, tr.doc.content.size, doc.content);
  if (tr.docChanged) sheet.view.dispatch(tr);
}

const children = (doc: Node): Node[] => Array.from({ length: doc.childCount }, (_, i) => doc.child(i));

function place(doc: Node, index: number): number {
  let at = 0;
  for (let i = 0; i < index; i++) at += doc.child(i).nodeSize;
  return at;
}

/** Where one block differs from another of its kind. */
function within(a: Node, b: Node): { from: number; to: number; end: number } | null {
  if (!a.isTextblock || !a.sameMarkup(b)) return null;
  const from = a.content.findDiffStart(b.content);
  const to = a.content.findDiffEnd(b.content);
  if (from === null || to === null) return null;
  const overlap = Math.max(0, from - Math.min(to.a, to.b));
  return { from, to: to.a + overlap, end: to.b + overlap };
}

interface Change {
  from: number; // blocks of the text before
  to: number;
  put: Node[];
}

/** How one list of blocks becomes another. */
function changes(a: Node[], b: Node[]): Change[] {
  let start = 0;
  while (start < a.length && start < b.length && a[start]!.eq(b[start]!)) start++;
  let enda = a.length;
  let endb = b.length;
  while (enda > start && endb > start && a[enda - 1]!.eq(b[endb - 1]!)) { enda--; endb--; }
  const out: Change[] = [];
  const add = (from: number, to: number, put: Node[]): void => { if (to > from || put.length > 0) out.push({ from, to, put }); };
  if ((enda - start) * (endb - start) > most) add(start, enda, b.slice(start, endb));
  else {
    let i = start;
    let k = start;
    for (const [x, y] of same(a.slice(start, enda), b.slice(start, endb))) {
      add(i, start + x, b.slice(k, start + y));
      i = start + x + 1;
      k = start + y + 1;
    }
    add(i, enda, b.slice(k, endb));
  }
  return out;
}

/** Pairs of equal blocks, as many as can be in order. */
function same(a: Node[], b: Node[]): [number, number][] {
  const width = b.length + 1;
  const length = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let k = b.length - 1; k >= 0; k--) {
      length[i * width + k] = a[i]!.eq(b[k]!) ? length[(i + 1) * width + k + 1]! + 1 : Math.max(length[(i + 1) * width + k]!, length[i * width + k + 1]!);
    }
  }
  const out: [number, number][] = [];
  for (let i = 0, k = 0; i < a.length && k < b.length;) {
    if (a[i]!.eq(b[k]!)) out.push([i++, k++]);
    else if (length[(i + 1) * width + k]! >= length[i * width + k + 1]!) i++;
    else k++;
  }
  return out;
}
