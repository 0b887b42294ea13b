// Whether this person suggests or writes, and which suggestion is looked at.
import { EditorState, Plugin, PluginKey, Selection, TextSelection, type Command, type Transaction } from "prosemirror-state";
import { Decoration, DecorationSet, type EditorView } from "prosemirror-view";
import { Slice, Fragment, type Node } from "prosemirror-model";
import type { Sheet } from "../sheet";
import { changeAt, deleted, DELETED, inserted, INSERTED, isOwn } from "./change";
import { ranges } from "./ranges";
import { strikeLines, track, type Remark } from "./track";

interface Mode {
  on: boolean;
  here: string | null; // the suggestion that is looked at
}

const key = new PluginKey<Mode>("suggest");

export const suggesting = (state: EditorState): boolean => key.getState(state)!.on;
export const lookedAt = (state: EditorState): string | null => key.getState(state)!.here;

/** Where it is remembered: in this browser, for this person. */
const place = (sheet: Sheet): string => "suggest:" + sheet.facts.person.id;

function remembered(sheet: Sheet): boolean {
  try {
    return localStorage.getItem(place(sheet)) === "on";
  } catch {
    return false;
  }
}

export const toggle = (sheet: Sheet): Command => (state, dispatch) => {
  const on = !suggesting(state);
  try {
    if (on) localStorage.setItem(place(sheet), "on");
    else localStorage.removeItem(place(sheet));
  } catch {
    // A browser that keeps nothing: it holds until the page is left.
  }
  dispatch?.(state.tr.setMeta(key, { on }).setStoredMarks(null));
  return true;
};

export const lookAt = (id: string | null): Command => (state, dispatch) => {
  if (lookedAt(state) === id) return false;
  dispatch?.(state.tr.setMeta(key, { here: id }).setMeta("addToHistory", false));
  return true;
};

/** The plugin that keeps the mode, shows it on the text, and marks the suggestion that is looked at. */
export function mode(sheet: Sheet, tell: (r: Remark) => void): Plugin<Mode> {
  const seen = new Set<string>();
  const me = sheet.facts.person.id;
  return new Plugin<Mode>({
    key,
    state: {
      // nobody suggests changes to a text that is only begun
      init: () => ({ on: sheet.facts.article !== 0 && remembered(sheet), here: null }),
      apply: (tr, was) => ({ ...was, ...(tr.getMeta(key) as Partial<Mode> | undefined) }),
    },
    props: {
      attributes: (state) => (suggesting(state) ? { class: "suggesting" } : { class: "" }),
      decorations: (state) => {
        const id = lookedAt(state);
        if (!id) return null;
        const out: Decoration[] = [];
        state.doc.descendants((n, pos) => {
          if (n.isInline && (inserted(n)?.attrs.id === id || deleted(n)?.attrs.id === id)) out.push(Decoration.inline(pos, pos + n.nodeSize, { class: "looked-at" }));
        });
        return DecorationSet.create(state.doc, out);
      },
      transformPasted: (slice, view) => {
        note(view.state.doc, seen);
        return new Slice(known(slice.content, seen, suggesting(view.state)), slice.openStart, slice.openEnd);
      },
      handleKeyDown: (view, event) => /^(Backspace|Delete|Enter)$/.test(event.key) && suggesting(view.state) && strikeFirst(view, me, tell),
      handleDOMEvents: {
        beforeinput: (view, event) => suggesting(view.state) && written(view, event as InputEvent, me, tell),
        paste(view) {
          if (suggesting(view.state)) strikeFirst(view, me, tell);
          return false;
        },
        cut: (view) => { note(view.state.doc, seen); return false; },
        dragstart: (view) => { note(view.state.doc, seen); return false; },
      },
    },
  });
}

/** Strikes words chosen over several lines, before anything else is done with them. */
function strikeFirst(view: EditorView, me: number, tell: (r: Remark) => void): boolean {
  const tr = strikeLines(view.state, me, tell);
  if (tr) view.dispatch(tr);
  return tr !== null;
}

/** What is typed or cut away over chosen words: the browser would keep the letters that both have in common, and join the lines. */
function written(view: EditorView, event: InputEvent, me: number, tell: (r: Remark) => void): boolean {
  const { inputType, data, isComposing } = event;
  if (view.composing || isComposing || view.state.selection.empty) return false;
  const types = inputType === "insertText" && data !== null;
  if (!types && !inputType.startsWith("delete")) return false;
  const struck = strikeFirst(view, me, tell);
  const { selection } = view.state;
  if (!struck && !(types && selection instanceof TextSelection)) return false;
  event.preventDefault();
  if (!types) return true;
  const { from, to } = selection;
  const typed = (): Transaction => view.state.tr.insertText(data, from, to).scrollIntoView();
  if (!view.someProp("handleTextInput", (f) => f(view, from, to, data, typed))) view.dispatch(typed());
  return true;
}

/** Remembers the suggestions of the text, so that words that are only moved keep theirs. */
function note(doc: Node, seen: Set<string>): void {
  doc.descendants((n) => { for (const m of [inserted(n), deleted(n)]) if (m) seen.add(m.attrs.id as string); });
}

/** Pasted words without the suggestions of another text, of which nobody here knows. */
function known(content: Fragment, seen: Set<string>, mine: boolean): Fragment {
  const out: Node[] = [];
  content.forEach((n) => {
    if (!n.isInline) {
      out.push(n.copy(known(n.content, seen, mine)));
      return;
    }
    const put = inserted(n);
    const struck = deleted(n);
    if (struck && (mine || !seen.has(struck.attrs.id as string))) return;
    out.push(put && (mine || !seen.has(put.attrs.id as string)) ? n.mark(INSERTED.removeFromSet(n.marks)) : n);
  });
  return Fragment.fromArray(out);
}

/** What is not typed: an undone step, a text that comes as a whole, what this part itself does. */
const untouched = (tr: Transaction): boolean =>
  tr.getMeta("put") !== undefined || tr.getMeta("suggest") !== undefined || tr.getMeta("history$") !== undefined || tr.getMeta("addToHistory") === false;

/** Stands between the editor and its view: in the mode each change goes on as a suggestion. */
export function stand(sheet: Sheet, tell: (r: Remark) => void): void {
  const view = sheet.view;
  const onward = view.props.dispatchTransaction!;
  const me = sheet.facts.person.id;
  let held: Node | null = null; // the text as it was before an input method began to write over words
  const release = (): void => {
    if (!held || view.composing) return;
    const late = afterComposing(view.state, held, me, tell);
    held = null;
    if (late) onward.call(view, armed(late, me));
  };
  view.setProps({
    dispatchTransaction(this: EditorView, tr: Transaction) {
      if (!suggesting(view.state)) return onward.call(this, tr);
      const cut = tr.getMeta("uiEvent") === "cut" && tr.docChanged && strikeLines(view.state, me, tell);
      if (cut) return onward.call(this, armed(cut, me));
      // What an input method composes is left alone until it is done: anything else would make it begin the words anew.
      if (view.composing && tr.docChanged && (held || takes(tr, me))) {
        held ??= view.state.doc;
        return onward.call(this, tr);
      }
      const next = tr.docChanged && !untouched(tr) ? track(view.state, tr, me, tell) : tr;
      if (next) onward.call(this, view.composing ? next : armed(next, me));
    },
  });
  view.dom.addEventListener("compositionend", () => setTimeout(release, 60));
}

/** Whether words go with a change that are not one's own suggestion. */
function takes(tr: Transaction, me: number): boolean {
  let any = false;
  for (const r of ranges(tr)) if (r.from < r.to) tr.before.nodesBetween(r.from, r.to, (n) => { any ||= n.isInline && !isOwn(n, me); });
  return any;
}

/** Turns what was written over words into a suggestion, once it stands. */
function afterComposing(state: EditorState, before: Node, me: number, tell: (r: Remark) => void): Transaction | null {
  if (before.eq(state.doc)) return null;
  const then = EditorState.create({ doc: before, selection: TextSelection.atEnd(before) });
  const whole = replaced(then.tr, state.doc);
  const wanted = track(then, whole.setSelection(Selection.near(whole.doc.resolve(state.selection.head))), me, tell);
  const tr = replaced(state.tr, wanted ? wanted.doc : before).setMeta("suggest", "composed");
  return tr.setSelection(Selection.near(tr.doc.resolve(Math.min(tr.doc.content.size, (wanted ?? tr).selection.head)), -1));
}

/** One step from a transaction's text to another, over what differs. */
function replaced(tr: Transaction, to: Node): Transaction {
  const from = tr.doc.content.findDiffStart(to.content);
  const end = tr.doc.content.findDiffEnd(to.content);
  if (from === null || end === null) return tr;
  const overlap = Math.max(0, from - Math.min(end.a, end.b));
  return tr.replace(from, end.a + overlap, to.slice(from, end.b + overlap));
}

/** Makes the next letter at the cursor part of a suggestion, so that what an input method writes there is left alone. */
function armed(tr: Transaction, me: number): Transaction {
  const { selection } = tr;
  if (!(selection instanceof TextSelection) || !selection.empty || !(tr.docChanged || tr.selectionSet || tr.storedMarksSet)) return tr;
  const marks = tr.storedMarks ?? selection.$from.marks();
  if (INSERTED.isInSet(marks)?.attrs.by === me && !DELETED.isInSet(marks)) return tr;
  const own = INSERTED.create(changeAt(tr.doc, selection.from, selection.from, me));
  return tr.setStoredMarks(own.addToSet(DELETED.removeFromSet(INSERTED.removeFromSet(marks))));
}
