// What the server keeps for the user of a column: asked for at sign-ins/ after each step, which is no step itself.

import { element, fill } from "../dom.js";

/** Ask the server, show what it has; return the exchanges it took. */
export async function showKept(root, client) {
  if (!client.held().user) {
    fill(root, element("p", { className: "why" }, "Nobody is logged in here, so there is nobody to ask for."));
    return [];
  }
  const exchanges = await client.send({ method: "GET", path: `${client.door}sign-ins/` });
  const { answer } = exchanges.at(-1);
  const rows = Array.isArray(answer?.body) ? answer.body : null;
  const found = rows ? `${client.rows}: ${rows.length}` : `No answer: ${answer?.status ?? "none"}`;
  const list = { className: "rows", role: "list", tabIndex: 0, "aria-label": client.rows };
  fill(
    root,
    element("p", {}, element("strong", {}, found)),
    rows ? element("ul", list, ...rows.map(signIn)) : null,
    element("p", { className: "why" }, client.unknown),
  );
  return exchanges;
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
