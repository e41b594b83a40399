// The text of a token and what it says, two views of one thing; either can be edited.

import { decode, encode, jsonProblem, object } from "./token_text.js";

const LONGEST = 16384; // characters; nothing longer is taken apart

const field = document.querySelector("#token");
const editors = [document.querySelector("#header"), document.querySelector("#claims")];
const shown = []; // for each editor, the text put there and the part it came from
let tellAll = () => {};

/** Return the token as it stands in its field. */
export function token() {
  return field.value;
}

/** Return the parts of the token, as far as it is taken apart. */
export function tokenParts() {
  return field.value.trim().slice(0, LONGEST).split(".");
}

/** Return the claims that can be read in the editor, none where they are no object. */
export function claims() {
  return object(editors[1].value) ?? {};
}

/** Put another token in the place of this one. */
export function replace(text) {
  field.value = text;
  takeApart();
}

/** Change the token as somebody without the key can: `trick` changes its {header, claims, signature}. */
export function play(trick) {
  const [header, payload] = editors.map((editor) => object(editor.value));
  if (!header || !payload) return;
  const parts = { header, claims: payload, signature: field.value.trim().split(".")[2] ?? "" };
  trick(parts);
  replace([encode(JSON.stringify(parts.header)), encode(JSON.stringify(parts.claims)), parts.signature].join("."));
}

/** Call `changed` now and after each change, and `typed` when the text of the token itself was edited. */
export function watch(changed, typed) {
  tellAll = changed;
  field.addEventListener("input", () => {
    typed();
    takeApart();
  });
  for (const editor of editors) editor.addEventListener("input", putTogether);
  takeApart();
}

/** Show what the parts of the token say. */
function takeApart() {
  const parts = tokenParts();
  editors.forEach((editor, at) => {
    const part = parts[at] ?? "";
    const { text, problem } = decode(part);
    shown[at] = { text, part };
    editor.value = text;
    say(editor, part && problem);
  });
  tellAll();
}

/** Encode what was edited. The signature stays as it is, since nobody here has the key. */
function putTogether() {
  const parts = editors.map((editor, at) => (editor.value === shown[at].text ? shown[at].part : encode(editor.value)));
  for (const editor of editors) say(editor, editor.value && jsonProblem(editor.value));
  field.value = [...parts, ...field.value.trim().split(".").slice(2)].join(".");
  tellAll();
}

function say(editor, problem) {
  document.querySelector(`#${editor.id}-problem`).textContent = problem;
  editor.setAttribute("aria-invalid", Boolean(problem));
}
