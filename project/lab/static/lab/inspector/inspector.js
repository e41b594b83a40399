// The token inspector: the text of a token and what it says, two views of one thing; either can be edited.

import { askChecks, logIn, send } from "./inspector_server.js";
import { date, fromNow } from "./inspector_time.js";
import { decode, encode, hex, jsonProblem, object } from "./inspector_token.js";
import { passwordOf } from "./passwords.js";
import { projecting } from "./projector.js";
import { shorten } from "./secrets.js";
import { bytes } from "./token_parts.js";

const page = document.querySelector(".inspector");
const find = (selector) => page.querySelector(selector);
const token = find("#token");
const editors = [find("#header"), find("#claims")];
const DECODED = 16384; // characters; nothing longer is taken apart
const NOT_REACHED = { result: "not reached", reason: "" };
const PAUSE = 250; // ms without typing before the server is asked
let pasted = token.value; // what "Back" goes back to
let shown = []; // for each editor, the text put there and the part it came from
let asked = null;
let waiting = 0;

// The token was edited: show what its parts say.
function takeApart() {
  const parts = token.value.trim().slice(0, DECODED).split(".");
  editors.forEach((editor, at) => {
    const part = parts[at] ?? "";
    const { text, problem } = decode(part);
    shown[at] = { text, part };
    editor.value = text;
    say(editor, part && problem);
  });
  changed();
}

// What a part says was edited: encode it. The signature stays as it is, since nobody here has the key.
function putTogether() {
  const parts = editors.map((editor, at) => (editor.value === shown[at].text ? shown[at].part : encode(editor.value)));
  editors.forEach((editor) => say(editor, editor.value && jsonProblem(editor.value)));
  token.value = [...parts, ...token.value.trim().split(".").slice(2)].join(".");
  changed();
}

function say(editor, problem) {
  find(`#${editor.id}-problem`).textContent = problem;
  editor.setAttribute("aria-invalid", Boolean(problem));
}

function changed() {
  colour();
  describeSignature();
  listTimes();
  find("#answer").hidden = true;
  clearTimeout(waiting);
  waiting = setTimeout(check, PAUSE);
}

/** Show the token with its parts told apart; to a room that looks on, no signature. */
function colour() {
  const parts = token.value.trim().slice(0, DECODED).split(".");
  const marked = parts.flatMap((part, at) => {
    const mark = document.createElement("span");
    mark.className = ["header", "payload", "signature"][at] ?? "";
    mark.textContent = projecting() && at > 1 && part ? shorten(part) : part;
    return at ? [".", mark] : [mark];
  });
  find("#coloured").replaceChildren(...marked);
}

function describeSignature() {
  const part = token.value.trim().slice(0, DECODED).split(".")[2] ?? "";
  const data = bytes(part);
  const start = data && hex(data.slice(0, 4));
  const length = data && `${data.length} byte${data.length === 1 ? "" : "s"}`;
  find("#signature").textContent = !part ? "There is none." : data ? `${length}: ${start}${data.length > 4 ? " …" : ""}` : "This is not base64url.";
}

function listTimes() {
  const claims = object(editors[1].value) ?? {};
  const times = ["iat", "nbf", "exp"].filter((name) => Object.hasOwn(claims, name)).map((name) => {
    const row = document.createElement("div");
    const [term, when] = [document.createElement("dt"), document.createElement("dd")];
    term.textContent = name;
    when.textContent = date(claims[name]) || "no time";
    if (date(claims[name])) when.append(relative(claims[name]));
    row.append(term, when);
    return row;
  });
  find("#times").replaceChildren(...times);
}

function relative(seconds) {
  const left = document.createElement("span");
  left.dataset.moment = seconds;
  left.textContent = fromNow(seconds);
  return left;
}

async function check() {
  asked?.abort();
  asked = new AbortController();
  try {
    const { checks, result, verdict } = await askChecks(page.dataset.checks, token.value, asked.signal);
    checks.forEach(showCheck);
    tell(result, verdict);
  } catch (error) {
    if (error.name === "AbortError") return;
    for (const row of page.querySelectorAll("[data-check]")) showCheck({ name: row.dataset.check, ...NOT_REACHED });
    tell("fail", error instanceof TypeError ? "The server gave no answer." : error.message);
  }
}

function tell(result, verdict) {
  find("#verdict").dataset.result = result;
  find("#verdict").textContent = verdict;
}

function showCheck({ name, result, reason }) {
  const row = find(`[data-check="${CSS.escape(name)}"]`);
  row.dataset.result = result;
  row.querySelector(".outcome").textContent = result;
  row.querySelector(".reason").textContent = reason;
}

// What the buttons do to {header, claims, signature}.
const TRICKS = {
  manager: (parts) => { parts.claims.role = "manager"; },
  longer: (parts) => { parts.claims.exp = Math.floor(Date.now() / 1000) + 86400; },
  none: (parts) => { parts.header.alg = "none"; },
  unsigned: (parts) => { parts.signature = ""; },
};

function play(trick) {
  const [header, claims] = editors.map((editor) => object(editor.value));
  const parts = { header, claims, signature: token.value.trim().split(".")[2] ?? "" };
  if (!header || !claims) return;
  trick(parts);
  token.value = [encode(JSON.stringify(header)), encode(JSON.stringify(claims)), parts.signature].join(".");
  takeApart();
}

function back() {
  token.value = pasted;
  takeApart();
}

async function fetchToken(button) {
  try {
    token.value = pasted = await logIn(page.dataset.login, button.dataset.username, passwordOf(button.dataset.username));
    takeApart();
  } catch (error) {
    tell("fail", `There is no token: ${error.message}`);
  }
}

async function sendIt() {
  const answer = await send(page.dataset.me, token.value);
  find("#answer").hidden = false;
  find("#answer").textContent = answer;
}

token.addEventListener("input", () => { pasted = token.value; takeApart(); });
for (const editor of editors) editor.addEventListener("input", putTogether);
for (const button of page.querySelectorAll("[data-trick]")) button.addEventListener("click", () => play(TRICKS[button.dataset.trick]));
for (const button of page.querySelectorAll("[data-username]")) button.addEventListener("click", () => fetchToken(button));
find("#back").addEventListener("click", back);
find("#send").addEventListener("click", sendIt);
document.addEventListener("projector", colour);
for (const way of ["copy", "cut", "dragstart"]) token.addEventListener(way, (event) => projecting() && event.preventDefault());
setInterval(() => {
  for (const left of page.querySelectorAll("[data-moment]")) left.textContent = fromNow(Number(left.dataset.moment));
}, 1000);

for (const part of page.querySelectorAll("[data-script]")) part.hidden = false;
find("#check").hidden = true; // the server is asked while one types
takeApart();
