// The token inspector: what its buttons do, and what follows when the token changes.

import { passwordOf } from "../passwords.js";
import { projecting } from "../projector.js";
import * as editors from "./editors.js";
import { colour, countOn, read } from "./readings.js";
import { logIn, send } from "./server.js";
import { TRICKS } from "./tricks.js";
import { checkSoon, tell } from "./verdict.js";

const page = document.querySelector(".inspector");
const find = (selector) => page.querySelector(selector);
let pasted = editors.token(); // what "Back" goes back to

function changed() {
  read();
  find("#answer").hidden = true;
  checkSoon(editors.token());
}

async function fetchToken({ username }) {
  try {
    pasted = await logIn(page.dataset.login, username, passwordOf(username));
    editors.replace(pasted);
  } catch (error) {
    tell("fail", `There is no token: ${error.message}`);
  }
}

async function sendIt() {
  const answer = await send(page.dataset.me, editors.token());
  find("#answer").hidden = false;
  find("#answer").textContent = answer;
}

function onClick(selector, run) {
  for (const button of page.querySelectorAll(selector)) button.addEventListener("click", () => run(button.dataset));
}

onClick("[data-trick]", ({ trick }) => editors.play(TRICKS[trick]));
onClick("[data-username]", fetchToken);
onClick("#back", () => editors.replace(pasted));
onClick("#send", sendIt);
document.addEventListener("projector", colour);
for (const way of ["copy", "cut", "dragstart"]) {
  find("#token").addEventListener(way, (event) => projecting() && event.preventDefault());
}
setInterval(countOn, 1000);

for (const part of page.querySelectorAll("[data-script]")) part.hidden = false;
find("#check").hidden = true; // the server is asked while one types
editors.watch(changed, () => {
  pasted = editors.token();
});
