// The steps so far. Any of them can be looked at again, and all can be taken home as JSON.

import { element } from "../dom.js";
import { toneOf } from "./status.js";

/** Return {add, select}; `show` is called with the step that is selected: {number, title, at, itself, sides}. */
export function timeline(root, names, show) {
  const list = root.querySelector("ol");
  const steps = [];

  const select = (step) => {
    for (const button of list.querySelectorAll("button")) button.removeAttribute("aria-current");
    const button = list.children[step.number - 1].firstChild;
    button.setAttribute("aria-current", "step");
    list.scrollLeft = button.offsetLeft + (button.offsetWidth - list.clientWidth) / 2;
    return show(step);
  };

  /** Add a step; `sides` has an exchange for each client that took part, by its name. */
  const add = (title, sides) => {
    const itself = Object.values(sides).every((shown) => shown.itself);
    const step = { number: steps.length + 1, title, at: new Date().toISOString(), itself, sides };
    steps.push(step);
    const button = element("button", { type: "button", onclick: () => select(step) }, ...labelOf(step, names));
    list.append(element("li", {}, button));
    root.hidden = false;
    return step;
  };

  root.querySelector("[data-export]").addEventListener("click", () => download(steps));
  return { add, select };
}

function labelOf({ number, title, itself, sides }, names) {
  const status = (name) => sides[name] && (sides[name].answer?.status ?? 0);
  const marks = names.map((name) => element("span", { className: toneOf(status(name)) }, status(name) ?? "–"));
  return [
    element("span", { className: itself ? "itself" : "" }, `${number}. ${title}`),
    element("span", { className: "marks" }, ...marks),
  ];
}

function download(steps) {
  const text = JSON.stringify({ from: location.origin, steps }, null, 2);
  const href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = element("a", { href, download: "steps.json" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
