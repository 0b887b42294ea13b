// Elements that begin a line of their own.
import type { Direction } from "../sheet";
import { plainLine } from "./characters";
import { keepsLines, type Context, type Converter } from "./convert";
import { isElement, isHidden, isText, lineOf, style } from "./dom";
import { linkAddress } from "./address";
import { figure } from "./media";
import type { Block } from "./model";
import { table } from "./table";
import { isWrapped, paragraphs } from "./wrap";

const FLOW = /^(p|div|section|article|header|footer|main|nav|address|center|fieldset|form|legend|details|summary|dl|dt|dd|figcaption|hgroup|dialog|li|optgroup|search|body|html|caption|tbody|thead|tfoot|tr|td|th|marquee|blink)$/;

export function block(c: Converter, e: HTMLElement, x: Context): boolean {
  switch (e.localName) {
    case "h1": case "h2": case "h3": case "h4": case "h5": case "h6":
      heading(c, e, Number(e.localName[1]), blockContext(e, x));
      return true;
    case "blockquote":
      quote(c, e, blockContext(e, x));
      return true;
    case "ul": case "ol": case "menu": case "dir":
      list(c, e, blockContext(e, x));
      return true;
    case "table":
      table(c, e, blockContext(e, x));
      return true;
    case "figure":
      figure(c, e, blockContext(e, x));
      return true;
    case "aside":
      aside(c, e, x);
      return true;
    case "hr":
      if (c.fits("separator")) c.add({ type: "separator" }, x);
      else c.boundary();
      return true;
    case "pre": case "listing": case "xmp": case "plaintext":
      preformatted(c, e, x);
      return true;
  }
  const role = e.getAttribute("role");
  if (role === "heading") {
    heading(c, e, Number(e.getAttribute("aria-level")) || 2, blockContext(e, x));
    return true;
  }
  const display = style(e, "display");
  if (FLOW.test(e.localName) ? /^inline(-|$)/.test(display) && e.localName === "div" : !/^(block|flex|grid|list-item|table|table-row|flow-root)$/.test(display)) return false;
  if (e.localName === "a" || e.localName === "span" || e.localName === "font") return blockLine(c, e, x);
  flow(c, e, x);
  return true;
}

/** A link or span that its page shows as a block: its mark stays. */
function blockLine(c: Converter, e: HTMLElement, x: Context): boolean {
  if (e.closest("p,li,h1,h2,h3,h4,h5,h6") && style(e, "display") !== "block") return false;
  c.boundary();
  const inner = e.ownerDocument.createElement("span");
  const href = e.localName === "a" ? linkAddress(e.getAttribute("href") ?? "") : "";
  inner.append(...e.childNodes);
  c.children(inner, { ...blockContext(e, x), marks: href ? { ...x.marks, href } : x.marks });
  c.boundary();
  return true;
}

/** An element that only parts paragraphs. */
export function flow(c: Converter, e: HTMLElement, x: Context): void {
  c.boundary();
  c.children(e, blockContext(e, x));
  c.boundary();
}

/** Language, direction and white space of a block element, and the weight that its style hands down. */
export function blockContext(e: Element, x: Context): Context {
  const dir = (e.getAttribute("dir") ?? "").toLowerCase() || style(e, "direction");
  const marks = { ...x.marks };
  weigh(e, marks);
  return {
    ...x,
    marks,
    lang: e.getAttribute("lang") || e.getAttribute("xml:lang") || x.lang,
    dir: dir === "rtl" || dir === "ltr" ? dir as Direction : x.dir,
    pre: keepsLines(e, x.pre),
  };
}

/** Bold and italic as a style says them. */
export function weigh(e: Element, marks: Context["marks"]): void {
  const weight = style(e, "font-weight");
  if (/^(bold|bolder|[6-9]00)$/.test(weight)) marks.strong = true;
  else if (/^(normal|lighter|[1-5]00)$/.test(weight)) marks.strong = false;
  const slant = style(e, "font-style");
  if (/^(italic|oblique)/.test(slant)) marks.emphasis = true;
  else if (slant === "normal") marks.emphasis = false;
}

function heading(c: Converter, e: HTMLElement, level: number, x: Context): void {
  c.boundary();
  // A heading is heavy by itself.
  const marks = { ...x.marks, strong: false };
  if (!c.fits("heading")) {
    c.children(e, { ...x, marks: { ...marks, strong: true } });
    c.boundary();
    return;
  }
  const { runs, after } = c.flat(e, { ...x, marks });
  if (runs.every((r) => r.broken || r.marks.strong || r.text.trim() === "")) for (const r of runs) r.marks = { ...r.marks, strong: false };
  c.add({ type: "heading", attrs: { level }, runs }, x);
  for (const b of after) c.add(b, x);
}

function quote(c: Converter, e: HTMLElement, x: Context): void {
  c.boundary();
  if (!c.fits("quote")) {
    c.children(e, x);
    c.boundary();
    return;
  }
  const source = attribution(e);
  const by = source ? plainLine(lineOf(source)) : "";
  source?.remove();
  const blocks = c.inside("quote", e, x);
  c.add({ type: "quote", attrs: { by: (by || dashed(blocks)).replace(/^[\s\-–—―]+/, "") }, blocks }, x);
}

/** The last child of a quote if it names the speaker: <footer>, <cite>, or a paragraph of a <cite> alone. */
function attribution(e: HTMLElement): HTMLElement | undefined {
  const last = lastShown(e);
  if (!last || !/^(footer|cite|p|div)$/.test(last.localName) || last.querySelector("img,iframe,video,audio,table,blockquote,a[href],source-note")) return undefined;
  if (/^(p|div)$/.test(last.localName)) {
    const cite = lastShown(last);
    if (!cite || cite.localName !== "cite" || lineOf(cite) !== lineOf(last)) return undefined;
  }
  return lineOf(last).length <= 200 && e.children.length + (e.firstChild !== last ? 1 : 0) > 1 ? last : undefined;
}

function lastShown(e: Element): HTMLElement | undefined {
  for (let n = e.lastChild; n; n = n.previousSibling) {
    if (isElement(n)) return n;
    if (isText(n) && n.data.trim() !== "") return undefined;
  }
  return undefined;
}

/** A quote's last paragraph, if it is a dash and a name; it is taken off. */
function dashed(blocks: Block[]): string {
  const last = blocks[blocks.length - 1];
  if (blocks.length < 2 || last?.type !== "paragraph" || !last.runs!.every((r) => !r.broken && !r.note && !r.marks.href)) return "";
  const text = plainLine(last.runs!.map((r) => r.text).join(""));
  if (!/^[–—―] ?[^–—―.!?]{2,120}$/.test(text)) return "";
  blocks.pop();
  return text;
}

function list(c: Converter, e: HTMLElement, x: Context): void {
  const b: Block = { type: e.localName === "ol" ? "ordered_list" : "bullet_list", blocks: [] };
  if (b.type === "ordered_list") {
    const start = Number(e.getAttribute("start") ?? 1);
    b.attrs = { start: Number.isInteger(start) && start >= 1 && start <= 999_999 ? start : 1 };
  }
  c.boundary();
  if (!c.fits(b.type)) {
    c.children(e, x);
    c.boundary();
    return;
  }
  const depth = c.top.depth + 2;
  let open = false; // an item for what stands in the list but in no <li>
  const close = (): void => {
    if (open) b.blocks!.push({ type: "list_item", blocks: c.pop().blocks });
    open = false;
  };
  for (const child of [...e.childNodes]) {
    const li = isElement(child) && child.localName === "li" && !isHidden(child);
    const last = b.blocks![b.blocks!.length - 1];
    if (!li && isElement(child) && /^(ul|ol)$/.test(child.localName) && (open || last)) {
      // A list that stands in a list and in no item is of the item before: so LibreOffice and Google write it.
      if (!open) c.push("list_item", depth, false);
      if (!open) c.top.blocks.push(...b.blocks!.pop()!.blocks!);
      open = true;
      c.walk(child, x);
      continue;
    }
    if (li || isText(child) && child.data.trim() === "") close();
    if (isText(child) && child.data.trim() === "") continue;
    if (!open) c.push("list_item", depth, false);
    open = true;
    if (li) {
      c.children(child, blockContext(child as Element, x));
      close();
    } else c.walk(child, x);
  }
  close();
  b.blocks = b.blocks!.filter((item) => item.blocks!.length > 0);
  c.add(b, x);
}

function aside(c: Converter, e: HTMLElement, x: Context): void {
  const kind = e.classList.contains("fact") ? "fact" : e.classList.contains("note") ? "note" : "";
  if (!kind || !c.fits("note")) {
    flow(c, e, x);
    return;
  }
  const inner = blockContext(e, x);
  c.boundary();
  c.add({ type: "note", attrs: { kind }, blocks: c.inside("note", e, inner) }, inner);
}

/** Prose in lines of like width is prose; anything else keeps its lines. */
function preformatted(c: Converter, e: HTMLElement, x: Context): void {
  const lines = (e.textContent ?? "").split("\n");
  if (lines.length > 2 && !e.querySelector("a,img,b,strong,i,em") && isWrapped(lines)) {
    for (const p of paragraphs(lines)) {
      c.boundary();
      c.text(p, { ...x, pre: false });
    }
    c.boundary();
    return;
  }
  flow(c, e, { ...x, pre: true });
}
