// Words, characters and lines, counted as doc.Body.Words does. Each block is
// counted once: a key changes one block, and the others keep their numbers.
import type { Node } from "prosemirror-model";
import { Plugin } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { el } from "../dom";
import type { Sheet } from "../sheet";

/** Characters of a line, as desks count length. */
const LINE = 40;

interface Count {
  words: number;
  characters: number;
  lines: number;
}

const known = new WeakMap<Node, Count>();

function countText(text: string): Count {
  let words = 0;
  for (const field of text.split(/[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/u)) if (/[\p{L}\p{Nd}]/u.test(field)) words++;
  const characters = [...text.replace(/\n/g, "")].length;
  return { words, characters, lines: Math.ceil(characters / LINE) };
}

/** The words of a line, without those that somebody suggests to take out. */
function standing(line: Node): string {
  let text = "";
  line.forEach((n) => {
    if (n.type.name === "hard_break") text += "\n";
    else if (!n.marks.some((m) => m.type.name === "deleted")) text += n.text ?? "";
  });
  return text;
}

export function countOf(node: Node): Count {
  let count = known.get(node);
  if (count) return count;
  if (node.inlineContent) count = countText(standing(node));
  else {
    count = { words: 0, characters: 0, lines: 0 };
    const add = (more: Count): void => {
      count!.words += more.words;
      count!.characters += more.characters;
      count!.lines += more.lines;
    };
    node.forEach((child) => add(countOf(child)));
    const said = [node.attrs.by, [node.attrs.caption, node.attrs.credit].filter(Boolean).join(" "), [node.attrs.title, node.attrs.provider].filter(Boolean).join(" ")];
    for (const text of said) if (text) add(countText(text));
  }
  known.set(node, count);
  return count;
}

/** Says the length below the text, a moment after the last key; of the marked words, where some are. */
export function counting(sheet: Sheet): Plugin {
  return new Plugin({
    view(view) {
      const line = el("p", { class: "length quiet", "data-slot": "count" });
      view.dom.after(line);
      let timer = 0;
      const show = (): void => {
        const { empty, from, to } = view.state.selection;
        const all = countOf(view.state.doc);
        const of = empty ? all : countText(view.state.doc.textBetween(from, to, "\n", "\n"));
        line.textContent = sheet.t(empty ? "count" : "count.marked", of.words, sheet.number(of.characters), sheet.number(of.lines), sheet.number(LINE));
      };
      show();
      return {
        update(v: EditorView, before) {
          if (before.doc === v.state.doc && before.selection.eq(v.state.selection)) return;
          clearTimeout(timer);
          timer = window.setTimeout(show, 200);
        },
        destroy() {
          clearTimeout(timer);
          line.remove();
        },
      };
    },
  });
}
