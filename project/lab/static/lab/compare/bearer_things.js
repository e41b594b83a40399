// What a client with tokens holds, to be shown: what each of them is, says, and is good for.

import { shorten } from "../secrets.js";
import { parts } from "../token_parts.js";
import { BEARER, loggedOut, TREATED } from "./words.js";

/** Return what to show of the tokens of a scheme: {access, refresh, expires, treated, user}, or null. */
export function bearerThings(scheme, tokens, { last, lost }) {
  if (!tokens) return [gone(scheme, last, lost)];
  const { access, refresh, expires, treated } = tokens;
  const says = parts(access);
  const claims = Object.keys(says.claims).length > 0;
  const why = `${BEARER.credential} ${claims ? BEARER.claims : BEARER.random}`;
  const token = { name: scheme.credential, value: shorten(access), why, secret: access };
  const left = scheme.refreshes ? undefined : "% to live, and longer when used";
  const things = [{ ...token, until: expires, left: treated ? TREATED : left, json: claims ? says : undefined }];
  if (refresh) things.push({ name: "refresh token", value: shorten(refresh), why: BEARER.refresh });
  return things;
}

/** Return who the token says it is; where it does not say, who the server said it is; null without tokens. */
export function userOf(tokens) {
  if (!tokens) return null;
  const { claims } = parts(tokens.access);
  if (!claims.name) return tokens.user ?? null;
  return { id: Number(claims.sub), username: claims.name, role: claims.role ?? "?" };
}

/** Say what is left of the last token. */
function gone(scheme, last, lost) {
  const none = { name: scheme.credential, value: "none" };
  if (!last) return { ...none, why: lost ? BEARER.lost : "" };
  const until = 1000 * (parts(last).claims.exp ?? 0);
  if (scheme.ends_at_once) return { ...none, why: loggedOut(scheme) };
  return until > Date.now() ? { ...none, why: loggedOut(scheme), until } : none;
}
