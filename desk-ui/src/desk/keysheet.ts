// The sheet of keys: what works on this page, and nothing else. Each part of a
// page says its own keys when it is asked, so that the sheet cannot lie.
import { el, freshID, keyName } from "../dom";
import { t } from "../live/words";
import { chord, typing } from "./typing";

/** A key and what it does; keys as prosemirror-keymap writes them, several parted by a space. */
export interface KeyRow {
  keys: string;
  label: string;
}

/** Asks every part of the page for its keys. */
export function allKeys(): KeyRow[] {
  const rows: KeyRow[] = [];
  dispatchEvent(new CustomEvent<KeyRow[]>("desk-keys", { detail: rows }));
  return rows;
}

/** Says the keys of a part whenever the sheet asks. */
export function offerKeys(rows: () => KeyRow[]): void {
  addEventListener("desk-keys", (e) => (e as CustomEvent<KeyRow[]>).detail.push(...rows()));
}

export function keySheet(): void {
  offerKeys(() => [
    { keys: "Mod-Shift-k", label: t("command.title") },
    { keys: "?", label: t("keys.title") },
    ...pageKeys(),
  ]);
  addEventListener("keydown", (e) => {
    if (e.key !== "?" || chord(e) || typing(e)) return;
    e.preventDefault();
    openKeySheet();
  });
}

/** What carries a key of its own on this page. */
function pageKeys(): KeyRow[] {
  const rows: KeyRow[] = [];
  const seen = new Set<string>();
  const add = (keys: string, label: string): void => {
    if (!label || seen.has(keys)) return;
    seen.add(keys);
    rows.push({ keys, label });
  };
  for (const e of document.querySelectorAll<HTMLElement>("[data-key]")) add(e.dataset.key!, nameOf(e));
  if (document.querySelector("[data-list]")) {
    add("j", t("keys.next"));
    add("k", t("keys.previous"));
    add("Enter", t("keys.open"));
  }
  for (const e of document.querySelectorAll<HTMLElement>("[data-step][aria-keyshortcuts]")) add(e.getAttribute("aria-keyshortcuts")!, nameOf(e));
  for (const e of document.querySelectorAll<HTMLElement>("[data-do]")) add(e.dataset.do!, nameOf(e));
  return rows;
}

/** What a link, a button or a field is called. */
export function nameOf(e: HTMLElement): string {
  const label = e instanceof HTMLInputElement ? e.labels?.[0]?.textContent : e.textContent;
  return (e.getAttribute("aria-label") ?? label ?? "").replace(/\s+/g, " ").trim();
}

export function openKeySheet(): void {
  if (document.querySelector("dialog[open]")) return;
  const title = freshID("keys");
  const close = el("button", { class: "primary" }, t("keys.close"));
  const dialog = el("dialog", { class: "panel keysheet", "aria-labelledby": title, close: () => dialog.remove() },
    el("form", { method: "dialog" },
      el("h2", { id: title }, t("keys.title")),
      el("dl", {}, ...allKeys().flatMap((row) => [
        el("dt", {}, ...row.keys.split(" ").map((k) => el("kbd", { dir: "ltr" }, keyName(k)))),
        el("dd", {}, row.label),
      ])),
      el("p", { class: "panel-acts" }, close)));
  document.body.append(dialog);
  dialog.showModal();
  close.focus();
  dialog.scrollTop = 0; // the keys are what one wants to see, not the button below them
}
