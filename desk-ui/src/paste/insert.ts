// Puts blocks where the cursor stands: one paragraph goes into the line, more
// part it. Nothing that was there and nothing that comes is left out.
import { closeHistory } from "prosemirror-history";
import { Fragment, Node, type NodeType, type ResolvedPos } from "prosemirror-model";
import { Selection, TextSelection, type EditorState, type Transaction } from "prosemirror-state";
import type { Direction } from "../sheet";
import { mayHold, toJSON, type Block, type Place } from "./model";

/** What may stand at the cursor. */
export function placeOf(state: EditorState, lang: string, dir: Direction): Place {
  const { $from } = state.selection;
  const depth = holderDepth($from);
  let after = 1;
  state.doc.nodesBetween(0, $from.pos, (n) => {
    if (n.type.name === "heading") after = n.attrs.level;
    return !n.isTextblock;
  });
  return { lang, dir, holder: $from.node(depth).type.name, depth, after };
}

/** The depth of the nearest node around that holds blocks. */
function holderDepth($pos: ResolvedPos): number {
  for (let d = $pos.depth; d > 0; d--) if (mayHold($pos.node(d).type.name, "paragraph")) return d;
  return 0;
}

/** A paste as a transaction: at[i] is where something comes that stands in the clip behind its first i blocks. */
export interface Insertion {
  tr: Transaction;
  at: number[];
}

/** Replaces the selection by blocks. */
export function insertion(state: EditorState, blocks: Block[]): Insertion {
  const tr = state.tr;
  if (!tr.selection.empty) tr.deleteSelection();
  const { $from } = tr.selection;
  const nodes = toJSON(blocks).map((b) => Node.fromJSON(state.schema, b));
  const line = $from.parent.inlineContent;
  const held = line && mayHold($from.node($from.depth - 1).type.name, "paragraph");
  const { end, at } = held ? part(tr, $from, nodes) : line ? intoCell(tr, $from, nodes) : between(tr, $from, nodes);
  // One step over what differs, so that what others point at in the line stays where it is.
  const done = state.tr;
  const from = state.doc.content.findDiffStart(tr.doc.content);
  const to = state.doc.content.findDiffEnd(tr.doc.content);
  if (from !== null && to !== null) {
    const overlap = Math.max(0, from - Math.min(to.a, to.b));
    done.replace(from, to.a + overlap, tr.doc.slice(from, to.b + overlap));
    if (!done.doc.eq(tr.doc)) done.replaceWith(0, done.doc.content.size, tr.doc.content);
  }
  done.setSelection(Selection.near(done.doc.resolve(Math.min(end, done.doc.content.size)), -1));
  return { tr: closeHistory(done).setMeta("paste", true).setMeta("uiEvent", "paste").scrollIntoView(), at };
}

interface Placed { end: number; at: number[] }

/** In a line: what stands before the cursor takes up a first paragraph, what stands behind it follows a last one. */
function part(tr: Transaction, $from: ResolvedPos, nodes: Node[]): Placed {
  const line = $from.parent, start = $from.before();
  const before = line.content.cut(0, $from.parentOffset), behind = line.content.cut($from.parentOffset);
  const plain = line.type.name === "paragraph";
  const out = [...nodes];
  const first = out[0]!;
  if (before.size > 0 && isParagraph(first)) out[0] = line.copy(before.append(first.content));
  else if (before.size > 0) out.unshift(line.copy(before));
  const last = out[out.length - 1]!;
  const own = last.content.size;
  const joins = behind.size > 0 && (last.type === line.type && last.isTextblock || plain && isParagraph(last));
  if (joins) out[out.length - 1] = last.copy(last.content.append(behind));
  else if (behind.size > 0) out.push(line.copy(behind));
  else if (!last.isTextblock && !hasLineBehind($from)) out.push(paragraph(tr));
  tr.replaceWith(start, $from.after(), out);
  const lead = out.length > nodes.length && before.size > 0 && !isParagraph(first) ? 1 : 0;
  const ends = sums(start, out);
  const at = ends.slice(lead, nodes.length + 1 + lead);
  const begin = ends[nodes.length - 1 + lead]!;
  return { end: last.isTextblock ? begin + 1 + own : begin + last.nodeSize, at };
}

/** Where each node begins, and where the last one ends. */
function sums(start: number, nodes: Node[]): number[] {
  const out = [start];
  for (const n of nodes) out.push(out[out.length - 1]! + n.nodeSize);
  return out;
}

const isParagraph = (n: Node): boolean => n.type.name === "paragraph";
const paragraph = (tr: Transaction): Node => tr.doc.type.schema.nodes.paragraph!.create();

function hasLineBehind($from: ResolvedPos): boolean {
  return $from.node(-1).maybeChild($from.indexAfter(-1))?.isTextblock === true;
}

/** A cell is one line of text: paragraphs become its lines, and what has none comes behind the table. */
function intoCell(tr: Transaction, $from: ResolvedPos, nodes: Node[]): Placed {
  const { hard_break: lineBreak } = tr.doc.type.schema.nodes as Record<string, NodeType>;
  let content = Fragment.empty;
  const rest: Node[] = [];
  const take = (n: Node): void => {
    if (n.isTextblock) {
      if (content.size > 0) content = content.addToEnd(lineBreak!.create());
      content = content.append(n.content);
    } else if (n.isLeaf || n.type.name === "table") rest.push(n);
    else n.forEach(take);
  };
  nodes.forEach(take);
  tr.replaceWith($from.pos, $from.pos, content);
  let table = $from.depth;
  while (table > 0 && $from.node(table).type.name !== "table") table--;
  const behind = tr.mapping.map($from.after(table));
  if (rest.length) tr.insert(behind, rest);
  return { end: $from.pos + content.size, at: [behind, ...nodes.map(() => behind)] };
}

/** Between blocks, where a picture was or a gap is. */
function between(tr: Transaction, $from: ResolvedPos, nodes: Node[]): Placed {
  const held = mayHold($from.parent.type.name, "paragraph");
  const start = held ? $from.pos : $from.depth > 0 ? $from.after(1) : tr.doc.content.size;
  tr.insert(start, nodes);
  const at = sums(start, nodes);
  return { end: at[at.length - 1]!, at };
}

/** The selection at a place that somebody dropped something on. */
export function selectionAt(state: EditorState, pos: number): Selection {
  const $pos = state.doc.resolve(pos);
  return $pos.parent.inlineContent ? TextSelection.create(state.doc, pos) : Selection.near($pos);
}
