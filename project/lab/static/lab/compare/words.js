// What the columns say about what they hold: the same questions, answered by what a scheme says about itself.

const WHO_HAS_A_COPY = {
  true: "The server cannot tell who has a copy. When the sign-in ends, every copy is refused.",
  false: "The server cannot tell who has a copy. It keeps no list of what it has signed.",
};
const LOGGED_OUT = {
  true: "A copy of the last one, wherever it may be, is refused at its next request.",
  false: "A copy of the last one, wherever it may be, still works:",
};

/** Say who else may have the credential. */
export function copies({ ends_at_once: atOnce }) {
  return WHO_HAS_A_COPY[atOnce];
}

/** Say what the end of a sign-in did to copies of its credential. */
export function loggedOut({ ends_at_once: atOnce }) {
  return LOGGED_OUT[atOnce];
}

export const COOKIE = {
  credential:
    "The cookie is HttpOnly: document.cookie leaves it out, so a script that gets into the page cannot carry it off. " +
    "It can send requests, though: the browser adds the cookie to all of them.",
  refresh: "HttpOnly too. Its path is the address of the refresh alone: the browser sends it nowhere else.",
  csrf:
    "A cookie that scripts of this site can read. Each write repeats it in X-CSRFToken, which another site's page " +
    "cannot: a second lock. The first is SameSite=Lax, which keeps the cookies out of that page's POSTs.",
  place:
    "Reload: you are still logged in, in every tab. There is no switch: the server chose the place, with Set-Cookie.",
};

export const BEARER = {
  credential: "Any script in this page can read it: that is how it gets into the Authorization header.",
  claims: "Its claims are encoded, not encrypted.",
  random: "It says nothing: it is random, and the server keeps its hash.",
  refresh: "It can be used once, at refresh/ alone, and is exchanged for new tokens.",
  lost: "It was in this page's memory, and went with the page. The server still has the sign-in.",
};

export const PLACES = {
  memory:
    "A variable of this page. Reload, and you are logged out. No other tab has it, nothing is on the disk; a script " +
    "that gets into this page can still use it.",
  sessionStorage:
    "Reload, and you are still logged in; close the tab, and you are not. A script that gets into this tab can read " +
    "it and carry it off.",
  localStorage:
    "Reload, close, restart: you are still logged in, in every tab. A script that gets into any page of this site, " +
    "now or next week, can read it and carry it off.",
};

export const TREATED = "treated as expired here; a copy works for % more";
