// Requests with the browser's cookies: before a write the CSRF token is fetched, where there is none.

import { cookie } from "../cookies.js";
import { shorten } from "../secrets.js";
import { exchange } from "./exchange.js";

const FIRST = "Get a CSRF token, as there is none";
const UNREADABLE = "… (not readable here)";

/** Send a request under a scheme; return {status, data, exchanges}: the answer, and all that it took. */
export async function sendWithCookies({ mount, cookies }, request) {
  const exchanges = [];
  const write = request.method !== "GET";
  if (write && !cookie("csrftoken")) {
    const path = `${mount}csrf/`;
    exchanges.push((await exchange({ method: "GET", path, credentials: "same-origin", itself: FIRST })).shown);
  }
  const csrf = cookie("csrftoken");
  const { status, data, shown } = await exchange({
    credentials: "same-origin",
    headers: write && csrf ? { "X-CSRFToken": csrf } : {},
    shownHeaders: write && csrf ? { "X-CSRFToken": shorten(csrf) } : {},
    ...request,
  });
  const own = presented(shown) ? cookies.slice(0, request.path === `${mount}refresh/` ? 2 : 1) : [];
  shown.request.credential = named(csrf, own);
  return { status, data, exchanges: [...exchanges, shown] };
}

/** Say whether the scheme's credential came with a request, as the server tells it. */
export function presented({ trace }) {
  return trace?.credential?.from === "cookie";
}

/** Say which cookies went along: this page can read the CSRF token; of the others the server tells whether they came. */
function named(csrf, own) {
  const sent = [...(csrf ? [`csrftoken=${shorten(csrf)}`] : []), ...own.map((name) => `${name}=${UNREADABLE}`)];
  return sent.length ? { name: "Cookie", value: sent.join("; "), by: "the browser" } : null;
}
