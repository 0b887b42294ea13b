// Nothing that was typed is lost: into the browser's store at once, to the desk
// within two seconds, into a revision at a pause, at an act, on leaving.
import { el } from "../dom";
import type { Sheet } from "../sheet";
import { showClash } from "./clash";
import { putJoined } from "./join";
import { Log, type Place } from "./log";
import { goOn } from "./open";
import { onSignIn, signIn } from "./signin";

const atMost = 4_000; // milliseconds that a page waits for a last save before it goes
const glance = 300; // milliseconds in which a writer presses the next key

export function part(sheet: Sheet): void {
  const line = lineOf(sheet);
  const log: Log = new Log(sheet, {
    place: () => state(sheet, log, line),
    joined: (copy, base, number) => {
      log.silently(() => putJoined(sheet, copy));
      log.remember();
      log.adopt(number);
      const link = "/articles/" + sheet.facts.article + "/difference?from=" + base + "&to=" + (number - 1);
      sheet.say("kept", el("p", {}, sheet.t("keep.joined"), " ", el("a", { href: link }, sheet.t("keep.joined.see"))));
    },
    clash: (clash) => showClash(sheet, log, clash),
  });
  log.catchUp();
  void goOn(sheet, log).finally(() => {
    state(sheet, log, line); // what came back may be in no revision yet
    document.querySelector<HTMLElement>("[data-slot=state]")?.setAttribute("data-ready", "true");
  });
  const done = document.querySelector("[data-done]");
  if (done) done.textContent = sheet.t("keep.done"); // it saves, too
  saving(sheet, log);
  leaving(sheet, log);
  addEventListener("online", () => log.retry());
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" ? log.snapshot() : log.retry());
  onSignIn(() => log.retry());
  document.addEventListener("desk:keep", (e) => (e as CustomEvent<{ wait(p: Promise<unknown>): void }>).detail.wait(log.save(true)));
  new MutationObserver(() => { if (sheet.form.classList.contains("held")) void log.giveWay(); }).observe(sheet.form, { attributeFilter: ["class"] });
}

/** The buttons and keys that save. */
function saving(sheet: Sheet, log: Log): void {
  let sure = false; // the form may go as it is
  sheet.form.addEventListener("submit", (e) => {
    const button = e.submitter as HTMLButtonElement | null;
    const does = button?.value ?? "";
    if (sure) return;
    e.preventDefault();
    const looks = does !== "save" && does !== "submit"; // a preview needs no revision, but a page that comes back needs the newest
    void log.save(looks).then((saved) => {
      if (does === "save" || does === "submit" && !saved) return; // what stands in its way is said
      sure = true;
      sheet.form.requestSubmit(button);
    });
  });
  addEventListener("keydown", (e) => {
    if (!(e.ctrlKey || e.metaKey) || e.altKey || e.shiftKey || e.key !== "s") return;
    e.preventDefault();
    void log.save();
  });
}

/** What happens when the window goes: by a link, closed, or to sleep. */
function leaving(sheet: Sheet, log: Log): void {
  document.addEventListener("click", (e) => {
    const link = (e.target as Element).closest?.("a[href]");
    if (!(link instanceof HTMLAnchorElement) || link.target || link.origin !== location.origin || e.defaultPrevented || e.button !== 0 || e.ctrlKey || e.metaKey || e.shiftKey) return;
    if (sheet.view.dom.contains(link) || link.hash && link.pathname === location.pathname || !log.open) return;
    e.preventDefault();
    void Promise.race([log.save(true), new Promise((done) => setTimeout(done, atMost))]).then(() => location.assign(link.href));
  });
  addEventListener("pagehide", () => log.leave());
  addEventListener("pageshow", (e) => { if (e.persisted) log.retry(); });
  addEventListener("beforeunload", (e) => {
    log.snapshot();
    if (log.nowhere) e.preventDefault();
  });
}

/** The line beside the button: where the newest words are, in plain words. */
function state(sheet: Sheet, log: Log, line: Line): void {
  const place = document.querySelector<HTMLElement>("[data-slot=state]");
  if (!place) return;
  const kind = log.clash && log.reached ? "clash" : log.place;
  // read out when it changes its kind, not at each time of day
  place.setAttribute("aria-live", place.dataset.state === kind || kind === "coming" || kind === "kept" && place.dataset.state === "coming" ? "off" : "polite");
  place.dataset.state = kind;
  place.dataset.waits = String(log.waits);
  place.dataset.open = String(log.open);
  if (kind === "coming" || kind === "kept" && !log.time) return; // the line before stays
  line(kind, words(sheet, log, kind));
}

type Line = (kind: Place | "clash", what: Node | string) => void;

/** Writes the line. A new time of day comes with the next key of somebody who types: the page is laid out then in any case, and not once more for it. */
function lineOf(sheet: Sheet): Line {
  let shown = "";
  let last = -glance;
  let waits: (() => void) | null = null;
  const show = (): void => {
    waits?.();
    waits = null;
  };
  sheet.onChange(() => {
    last = performance.now();
    show();
  });
  return (kind, what) => {
    waits = () => sheet.say("state", what);
    if (kind === "kept" && shown === kind && performance.now() - last < glance) window.setTimeout(show, glance);
    else show();
    shown = kind;
  };
}

function words(sheet: Sheet, log: Log, kind: Place | "clash"): Node | string {
  switch (kind) {
    case "clash": return el("a", { href: "#conflict" }, sheet.t("keep.clash"));
    case "offline": return sheet.t(log.bad ? "keep.offline.only" : "keep.offline");
    case "refused": return el("span", {}, log.said);
    case "signed-out": return el("button", { type: "button", class: "plain", click: () => signIn(sheet, () => log.retry()) }, log.said || sheet.t("keep.signed-out"));
    default: return [log.time && sheet.t(log.bad ? "keep.saved." + log.bad : "keep.saved", log.time), log.said].filter(Boolean).join(" · ");
  }
}
