// What a client holds: its things, where it keeps them, what it can do with them.

import { element, fill, pretty } from "../dom.js";
import { projecting } from "../projector.js";
import { copy } from "./copy.js";

/** Show what a client holds, return who it is; `changed` is called when somebody did something to it. */
export function showHeld(root, client, changed) {
  const { user, things, choice, actions } = client.held();
  fill(
    root,
    ...things.map((one) => thing(client.scheme.name, one)),
    choice && places(client.scheme.name, choice, changed),
    ...actions.map((action) => button(`${client.scheme.name}-${action.title}`, action, changed)),
  );
  return user;
}

function thing(scheme, { name, value, why, until, left = "% to live", json, secret }) {
  const timer = { className: "until", role: "timer", "data-until": until, "data-left": left };
  return element(
    "div",
    { className: "thing" },
    element(
      "p",
      {},
      element("strong", {}, name),
      " ",
      element("code", {}, value),
      " ",
      copyButton(`${scheme} ${name}`, secret),
    ),
    why ? element("p", { className: "why" }, why) : null,
    until === undefined ? null : element("p", { className: "why" }, element("span", timer)),
    json ? decoded(name, json) : null,
  );
}

/** What a thing says; folded up where a room looks on, to leave room. */
function decoded(name, json) {
  const text = element("pre", { tabIndex: 0, role: "group", "aria-label": `${name}, decoded` }, pretty(json));
  return element("details", { open: !projecting() }, element("summary", {}, "Decoded"), text);
}

function copyButton(name, secret) {
  if (!secret || projecting()) return null;
  const made = element("button", { type: "button", className: "small quiet", id: `copy ${name}` }, "Copy");
  made.addEventListener("click", () => copy(secret, made));
  return made;
}

function button(id, { title, run }, changed) {
  const made = element("button", { type: "button", className: "small secondary", id }, title);
  made.addEventListener("click", () => {
    run();
    changed();
  });
  return made;
}

function places(scheme, { title, value, options, choose }, changed) {
  const option = (one) => {
    const id = `${scheme}-${one.value}`;
    const input = element("input", { type: "radio", name: `${scheme}-place`, id, checked: one.value === value });
    input.addEventListener("change", () => {
      choose(one.value);
      changed();
    });
    return element("label", { htmlFor: id }, input, element("span", {}, one.value));
  };
  const chosen = options.find((one) => one.value === value);
  return element(
    "fieldset",
    { className: "places" },
    element("legend", {}, title),
    element("div", { className: "segments" }, ...options.map(option)),
    element("p", { className: "why" }, chosen.why),
  );
}

/** Let the seconds run that things still have. */
export function countDown() {
  for (const left of document.querySelectorAll("[data-until]")) {
    const seconds = Math.max(0, Math.round((left.dataset.until - Date.now()) / 1000));
    left.textContent = seconds ? left.dataset.left.replace("%", lasting(seconds)) : "expired";
    left.classList.toggle("over", seconds === 0);
  }
}

/** Return seconds as text, in hours where they are many. */
function lasting(seconds) {
  return seconds < 7200 ? `${seconds} s` : `${Math.round(seconds / 3600)} h`;
}
