// What is shown beside the token: its parts in colours, its signature's length, its times.

import { element, fill } from "../dom.js";
import { projecting } from "../projector.js";
import { shorten } from "../secrets.js";
import { claims, tokenParts } from "./editors.js";
import { date, fromNow } from "./times.js";
import { signature } from "./token_text.js";

const PARTS = ["header", "payload", "signature"];
const TIMES = ["iat", "nbf", "exp"];

const find = (selector) => document.querySelector(selector);

/** Show all of it for the token as it is now. */
export function read() {
  colour();
  find("#signature").textContent = signature(tokenParts()[2] ?? "");
  listTimes();
}

/** Show the token with its parts in colours; on a projector, without its signature. */
export function colour() {
  const text = (part, at) => (projecting() && at > 1 && part ? shorten(part) : part);
  const marked = tokenParts().flatMap((part, at) => {
    const mark = element("span", { className: PARTS[at] ?? "" }, text(part, at));
    return at ? [".", mark] : [mark];
  });
  fill(find("#coloured"), ...marked);
}

/** Let the times run on. */
export function countOn() {
  for (const left of document.querySelectorAll("[data-moment]"))
    left.textContent = fromNow(Number(left.dataset.moment));
}

function listTimes() {
  const all = claims();
  const own = TIMES.filter((name) => Object.hasOwn(all, name));
  fill(find("#times"), ...own.map((name) => element("div", {}, element("dt", {}, name), moment(all[name]))));
}

function moment(seconds) {
  if (!date(seconds)) return element("dd", {}, "no time");
  const left = element("span", { "data-moment": seconds }, fromNow(seconds));
  return element("dd", {}, date(seconds), left);
}
