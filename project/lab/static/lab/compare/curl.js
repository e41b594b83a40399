// An exchange as lines for a terminal. They log in by themselves, so that they work tomorrow, too, and hold no token.

import { withJar, withToken } from "./in_shell.js";

const CARRIERS = { cookie: withJar, header: withToken };
const IN_SHELL = { password: "PASSWORD", refresh: "REFRESH" }; // keys of a body whose value a variable has

/** Return what does the same in a POSIX shell; `passwordOf` knows some users' passwords. */
export function curl(scheme, shown, passwordOf) {
  const { request } = shown;
  const username = request.body?.username ?? request.as;
  const { before, carries } = CARRIERS[scheme.carrier](
    scheme.mount,
    request,
    json({ username: request.as, password: "" }),
  );
  const body = request.body === undefined ? [] : [json(request.body)];
  const method = request.method === "GET" ? [] : [`-X ${request.method}`];
  const last = ["curl -si", ...method, ...carries, ...body, location.origin + request.path].join(" ");
  const lines = [...before, last];
  const needed = lines.some((line) => line.includes("$PASSWORD"));
  if (needed) lines.unshift(password(username, passwordOf(username)));
  return lines.join(" && \\\n");
}

/** Return the arguments for a JSON body; secrets are spliced in from the shell's variables. */
function json(body) {
  const pairs = Object.entries(body).map(([key, value]) => {
    const text = IN_SHELL[key] ? `"'"$${IN_SHELL[key]}"'"` : JSON.stringify(value).replaceAll("'", "'\\''");
    return `"${key}": ${text}`;
  });
  return `-H 'Content-Type: application/json' -d '{${pairs.join(", ")}}'`;
}

function password(username, known) {
  if (known) return `PASSWORD=${quoted(known)}`;
  return `{ [ -n "$PASSWORD" ] || { printf '%s' ${quoted(`Password of ${username}: `)}; read -r PASSWORD; }; }`;
}

function quoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
