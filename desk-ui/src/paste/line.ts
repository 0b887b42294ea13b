// Elements that stand inside a line.
import { linkAddress } from "./address";
import { weigh } from "./block";
import { keepsLines, type Context, type Converter } from "./convert";
import { lineOf, style } from "./dom";
import { runs } from "./direction";
import { plainLine } from "./characters";

export function line(c: Converter, e: HTMLElement, around: Context): void {
  const x: Context = { ...around, marks: { ...around.marks }, pre: keepsLines(e, around.pre) };
  const m = x.marks;
  tongue(e, x);
  switch (e.localName) {
    case "br":
      c.breakLine(x);
      return;
    case "source-note":
      footnote(c, e, x);
      return;
    case "a":
      anchor(c, e, x);
      return;
    case "q":
      quoteMarks(c, e, x);
      return;
    case "input": case "select": case "textarea": case "button": case "option":
      control(c, e, x);
      return;
    case "rt":
      c.text(" (", x);
      c.children(e, x);
      c.text(")", x);
      return;
    case "b": case "strong":
      m.strong = true;
      break;
    case "i": case "em": case "cite": case "dfn": case "var":
      m.emphasis = true;
      break;
    case "sup":
      m.superscript = true;
      m.subscript = false;
      break;
    case "sub":
      m.subscript = true;
      m.superscript = false;
      break;
    case "code": case "tt": case "kbd": case "samp":
      m.code = true;
      break;
    case "del":
      c.say("deleted", lineOf(e));
      return;
    case "s": case "strike":
      c.say("struck", lineOf(e));
  }
  weigh(e, m);
  raise(c, e, x);
  c.children(e, x);
}

/** Text that a style raises, lowers or strikes. */
function raise(c: Converter, e: HTMLElement, x: Context): void {
  const align = style(e, "vertical-align");
  if (align === "super" || align === "sub") {
    x.marks.superscript = align === "super";
    x.marks.subscript = align === "sub";
  } else if (align === "baseline" && /^(sup|sub)$/.test(e.localName) && style(e, "font-size") === "inherit") {
    x.marks.superscript = x.marks.subscript = false;
  }
  const lined = style(e, "text-decoration") + style(e, "text-decoration-line");
  if (lined.includes("line-through") && !/^(s|strike)$/.test(e.localName)) c.say("struck", lineOf(e));
}

/** Language and direction that are said inside a line. */
function tongue(e: HTMLElement, x: Context): void {
  const lang = e.getAttribute("lang") ?? "";
  let dir = (e.getAttribute("dir") ?? "").toLowerCase();
  if (dir === "auto" && e.localName !== "bdi") dir = runs(e.textContent ?? "", "");
  if (dir !== "rtl" && dir !== "ltr") dir = "";
  if (!lang && !dir && e.localName !== "bdi") return;
  x.marks.foreign = true;
  if (lang) x.marks.lang = lang;
  if (lang || dir) x.marks.dir = dir as "rtl" | "ltr" | "";
}

function anchor(c: Converter, e: HTMLElement, x: Context): void {
  const raw = e.getAttribute("href");
  if (raw !== null) {
    const href = linkAddress(raw);
    if (href) x.marks.href = href;
    else if (shown(e) && !raw.startsWith("#")) c.say("link", lineOf(e) + " (" + raw.slice(0, 120) + ")");
  }
  weigh(e, x.marks);
  raise(c, e, x);
  c.children(e, x);
}

const shown = (e: Element): boolean => lineOf(e) !== "" || e.querySelector("img") !== null;

/** A footnote that footnotes.ts has found. */
function footnote(c: Converter, e: HTMLElement, x: Context): void {
  const text = plainLine(e.getAttribute("data-text") ?? "");
  if (text !== "") c.run({ text: "", marks: {}, note: { text, href: linkAddress(e.getAttribute("data-href") ?? "") } }, x);
}

/** The marks that a browser draws around <q>. */
function quoteMarks(c: Converter, e: HTMLElement, x: Context): void {
  const rtl = runs(e.textContent ?? "", x.dir) === "rtl";
  c.text(rtl ? "«" : "“", x);
  c.children(e, x);
  c.text(rtl ? "»" : "”", x);
}

/** Keeps the text of what a form shows; what its buttons say is no text. */
function control(c: Converter, e: HTMLElement, x: Context): void {
  if (e.localName === "button") {
    c.say("furniture", lineOf(e));
    return;
  }
  if (e.localName === "input") {
    c.say("furniture", e.getAttribute("placeholder") ?? "");
    if (/^(text|search|email|url|tel|number|date)?$/.test((e.getAttribute("type") ?? "").toLowerCase())) c.text(e.getAttribute("value") ?? "", x);
    return;
  }
  c.children(e, e.localName === "textarea" ? { ...x, pre: true } : x);
  if (e.localName === "option") c.text(" ", x);
}
