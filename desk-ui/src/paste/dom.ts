// The clip as a document of its own: nothing in it loads, runs or shows. What
// a paste does to it before it is read are small rewritings of this tree.

import { shallow } from "./shallow";

interface Policy { createHTML(html: string): string }
let policy: Policy | undefined;

/** Parses HTML as a browser would, apart from the page: DOMParser's documents fetch nothing and run nothing. */
export function parseHTML(html: string): Document {
  const trust = (globalThis as { trustedTypes?: { createPolicy(name: string, rules: Policy): Policy } }).trustedTypes;
  if (trust) policy ??= trust.createPolicy("paste", { createHTML: (s) => s });
  const css: string[] = [];
  const quiet = withoutStyles(shallow(html), css);
  const doc = new DOMParser().parseFromString(policy ? policy.createHTML(quiet) : quiet, "text/html");
  sheets.set(doc, readSheets(css.join("\n")));
  return doc;
}

// A tag with attributes, in markup as programs write it.
const TAG = /<[a-z][^\s>/]*\s(?:"[^"]*"|'[^']*'|[^'">])*>/gi;

/** Styles and handlers under other names: the page's policy allows none, not even in a document that nobody sees, and each would be reported. */
function withoutStyles(html: string, css: string[]): string {
  const sheet = (_: string, text: string): string => {
    css.push(text);
    return "";
  };
  return html.replace(/<style(?:\s[^>]*)?>([^]*?)<\/style\s*>/gi, sheet).replace(/<(\/?)style(?=[\s/>])/gi, "<$1template")
    .replace(TAG, (tag) => tag.replace(/(["'\s/])style(?=\s*=)/gi, "$1" + CSS_TEXT).replace(/(["'\s/])on(?=[a-z]+\s*=)/gi, "$1data-on-"));
}

const CSS_TEXT = "data-css";

export const isElement = (n: Node | null | undefined): n is HTMLElement => n?.nodeType === 1;
export const isText = (n: Node | null | undefined): n is Text => n?.nodeType === 3;

/** Elements that fit, as a list that stays still while the tree changes. */
export function all(root: ParentNode, selector: string): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>(selector)];
}

/** Puts an element's children in its place. */
export function unwrap(e: Element): void {
  e.replaceWith(...e.childNodes);
}

/** Another element with the same children and attributes. */
export function rename(e: Element, tag: string): HTMLElement {
  const other = e.ownerDocument.createElement(tag);
  for (const a of e.attributes) if (/^(class|id|dir|lang|data-css|start|title)$/.test(a.name)) other.setAttribute(a.name, a.value);
  other.append(...e.childNodes);
  e.replaceWith(other);
  return other;
}

export function make(doc: Document, tag: string, attrs: Record<string, string> = {}): HTMLElement {
  const e = doc.createElement(tag);
  for (const [name, value] of Object.entries(attrs)) e.setAttribute(name, value);
  return e;
}

/** One line of what stands in an element. */
export const lineOf = (n: Node): string => (n.textContent ?? "").replace(/[\s\u00a0]+/g, " ").trim();

/** The pieces of text under a node. */
export function texts(root: Node): Text[] {
  const out: Text[] = [];
  const walker = root.ownerDocument!.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let n = walker.nextNode(); n; n = walker.nextNode()) out.push(n as Text);
  return out;
}

/** The words of an element, those of its parts apart. */
export function wordsOf(e: Element): string {
  const out = texts(e).filter((t) => !/^(script|style|template|title)$/.test(t.parentElement!.localName)).map((t) => t.data);
  return out.join(" ").replace(/[\s\u00a0]+/g, " ").trim();
}

export const shows = (n: Node): boolean => lineOf(n).replace(/\p{Cf}/gu, "") !== "" || isElement(n) && (n.matches("img,hr,table,iframe,video,audio,source-note") || n.querySelector("img,hr,table,iframe,video,audio,source-note") !== null);

const styles = new WeakMap<Element, Map<string, string>>();

/** The declarations of an element's style attribute, in lower case; Word's own (mso-…) too, which CSSOM drops. */
function declarations(e: Element): Map<string, string> {
  let map = styles.get(e);
  if (!map) styles.set(e, map = parseDeclarations(e.getAttribute(CSS_TEXT) ?? ""));
  return map;
}

function parseDeclarations(css: string): Map<string, string> {
  const map = new Map<string, string>();
  if (css.length > 20_000) return map;
  for (const part of css.match(/(?:"[^"]*"|'[^']*'|\([^)]*\)|[^;])+/g) ?? []) {
    const colon = part.indexOf(":");
    if (colon > 0) map.set(part.slice(0, colon).trim().toLowerCase(), part.slice(colon + 1).trim().toLowerCase().replace(/\s*!important$/, ""));
  }
  return map;
}

/** A property of an element: its own style, then its classes'. */
export function style(e: Element, property: string): string {
  const own = declarations(e).get(property);
  if (own !== undefined) return own;
  const rules = e.className && typeof e.className === "string" ? sheets.get(e.ownerDocument) : undefined;
  if (!rules) return "";
  for (const name of e.classList) {
    const value = rules.get(name)?.get(property);
    if (value) return value;
  }
  return "";
}

const sheets = new WeakMap<Document, Map<string, Map<string, string>>>();

/** The rules for single classes in a clip's style elements, for Google's exports and spreadsheets say bold there. */
function readSheets(text: string): Map<string, Map<string, string>> {
  const rules = new Map<string, Map<string, string>>();
  const css = text.slice(0, 500_000).replace(/\/\*[^]*?\*\/|<!--|-->/g, "");
  for (const [, selectors, body] of css.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
    for (const selector of selectors!.split(",")) {
      const name = /^\s*(?:p|li|td|th|span|tr)?\.([\w-]+)\s*$/.exec(selector)?.[1];
      if (!name) continue;
      const known = rules.get(name) ?? new Map<string, string>();
      for (const [property, value] of parseDeclarations(body!)) known.set(property, value);
      rules.set(name, known);
    }
  }
  return rules;
}

/** Whether the source does not show an element. */
export function isHidden(e: Element): boolean {
  return e.hasAttribute("hidden") || style(e, "display") === "none" || style(e, "visibility") === "hidden" || style(e, "mso-hide") === "all" ||
    /(^|[\s_-])(sr-only|visually-?hidden|screen-reader-text|assistive-text)($|[\s_-])/i.test(e.getAttribute("class") ?? "");
}
