// Two people changed the same words: both texts side by side, and three ways
// on. Typing goes on meanwhile, and nothing is lost by any of them.
import type { Copy, Sheet } from "../sheet";
import type { Clash, Log } from "./log";
import { putJoined } from "./join";

interface Policy { createHTML(s: string): string }
let policy: Policy | undefined;

/** The desk's own page part as elements; what people typed is escaped in it. */
function parse(html: string): Document {
  const trust = (globalThis as { trustedTypes?: { createPolicy(name: string, rules: Policy): Policy } }).trustedTypes;
  if (trust) policy ??= trust.createPolicy("clash", { createHTML: (s) => s });
  return new DOMParser().parseFromString(policy ? policy.createHTML(html) : html, "text/html");
}

export function showClash(sheet: Sheet, log: Log, clash: Clash): void {
  const section = parse(clash.page).querySelector("section");
  if (!section) return;
  const here = document.importNode(section, true);
  document.getElementById("conflict")?.remove();
  sheet.form.before(here);
  for (const button of here.querySelectorAll<HTMLButtonElement>("[data-choice]")) {
    button.type = "button";
    button.addEventListener("click", () => void choose(sheet, log, button.dataset.choice!));
  }
}

const looks = 4; // times: somebody who types on meanwhile is waited for

/**
 * Looks again first: since the page was made somebody may have typed on, and
 * an offered text without those words must not replace them. Without a line
 * nothing can be offered, and the page stays.
 */
async function choose(sheet: Sheet, log: Log, choice: string): Promise<void> {
  for (let i = 0; i < looks; i++) {
    if (await log.save()) return hide(sheet);
    if (log.compared || !log.reached) break;
  }
  const { clash } = log;
  if (!clash || !log.compared) return;
  const texts: Record<string, Copy> = { merged: clash.joined, theirs: clash.saved };
  const text = texts[choice];
  if (text) log.silently(() => putJoined(sheet, text));
  hide(sheet);
  log.chosen(clash.head);
}

function hide(sheet: Sheet): void {
  document.getElementById("conflict")?.remove();
  sheet.view.focus();
}
