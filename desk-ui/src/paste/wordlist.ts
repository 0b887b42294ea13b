// Word's lists: a paragraph says "mso-list:l0 level2 lfo1", and its sign
// stands in front of its text in a span that says "mso-list:Ignore".
import { all, lineOf, make, style } from "./dom";

interface Item {
  p: HTMLElement;
  list: string;
  level: number;
  sign: string;
}

interface Open {
  list: HTMLElement;
  level: number;
  key: string;
}

export function wordLists(doc: Document): void {
  let stack: Open[] = [];
  let last: Element | null = null; // what was put into a list last, where it stood
  for (const p of all(doc.body, "p,h1,h2,h3,h4,h5,h6,div[data-css*=mso-list],li")) {
    const item = readItem(p);
    if (!item) {
      if (/^MsoListParagraph|^MsoListContinue/.test(p.className) && stack.length && follows(p, last)) {
        // A further paragraph of the item before.
        stack[stack.length - 1]!.list.lastElementChild!.append(p);
      }
      continue;
    }
    if (p.localName.startsWith("h") || p.localName === "li") {
      keepSign(item);
      continue;
    }
    if (!follows(p, last)) stack = [];
    last = put(item, stack);
  }
}

function readItem(p: HTMLElement): Item | undefined {
  const rule = style(p, "mso-list");
  const level = /level(\d)/.exec(rule)?.[1];
  const span = all(p, "span").find((s) => style(s, "mso-list") === "ignore");
  const byClass = /^MsoList(Bullet|Number)/.exec(p.className);
  if (!level && !span && !byClass) return undefined;
  const sign = span ? lineOf(span).replace(/\u00a0/g, " ").trim() : byClass?.[1] === "Number" ? "1." : "•";
  if (span && !p.localName.startsWith("h") && p.localName !== "li") span.remove();
  return { p, list: /^l\d+/.exec(rule)?.[0] ?? "", level: Number(level ?? /MsoList(?:Bullet|Number)(\d)/.exec(p.className)?.[1] ?? 1), sign };
}

/** A numbered heading keeps its number as text. */
function keepSign(item: Item): void {
  for (const s of all(item.p, "span")) if (style(s, "mso-list") === "ignore") s.replaceWith(item.p.localName === "li" ? "" : item.sign + " ");
}

/** Whether a paragraph comes right after what was put into a list. */
function follows(p: Element, last: Element | null): boolean {
  if (!last) return false;
  for (let n = p.previousSibling; n; n = n.previousSibling) {
    if (n === last) return true;
    if (n.nodeType === 1 && (lineOf(n) !== "" || (n as Element).querySelector("img,table"))) return false;
    if (n.nodeType === 3 && (n.nodeValue ?? "").trim() !== "") return false;
  }
  return false;
}

/** Moves a paragraph into its list; gives the outermost list. */
function put(item: Item, stack: Open[]): Element {
  const doc = item.p.ownerDocument;
  const ordered = isNumber(item.sign);
  const key = (ordered ? "ol" : "ul") + item.list;
  while (stack.length && stack[stack.length - 1]!.level > item.level) stack.pop();
  if (stack.length && stack[stack.length - 1]!.level === item.level && stack[stack.length - 1]!.key !== key) stack.pop();
  if (!stack.length || stack[stack.length - 1]!.level < item.level) {
    const list = make(doc, ordered ? "ol" : "ul", ordered ? { start: String(first(item.sign)) } : {});
    const dir = item.p.getAttribute("dir");
    if (dir) list.setAttribute("dir", dir);
    const holder = stack[stack.length - 1]?.list.lastElementChild;
    if (holder) holder.append(list);
    else item.p.before(list);
    stack.push({ list, level: item.level, key });
  }
  const li = make(doc, "li");
  li.append(item.p);
  stack[stack.length - 1]!.list.append(li);
  return stack[0]!.list;
}

/** Whether a sign counts: 1. a) (iv) ٣- أ. but not a round "o", which is Word's second bullet. */
const isNumber = (sign: string): boolean => /^[([]?(\p{Nd}+|\p{L}{1,6})([.\-](\p{Nd}+|\p{L}{1,4}))*[.)\]\-–:،]+$/u.test(sign) || /^\p{Nd}+$/u.test(sign);

/** The number of a sign, in any digits; letters begin at 1. */
function first(sign: string): number {
  const digits = [...(/\p{Nd}+(?=[^\p{Nd}]*$)/u.exec(sign)?.[0] ?? "")].map(digit).join("");
  const n = Number(digits);
  return digits !== "" && n >= 1 ? n : 1;
}

function digit(c: string): string {
  const code = c.codePointAt(0)!;
  for (const zero of [0x30, 0x660, 0x6f0, 0x966]) if (code >= zero && code <= zero + 9) return String(code - zero);
  return "";
}
