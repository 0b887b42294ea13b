// Suggested changes for the copy desk: typed and struck in the text under a
// person's name, settled in the margin by whoever edits the article.
import { keymap } from "prosemirror-keymap";
import { Plugin } from "prosemirror-state";
import type { Sheet } from "../sheet";
import { KEYS, Margin } from "./margin";
import { mode, stand } from "./mode";
import { at } from "./settle";

const margins = new WeakMap<Sheet, Margin>();

export function plugins(sheet: Sheet): Plugin[] {
  const margin = (): Margin | undefined => margins.get(sheet);
  return [
    mode(sheet, (remark) => margin()?.tell(remark)),
    keymap({
      [KEYS.toggle]: () => { margin()?.switch(); return true; },
      [KEYS.next]: () => margin()?.go(1) ?? false,
      [KEYS.previous]: () => margin()?.go(-1) ?? false,
      [KEYS.accept]: () => margin()?.settleHere(true) ?? false,
      [KEYS.refuse]: () => margin()?.settleHere(false) ?? false,
    }),
    new Plugin({
      view: () => ({
        update(view, before) {
          if (view.state.doc !== before.doc) margin()?.changed();
          if (!view.hasFocus() || view.state.selection.eq(before.selection)) return;
          // Not while an input method composes: a frame around its words would make the view begin them anew.
          queueMicrotask(() => { if (!view.composing) margin()?.look(at(view.state)); });
        },
      }),
    }),
  ];
}

export function part(sheet: Sheet): void {
  const margin = new Margin(sheet);
  margins.set(sheet, margin);
  stand(sheet, (remark) => margin.tell(remark));
}
