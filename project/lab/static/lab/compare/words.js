// What the columns say about what they hold: the same questions, answered for each scheme.

export const SESSION = {
  credential:
    "The cookie is HttpOnly: document.cookie leaves it out, so a script that gets into the page cannot carry it off. " +
    "It can send requests, though: the browser adds the cookie to all of them.",
  companion:
    "A cookie that scripts of this site can read. Each write repeats it in X-CSRFToken, which another site's page " +
    "cannot: a second lock. The first is SameSite=Lax, which keeps the cookies out of that page's POSTs.",
  place:
    "Reload, close the tab: you are still logged in, in every tab, for a day. There is no switch: the server chose " +
    "the place with Set-Cookie.",
  gone: "A copy of it, wherever it may be, is dead: its row is gone.",
  unknown: "Who has a copy of the cookie, the server cannot tell; but with the row all copies die.",
};

export const JWT = {
  credential:
    "Any script in this page can read it: that is how it gets into the Authorization header. Its claims are encoded, " +
    "not encrypted.",
  treated: "treated as expired here; a copy works for % more",
  companion: "Good for one purchase of new tokens, at refresh/ alone.",
  memory:
    "A variable of this page. Reload, and you are logged out. No other tab has it, nothing is on the disk; a script " +
    "that gets into this page can still use it.",
  sessionStorage:
    "Reload, and you are still logged in; close the tab, and you are not. A script that gets into this tab can read " +
    "it and carry it off.",
  localStorage:
    "Reload, close, restart: you are still logged in, in every tab. A script that gets into any page of this site, " +
    "now or next week, can read it and carry it off.",
  gone: "A copy of the last one, wherever it may be, still works:",
  lost: "The tokens were in this page's memory, and went with it. The server still has the grant.",
  unknown: "Access tokens: none. The server signs them and keeps no list; who has a copy, it cannot tell.",
};
