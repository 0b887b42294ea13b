// The story plan, the duty editor's page and the calendar. All of it works by
// plain forms: here a story is taken by its grip or moved by the arrow keys, and
// what colleagues do arrives without a reload.
import { el } from "./dom";
import { offerKeys } from "./desk/keysheet";
import { typing } from "./desk/typing";
import { listen } from "./live/line";
import { page, swap } from "./live/page";
import { announce } from "./live/words";

type Texts = Record<string, string>;

const html = document.documentElement;
let sheet = document.querySelector<HTMLElement>("[data-plan]");

const texts = (): Texts => JSON.parse(sheet?.dataset.texts ?? "{}") as Texts;
const says = (key: string, ...args: string[]): string => (texts()[key] ?? "").replace(/\{(\d)\}/g, (_, i) => args[Number(i)] ?? "");

const rowOf = (e: Element | null): HTMLElement | null => e?.closest<HTMLElement>("[data-plan-id]") ?? null;
const listOf = (e: Element | null): HTMLElement | null => e?.closest<HTMLElement>("ol[data-day]") ?? null;
const nameOf = (row: HTMLElement): string => row.querySelector(".slug-line a")?.textContent?.trim() ?? "";
const movable = (row: HTMLElement): boolean => row.querySelector("[data-grip]") !== null;

/** Puts the sheet of another answer in the place of this one; who was at a row stays at it. */
function show(fresh: Document): void {
  const next = fresh.querySelector("[data-plan]");
  if (!sheet || !next) return;
  const at = rowOf(document.activeElement)?.dataset.planId;
  sheet = swap(sheet, next) as HTMLElement;
  if (at && !sheet.contains(document.activeElement)) focusOn(at);
}

function focusOn(id: string): void {
  sheet?.querySelector<HTMLElement>('[data-plan-id="' + CSS.escape(id) + '"] .slug-line a')?.focus({ preventScroll: true });
}

let busy = false; // a story is in the hand or on its way
let later = 0;

/** Reads the page anew, a moment after it was last asked for. */
function again(wait = 300): void {
  clearTimeout(later);
  later = window.setTimeout(async () => {
    if (busy || sheet?.querySelector("details[open]")) return again(1_500);
    if (document.visibilityState !== "visible") return document.addEventListener("visibilitychange", () => again(), { once: true });
    const address = new URL(location.href);
    for (const key of ["done", "undo"]) address.searchParams.delete(key);
    const answer = await page(address.pathname + address.search).catch(() => null);
    if (answer?.status === 200 && !busy) show(answer.document);
  }, wait);
}

/** Sends where a story goes. What the desk says to it is shown either way. */
async function move(row: HTMLElement, day: string, where: Record<string, string>): Promise<void> {
  const id = row.dataset.planId!;
  const form = new FormData();
  for (const [key, value] of Object.entries({ back: sheet?.dataset.back ?? "", day, ...where })) form.set(key, value);
  busy = true;
  const name = nameOf(row);
  try {
    const answer = await page("/plan/" + id + "/move", form);
    show(answer.document);
    focusOn(id);
    const fault = sheet?.querySelector(".says.fault")?.textContent?.trim();
    if (!sheet?.querySelector("[data-plan-id]") && answer.status !== 200) location.reload();
    announce(fault ?? says("moved", name));
  } catch {
    announce(says("failed"));
    sheet?.prepend(el("p", { class: "says fault", role: "alert" }, says("failed")));
  } finally {
    busy = false;
    again(1_000);
  }
}

/** The row's neighbours as the server knows them. */
function placeOf(row: HTMLElement): Record<string, string> {
  const next = row.nextElementSibling as HTMLElement | null;
  const before = row.previousElementSibling as HTMLElement | null;
  if (next?.dataset.planId) return { before: next.dataset.planId };
  return before?.dataset.planId ? { after: before.dataset.planId } : {};
}

/** Takes a story by its grip to another place or day. */
function drag(): void {
  document.addEventListener("pointerdown", (down) => {
    const grip = down.target instanceof Element ? down.target.closest<HTMLElement>("[data-grip]") : null;
    const row = rowOf(grip);
    if (!grip || !row || down.button !== 0 || busy) return;
    down.preventDefault();
    const home = { list: row.parentElement!, next: row.nextSibling };
    busy = true;
    row.classList.add("taken");
    html.classList.add("taking");
    const stop = new AbortController();
    const on = { signal: stop.signal };
    const end = (keep: boolean): void => {
      stop.abort();
      row.classList.remove("taken");
      html.classList.remove("taking");
      busy = false;
      if (!keep) home.list.insertBefore(row, home.next);
      else if (row.parentElement !== home.list || row.nextSibling !== home.next) void move(row, listOf(row)!.dataset.day!, placeOf(row));
    };
    // on the window: the grip leaves the page for a moment with each place the row takes
    addEventListener("pointermove", (e) => { if (e.pointerId === down.pointerId) over(row, e.clientX, e.clientY); }, on);
    addEventListener("pointerup", (e) => { if (e.pointerId === down.pointerId) end(true); }, on);
    addEventListener("pointercancel", (e) => { if (e.pointerId === down.pointerId) end(false); }, on);
    addEventListener("keydown", (e) => { if (e.key === "Escape") { e.preventDefault(); end(false); } }, on);
  });
}

/** Puts the row where the hand is: above or below the story under it, or at the end of a day. */
function over(row: HTMLElement, x: number, y: number): void {
  const under = document.elementsFromPoint(x, y);
  const other = under.map(rowOf).find((r) => r && r !== row);
  if (other) {
    const box = other.getBoundingClientRect();
    other.parentElement!.insertBefore(row, y < box.top + box.height / 2 ? other : other.nextSibling);
    return;
  }
  const list = under.map((e) => listOf(e) ?? e.closest(".plan-day")?.querySelector<HTMLElement>("ol[data-day]") ?? null).find(Boolean);
  if (list && !list.contains(row)) list.append(row);
  const edge = 60; // near the window's edge the page goes along
  if (y < edge) scrollBy(0, -12);
  else if (y > innerHeight - edge) scrollBy(0, 12);
}

/** The arrows with Alt move the story one is at: up and down in its day, across to the day before or after. */
function arrows(): void {
  addEventListener("keydown", (e) => {
    const row = rowOf(document.activeElement);
    if (!row || !e.altKey || e.ctrlKey || e.metaKey || typing(e) || busy || !movable(row)) return;
    const day = listOf(row)!.dataset.day!;
    const rtl = getComputedStyle(row).direction === "rtl";
    const beside = (step: "previousElementSibling" | "nextElementSibling"): string | undefined => (row[step] as HTMLElement | null)?.dataset.planId;
    let to: Promise<void> | null = null;
    if (e.key === "ArrowUp" && beside("previousElementSibling")) to = move(row, day, { before: beside("previousElementSibling")! });
    else if (e.key === "ArrowDown" && beside("nextElementSibling")) to = move(row, day, { after: beside("nextElementSibling")! });
    else if (e.key === "ArrowLeft") to = move(row, shifted(day, rtl ? 1 : -1), { move: "day" });
    else if (e.key === "ArrowRight") to = move(row, shifted(day, rtl ? -1 : 1), { move: "day" });
    if (e.key.startsWith("Arrow")) e.preventDefault();
    void to;
  });
  if (sheet?.querySelector("[data-grip]")) {
    offerKeys(() => [
      { keys: "Alt-ArrowUp Alt-ArrowDown", label: says("key.order") },
      { keys: "Alt-ArrowLeft Alt-ArrowRight", label: says("key.day") },
    ]);
  }
}

function shifted(day: string, by: number): string {
  const t = new Date(day + "T12:00:00Z");
  t.setUTCDate(t.getUTCDate() + by);
  return t.toISOString().slice(0, 10);
}

/** An open menu closes when one goes elsewhere. */
function menus(): void {
  document.addEventListener("pointerdown", (e) => {
    for (const open of document.querySelectorAll<HTMLDetailsElement>("details.more-acts[open]")) if (!open.contains(e.target as Node)) open.open = false;
  });
  document.addEventListener("keydown", (e) => {
    const open = e.key === "Escape" ? document.activeElement?.closest<HTMLDetailsElement>("details.more-acts[open]") : null;
    if (!open) return;
    open.open = false;
    open.querySelector("summary")?.focus();
  });
}

if (sheet) {
  drag();
  arrows();
  menus();
  listen((h) => { if (h.kind.startsWith("plan.") || h.kind.startsWith("article.") || h.kind.startsWith("change.")) again(); }, () => again());
}
