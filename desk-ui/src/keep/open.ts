// On opening: what this person typed before and what is in no revision yet
// comes back, with a way to see how it differs.
import { ask } from "../ask";
import { el } from "../dom";
import { fromDocument } from "../editor/document";
import type { Copy, Sheet } from "../sheet";
import { dropHere, keptHere, lives } from "./browser";
import type { Log } from "./log";
import { sendWaiting } from "./outbox";

const patience = 4_000; // milliseconds that a writer waits for an old text

/** What was typed before, the last first, as GET /articles/{id}/drafts answers. */
interface Before {
  tab: string;
  seq: number;
  base: number;
  time: string;
  link: string;
  copy: Copy;
  window?: string; // its entry in the browser's store, where the desk does not answer
}

/** What the desk has of the article beside the page. */
interface Stand {
  head: number;
  copy?: Copy; // of the head, where it is newer than the page
  drafts: Before[];
}

export async function goOn(sheet: Sheet, log: Log): Promise<void> {
  let { head, copy, drafts } = await stand(sheet);
  if (drafts[0]?.tab) {
    const began = performance.now();
    await log.reserve(drafts[0].tab);
    if (performance.now() - began > 100) ({ head, copy, drafts } = await stand(sheet)); // another window gave way, and had something to say
  }
  const last = drafts[0];
  const notice = document.querySelector("main .conflict, main [data-other]") !== null; // another text was put into the form on purpose
  if (!last || notice) {
    if (!notice && copy && !log.typed) {
      log.silently(() => sheet.put(copy, "newer")); // saved while the page was on its way: mostly by this person, who came back
      log.remember();
      log.adopt(head);
    }
    await log.begin(null);
    if (notice) log.restate();
    return;
  }
  if (log.typed || !readable(last.copy)) {
    await log.begin(null);
    return say(sheet, "keep.before", last, drafts.length);
  }
  const same = stands(sheet, last.copy);
  log.silently(() => sheet.put(last.copy, "before"));
  log.adopt(last.base);
  log.was(last.copy);
  await log.begin(last.tab ? { tab: last.tab, seq: last.seq } : null);
  if (last.window) {
    log.restate();
    await dropHere(last.window); // this window has it now
  }
  document.querySelector(".unsaved")?.remove();
  if (!same) say(sheet, "keep.again", last, drafts.length);
  if (last.base < head) log.joinSoon();
}

async function stand(sheet: Sheet): Promise<Stand> {
  const { article, person, base } = sheet.facts;
  if (article === 0) return { head: 0, drafts: [] };
  try {
    await Promise.race([sendWaiting(person.id), late()]);
    return await ask("/articles/" + article + "/drafts?base=" + base, { signal: AbortSignal.timeout(patience) });
  } catch {
    // no line: what is in the browser's store is what there is
    const drafts: Before[] = [];
    for (const w of await keptHere(person.id)) {
      if (w.article === article && w.acked < w.seq && !await lives(w.window)) {
        drafts.push({ tab: w.tab, seq: w.seq, base: w.base, time: "", link: "", copy: JSON.parse(w.copy) as Copy, window: w.window });
      }
    }
    return { head: 0, drafts };
  }
}

function late(): Promise<never> {
  return new Promise((_, reject) => { setTimeout(() => reject(new Error("late")), patience); });
}

/** Whether the editor can show it: a newer program may have written it. */
function readable(copy: Copy): boolean {
  try {
    fromDocument(copy.document);
    return true;
  } catch {
    return false;
  }
}

/** Whether it stands in the form already. */
function stands(sheet: Sheet, copy: Copy): boolean {
  const now = sheet.copy();
  return fromDocument(copy.document).eq(sheet.view.state.doc) && Object.keys(now).every((name) => name === "document" || copy[name] === undefined || copy[name] === now[name]);
}

function say(sheet: Sheet, key: string, last: Before, count: number): void {
  const parts: (Node | string)[] = [last.time ? sheet.t(key, last.time) : sheet.t("keep.again.here"), " "];
  if (last.link) parts.push(el("a", { href: last.link }, sheet.t("keep.difference")), " ");
  if (count > 1) parts.push(el("a", { href: "/articles/" + sheet.facts.article + "/drafts" }, sheet.t("keep.more")));
  sheet.say("kept", el("p", {}, ...parts));
}
