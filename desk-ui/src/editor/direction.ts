// Each line runs as its first strong letter says, and names and figures of
// the other direction stand apart in it. Both are for the eye only: what is
// stored are the attributes of the schema, where somebody set them.
import type { Node } from "prosemirror-model";
import { Plugin, PluginKey, type Transaction } from "prosemirror-state";
import { Decoration, DecorationSet, type NodeView } from "prosemirror-view";
import type { Direction, Sheet } from "../sheet";
import { directionOf, foreignIn } from "./script";

/** A paragraph, heading or cell whose element always says its direction: a line without letters runs as the article does. */
class Line implements NodeView {
  readonly dom: HTMLElement;
  readonly contentDOM: HTMLElement;

  constructor(private node: Node, private readonly article: Direction) {
    this.dom = this.contentDOM = document.createElement(tagOf(node));
    if (node.attrs.colspan > 1) this.dom.setAttribute("colspan", node.attrs.colspan);
    if (node.attrs.rowspan > 1) this.dom.setAttribute("rowspan", node.attrs.rowspan);
    if (node.attrs.lang) this.dom.lang = node.attrs.lang;
    this.dom.dir = lineDirection(node, this.article);
  }

  update(node: Node): boolean {
    if (!node.sameMarkup(this.node)) return false;
    this.node = node;
    const dir = lineDirection(node, this.article);
    if (this.dom.dir !== dir) this.dom.dir = dir;
    return true;
  }
}

function tagOf(node: Node): string {
  switch (node.type.name) {
    case "heading": return "h" + node.attrs.level;
    case "table_cell": return "td";
    case "table_header": return "th";
    default: return "p";
  }
}

function lineDirection(node: Node, article: Direction): Direction {
  return node.attrs.dir ?? directionOf(node.textBetween(0, Math.min(node.content.size, 500), "", "")) ?? article;
}

const key = new PluginKey<DecorationSet>("apart");

export function direction(sheet: Sheet): Plugin {
  const article = (): Direction => sheet.facts.direction;
  const line = (node: Node): NodeView => new Line(node, article());
  return new Plugin<DecorationSet>({
    key,
    state: {
      init: (_, state) => DecorationSet.create(state.doc, apartIn(state.doc, 0, state.doc.content.size, article())),
      apply: (tr, set) => (tr.docChanged ? refresh(tr, set, article()) : set),
    },
    props: {
      decorations: (state) => key.getState(state),
      nodeViews: { paragraph: line, heading: line, table_cell: line, table_header: line },
    },
  });
}

/** Only the lines that a transaction touched are looked at again. */
function refresh(tr: Transaction, set: DecorationSet, article: Direction): DecorationSet {
  set = set.map(tr.mapping, tr.doc);
  tr.mapping.maps.forEach((map, i) => {
    map.forEach((_from, _to, newFrom, newTo) => {
      const rest = tr.mapping.slice(i + 1);
      const size = tr.doc.content.size;
      const from = tr.doc.resolve(Math.min(size, rest.map(newFrom, -1)));
      const to = tr.doc.resolve(Math.min(size, rest.map(newTo, 1)));
      const start = from.parent.inlineContent ? from.before() : from.pos;
      const end = to.parent.inlineContent ? to.after() : to.pos;
      set = set.remove(set.find(start, end)).add(tr.doc, apartIn(tr.doc, start, end, article));
    });
  });
  return set;
}

function apartIn(doc: Node, from: number, to: number, article: Direction): Decoration[] {
  const out: Decoration[] = [];
  doc.nodesBetween(from, to, (node, at) => {
    if (!node.inlineContent) return true;
    const text = node.textBetween(0, node.content.size, "\n", "\ufffc");
    for (const [a, b] of foreignIn(text, lineDirection(node, article))) {
      out.push(Decoration.inline(at + 1 + a, at + 1 + b, { nodeName: "bdi", class: "apart" }));
    }
    return false;
  });
  return out;
}
