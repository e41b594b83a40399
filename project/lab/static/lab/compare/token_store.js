// Where a page can keep the tokens of a scheme, and what follows from it. The choice itself is remembered.

import { PLACES as WHY } from "./words.js";

export class TokenStore {
  #key;
  #lostKey; // set while there are some in memory, so that a reload can tell that they are lost
  #memory = null;

  constructor(name) {
    this.#key = `lab.tokens.${name}`;
    this.#lostKey = `${this.#key}.in-memory`;
    /** Whether tokens went with the page that had them. */
    this.lost = sessionStorage.getItem(this.#lostKey) !== null;
    sessionStorage.removeItem(this.#lostKey);
  }

  /** Return the tokens {access, refresh, expires (milliseconds since 1970), treated (as expired), user}, or null. */
  read() {
    try {
      const tokens = JSON.parse(this.#text());
      return typeof tokens?.access === "string" ? tokens : null;
    } catch {
      return null; // somebody wrote something else there
    }
  }

  /** Keep these tokens in place of the last ones; null forgets them. */
  write(tokens) {
    this.lost = false;
    const text = tokens && JSON.stringify(tokens);
    if (this.#place() !== "memory") return put(window[this.#place()], this.#key, text);
    this.#memory = text;
    return put(sessionStorage, this.#lostKey, text && "yes");
  }

  /** Offer the places as a choice for the page to show; choosing one moves the tokens there. */
  choice() {
    const options = Object.entries(WHY).map(([value, why]) => ({ value, why }));
    return { title: "Tokens are kept in", value: this.#place(), options, choose: (place) => this.#choose(place) };
  }

  #text() {
    return this.#place() === "memory" ? this.#memory : window[this.#place()].getItem(this.#key);
  }

  #choose(place) {
    const tokens = this.read();
    if (tokens) this.write(null);
    localStorage.setItem(`${this.#key}.place`, place);
    if (tokens) this.write(tokens);
  }

  #place() {
    const chosen = localStorage.getItem(`${this.#key}.place`);
    return Object.hasOwn(WHY, chosen ?? "") ? chosen : "memory";
  }
}

function put(storage, key, text) {
  if (text === null) storage.removeItem(key);
  else storage.setItem(key, text);
}
