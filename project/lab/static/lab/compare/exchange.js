// One request and its answer. What is kept of them to be shown has no secret in it.

import { withoutSecrets } from "../secrets.js";

const TELLING = ["WWW-Authenticate", "Vary", "Cache-Control", "Retry-After"];

/**
 * Send a request; return {data, status, shown}: the answer for the client's own use, and all of it to be shown.
 *
 * @param request {method, path, body, headers, credentials} as `fetch` knows them, and what the page tells about it:
 *   {credential: {name, value, by}, shownHeaders, as: who the client thinks it is,
 *   itself: why it sends this without being asked, note}.
 */
export async function exchange(request) {
  const { method, path, body, headers = {}, credentials } = request;
  const sent = body === undefined ? {} : { "Content-Type": "application/json" };
  const shown = {
    itself: request.itself,
    note: request.note,
    request: {
      method,
      path,
      as: request.as ?? null,
      credential: request.credential ?? null,
      headers: { ...request.shownHeaders, ...sent },
      body: withoutSecrets(body),
    },
    answer: null,
    trace: null,
  };
  const started = performance.now();
  try {
    const response = await fetch(path, {
      method,
      credentials,
      cache: "no-store",
      headers: { ...sent, ...headers, "Lab-Trace": "full" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    const data = parsed(text);
    shown.trace = parsed(response.headers.get("Lab-Trace") ?? "");
    shown.answer = {
      status: response.status,
      reason: response.statusText,
      headers: telling(response.headers),
      body: withoutSecrets(data ?? text),
      ms: performance.now() - started,
    };
    return { data, status: response.status, shown };
  } catch {
    return { data: null, status: 0, shown };
  }
}

function telling(headers) {
  return Object.fromEntries(TELLING.filter((name) => headers.has(name)).map((name) => [name, headers.get(name)]));
}

/** Return what JSON says, or null for what is none. */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
