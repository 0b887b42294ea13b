// What is copied in the editor itself: it comes back whole. Whatever claims to
// be ours is read by the schema and looked through, for any page may claim it.
import { DOMSerializer, Fragment, Slice, type Mark, type Node, type Schema } from "prosemirror-model";
import { linkAddress, webAddress } from "./address";

const OURS = "data-broadsheet";

/** Whether a clip was copied in an editor of ours. */
export const isOurs = (html: string): boolean => /data-pm-slice="/.test(html.slice(0, 5000)) && html.includes(OURS);

/** Writes what is copied, with our sign on it. */
export function serializer(schema: Schema): DOMSerializer {
  const plain = DOMSerializer.fromSchema(schema);
  const signed = new DOMSerializer(plain.nodes, plain.marks);
  signed.serializeFragment = (fragment, options, target) => {
    const out = plain.serializeFragment(fragment, options, target);
    if (out.firstChild?.nodeType === 1) (out.firstChild as Element).setAttribute(OURS, "");
    return out;
  };
  return signed;
}

/** A slice without addresses that no document may carry. */
export function safe(slice: Slice): Slice {
  return new Slice(fragment(slice.content), slice.openStart, slice.openEnd);
}

const isPath = (s: unknown): boolean => typeof s === "string" && /^(\/(?![/\\])|[?#])/.test(s);

function fragment(content: Fragment): Fragment {
  const out: Node[] = [];
  content.forEach((n) => {
    if (n.type.name === "image" && !/^\/media\/[\w./%-]+$/.test(n.attrs.src) && !webAddress(String(n.attrs.src))) return;
    if (n.type.name === "embed" && !webAddress(String(n.attrs.url))) return;
    if (n.isText) {
      out.push(n.mark(n.marks.filter(sound)));
      return;
    }
    const attrs = n.type.name === "footnote" && n.attrs.href && !linkAddress(String(n.attrs.href)) ? { ...n.attrs, href: "" } : n.attrs;
    out.push(n.type.create(attrs, n.isLeaf ? null : fragment(n.content), n.marks.filter(sound)));
  });
  return Fragment.from(out);
}

const sound = (m: Mark): boolean => m.type.name !== "link" || isPath(m.attrs.href) || linkAddress(String(m.attrs.href)) !== "";

/** The words of a slice, footnotes in brackets behind the word that they belong to. */
export function words(slice: Slice): string {
  return slice.content.textBetween(0, slice.content.size, "\n\n", (leaf) => {
    switch (leaf.type.name) {
      case "footnote": return " [" + [leaf.attrs.text, leaf.attrs.href].filter(Boolean).join(" ") + "]";
      case "hard_break": return "\n";
      case "image": return [leaf.attrs.caption, leaf.attrs.credit].filter(Boolean).join(" ");
      case "embed": return [leaf.attrs.title, leaf.attrs.url].filter(Boolean).join(" ");
      case "separator": return "* * *";
      default: return "";
    }
  });
}
