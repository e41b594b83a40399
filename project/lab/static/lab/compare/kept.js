// What the server keeps for the user of a column: asked for at sign-ins/ after each step, which is no step itself.

import { element, fill } from "../dom.js";
import { copies } from "./words.js";

/** Ask the server, show what it has; return the exchanges it took. */
export async function showKept(root, client) {
  const { scheme } = client;
  if (!client.held().user) {
    fill(root, why("Nobody is logged in here, so there is nobody to ask for."));
    return [];
  }
  if (!scheme.lists_sign_ins) {
    fill(root, strong("No list of sign-ins"), why(scheme.kept), why(copies(scheme)));
    return [];
  }
  const exchanges = await client.send({ method: "GET", path: `${scheme.mount}sign-ins/` });
  const { answer } = exchanges.at(-1);
  const rows = Array.isArray(answer?.body) ? answer.body : null;
  const list = { className: "rows", role: "list", tabIndex: 0, "aria-label": "Sign-ins" };
  fill(
    root,
    strong(rows ? `Sign-ins: ${rows.length}` : `No answer: ${answer?.status ?? "none"}`),
    rows ? element("ul", list, ...rows.map(signIn)) : null,
    why(scheme.kept),
    why(copies(scheme)),
  );
  return exchanges;
}

function strong(text) {
  return element("p", {}, element("strong", {}, text));
}

function why(text) {
  return text ? element("p", { className: "why" }, text) : null;
}

function signIn(row) {
  return element(
    "li",
    {},
    row.current ? element("span", { className: "tag" }, "this one") : null,
    element("span", { className: "label", title: row.label }, row.label || "unnamed client"),
    element("span", { className: "why" }, `since ${at(row.created)}; ends ${at(row.idle_until)} unless used`),
  );
}

function at(time) {
  return new Date(time).toLocaleString("en-GB", { weekday: "short", hour: "2-digit", minute: "2-digit" });
}
