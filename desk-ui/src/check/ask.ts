// Asks the server what the copy check finds: after a pause, one question at a
// time, never with each key.
import type { Sheet } from "../sheet";
import type { Finding } from "./finding";

const PAUSE = 700; // milliseconds without a key
const AGAIN = 15_000; // until a question that got no answer is asked again

export type Answer = { findings: Finding[] } | { waits: string };

export class Asking {
  private timer = 0;
  private under: AbortController | null = null;

  constructor(private readonly sheet: Sheet, private readonly asks: () => void, private readonly told: (answer: Answer) => void) {
    addEventListener("online", () => this.soon(0));
    document.addEventListener("visibilitychange", () => { if (this.timer === -1 && !document.hidden) this.soon(0); });
  }

  soon(pause = PAUSE): void {
    if (this.timer > 0) clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.now(), pause);
  }

  private async now(): Promise<void> {
    this.timer = 0;
    if (document.hidden) {
      this.timer = -1; // when somebody looks again
      return;
    }
    this.under?.abort();
    const under = new AbortController();
    this.under = under;
    this.asks();
    const began = performance.now();
    let answer: Answer;
    try {
      answer = await this.fetched(under.signal);
    } catch {
      if (under.signal.aborted) return;
      answer = { waits: this.sheet.t("check.offline") };
    }
    if (under.signal.aborted) return;
    this.told(answer);
    if ("waits" in answer) this.soon(AGAIN);
    else performance.measure("check", { start: began });
  }

  private async fetched(signal: AbortSignal): Promise<Answer> {
    const { article } = this.sheet.facts;
    const response = await fetch(article ? "/articles/" + article + "/proof" : "/proof", {
      method: "POST",
      signal,
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: this.sheet.text(),
    });
    if (response.ok) return await response.json() as Answer;
    const said = response.headers.get("Content-Type")?.startsWith("application/json") ? (await response.json() as { error?: string }).error : "";
    return { waits: this.sheet.t("check.waits", said || response.statusText) };
  }
}
