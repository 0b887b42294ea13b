// Pictures that stand in the clip itself: the text is there at once, each
// picture comes to its place when the desk has it. One that does not arrive is
// kept and can be sent again.
import { Plugin, PluginKey, type EditorState, type Transaction } from "prosemirror-state";
import { Decoration, DecorationSet, type EditorView } from "prosemirror-view";
import { upload } from "../ask";
import { el } from "../dom";
import type { Sheet } from "../sheet";
import type { Block, Pasted } from "./model";

/** A picture under way. */
export interface Awaited {
  blob: Blob;
  attrs: Record<string, string | number>;
}

interface Places { add?: { pos: number; id: string }[]; remove?: string }

const key = new PluginKey<DecorationSet>("pictures-under-way");

/** Marks the places where pictures will stand. */
export function underWay(sheet: Sheet): Plugin {
  return new Plugin<DecorationSet>({
    key,
    state: {
      init: () => DecorationSet.empty,
      apply(tr, set) {
        set = set.map(tr.mapping, tr.doc);
        const said = tr.getMeta(key) as Places | undefined;
        if (said?.remove) set = set.remove(set.find(undefined, undefined, (s) => s.id === said.remove));
        for (const { pos, id } of said?.add ?? []) {
          const box = (): HTMLElement => el("p", { class: "awaited" }, sheet.t("paste.coming"));
          set = set.add(tr.doc, [Decoration.widget(pos, box, { id, side: 1 })]);
        }
        return set;
      },
    },
    props: { decorations: (state) => key.getState(state) },
  });
}

/** Takes the pictures that must be sent first out of a clip; each comes behind the block before it. */
export function takePictures(pasted: Pasted): { blocks: Block[]; awaited: Map<number, Awaited[]> } {
  const awaited = new Map<number, Awaited[]>();
  const out: Block[] = [];
  const take = (blocks: Block[], at: number): Block[] => blocks.filter((b) => {
    const blob = b.type === "image" ? pasted.pictures.get(String(b.attrs!.src)) : undefined;
    if (blob) awaited.set(at, [...(awaited.get(at) ?? []), { blob, attrs: { ...b.attrs } }]);
    if (b.blocks) b.blocks = take(b.blocks, at);
    return !blob && (!b.blocks || b.blocks.length > 0);
  });
  for (const b of pasted.blocks) out.push(...take([b], out.length + (b.type === "image" ? 0 : 1)));
  return { blocks: out, awaited };
}

/** Sends pictures and puts each where it was pasted; gives those that did not arrive. */
export async function send(view: EditorView, paste: Transaction, pictures: { pos: number; picture: Awaited }[]): Promise<Awaited[]> {
  const ids = pictures.map((_, i) => "picture-" + Date.now() + "-" + i);
  view.dispatch(view.state.tr.setMeta(key, { add: pictures.map(({ pos }, i) => ({ pos, id: ids[i]! })) } satisfies Places).setMeta("addToHistory", false));
  const failed: Awaited[] = [];
  for (const [i, { picture }] of pictures.entries()) {
    try {
      const type = picture.blob.type.slice("image/".length).replace("jpeg", "jpg");
      const kept = await upload(picture.blob instanceof File ? picture.blob : new File([picture.blob], "pasted." + type, { type: picture.blob.type }));
      if (view.isDestroyed) return failed;
      arrive(view, paste, ids[i]!, { ...picture.attrs, src: kept.src, width: kept.width, height: kept.height });
    } catch {
      failed.push(picture);
      view.dispatch(view.state.tr.setMeta(key, { remove: ids[i]! } satisfies Places).setMeta("addToHistory", false));
    }
  }
  return failed;
}

/** A picture has come: it is part of the same paste for undo. */
function arrive(view: EditorView, paste: Transaction, id: string, attrs: Record<string, string | number>): void {
  const { state } = view;
  const pos = placeFor(state, key.getState(state)!.find(undefined, undefined, (s) => s.id === id)[0]?.from);
  const tr = state.tr.setMeta(key, { remove: id } satisfies Places).setMeta("appendedTransaction", paste);
  if (pos !== undefined) tr.insert(pos, state.schema.nodes.image!.create(attrs));
  view.dispatch(tr);
}

/** The nearest place between blocks that may hold a picture; none where the text around it is gone. */
function placeFor(state: EditorState, pos: number | undefined): number | undefined {
  if (pos === undefined) return undefined;
  const $pos = state.doc.resolve(pos);
  for (let d = $pos.depth; d >= 0; d--) {
    const i = d === $pos.depth ? $pos.index(d) : $pos.indexAfter(d);
    if (!$pos.node(d).inlineContent && $pos.node(d).canReplaceWith(i, i, state.schema.nodes.image!)) return d === $pos.depth ? pos : $pos.after(d + 1);
  }
  return undefined;
}
