// What the inspector asks of the server: its checks, a token, and what the API makes of one.

import { cookie } from "../cookies.js";

const ENOUGH = 5000; // characters; of more than 4096 the server's first check reads none, so no more need go out

/** Return {checks, verdict} of the server for a token; throws Error that says why there is none. */
export async function askChecks(url, token, signal) {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": cookie("csrftoken") },
    body: JSON.stringify({ token: token.trim().slice(0, ENOUGH) }),
    signal,
  });
  if (!answer.ok) throw new Error(`The server would not check it (${answer.status}). Reload the page and try again.`);
  return answer.json();
}

/** Send a token to the API as a client does, without any cookie; return the answer as text. */
export async function send(url, token) {
  let headers;
  try {
    headers = new Headers({ Authorization: `Bearer ${token.trim()}` });
  } catch {
    return "Nothing was sent: no header can carry this text.";
  }
  try {
    const answer = await fetch(url, { headers, credentials: "omit" });
    const challenge = answer.headers.get("WWW-Authenticate");
    const lines = [
      `${answer.status} ${answer.statusText}`,
      challenge && `WWW-Authenticate: ${challenge}`,
      "",
      await answer.text(),
    ];
    return lines.filter((line) => line !== null).join("\n");
  } catch {
    return "The server gave no answer. A header of this size may be more than it reads.";
  }
}

/** Log in as a client of the API; return the access token, or throw Error. */
export async function logIn(url, username, password) {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ username, password }),
    credentials: "omit",
  });
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.detail);
  return body.access;
}
