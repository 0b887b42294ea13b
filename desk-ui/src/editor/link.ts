// The link dialog looks into the paper's own archive first: words find
// articles, an address is an address.
import { TextSelection, type Command, type EditorState } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { ask } from "../ask";
import { el, freshID } from "../dom";
import { panel } from "../panel";
import type { Sheet } from "../sheet";
import { address } from "./address";
import { mark } from "./schema";

interface Hit {
  id: number;
  number: string;
  headline: string;
  word: string;
  state: string;
  when: string;
  edition?: string;
  language: string;
  direction: string;
  address: string;
  public: boolean;
}

export const link = (sheet: Sheet): Command => (state, dispatch, view) => {
  if (!state.selection.$from.parent.inlineContent) return false;
  if (dispatch && view) open(sheet, view);
  return true;
};

function open(sheet: Sheet, view: EditorView): void {
  const there = linkAt(view.state);
  if (there) view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, there.from, there.to)));
  const { from, to } = view.state.selection;
  let headline = "";
  const dialog = panel(sheet, {
    title: sheet.t("link"),
    act: sheet.t("link.act"),
    fields: [{ name: "href", label: sheet.t("link.where"), value: there?.href ?? "", dir: "auto", hint: sheet.t("link.hint") }],
    ...(there && { remove: () => view.dispatch(view.state.tr.removeMark(from, to, mark("link"))), removeLabel: sheet.t("link.remove") }),
    done({ href }) {
      const found = address(href ?? "");
      if (!found) return sheet.t("link.none");
      return () => set(view, from, to, found, headline);
    },
    more: (form) => archive(sheet, form, (hit) => { headline = hit.headline; }),
  });
  dialog.querySelector<HTMLInputElement>("input")?.select();
}

function set(view: EditorView, from: number, to: number, href: string, words: string): void {
  const { state } = view;
  const type = mark("link").create({ href });
  const tr = state.tr;
  if (from === to) {
    const text = words || href.replace(/^(https?:\/\/|mailto:|tel:)/, "");
    tr.insertText(text, from).addMark(from, from + text.length, type).setSelection(TextSelection.create(tr.doc, from + text.length));
  } else {
    tr.removeMark(from, to, mark("link")).addMark(from, to, type).setSelection(TextSelection.create(tr.doc, to));
  }
  view.dispatch(tr.removeStoredMark(mark("link")).scrollIntoView());
}

/** The link at the cursor or around the selection's beginning, as far as it goes. */
export function linkAt(state: EditorState): { from: number; to: number; href: string } | null {
  const { $from, from, to } = state.selection;
  const type = mark("link");
  const held = type.isInSet($from.marks()) ?? ($from.nodeAfter ? type.isInSet($from.nodeAfter.marks) : undefined);
  if (!held) return null;
  let found: { from: number; to: number; href: string } | null = null;
  let at = $from.start();
  $from.parent.forEach((n) => {
    const end = at + n.nodeSize;
    if (held.isInSet(n.marks)) {
      if (found && found.to === at) found.to = end;
      else if (!found || found.to < from) found = { from: at, to: end, href: held.attrs.href };
    }
    at = end;
  });
  found = found as { from: number; to: number; href: string } | null;
  return found && found.from <= from && to <= found.to ? found : null;
}

/** Articles that fit the words in the field, below it; arrows choose, Enter takes. */
function archive(sheet: Sheet, form: HTMLFormElement, chosen: (hit: Hit) => void): Node {
  const input = form.querySelector<HTMLInputElement>("input")!;
  const id = freshID("found");
  const box = el("ul", { role: "listbox", id, class: "found", "aria-label": sheet.t("link.found") });
  const says = el("p", { class: "hint", role: "status" });
  for (const [name, value] of Object.entries({ role: "combobox", "aria-controls": id, "aria-expanded": "false", "aria-autocomplete": "list" })) input.setAttribute(name, value);
  let hits: Hit[] = [];
  let at = -1;
  let timer = 0;
  let asked = 0;
  const mark = (to: number): void => {
    at = to;
    [...box.children].forEach((li, i) => li.setAttribute("aria-selected", String(i === at)));
    if (at >= 0) { input.setAttribute("aria-activedescendant", id + "-" + at); box.children[at]?.scrollIntoView({ block: "nearest" }); }
    else input.removeAttribute("aria-activedescendant");
  };
  const show = (list: Hit[]): void => {
    hits = list;
    box.replaceChildren(...list.map((h, i) => option(h, id + "-" + i, () => take(i))));
    input.setAttribute("aria-expanded", String(list.length > 0));
    mark(-1);
  };
  const take = (i: number): void => {
    const hit = hits[i];
    if (!hit) return;
    input.value = hit.address;
    input.dir = "ltr";
    chosen(hit);
    says.textContent = hit.headline + (hit.public ? "" : " · " + sheet.t("link.unpublished"));
    show([]);
  };
  const look = async (): Promise<void> => {
    const mine = ++asked;
    const words = input.value.trim();
    input.dir = "auto";
    if (!words || /^(https?:|mailto:|tel:|[/#?])/i.test(words)) { show([]); says.textContent = ""; return; }
    try {
      const { articles } = await ask<{ articles: Hit[] }>("/find?q=" + encodeURIComponent(words));
      if (mine !== asked) return;
      show(articles);
      says.textContent = articles.length ? sheet.t("link.count", articles.length) : address(words) ? "" : sheet.t("link.nothing");
    } catch {
      if (mine === asked) says.textContent = sheet.t("link.offline");
    }
  };
  input.addEventListener("input", () => { clearTimeout(timer); timer = window.setTimeout(() => void look(), 150); });
  input.addEventListener("keydown", (e) => {
    if (e.key === "ArrowDown" && hits.length) mark((at + 1) % hits.length);
    else if (e.key === "ArrowUp" && hits.length) mark((at + hits.length - 1) % hits.length);
    else if (e.key === "Enter" && at >= 0) take(at);
    else return;
    e.preventDefault();
  });
  return el("div", {}, box, says);
}

function option(h: Hit, id: string, take: () => void): HTMLElement {
  return el("li", { role: "option", id, "aria-selected": "false", click: take },
    el("bdi", { lang: h.language, dir: h.direction, class: "headline" }, h.headline),
    el("span", { class: "quiet" }, [h.number, h.word, h.when, h.edition].filter(Boolean).join(" · ")));
}
