// An address that is pasted alone is more than text; asked before the
// clipboard is read in any other way.
import { Plugin } from "prosemirror-state";
import { pasteAddress } from "./pictures";

export function plugins(): Plugin[] {
  return [new Plugin({ props: { handlePaste: (view, event) => pasteAddress(view, event.clipboardData?.getData("text/plain") ?? "") } })];
}
