// Turns a change of the text into a suggestion of that change.
import { Fragment, Slice, type Node } from "prosemirror-model";
import { NodeSelection, Selection, TextSelection, type EditorState, type Transaction } from "prosemirror-state";
import { changeAt, deleted, DELETED, inserted, INSERTED, isOwn, type Change } from "./change";
import { gist } from "./gist";
import { ranges, type Range } from "./ranges";

/** What is told in plain words, because it is not as a suggestion would be. */
export type Remark = "structure" | "break" | "format" | "moved";

/**
 * The suggestion in place of a transaction: the transaction itself where it is
 * one already, null where it cannot be said as suggestions; then nothing is
 * changed, and tell says why.
 */
export function track(state: EditorState, tr: Transaction, me: number, tell: (r: Remark) => void): Transaction | null {
  const list = ranges(tr);
  if (list.length === 0) {
    if (marksOthers(tr, me)) tell("format");
    return tr;
  }
  return list.every((r) => inLine(state.doc, tr.doc, r)) ? inLines(state, tr, list, me) : inBlocks(state, tr, list, me, tell);
}

/** A change of marks of words that are not one's own suggestion is made at once. */
function marksOthers(tr: Transaction, me: number): boolean {
  let others = false;
  for (const step of tr.steps) {
    const { from, to } = step as unknown as { from?: number; to?: number };
    if (from === undefined || to === undefined) return true;
    tr.before.nodesBetween(from, to, (n) => { others ||= n.isInline && !isOwn(n, me); });
  }
  return others;
}

/** Whether a change stays within one line, without a line break. */
function inLine(before: Node, after: Node, r: Range): boolean {
  const $from = before.resolve(r.from);
  const $new = after.resolve(r.newFrom);
  if (!$from.sameParent(before.resolve(r.to)) || !$from.parent.inlineContent) return false;
  if (!$new.sameParent(after.resolve(r.newTo)) || !$new.parent.inlineContent) return false;
  let broken = false;
  const look = (n: Node): void => { broken ||= n.type.name === "hard_break"; };
  before.nodesBetween(r.from, r.to, look);
  after.nodesBetween(r.newFrom, r.newTo, look);
  return !broken;
}

/** Runs as they stand in a suggestion to put them in. */
function asInserted(content: Fragment, change: Change): Fragment {
  const out: Node[] = [];
  content.forEach((n) => {
    if (n.isInline) {
      const own = inserted(n)?.attrs.by === change.by ? inserted(n)! : INSERTED.create(change);
      out.push(n.mark(own.addToSet(DELETED.removeFromSet(INSERTED.removeFromSet(n.marks)))));
    } else out.push(n.copy(asInserted(n.content, change)));
  });
  return Fragment.fromArray(out);
}

const isInserted = (content: Fragment, me: number): boolean => {
  let all = true;
  content.descendants((n) => { if (n.isInline && (!isOwn(n, me) || deleted(n))) all = false; });
  return all;
};

/** Marks the runs between two places deleted; one's own insertions go. Gives how much of it stays. */
function strike(tr: Transaction, from: number, to: number, change: Change): number {
  let stays = 0;
  const parts: [number, number, boolean][] = [];
  tr.doc.nodesBetween(from, to, (n, pos) => {
    if (!n.isInline) return true;
    const a = Math.max(from, pos);
    const b = Math.min(to, pos + n.nodeSize);
    parts.push([a, b, isOwn(n, change.by)]);
    return false;
  });
  for (const [a, b, own] of parts.reverse()) {
    if (own) tr.delete(a, b);
    else {
      stays += b - a;
      tr.doc.nodesBetween(a, b, (n, pos) => {
        if (n.isInline && !deleted(n) && n.type.name !== "hard_break") tr.addMark(Math.max(a, pos), Math.min(b, pos + n.nodeSize), DELETED.create(change));
      });
    }
  }
  return stays;
}

/** What both ends of a change have in common is no part of it. */
function trimmed(before: Node, after: Node, r: Range): Range {
  const was = before.slice(r.from, r.to).content;
  const is = after.slice(r.newFrom, r.newTo).content;
  const start = was.findDiffStart(is);
  const end = was.findDiffEnd(is);
  if (start === null || end === null) return { from: r.to, to: r.to, newFrom: r.newTo, newTo: r.newTo };
  const overlap = Math.max(0, start - Math.min(end.a, end.b));
  return { from: r.from + start, to: r.from + end.a + overlap, newFrom: r.newFrom + start, newTo: r.newFrom + end.b + overlap };
}

function inLines(state: EditorState, tr: Transaction, list: Range[], me: number): Transaction {
  // What is written over chosen words stands for all of them, though it begin with the same letter.
  const { from, to, empty } = state.selection;
  list = list.map((r) => (!empty && r.from === from && r.to === to ? r : trimmed(state.doc, tr.doc, r)));
  if (list.every((r) => r.from === r.to && isInserted(tr.doc.slice(r.newFrom, r.newTo).content, me))) return tr;
  const out = again(state, tr);
  const laid: { range: Range; at: number; stays: number; came: number }[] = [];
  for (const range of [...list].reverse()) {
    const change = changeAt(state.doc, range.from, range.to, me);
    const content = asInserted(tr.doc.slice(range.newFrom, range.newTo).content, change);
    if (content.size) out.insert(range.to, content);
    const stays = strike(out, range.from, range.to, change);
    laid.unshift({ range, at: range.from, stays, came: content.size });
  }
  let shift = 0;
  for (const l of laid) {
    l.at += shift;
    shift += l.stays + l.came - (l.range.to - l.range.from);
  }
  const forward = state.selection.empty && list.length === 1 && state.selection.head === list[0]!.from;
  const place = (pos: number): number => {
    let moved = 0;
    for (const { range, at, stays, came } of laid) {
      if (pos < range.newFrom) break;
      if (pos <= range.newTo) return came > 0 ? at + stays + (pos - range.newFrom) : forward ? at + stays : at;
      moved = at + stays + came - range.newTo;
    }
    return pos + moved;
  };
  return select(out, tr.selection, place);
}

/** Strikes the chosen words where the choice goes over more than one line; null where it does not. */
export function strikeLines(state: EditorState, me: number, tell: (r: Remark) => void): Transaction | null {
  const { selection } = state;
  const { $from, $to, from, to } = selection;
  if (selection.empty || selection instanceof NodeSelection || ($from.sameParent($to) && $from.parent.inlineContent)) return null;
  const tr = state.tr.setMeta("suggest", "strike");
  const left = strike(tr, from, to, changeAt(state.doc, from, to, me)) > 0;
  if (left) tell("break");
  return tr.setSelection(Selection.near(tr.doc.resolve(from), 1)).scrollIntoView();
}

/** A fresh transaction with what was said about the first. */
function again(state: EditorState, tr: Transaction): Transaction {
  const out = state.tr.setTime(tr.time);
  const meta = (tr as unknown as { meta: Record<string, unknown> }).meta;
  for (const [key, value] of Object.entries(meta)) if (!key.startsWith("fromInputRule") && !key.startsWith("plugin$")) out.setMeta(key, value);
  if (tr.scrolledIntoView) out.scrollIntoView();
  return out;
}

function select(out: Transaction, wanted: Selection, place: (pos: number) => number): Transaction {
  const size = out.doc.content.size;
  const at = (pos: number) => out.doc.resolve(Math.max(0, Math.min(size, place(pos))));
  return out.setSelection(TextSelection.between(at(wanted.anchor), at(wanted.head)));
}

/** A change of whole blocks: as it is, where the text without suggestions stays as it was; else what of it can be suggested. */
function inBlocks(state: EditorState, tr: Transaction, list: Range[], me: number, tell: (r: Remark) => void): Transaction | null {
  const was = gist(state.doc);
  const change = changeAt(state.doc, list[0]!.from, list[list.length - 1]!.to, me);
  if (!list.some((r) => takesOthers(state.doc, r, me))) {
    const signed = again(state, tr);
    for (const step of tr.steps) signed.step(step);
    for (const r of list) sign(signed, r, change);
    if (gist(signed.doc) === was) return signed.setSelection(Selection.fromJSON(signed.doc, tr.selection.toJSON()));
  }
  const out = again(state, tr);
  let left = false;
  let moved = false;
  let lost = false; // a new paragraph or the like that could not come with it
  let end = -1;
  for (const r of [...list].reverse()) {
    const content = piece(tr.doc.slice(r.newFrom, r.newTo));
    if (content === null) return refuse(tell);
    const size = out.doc.content.size;
    const $to = out.doc.resolve(r.to);
    const lines = content.childCount > 0 && !content.firstChild!.isInline;
    if (lines) {
      const after = $to.depth ? $to.after(1) : r.to;
      out.insert(after, asInserted(content, change));
      moved = true;
      end = after + content.size - 1;
    }
    left ||= strike(out, r.from, r.to, change) > 0 && breaks(state.doc, r);
    if (content.childCount && !lines) {
      if (!state.doc.resolve(r.from).parent.inlineContent) return refuse(tell);
      out.insert(r.from, asInserted(content, change));
      end = r.from + content.size;
    } else if (!lines) end = r.from;
    if (out.doc.content.size === size && !out.docChanged) return refuse(tell);
    lost ||= !content.childCount && !tr.doc.resolve(r.newFrom).sameParent(tr.doc.resolve(r.newTo));
  }
  if (!out.docChanged || gist(out.doc) !== was) return refuse(tell);
  if (lost) tell("structure");
  else if (moved) tell("moved");
  else if (left) tell("break");
  return out.setSelection(Selection.near(out.doc.resolve(Math.min(end, out.doc.content.size)), -1));
}

function refuse(tell: (r: Remark) => void): null {
  tell("structure");
  return null;
}

/** Whether words go that are not one's own suggestion. */
function takesOthers(before: Node, r: Range, me: number): boolean {
  let others = false;
  before.nodesBetween(r.from, r.to, (n) => { others ||= n.isInline && n.type.name !== "hard_break" && !isOwn(n, me); });
  return others;
}

/** Whether a stretch goes over the end of a paragraph or a line. */
function breaks(before: Node, r: Range): boolean {
  let any = !before.resolve(r.from).sameParent(before.resolve(r.to));
  before.nodesBetween(r.from, r.to, (n) => { any ||= n.type.name === "hard_break"; });
  return any;
}

/** Puts the words of a changed stretch under the suggestion. */
function sign(tr: Transaction, r: Range, change: Change): void {
  tr.doc.nodesBetween(r.newFrom, r.newTo, (n, pos) => {
    if (!n.isInline || inserted(n)) return;
    const from = Math.max(r.newFrom, pos);
    const to = Math.min(r.newTo, pos + n.nodeSize);
    tr.removeMark(from, to, DELETED).addMark(from, to, INSERTED.create(change));
  });
}

/** The content of what came in: a line's runs, or whole blocks of text; null where something is in it that cannot be suggested. */
function piece(slice: Slice): Fragment | null {
  let lines = 0;
  let fits = true;
  let inline = Fragment.empty;
  slice.content.descendants((n) => {
    if (n.isTextblock) {
      if (n.content.size) lines++;
      if (n.content.size) inline = n.content;
    } else if (n.isLeaf && !n.isInline) fits = false;
    if (n.type.name === "hard_break") fits &&= slice.content.childCount > 1;
    return true;
  });
  if (!fits) return null;
  if (slice.content.firstChild?.isInline) return slice.content;
  if (lines === 0) return Fragment.empty;
  if (lines === 1) return inline;
  return whole(slice.content);
}

/** The blocks that say something, as they can stand in the text by themselves; null where one cannot. */
function whole(content: Fragment): Fragment | null {
  const out: Node[] = [];
  let fits = true;
  content.forEach((n) => {
    if (n.textContent.trim() === "") return;
    try {
      n.check();
    } catch {
      fits = false;
    }
    fits &&= n.type.schema.nodes.doc!.contentMatch.matchType(n.type) !== null;
    out.push(n);
  });
  return fits ? Fragment.fromArray(out) : null;
}
