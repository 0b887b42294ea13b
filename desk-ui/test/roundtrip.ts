// Reads documents, one a line, and prints what the editor makes of each
// without touching it: the document again, and its number of words.
// internal/doc/desk_test.go asks that nothing changes.
import { fromDocument, toDocument, toText } from "../src/editor/document";
import { countOf } from "../src/editor/count";

declare const process: { stdin: AsyncIterable<string> & { setEncoding(e: string): void } };

process.stdin.setEncoding("utf8");
let all = "";
for await (const piece of process.stdin) all += piece;
for (const line of all.split("\n").filter(Boolean)) {
  try {
    const doc = fromDocument(JSON.parse(line));
    if (toText(doc) !== JSON.stringify(toDocument(doc)) || toText(doc) !== toText(doc)) throw new Error("the text is another document: " + toText(doc));
    console.log(JSON.stringify({ document: toDocument(doc), words: countOf(doc).words }));
  } catch (e) {
    console.log(JSON.stringify({ fault: String(e) }));
  }
}
