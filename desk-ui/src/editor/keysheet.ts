// The keys of the editor's page, for the sheet of keys.
import { offerKeys } from "../desk/keysheet";
import type { Sheet } from "../sheet";
import { KEYS as suggest } from "../suggest/margin";
import type { Act } from "./acts";

export function editorKeys(sheet: Sheet, acts: Act[]): void {
  const row = (keys: string, text: string) => ({ keys, label: sheet.t(text) });
  offerKeys(() => [
    row("Mod-s", "keys.save"),
    row("Mod-Enter", "keys.preview"),
    ...acts.filter((a) => a.key).map((a) => row(a.key!, a.name)),
    row("F8", "keys.check.next"),
    row("Shift-F8", "keys.check.previous"),
    row("Alt-Enter", "check.apply"),
    row("Alt-Shift-Enter", "check.later"),
    row(suggest.toggle, "suggest.mode"),
    row(suggest.next, "suggest.next"),
    row(suggest.previous, "suggest.previous"),
    row(suggest.accept, "suggest.accept"),
    row(suggest.refuse, "suggest.refuse"),
    row("Mod-Alt-m", "keys.note"),
    row("Mod-Shift-v", "keys.plain"),
    row("Escape Tab", "keys.leave"),
  ]);
}
