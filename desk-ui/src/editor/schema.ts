// The schema of internal/doc, word for word: the same nodes, marks and
// attributes, so that a document goes through the editor unchanged. What the
// server leaves out (empty attributes) is null or empty here.
import { Schema, type Attrs, type DOMOutputSpec, type MarkSpec, type Node, type NodeSpec } from "prosemirror-model";

const LANGUAGE = { lang: { default: null }, dir: { default: null } };

/** Attributes for the DOM, without those that say nothing. */
function set(attrs: Record<string, unknown>): Record<string, string> {
  const out: Record<string, string> = {};
  for (const [name, value] of Object.entries(attrs)) {
    if (value !== null && value !== "" && value !== undefined && value !== 0) out[name] = String(value);
  }
  return out;
}

const tongue = (node: { attrs: Attrs }): Record<string, string> => set({ lang: node.attrs.lang, dir: node.attrs.dir });

/** Language and direction as an element carries them; dir="auto" says nothing. */
function tongueOf(e: HTMLElement): Attrs {
  const dir = e.getAttribute("dir");
  return { lang: e.getAttribute("lang") || null, dir: dir === "rtl" || dir === "ltr" ? dir : null };
}

const spans = (e: HTMLElement): Attrs => ({
  colspan: Number(e.getAttribute("colspan")) || 1,
  rowspan: Number(e.getAttribute("rowspan")) || 1,
});

function cell(tag: "td" | "th", role: "cell" | "header_cell"): NodeSpec {
  return {
    content: "inline*",
    attrs: { colspan: { default: 1 }, rowspan: { default: 1 } },
    tableRole: role,
    isolating: true,
    parseDOM: [{ tag, getAttrs: spans }],
    toDOM: (n) => [tag, set({ colspan: n.attrs.colspan > 1 ? n.attrs.colspan : 0, rowspan: n.attrs.rowspan > 1 ? n.attrs.rowspan : 0, dir: "auto" }), 0],
  };
}

const nodes: Record<string, NodeSpec> = {
  doc: { content: "(flow | heading | note)+" },
  paragraph: {
    group: "flow",
    content: "inline*",
    attrs: LANGUAGE,
    parseDOM: [{ tag: "p", getAttrs: tongueOf }],
    toDOM: (n) => ["p", tongue(n), 0],
  },
  heading: {
    content: "inline*",
    attrs: { level: { default: 2 }, ...LANGUAGE },
    defining: true,
    parseDOM: [1, 2, 3, 4, 5, 6].map((h) => ({ tag: "h" + h, getAttrs: (e: HTMLElement) => ({ level: Math.min(4, Math.max(2, h)), ...tongueOf(e) }) })),
    toDOM: (n) => ["h" + n.attrs.level, tongue(n), 0],
  },
  quote: {
    group: "flow",
    content: "flow+",
    attrs: { by: { default: "" }, ...LANGUAGE },
    defining: true,
    parseDOM: [{
      tag: "figure.quote",
      contentElement: "blockquote",
      getAttrs: (e) => ({ by: e.querySelector("figcaption")?.textContent ?? "", ...tongueOf(e) }),
    }, { tag: "blockquote", getAttrs: tongueOf }],
    toDOM: (n): DOMOutputSpec => n.attrs.by
      ? ["figure", { class: "quote", ...tongue(n) }, ["blockquote", 0], ["figcaption", n.attrs.by]]
      : ["blockquote", tongue(n), 0],
  },
  bullet_list: {
    group: "flow",
    content: "list_item+",
    attrs: LANGUAGE,
    parseDOM: [{ tag: "ul", getAttrs: tongueOf }],
    toDOM: (n) => ["ul", tongue(n), 0],
  },
  ordered_list: {
    group: "flow",
    content: "list_item+",
    attrs: { start: { default: 1 }, ...LANGUAGE },
    parseDOM: [{ tag: "ol", getAttrs: (e) => ({ start: Number(e.getAttribute("start")) || 1, ...tongueOf(e) }) }],
    toDOM: (n) => ["ol", { ...tongue(n), ...set({ start: n.attrs.start === 1 ? 0 : n.attrs.start }) }, 0],
  },
  list_item: {
    content: "flow+",
    defining: true,
    parseDOM: [{ tag: "li" }],
    toDOM: () => ["li", 0],
  },
  image: {
    group: "flow",
    attrs: { src: {}, alt: { default: "" }, caption: { default: "" }, credit: { default: "" }, width: { default: 0 }, height: { default: 0 }, ...LANGUAGE },
    draggable: true,
    parseDOM: [{
      tag: "figure.image",
      getAttrs: (e) => {
        const img = e.querySelector("img");
        if (!img || !picture(img).src) return false;
        const credit = e.querySelector("figcaption .credit")?.textContent ?? "";
        const caption = e.querySelector("figcaption .caption")?.textContent ?? "";
        return { ...picture(img), caption, credit, ...tongueOf(e) };
      },
    }, { tag: "img[src], img[data-src]", getAttrs: picture }],
    toDOM: (n): DOMOutputSpec => ["figure", { class: "image", ...tongue(n) },
      ["img", { ...set({ ...shown(n.attrs.src), width: n.attrs.width, height: n.attrs.height }), alt: n.attrs.alt }],
      ["figcaption", ["span", { class: "caption" }, n.attrs.caption], ["span", { class: "credit" }, n.attrs.credit]]],
  },
  embed: {
    group: "flow",
    attrs: { url: {}, title: { default: "" }, provider: { default: "" }, ...LANGUAGE },
    draggable: true,
    parseDOM: [{
      tag: "p.embed",
      priority: 60,
      getAttrs: (e) => {
        const a = e.querySelector("a");
        return a ? { url: a.getAttribute("href"), title: a.textContent ?? "", provider: e.querySelector(".provider")?.textContent ?? "", ...tongueOf(e) } : false;
      },
    }],
    toDOM: (n): DOMOutputSpec => ["p", { class: "embed", ...tongue(n) },
      ["a", { href: n.attrs.url }, n.attrs.title || n.attrs.url], ["span", { class: "provider" }, n.attrs.provider]],
  },
  separator: {
    group: "flow",
    parseDOM: [{ tag: "hr" }],
    toDOM: () => ["hr"],
  },
  table: {
    group: "flow",
    content: "table_row+",
    attrs: LANGUAGE,
    tableRole: "table",
    isolating: true,
    parseDOM: [{ tag: "table", getAttrs: tongueOf }],
    toDOM: (n) => ["table", tongue(n), ["tbody", 0]],
  },
  table_row: {
    content: "(table_cell | table_header)*",
    tableRole: "row",
    parseDOM: [{ tag: "tr" }],
    toDOM: () => ["tr", 0],
  },
  table_cell: cell("td", "cell"),
  table_header: cell("th", "header_cell"),
  note: {
    content: "(flow | heading)+",
    attrs: { kind: { default: "note" }, ...LANGUAGE },
    defining: true,
    parseDOM: [{ tag: "aside", getAttrs: (e) => ({ kind: e.classList.contains("fact") ? "fact" : "note", ...tongueOf(e) }) }],
    toDOM: (n) => ["aside", { class: n.attrs.kind, ...tongue(n) }, 0],
  },
  text: { group: "inline" },
  hard_break: {
    group: "inline",
    inline: true,
    selectable: false,
    linebreakReplacement: true,
    leafText: () => "\n",
    parseDOM: [{ tag: "br" }],
    toDOM: () => ["br"],
  },
  footnote: {
    group: "inline",
    inline: true,
    attrs: { text: { default: "" }, href: { default: "" } },
    leafText: () => "",
    parseDOM: [{ tag: "span.footnote", getAttrs: (e: HTMLElement) => ({ text: e.getAttribute("data-text") ?? "", href: e.getAttribute("data-href") ?? "" }) }],
    toDOM: (n) => ["span", { class: "footnote", ...set({ "data-text": n.attrs.text, "data-href": n.attrs.href, title: n.attrs.text }) }],
  },
};

/** A picture on another site is not fetched from there: nobody who writes is seen by it, and readers do not get it either. */
const shown = (src: string): Attrs => (src.startsWith("/media/") ? { src } : { "data-src": src });

function picture(e: HTMLElement): Attrs {
  return {
    src: e.getAttribute("src") ?? e.getAttribute("data-src"),
    alt: e.getAttribute("alt") ?? "",
    width: Number(e.getAttribute("width")) || 0,
    height: Number(e.getAttribute("height")) || 0,
  };
}

/** A mark without attributes, by its element. */
const plain = (tag: string, more: MarkSpec = {}): MarkSpec => ({ parseDOM: [{ tag }], toDOM: () => [tag, 0], ...more });

/** A suggested change; who may settle it, and how it looks, is the part suggest's. */
function suggestion(tag: "ins" | "del"): MarkSpec {
  return {
    attrs: { id: {}, by: { default: 0 }, at: { default: 0 } },
    inclusive: false,
    parseDOM: [{
      tag: tag + "[data-id]",
      getAttrs: (e: HTMLElement) => ({ id: e.getAttribute("data-id"), by: Number(e.getAttribute("data-by")) || 0, at: Number(e.getAttribute("data-at")) || 0 }),
    }],
    toDOM: (m) => [tag, { "data-id": m.attrs.id, "data-by": String(m.attrs.by), "data-at": String(m.attrs.at) }, 0],
  };
}

const marks: Record<string, MarkSpec> = {
  link: {
    attrs: { href: {} },
    inclusive: false,
    parseDOM: [{ tag: "a[href]", getAttrs: (e) => ({ href: e.getAttribute("href") }) }],
    toDOM: (m) => ["a", { href: m.attrs.href }, 0],
  },
  bdi: {
    attrs: LANGUAGE,
    parseDOM: [{ tag: "bdi", getAttrs: tongueOf }],
    toDOM: (m) => ["bdi", tongue(m), 0],
  },
  strong: plain("strong", { parseDOM: [{ tag: "strong" }, { tag: "b" }] }),
  emphasis: plain("em", { parseDOM: [{ tag: "em" }, { tag: "i" }] }),
  superscript: plain("sup", { excludes: "superscript subscript" }),
  subscript: plain("sub", { excludes: "superscript subscript" }),
  code: plain("code"),
  inserted: suggestion("ins"),
  deleted: suggestion("del"),
};

export const schema = new Schema({ nodes, marks });

/** A node or mark type of the schema, by name. */
export const node = (name: keyof typeof nodes & string) => schema.nodes[name]!;
export const mark = (name: keyof typeof marks & string) => schema.marks[name]!;

/** Whether a node holds a line of text. */
export const isLine = (n: Node): boolean => n.inlineContent;
