// The demo accounts' passwords: taken out of the page as it opens, so that nobody finds them in its elements.

const KNOWN = new Map();

for (const button of document.querySelectorAll("[data-password]")) {
  KNOWN.set(button.dataset.login ?? button.dataset.username, button.dataset.password);
  delete button.dataset.password;
}

/** Return a demo account's password; undefined for accounts that the page knows nothing of. */
export function passwordOf(username) {
  return KNOWN.get(username);
}
