// Word in the browser: each item of a list in a list of its own, each run
// twice in a span, a mark at the end of each paragraph.
import { all, isElement, isText, make, unwrap } from "./dom";
import type { Program } from "./programs";

export const wordonline: Program = {
  name: "wordonline",
  wrote: (doc) => doc.querySelector("[class*=SCXW],[class*=OutlineElement]") !== null,
  tidy(doc) {
    for (const e of all(doc.body, ".EOP,.LineBreakBlob")) {
      if (e.classList.contains("EOP")) e.remove();
    }
    for (const e of all(doc.body, "[lang]")) e.removeAttribute("lang");
    for (const e of all(doc.body, "[xml\\:lang]")) e.removeAttribute("xml:lang");
    for (const e of all(doc.body, ".ListContainerWrapper")) unwrap(e);
    joinLists(doc);
  },
};

/** Lists that stand side by side, each with an item of some level, as one list. */
function joinLists(doc: Document): void {
  for (const first of all(doc.body, "ul,ol")) {
    if (!first.isConnected || first.parentElement!.closest("ul,ol")) continue;
    const lists = [first, ...following(first)];
    const stack: { list: HTMLElement; level: number; tag: string }[] = [];
    const roots: HTMLElement[] = [];
    for (const list of lists) {
      for (const li of [...list.children]) {
        if (li.localName !== "li") continue;
        const level = Number(li.getAttribute("data-aria-level") ?? 1) || 1;
        while (stack.length && (stack[stack.length - 1]!.level > level || stack[stack.length - 1]!.level === level && stack[stack.length - 1]!.tag !== list.localName)) stack.pop();
        let top = stack[stack.length - 1];
        if (!top || top.level < level) {
          const fresh = make(doc, list.localName, list.hasAttribute("start") ? { start: list.getAttribute("start")! } : {});
          const holder = top?.list.lastElementChild;
          if (holder) holder.append(fresh);
          else roots.push(fresh);
          stack.push(top = { list: fresh, level, tag: list.localName });
        }
        top.list.append(li);
      }
    }
    first.before(...roots);
    for (const list of lists) list.remove();
  }
}

function following(list: Element): HTMLElement[] {
  const out: HTMLElement[] = [];
  for (let n = list.nextSibling; n; n = n.nextSibling) {
    if (isElement(n) && /^(ul|ol)$/.test(n.localName)) out.push(n);
    else if (!isText(n) || n.data.trim() !== "") break;
  }
  return out;
}
