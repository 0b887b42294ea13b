// What can be done to the text: one command an act, for keys and toolbar alike.
import { chainCommands, exitCode, lift, setBlockType, wrapIn } from "prosemirror-commands";
import type { Attrs, Node, NodeType, ResolvedPos } from "prosemirror-model";
import { liftListItem, sinkListItem, wrapInList } from "prosemirror-schema-list";
import { NodeSelection, Selection, TextSelection, type Command, type EditorState, type Transaction } from "prosemirror-state";
import { isInTable } from "prosemirror-tables";
import { findWrapping } from "prosemirror-transform";
import { node } from "./schema";

export const paragraph: Command = setBlockType(node("paragraph"));

export const heading = (level: number): Command => (state, dispatch) =>
  (isActive(state, "heading", { level }) ? paragraph : setBlockType(node("heading"), { level }))(state, dispatch);

/** Sets the words out as a quotation, or takes them back. */
export const quote: Command = (state, dispatch) => (around(state, "quote") ? lift : asFlow(wrapIn(node("quote"))))(state, dispatch);

export const list = (name: "bullet_list" | "ordered_list"): Command => (state, dispatch) => {
  const there = around(state, "bullet_list", "ordered_list");
  if (!there) return asFlow(wrapInList(node(name)))(state, dispatch);
  if (there.node.type.name === name) return liftListItem(node("list_item"))(state, dispatch);
  const { lang, dir } = there.node.attrs;
  dispatch?.(state.tr.setNodeMarkup(there.pos, node(name), { lang, dir }));
  return true;
};

export const indent: Command = sinkListItem(node("list_item"));
export const outdent: Command = chainCommands(liftListItem(node("list_item")), lift);

/** Puts top-level blocks into an editor's note or a fact box; inside one, changes its kind or takes it away. */
export const note = (kind: "note" | "fact"): Command => (state, dispatch) => {
  const there = around(state, "note");
  const { $from, $to } = state.selection;
  if (there && there.node.attrs.kind !== kind) {
    dispatch?.(state.tr.setNodeMarkup(there.pos, null, { ...there.node.attrs, kind }));
    return true;
  }
  if (there) {
    dispatch?.(state.tr.replaceWith(there.pos, there.pos + there.node.nodeSize, there.node.content));
    return true;
  }
  const range = $from.blockRange($to, (n) => n.type.name === "doc");
  const wrapping = range && findWrapping(range, node("note"), { kind });
  if (!wrapping) return false;
  dispatch?.(state.tr.wrap(range, wrapping).scrollIntoView());
  return true;
};

/** Runs a command that headings would stop, on paragraphs. */
const asFlow = (command: Command): Command => (state, dispatch, view) => {
  if (command(state, dispatch, view)) return true;
  const tr = state.tr;
  state.doc.nodesBetween(state.selection.from, state.selection.to, (n, at) => {
    if (n.type.name === "heading") tr.setNodeMarkup(at, node("paragraph"), { lang: n.attrs.lang, dir: n.attrs.dir });
  });
  return tr.docChanged && command(state.apply(tr), dispatch && ((then: Transaction) => {
    for (const step of then.steps) tr.step(step);
    dispatch(tr.setSelection(Selection.fromJSON(tr.doc, then.selection.toJSON())));
  }), view);
};

/** A block in the place of an empty paragraph, or behind the block of the cursor; then on with a paragraph. */
export function insertBlock(tr: Transaction, block: Node): Transaction {
  const { $from } = tr.selection;
  const depth = placeFor($from, block.type);
  if (depth < 0) return tr;
  const empty = $from.depth === depth + 1 && $from.parent.type.name === "paragraph" && $from.parent.content.size === 0;
  const at = empty ? $from.before(depth + 1) : $from.depth > depth ? $from.after(depth + 1) : $from.pos;
  if (empty) tr.replaceWith(at, $from.after(depth + 1), block);
  else tr.insert(at, block);
  const behind = at + block.nodeSize;
  if (block.isAtom && (behind === tr.doc.resolve(behind).end() || !tr.doc.nodeAt(behind)?.isTextblock)) tr.insert(behind, node("paragraph").create());
  const into = block.isAtom ? behind + 1 : at + 1;
  return tr.setSelection(Selection.near(tr.doc.resolve(into), 1)).scrollIntoView();
}

export const insert = (type: string, attrs: Attrs | null = null): Command => (state, dispatch) => {
  if (placeFor(state.selection.$from, node(type)) < 0) return false;
  const block = node(type).createAndFill(attrs);
  if (block) dispatch?.(insertBlock(state.tr, block));
  return block !== null;
};

/** The depth of the node nearest around the cursor that may hold a block of the type; -1 = none. */
function placeFor($from: ResolvedPos, type: NodeType): number {
  for (let d = $from.depth; d >= 0; d--) {
    if ($from.node(d).type.spec.tableRole === "cell" || $from.node(d).type.spec.tableRole === "header_cell") continue;
    const i = $from.depth === d ? $from.index(d) : $from.indexAfter(d);
    if (!$from.node(d).inlineContent && $from.node(d).canReplaceWith(i, i, type)) return d;
  }
  return -1;
}

export const separator: Command = insert("separator");

/** A new line inside the paragraph. */
export const lineBreak: Command = chainCommands(exitCode, (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(node("hard_break").create()).scrollIntoView());
  return true;
});

/** Enter in a cell: a cell is one line of text and is never split. */
export const lineInCell: Command = (state, dispatch) => isInTable(state) && state.selection instanceof TextSelection && lineBreak(state, dispatch);

/** The nearest node of a name around the selection. */
export function around(state: EditorState, ...names: string[]): { node: Node; pos: number } | null {
  const { $from } = state.selection;
  if (state.selection instanceof NodeSelection && names.includes(state.selection.node.type.name)) return { node: state.selection.node, pos: $from.pos };
  for (let d = $from.depth; d > 0; d--) {
    if (names.includes($from.node(d).type.name)) return { node: $from.node(d), pos: $from.before(d) };
  }
  return null;
}

export function isActive(state: EditorState, name: string, attrs: Attrs = {}): boolean {
  const there = around(state, name);
  return there !== null && Object.entries(attrs).every(([k, v]) => there.node.attrs[k] === v);
}
