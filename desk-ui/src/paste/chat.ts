// Telegram and WhatsApp in the browser: messages with the time, the ticks and
// the faces of who reacted in them.
import { all, wordsOf } from "./dom";
import type { Program, Report } from "./programs";

export const chat: Program = {
  name: "chat",
  wrote: (doc) => doc.querySelector("[data-pre-plain-text],.selectable-text.copyable-text,.text-content,.Message,.bubble-content,.translatable-message,.tgme_widget_message_text,.tgme_widget_message") !== null,
  tidy(doc, say) {
    leave(doc, say, "[data-icon],.MessageMeta,.message-time,.message .time,.time-inner,.message-views,.reactions,.Reactions,.reply-markup,.tgme_widget_message_footer,.tgme_widget_message_bubble_tail,.avatar,.Avatar,.message-action-buttons,.copy-button");
    // A link's preview repeats what the page says; the link itself stands in the text.
    leave(doc, say, ".WebPage,.webpage,.web,.link-preview,.tgme_widget_message_link_preview");
  },
};

function leave(doc: Document, say: Report, selector: string): void {
  for (const e of all(doc.body, selector)) {
    if (!e.isConnected) continue;
    say("furniture", wordsOf(e));
    e.remove();
  }
}
