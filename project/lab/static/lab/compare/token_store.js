// Where a page can keep a token, and what follows from it. The choice itself is remembered.

import { JWT as WORDS } from "./words.js";

const TOKENS = "lab.tokens";
const PLACE = "lab.tokens.place";
const IN_MEMORY = "lab.tokens.in-memory"; // set while there are some, so that a reload can tell that they are lost

let memory = null;
let lostOnReload = sessionStorage.getItem(IN_MEMORY) !== null;
sessionStorage.removeItem(IN_MEMORY);

const PLACES = {
  memory: {
    read: () => memory,
    write: (text) => {
      memory = text;
      put(sessionStorage, IN_MEMORY, text && "yes");
    },
  },
  sessionStorage: {
    read: () => sessionStorage.getItem(TOKENS),
    write: (text) => put(sessionStorage, TOKENS, text),
  },
  localStorage: {
    read: () => localStorage.getItem(TOKENS),
    write: (text) => put(localStorage, TOKENS, text),
  },
};

/** Return the tokens {access, refresh, expires (milliseconds since 1970), treated (as expired)}, or null. */
export function read() {
  try {
    const tokens = JSON.parse(PLACES[place()].read());
    return typeof tokens?.access === "string" && typeof tokens.refresh === "string" ? tokens : null;
  } catch {
    return null; // somebody wrote something else there
  }
}

/** Keep these tokens in place of the last ones; null forgets them. */
export function write(tokens) {
  lostOnReload = false;
  PLACES[place()].write(tokens && JSON.stringify(tokens));
}

/** Say whether tokens went with the page that had them. */
export function lost() {
  return lostOnReload;
}

/** Offer the places as a choice for the page to show; choosing one moves the tokens there. */
export function choice() {
  const options = Object.keys(PLACES).map((value) => ({ value, why: WORDS[value] }));
  return { title: "Tokens are kept in", value: place(), options, choose };
}

function choose(value) {
  const tokens = read();
  if (tokens) PLACES[place()].write(null);
  localStorage.setItem(PLACE, value);
  if (tokens) write(tokens);
}

function place() {
  const chosen = localStorage.getItem(PLACE);
  return Object.hasOwn(PLACES, chosen ?? "") ? chosen : "memory";
}

function put(storage, key, text) {
  if (text === null) storage.removeItem(key);
  else storage.setItem(key, text);
}
