// One column: what was sent, what came back, what the server did for it.

import { element, fill } from "../dom.js";
import { projecting } from "../projector.js";
import { copy, putAway } from "./copy.js";
import { curl } from "./curl.js";
import { toneOf } from "./status.js";

/** Return a function that shows an exchange in a column, its rows marked where `differing` has their key. */
export function column(root, scheme, passwordOf) {
  let current = null;
  const part = (name) => root.querySelector(`[data-part="${name}"]`);
  const button = root.querySelector("[data-copy]");
  const lines = () => curl(scheme, current, projecting() ? () => "" : passwordOf);
  button.addEventListener("click", () => copy(lines(), button));

  return (shown, rows, differing) => {
    current = shown;
    putAway();
    button.hidden = !shown;
    fill(root.querySelector("[data-note]"), ...remarks(shown));
    for (const name of ["glance", "request", "answer", "trace"]) {
      const own = (rows ?? []).filter((row) => row.part === name);
      fill(part(name), ...own.map((row) => rendered(row, differing.includes(row.key))));
    }
  };
}

function remarks(shown) {
  if (!shown) return ["Nothing was sent from here in this step."];
  if (shown.itself) return ["The client sent this on its own."];
  return shown.note ? [shown.note] : [];
}

function rendered({ key, label, value, wire, by, status }, differs) {
  const sign = element("span", { "aria-hidden": true, title: "differs from the other column" }, "≠");
  const mark = differs ? element("span", { className: "compare-mark" }, sign, hidden("differs")) : null;
  const text = () => element("span", { className: toneOf(status) }, ...textOf(value));
  const shown = wire ? onTheWire(value, label || key) : text();
  const source = by ? element("small", {}, `added by ${by}`) : null;
  return element(
    "div",
    { className: `fact${wire ? " compare-wire" : ""}${differs ? " differs" : ""}` },
    element("dt", { className: label ? "" : "visually-hidden" }, label || key),
    element("dd", {}, mark, shown, source),
  );
}

function hidden(text) {
  return element("span", { className: "visually-hidden" }, text);
}

function onTheWire(value, label) {
  if (!value.includes("\n")) return element("code", {}, value);
  return element("pre", { tabIndex: 0, role: "group", "aria-label": label }, value);
}

function textOf(value) {
  if (!Array.isArray(value)) return [value];
  return value.map(({ name, phase, ms }) =>
    element("span", { className: "named" }, name, element("small", {}, `${phase}, ${ms}`)),
  );
}
