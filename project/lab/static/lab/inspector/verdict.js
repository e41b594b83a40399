// What the server's checks say of the token: each of them, and what follows from all.

import { askChecks } from "./server.js";

const PAUSE = 250; // ms without typing before the server is asked
const NOT_REACHED = { result: "not reached", reason: "" };

const page = document.querySelector(".inspector");
let asked = null;
let waiting = 0;

/** Ask the server what it makes of a token, as soon as nobody types any more. */
export function checkSoon(token) {
  clearTimeout(waiting);
  waiting = setTimeout(() => check(token), PAUSE);
}

/** Say what follows: `result` is "pass", "fail" or "not reached". */
export function tell(result, verdict) {
  const place = page.querySelector("#verdict");
  place.dataset.result = result;
  place.textContent = verdict;
}

async function check(token) {
  asked?.abort();
  asked = new AbortController();
  try {
    const { checks, result, verdict } = await askChecks(page.dataset.checks, token, asked.signal);
    checks.forEach(showCheck);
    tell(result, verdict);
  } catch (error) {
    if (error.name === "AbortError") return;
    for (const row of page.querySelectorAll("[data-check]")) showCheck({ name: row.dataset.check, ...NOT_REACHED });
    tell("fail", error instanceof TypeError ? "The server gave no answer." : error.message);
  }
}

function showCheck({ name, result, reason }) {
  const row = page.querySelector(`[data-check="${CSS.escape(name)}"]`);
  row.dataset.result = result;
  row.querySelector(".outcome").textContent = result;
  row.querySelector(".reason").textContent = reason;
}
