// A client of /api/session/: the browser keeps an id in a cookie and sends it; no script ever sees it.

import { cookie } from "../cookies.js";
import { shorten } from "../secrets.js";
import { exchange } from "./exchange.js";
import { SESSION as WORDS } from "./words.js";

export const name = "session";
export const door = "/api/session/";
export const rows = "Session rows";
export const unknown = WORDS.unknown;

const FIRST = "Get a CSRF token, as there is none";
const NO_REFRESH = "A session has no refresh: being used keeps it alive. So this just asks who it is.";

let user = null;
let ended = false;

/** Log in; return the exchanges it took, as they can be shown. */
export async function logIn(username, password) {
  const body = { username, password };
  const calls = await call({ method: "POST", path: `${door}login/`, body, as: null });
  const { status, data } = calls.at(-1);
  if (status === 200) user = data.user;
  return shown(calls);
}

/** Log out: the server deletes the row and clears the cookie. */
export async function logOut() {
  const calls = await call({ method: "POST", path: `${door}logout/`, body: {} });
  const {
    status,
    shown: { trace },
  } = calls.at(-1);
  if (status === 204) ended ||= user !== null || presented(trace);
  if (status === 204 || status === 401) user = null;
  return shown(calls);
}

/** Stay logged in: there is nothing to do but to be there. */
export async function refresh() {
  return send({ method: "GET", path: `${door}me/`, note: NO_REFRESH });
}

/** Send a request as whoever is logged in; before a write get what it must repeat. */
export async function send(request) {
  const calls = await call(request);
  const { status, data, shown: last } = calls.at(-1);
  if (status === 401) user = null;
  if (status === 200 && request.path === `${door}me/`) user = data;
  if (!user && status > 0 && status < 400 && presented(last.trace) && last.trace.credential.used !== false) {
    await recognise();
    last.request.as = user?.username ?? null;
  }
  return shown(calls);
}

/** Say what this client holds, for the page to show. */
export function held() {
  const csrf = cookie("csrftoken");
  const id = user
    ? { name: "sessionid", value: "kept by the browser; this page cannot read it", why: WORDS.credential }
    : { name: "sessionid", value: "none", why: ended ? WORDS.gone : "" };
  const token = { name: "csrftoken", value: csrf ? shorten(csrf) : "none", why: WORDS.companion };
  const place = { name: "Kept in", value: "the browser's cookie jar", why: WORDS.place };
  const lose = {
    title: "Lose the csrftoken",
    run: () => {
      document.cookie = "csrftoken=; Max-Age=0; Path=/";
    },
  };
  return { user, things: [id, token, place], choice: null, actions: csrf ? [lose] : [] };
}

/** Find out who one is when the page opens; `page` is what the server knew when it made it. */
export async function restore(page) {
  return page.signedIn ? send({ method: "GET", path: `${door}me/` }) : [];
}

/** Say how a terminal does it: what comes before a request, and what it carries. */
export function inShell(request, logInWith) {
  const write = request.method !== "GET";
  if (!request.as && !write) return { before: [], carries: [] };
  const url = location.origin + door;
  const secure = location.protocol === "https:" ? ` -e ${location.origin}/` : ""; // there Django looks at the Referer
  const csrf = `-H "X-CSRFToken: $(awk '/csrftoken/ {print $7}' jar.txt)"${secure}`;
  const before = [`curl -s -c jar.txt ${url}csrf/`];
  if (request.as) before.push(`curl -s -o /dev/null -b jar.txt -c jar.txt ${csrf} ${logInWith} ${url}login/`);
  return { before, carries: ["-b jar.txt -c jar.txt", ...(write ? [csrf] : [])] };
}

/** Send one request, and before it the one for a CSRF token where that is missing; return all exchanges. */
async function call(request) {
  const calls = [];
  const write = request.method !== "GET";
  if (write && !cookie("csrftoken")) {
    calls.push(await exchange({ method: "GET", path: `${door}csrf/`, credentials: "same-origin", itself: FIRST }));
  }
  const csrf = cookie("csrftoken");
  calls.push(
    await exchange({
      as: user?.username,
      credentials: "same-origin",
      headers: write && csrf ? { "X-CSRFToken": csrf } : {},
      shownHeaders: write && csrf ? { "X-CSRFToken": shorten(csrf) } : {},
      ...request,
    }),
  );
  const last = calls.at(-1).shown;
  last.request.credential = cookies(csrf, last.trace);
  return calls;
}

/** Say which cookies went along: this page can read one of them, of the other the server tells whether it came. */
function cookies(csrf, trace) {
  const sent = [csrf && `csrftoken=${shorten(csrf)}`, presented(trace) && "sessionid=… (not readable here)"];
  const value = sent.filter(Boolean).join("; ");
  return value ? { name: "Cookie", value, by: "the browser" } : null;
}

/** Say whether a session id came with a request, as the server tells it. */
function presented(trace) {
  return trace?.credential?.from === "cookie";
}

/** Ask who one is: somebody logged in elsewhere in this browser. It is no step of its own. */
async function recognise() {
  const { status, data } = await exchange({ method: "GET", path: `${door}me/`, credentials: "same-origin" });
  user = status === 200 ? data : null;
}

function shown(calls) {
  return calls.map((one) => one.shown);
}
