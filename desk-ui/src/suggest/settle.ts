// The open suggestions of a text, and what is done with them.
import type { Node } from "prosemirror-model";
import type { Command, EditorState, Transaction } from "prosemirror-state";
import { changeOf, deleted, DELETED, inserted, INSERTED, type Change } from "./change";

export interface Suggestion extends Change {
  inserted: string;
  deleted: string;
  from: number; // where it begins
  to: number; // where it ends
}

/** All of them, in the order in which they begin; as doc.Body.Unsettled tells them. */
export function unsettled(doc: Node): Suggestion[] {
  const found = new Map<string, Suggestion & { lines: { inserted?: Node; deleted?: Node } }>();
  doc.descendants((line, at) => {
    if (!line.inlineContent) return true;
    line.forEach((n, offset) => {
      for (const [side, m] of [["inserted", inserted(n)], ["deleted", deleted(n)]] as const) {
        if (!m) continue;
        const from = at + 1 + offset;
        let one = found.get(m.attrs.id);
        if (!one) found.set(m.attrs.id, one = { ...changeOf(m), inserted: "", deleted: "", from, to: from, lines: {} });
        if (one.lines[side] && one.lines[side] !== line) one[side] += "\n";
        one.lines[side] = line;
        one[side] += n.isText ? n.text : n.type.name === "footnote" ? "[" + n.attrs.text + "]" : "";
        one.to = from + n.nodeSize;
      }
    });
    return false;
  });
  return [...found.values()].map(({ lines: _, ...one }) => one);
}

/** Accepts or refuses the suggestions of these names. Lines that are left without a word go with it. */
export const settle = (ids: Set<string>, accept: boolean): Command => (state, dispatch) => {
  const tr = state.tr.setMeta("suggest", "settle");
  const gone: [number, number][] = [];
  const lines = new Set<number>(); // where lines begin of which words go
  state.doc.descendants((n, pos) => {
    if (!n.isInline) return true;
    const put = inserted(n);
    const struck = deleted(n);
    const inn = put !== undefined && ids.has(put.attrs.id);
    const out = struck !== undefined && ids.has(struck.attrs.id);
    if ((inn && !accept) || (out && accept)) {
      gone.push([pos, pos + n.nodeSize]);
      lines.add(state.doc.resolve(pos).start());
    }
    if (inn && accept) tr.removeMark(pos, pos + n.nodeSize, INSERTED);
    if (out && !accept) tr.removeMark(pos, pos + n.nodeSize, DELETED);
    return false;
  });
  if (gone.length === 0 && !tr.docChanged) return false;
  for (const [from, to] of gone.reverse()) tr.delete(from, to);
  for (const start of [...lines].reverse()) tidy(tr, tr.mapping.map(start, -1));
  dispatch?.(tr.scrollIntoView());
  return true;
};

/** Takes out a line that says nothing any more; a quotation or a list item goes with its last line. */
function tidy(tr: Transaction, start: number): void {
  const $at = tr.doc.resolve(start);
  if (!$at.parent.inlineContent || said($at.parent) || $at.parent.type.spec.tableRole) return;
  let depth = $at.depth;
  while (depth > 1 && $at.node(depth - 1).childCount === 1) depth--;
  if (depth === 1 && tr.doc.childCount === 1) tr.replaceWith(0, tr.doc.content.size, tr.doc.type.schema.nodes.paragraph!.create());
  else tr.delete($at.before(depth), $at.after(depth));
}

/** Whether a line says anything: line breaks and spaces do not. */
function said(line: Node): boolean {
  let any = false;
  line.forEach((n) => { any ||= n.isText ? n.text!.trim() !== "" : n.type.name !== "hard_break"; });
  return any;
}

/** The suggestion at the cursor, or that one which the marked words begin in. */
export function at(state: EditorState): string | null {
  const { $from, empty } = state.selection;
  for (const n of empty ? [$from.nodeAfter, $from.nodeBefore] : [$from.nodeAfter]) {
    const m = n?.isInline ? inserted(n) ?? deleted(n) : undefined;
    if (m) return m.attrs.id as string;
  }
  return null;
}
