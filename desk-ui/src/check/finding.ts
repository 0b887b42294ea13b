// A finding of the copy check as the server names it, and where it stands now.

/** newsroom/proof.go writes it. */
export interface Finding {
  rule: string;
  name: string;
  field?: string; // kicker, headline or standfirst; absent for the text
  paragraph: number;
  start: number;
  end: number;
  text: string;
  message: string;
  fix: string | null;
  level: "hint" | "warning" | "block";
}

/** A finding with its place in the body, which moves as people type. */
export interface Placed extends Finding {
  /** Names this finding in this text: what is put off by it stays so, whatever is typed elsewhere. */
  key: string;
  before: string;
  after: string;
  /** Where it was found; null where no place of the body can be marked. */
  range: { from: number; to: number } | null;
  /** The attributes it stands in, for a name under a quote or a caption. */
  held: { pos: number; names: string[] } | null;
}
