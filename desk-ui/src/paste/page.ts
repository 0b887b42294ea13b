// Pages of the web: what stands around and between the text for the page's own
// sake. It is taken out where its name says so and it is short, and what it
// said is named; a clip that is nothing else stays as it is.
import { all, lineOf, wordsOf } from "./dom";
import type { Program, Report } from "./programs";

const NAMED = /(^|[\s_-])(share|sharing|sharebar|social|socials|sharethis|addtoany|addthis|sharedaddy|jp-relatedposts|breadcrumbs?|newsletter|subscribe|signup|sign-up|paywall-prompt|cookie|cookies|consent|advert|advertisement|ads?|ad-(slot|unit|container|wrapper)|sponsored|promo|related(-(posts|stories|articles|links|news))?|read-(more|also|next)|more-on|recirc|outbrain|taboola|comments-link|print-(link|button)|toolbar|pagination|skip-link|mw-editsection|headerlink|anchorjs-link|anchor-link|article-tools|tools-bar|font-size|copy-link|short-?link)($|[\s_-])/i;

export const page: Program = {
  name: "page",
  wrote: () => true,
  tidy(doc, say) {
    const whole = lineOf(doc.body).length;
    for (const e of all(doc.body, "nav,button,[role=navigation],[role=toolbar],[role=menu],[role=search],[class],[id],[aria-label]")) {
      if (!e.isConnected || !isFurniture(e)) continue;
      const words = lineOf(e);
      // What is long, or most of the clip, is what somebody wanted.
      if (words.length > 400 || words.length * 2 > whole) continue;
      leave(e, wordsOf(e), say);
    }
    for (const a of all(doc.body, "h1 a[href*='#'],h2 a[href*='#'],h3 a[href*='#'],h4 a[href*='#']")) if (/^[#¶§🔗]?$/u.test(lineOf(a)) && !a.querySelector("img")) a.remove();
  },
};

function isFurniture(e: HTMLElement): boolean {
  if (/^(nav|button)$/.test(e.localName) || /^(navigation|toolbar|menu|search)$/.test(e.getAttribute("role") ?? "")) return true;
  if (/^(p|h[1-6]|b|strong|em|i|td|tr|table|tbody|li|article|main|body)$/.test(e.localName) && !/headerlink/.test(e.className)) return false;
  if (e.querySelector("p+p,table,h1,blockquote,figure")) return false;
  return NAMED.test(e.className + " " + e.id) || /^(share|social)\b/i.test(e.getAttribute("aria-label") ?? "");
}

function leave(e: HTMLElement, words: string, say: Report): void {
  for (const img of all(e, "img[alt]")) words += " " + (img.getAttribute("alt") ?? "");
  for (const field of all(e, "[placeholder]")) words += " " + (field.getAttribute("placeholder") ?? "");
  say("furniture", words);
  e.remove();
}
