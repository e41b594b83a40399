// A step as it went in both columns, side by side. It is loaded with the first step: before, there is nothing to show.

import { column } from "./column.js";
import { differences, oneCart, told } from "./differences.js";
import { facts } from "./facts.js";
import { bringIntoSight } from "./sight.js";

/** Return a function that shows a step: an exchange in each column, what differs marked, and said in a sentence. */
export function result(page, schemes, passwordOf) {
  const root = ({ name }) => page.querySelector(`[data-client="${name}"]`);
  const columns = schemes.map((scheme) => column(root(scheme), scheme, passwordOf));

  return (step) => {
    const shown = schemes.map(({ name }) => step.sides[name]);
    const rows = shown.map((one, at) => one && facts(one, schemes[at].mount));
    const shared = oneCart(...shown);
    const differing = differences(...rows, shared);
    for (const [at, show] of columns.entries()) show(shown[at], rows[at], differing ?? []);
    page.querySelector(".step-title").textContent = `${step.number}. ${step.title}`;
    const says = shown.every(Boolean) ? told(differing) : "In one column only.";
    page.querySelector(".step-says").textContent = shared ? `It is the same cart. ${says}` : says;
    bringIntoSight(page.querySelector(".result > header"));
  };
}
