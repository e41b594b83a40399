// What a client with cookies holds, to be shown: the browser's cookies, and what can be done to them.

import { cookie } from "../cookies.js";
import { shorten } from "../secrets.js";
import { COOKIE, loggedOut, TREATED } from "./words.js";

/** Return {things, actions} for a scheme, and what is known of its credential: {user, until, treated, ended}. */
export function cookieThings(scheme, state) {
  const csrf = cookie("csrftoken");
  const things = [
    credential(scheme, state),
    ...(state.user ? refreshCookie(scheme) : []),
    { name: "csrftoken", value: csrf ? shorten(csrf) : "none", why: COOKIE.csrf },
    { name: "Kept in", value: "the browser's cookie jar", why: COOKIE.place },
  ];
  return { things, actions: csrf && scheme.needs_csrf ? [{ title: "Lose the csrftoken", run: lose }] : [] };
}

function credential(scheme, { user, until, treated, ended }) {
  const name = scheme.cookies[0];
  const timed = { name, until: until ?? undefined, left: treated ? TREATED : undefined };
  if (user) return { ...timed, value: "kept by the browser; this page cannot read it", why: COOKIE.credential };
  if (!ended) return { name, value: "none" };
  const works = until > Date.now() && !scheme.ends_at_once;
  return { name, value: "none", why: loggedOut(scheme), until: works ? until : undefined };
}

function refreshCookie({ refreshes, cookies }) {
  return refreshes ? [{ name: cookies[1], value: "kept by the browser", why: COOKIE.refresh }] : [];
}

function lose() {
  document.cookie = "csrftoken=; Max-Age=0; Path=/";
}
