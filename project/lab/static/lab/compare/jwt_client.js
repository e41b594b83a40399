// A client of /api/jwt/: the script keeps the tokens and sends one itself; no cookie goes out or comes in.

import { shorten } from "../secrets.js";
import { parts } from "../token_parts.js";
import { exchange } from "./exchange.js";
import * as store from "./token_store.js";
import { JWT as WORDS } from "./words.js";

export const name = "jwt";
export const door = "/api/jwt/";
export const rows = "Grant rows";
export const unknown = WORDS.unknown;

const EXPIRED = "Refresh, as the token has expired";
const TREATED = "Refresh, as this client takes the token for expired";
const REFUSED = "Refused: the token is not good any more";
const AFTER_REFUSAL = "Refresh, as the token was refused";

let refreshing = null;
let copies = 0; // until when a copy of the last access token works, in milliseconds since 1970

/** Log in; return the exchanges it took, as they can be shown. */
export async function logIn(username, password) {
  const body = { username, password };
  const answer = await call({ method: "POST", path: `${door}login/`, body, as: null, bare: true });
  if (answer.status === 200) keep(answer.data);
  return [answer.shown];
}

/** Log out: the server revokes the grant, this client forgets its tokens. */
export async function logOut() {
  const answer = await call({ method: "POST", path: `${door}logout/`, body: refreshToken(), bare: true });
  if (answer.status === 204) forget();
  return [answer.shown];
}

/** Get new tokens for the refresh token: once, however many ask for it at the same time. */
export async function refresh(itself) {
  refreshing ??= renew(itself).finally(() => {
    refreshing = null;
  });
  return refreshing;
}

/** Send a request with the access token; where it has expired, get the next one and send it with that. */
export async function send(request) {
  const before = store.read();
  const over = before && (before.treated || before.expires <= Date.now());
  const first = over ? await refreshed(before.treated ? TREATED : EXPIRED) : [];
  const used = store.read()?.access;
  const answer = await call(request);
  if (answer.status !== 401 || !used) return [...first, answer.shown];
  const next = store.read()?.access === used ? await refreshed(AFTER_REFUSAL) : [];
  if (!store.read()) return [...first, ...next, answer.shown];
  return [...first, { ...answer.shown, itself: REFUSED }, ...next, (await call(request)).shown];
}

/** Say what this client holds, for the page to show. */
export function held() {
  const tokens = store.read();
  if (!tokens) return { user: null, things: [gone()], choice: store.choice(), actions: [] };
  const { access, refresh: next, expires, treated } = tokens;
  const token = { name: "access token", value: shorten(access), why: WORDS.credential, secret: access };
  const things = [
    { ...token, until: expires, left: treated ? WORDS.treated : undefined, json: parts(access) },
    { name: "refresh token", value: shorten(next), why: WORDS.companion },
  ];
  const treat = { title: "Treat it as expired", run: () => store.write({ ...tokens, treated: true }) };
  return { user: userOf(tokens), things, choice: store.choice(), actions: treated ? [] : [treat] };
}

/** Find out who one is when the page opens: there may be tokens from before. */
export async function restore() {
  return store.read() ? send({ method: "GET", path: `${door}me/` }) : [];
}

/** Say how a terminal does it: what comes before a request, and what it carries. */
export function inShell(request, logInWith) {
  const cutOut = (key) => `$(printf %s "$ANSWER" | sed 's/.*"${key}":"\\([^"]*\\)".*/\\1/')`;
  const logIn = `ANSWER=$(curl -s ${logInWith} ${location.origin}${door}login/)`;
  if (request.credential) {
    return { before: [logIn, `TOKEN=${cutOut("access")}`], carries: ['-H "Authorization: Bearer $TOKEN"'] };
  }
  return { before: request.body?.refresh ? [logIn, `REFRESH=${cutOut("refresh")}`] : [], carries: [] };
}

/** Send one request. The token goes to its own door alone, and not where one comes in. */
function call(request) {
  const tokens = store.read();
  const token = !request.bare && request.path.startsWith(door) ? tokens?.access : null;
  return exchange({
    as: tokens && userOf(tokens).username,
    credentials: "omit",
    headers: token ? { Authorization: `Bearer ${token}` } : {},
    credential: token ? { name: "Authorization", value: `Bearer ${shorten(token)}`, by: "this page's script" } : null,
    ...request,
  });
}

/** Wait for new tokens; the exchange is told to the first who asked for them. */
async function refreshed(itself) {
  if (!refreshing) return refresh(itself);
  await refreshing;
  return [];
}

async function renew(itself) {
  const answer = await call({ method: "POST", path: `${door}refresh/`, body: refreshToken(), bare: true, itself });
  if (answer.status === 200) keep(answer.data);
  if (answer.status === 400 || answer.status === 401) forget();
  return [answer.shown];
}

function keep({ access, refresh: next, expires_in: seconds }) {
  store.write({ access, refresh: next, expires: Date.now() + 1000 * seconds });
}

function forget() {
  const tokens = store.read();
  if (tokens) copies = 1000 * (parts(tokens.access).claims.exp ?? 0);
  store.write(null);
}

/** Say what is left of the last tokens. */
function gone() {
  const none = { name: "access token", value: "none" };
  if (copies > Date.now()) return { ...none, why: WORDS.gone, until: copies };
  return { ...none, why: store.lost() ? WORDS.lost : "" };
}

function refreshToken() {
  const tokens = store.read();
  return tokens ? { refresh: tokens.refresh } : {};
}

function userOf(tokens) {
  const { claims } = parts(tokens.access);
  return { id: Number(claims.sub), username: claims.name ?? "?", role: claims.role ?? "?" };
}
