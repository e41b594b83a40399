// The Compare page: one control, two clients, each step shown side by side. Nothing here knows which scheme is which.

import { passwordOf } from "../passwords.js";
import { BearerClient } from "./bearer_client.js";
import * as controls from "./controls.js";
import { CookieClient } from "./cookie_client.js";
import { countDown, showHeld } from "./held.js";
import { showKept } from "./kept.js";
import { STEPS } from "./steps.js";
import { timeline } from "./timeline.js";

const CLIENTS = { cookie: CookieClient, header: BearerClient }; // by what carries the credential

const page = document.querySelector(".compare");
const find = (selector) => page.querySelector(selector);
const schemes = JSON.parse(document.querySelector("#compared").textContent);
const clients = schemes.map((scheme) => new CLIENTS[scheme.carrier](scheme));
const steps = timeline(
  find(".timeline"),
  schemes.map((scheme) => scheme.name),
  show,
);
let last = Promise.resolve();
let result = null; // shows a step

/** Do a step wherever the control says, then look what everyone has. */
function doStep(name, chosen) {
  take(async () => {
    const doing = clients.filter((client) => controls.isFor(client.scheme.name));
    if (doing.length === 1) find(`#show-${doing[0].scheme.name}`).checked = true; // where there is room for one column
    const parts = STEPS[name].parts ?? [name];
    const done = await Promise.all(parts.map((part) => perform(STEPS[part], chosen, doing)));
    for (const { results } of done) recordAsides(results);
    return done.map(({ title, results }) => record(title, results)).at(-1);
  });
}

async function perform(step, chosen, doing) {
  return { title: step.title(chosen, doing), results: await each(doing, (client) => step.run(client, chosen)) };
}

/** Let clients do something one after the other; return [client, exchanges] of each.
 *  Why not at once: two clients with cookies share the cookie csrftoken, and act on one cart. */
async function each(doing, run) {
  const done = [];
  for (const client of doing) done.push([client, await run(client)]);
  return done;
}

/** Put what clients did unasked, such as a refresh, into the timeline. */
function recordAsides(results) {
  for (const [client, exchanges] of results) {
    for (const one of exchanges.slice(0, -1)) steps.add(one.itself, { [client.scheme.name]: one });
  }
}

/** Put a step into the timeline and return it; null where nobody did anything. */
function record(title, results) {
  const took = results.filter(([, exchanges]) => exchanges.length);
  const sides = Object.fromEntries(took.map(([client, exchanges]) => [client.scheme.name, exchanges.at(-1)]));
  return took.length ? steps.add(title, sides) : null;
}

/** Run something when its turn comes; show the step that it returns and what everyone has then. */
function take(run) {
  find(".compare-columns").setAttribute("aria-busy", "true");
  const turn = last
    .catch(() => null)
    .then(run)
    .then(look)
    .finally(() => {
      if (last === turn) find(".compare-columns").removeAttribute("aria-busy");
    });
  last = turn;
}

async function look(step) {
  if (step) await steps.select(step);
  showAllHeld();
  recordAsides(await each(clients, (client) => showKept(part(client, "kept"), client)));
  showAllHeld();
}

/** Show a step in both columns. What does it is loaded with the first step. */
async function show(step) {
  result ??= (await import("./result.js")).result(page, schemes, passwordOf);
  result(step);
  controls.learnPrices(schemes.map(({ name }) => step.sides[name]?.answer?.body ?? []));
}

function showAllHeld() {
  for (const client of clients) {
    const user = showHeld(part(client, "held"), client, showAllHeld);
    part(client, "who").textContent = user ? `${user.username}, ${user.role}` : "nobody";
  }
  countDown();
}

function part(client, name) {
  return root(client).querySelector(`[data-part="${name}"]`);
}

function root(client) {
  return find(`[data-client="${client.scheme.name}"]`);
}

controls.onStep(doStep);
document.addEventListener("projector", showAllHeld);
window.addEventListener("storage", showAllHeld); // another tab may have logged in or out
setInterval(countDown, 1000);
take(async () => {
  const results = await each(clients, (client) => client.restore());
  recordAsides(results);
  return record("Who am I, as the page opens?", results);
});
