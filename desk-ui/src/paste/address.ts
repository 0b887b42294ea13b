// Addresses that a link, a picture or a card may carry: internal/doc/address.go,
// and what senders wrap around them to follow the reader.

/** The address that a link may carry, or "": http, https, mailto or tel. A path would point into our own paper. */
export function linkAddress(raw: string): string {
  const s = raw.replace(/^[\u0000- ]+|[\u0000- ]+$/g, "").replace(/[\t\n\r]/g, "");
  if (s === "" || s.length > 8192) return "";
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(s)?.[1]?.toLowerCase();
  if (scheme === "mailto" || scheme === "tel") return contact(scheme, s.slice(scheme.length + 1));
  return webAddress(s);
}

function contact(scheme: string, rest: string): string {
  if (rest === "" || rest.startsWith("/") || /[[\]<>"'`\\\s\p{C}]/u.test(rest)) return "";
  return scheme + ":" + rest;
}

/** A whole http(s) address, unwrapped and without followers' marks, or "". */
export function webAddress(raw: string): string {
  let url = parse(raw);
  for (let i = 0; url && i < 4; i++) {
    const inner = parse(wrapped(url));
    if (!inner) break;
    url = inner;
  }
  if (!url || url.username || url.password || !hostFits(url.hostname)) return "";
  return readable(url, raw);
}

function parse(raw: string): URL | undefined {
  const s = raw.trim().replace(/^\/\//, "https://");
  if (!/^https?:/i.test(s)) return undefined;
  try {
    return new URL(s);
  } catch {
    return undefined;
  }
}

const hostFits = (host: string): boolean => host.length > 0 && host.length <= 253 && /^[a-z0-9._-]+$/.test(host) && !host.includes("..");

/** The address as it was written where nothing had to be changed, so that letters of other scripts stay readable. */
function readable(url: URL, raw: string): string {
  const taken = followers(url);
  const s = raw.trim();
  const plain = !taken && url.href.replace(/\/$/, "") === (parse(s)?.href ?? "").replace(/\/$/, "");
  let out = plain && /^https?:\/\/[^\s"'`<>\\^{|}[\]@\p{C}]+$/iu.test(s) ? s.replace(/^https?:\/\/[^/?#]*/i, (origin) => origin.toLowerCase()) : url.href;
  const hash = out.indexOf("#");
  if (hash >= 0) out = out.slice(0, hash + 1) + out.slice(hash + 1).replace(/#/g, "%23");
  out = out.replace(/\[/g, "%5B").replace(/\]/g, "%5D").replace(/%(?![0-9a-f]{2})/gi, "%25");
  return out.length <= 2048 ? out : "";
}

const FOLLOWERS = /^(utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|igsh|mc_[ce]id|_hs(enc|mi)|vero_id|mkt_tok|oly_(anon|enc)_id|__twitter_impression|ref_src|ref_url|s_cid)$/i;

/** Takes the marks out that tell a site where its reader comes from; true where there were any. */
function followers(url: URL): boolean {
  if (url.search === "") return false;
  const kept = url.search.slice(1).split("&").filter((pair) => !FOLLOWERS.test(pair.split("=", 1)[0]!));
  const search = kept.length ? "?" + kept.join("&") : "";
  if (search === url.search) return false;
  url.search = search;
  return true;
}

/** The address that a redirect carries in itself, or "". */
function wrapped(url: URL): string {
  const host = url.hostname.replace(/^www\./, "");
  const q = url.searchParams;
  if (/^google\.[a-z.]+$/.test(host) && url.pathname === "/url") return q.get("q") ?? q.get("url") ?? "";
  if (host.endsWith(".safelinks.protection.outlook.com")) return q.get("url") ?? "";
  if (/^lm?\.(facebook|instagram|messenger)\.com$/.test(host)) return q.get("u") ?? "";
  if (host === "youtube.com" && url.pathname === "/redirect") return q.get("q") ?? "";
  if ((host === "vk.com" || host === "m.vk.com") && url.pathname === "/away.php") return q.get("to") ?? "";
  if (host === "t.umblr.com" || host === "href.li") return q.get("z") ?? url.search.slice(1);
  if (host === "slack-redir.net") return q.get("url") ?? "";
  if (host === "urldefense.com") return /^\/v3\/__(.+?)__;/.exec(url.pathname + url.search)?.[1] ?? "";
  if (host === "steamcommunity.com" && url.pathname === "/linkfilter/") return q.get("u") ?? q.get("url") ?? "";
  return "";
}

const HOUSES: [RegExp, string, RegExp?][] = [
  [/^(m\.|music\.)?youtube\.com$/, "YouTube", /^\/(watch|shorts\/|live\/|playlist|embed\/)/],
  [/^youtu\.be$/, "YouTube", /^\/./],
  [/^(player\.)?vimeo\.com$/, "Vimeo", /^\/(video\/)?\d/],
  [/^(x|twitter|mobile\.twitter)\.com$/, "X", /^\/[^/]+\/status\/\d/],
  [/^t\.me$/, "Telegram", /^\/(s\/)?[^/]+\/\d/],
  [/^instagram\.com$/, "Instagram", /^\/([^/]+\/)?(p|reel|tv)\//],
  [/^(m\.)?facebook\.com$/, "Facebook", /\/(posts|videos|watch|reel|permalink)\b/],
  [/^fb\.watch$/, "Facebook", /^\/./],
  [/^(vm\.)?tiktok\.com$/, "TikTok", /^\/(@[^/]+\/video\/\d|[A-Za-z0-9]+\/?$)/],
  [/^aparat\.com$/, "Aparat", /^\/v\//],
  [/^soundcloud\.com$/, "SoundCloud", /^\/[^/]+\/[^/]+/],
  [/^open\.spotify\.com$/, "Spotify", /^\/./],
  [/^dailymotion\.com$/, "Dailymotion", /^\/video\//],
  [/^bsky\.app$/, "Bluesky", /^\/profile\/[^/]+\/post\//],
  [/^openstreetmap\.org$/, "OpenStreetMap"],
  [/^google\.[a-z.]+$/, "Google Maps", /^\/maps\//],
  [/^maps\.app\.goo\.gl$/, "Google Maps", /^\/./],
];

/** Who shows the video, post or map at an address, or "" where it is an ordinary page. */
export function house(address: string): string {
  const url = parse(address);
  if (!url) return "";
  const host = url.hostname.replace(/^www\./, "");
  return HOUSES.find(([name, , path]) => name.test(host) && (!path || path.test(url.pathname)))?.[1] ?? "";
}
