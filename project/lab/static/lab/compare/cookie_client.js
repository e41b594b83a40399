// A client of a scheme whose credential is in a cookie: the browser keeps it and sends it; no script ever sees it.

import { presented, sendWithCookies } from "./cookie_requests.js";
import { cookieThings } from "./cookie_things.js";
import { EXPIRED, renewal, TREATED } from "./renewal.js";

const NO_REFRESH = "There is no refresh: being used keeps a session alive. So this just asks who it is.";

export class CookieClient {
  #renewal;
  #user = null;
  #sent; // the browser has the cookie: it came with the last request
  #number = 1; // another credential, another number
  #expires = null; // when the access token does, in milliseconds since 1970; null where no answer told
  #treated = false; // as expired
  #ended = false; // somebody has logged out here

  constructor(scheme) {
    this.scheme = scheme;
    this.#sent = scheme.present;
    this.#renewal = renewal({
      call: (request) => this.#call(request),
      renew: (itself) => this.#renew(itself),
      over: () => this.#over(),
      held: () => (this.#user || this.#sent) && this.#number,
    });
  }

  /** Log in; return the exchanges it took, as they can be shown. */
  async logIn(username, password) {
    const body = { username, password };
    const { status, data, exchanges } = await this.#post("login/", body, { as: null });
    if (status === 200) this.#keep(data);
    return exchanges;
  }

  /** Log out: the server ends the sign-in and clears the cookie. */
  async logOut() {
    const { status, exchanges } = await this.#post("logout/", {});
    if (status === 204) this.#ended ||= this.#user !== null || presented(exchanges.at(-1));
    if (status === 204 || status === 401) this.#forget();
    return exchanges;
  }

  /** Get new cookies, where the scheme refreshes; else there is nothing to do but to be there. */
  async refresh() {
    if (this.scheme.refreshes) return this.#renewal.refresh();
    return this.send({ method: "GET", path: `${this.scheme.mount}me/`, note: NO_REFRESH });
  }

  /** Send a request as the user who is logged in. */
  async send(request) {
    if (this.scheme.refreshes) return this.#renewal.send(request);
    const { status, exchanges } = await this.#call(request);
    if (status === 401) this.#forget();
    return exchanges;
  }

  /** Say what this client holds, for the page to show. */
  held() {
    const user = this.#user;
    const [until, treated, ended] = [this.#expires, this.#treated, this.#ended];
    const things = cookieThings(this.scheme, { user, until, treated, ended });
    const treat = {
      title: "Treat it as expired",
      run: () => {
        this.#treated = true;
      },
    };
    const actions = user && this.scheme.refreshes && !treated ? [...things.actions, treat] : things.actions;
    return { user, things: things.things, choice: null, actions };
  }

  /** Find out who one is when the page opens: the server has seen whether the cookie came. */
  async restore() {
    return this.scheme.present ? this.send({ method: "GET", path: `${this.scheme.mount}me/` }) : [];
  }

  /** Send a request, and learn from the answer who is logged in. */
  async #call(request) {
    const { status, data, exchanges } = await sendWithCookies(this.scheme, { as: this.#user?.username, ...request });
    const last = exchanges.at(-1);
    this.#sent = presented(last);
    if (status === 200 && request.path === `${this.scheme.mount}me/`) this.#user = data;
    if (!this.#user && status > 0 && status < 400 && this.#sent && last.trace.credential.used !== false) {
      await this.#recognise();
      last.request.as = this.#user?.username ?? null;
    }
    return { status, exchanges };
  }

  #post(route, body, more) {
    const request = { method: "POST", path: this.scheme.mount + route, body };
    return sendWithCookies(this.scheme, { ...request, as: this.#user?.username, ...more });
  }

  /** Say why the credential cannot be used any more, as far as this client can tell. */
  #over() {
    if (this.#user && this.#treated) return TREATED;
    return this.#user && this.#expires !== null && this.#expires <= Date.now() ? EXPIRED : "";
  }

  async #renew(itself) {
    const { status, data, exchanges } = await this.#post("refresh/", {}, { itself });
    if (status === 200) this.#keep(data);
    if (status === 400 || status === 401) this.#forget();
    return exchanges;
  }

  /** Note who is logged in, and for how long the answer says that it is good. */
  #keep({ user, expires_in: seconds }) {
    this.#user = user ?? this.#user;
    this.#number += 1;
    this.#expires = seconds ? Date.now() + 1000 * seconds : null;
    this.#treated = this.#ended = false;
  }

  #forget() {
    this.#user = null;
    this.#sent = false;
  }

  /** Ask who one is: somebody logged in elsewhere in this browser. It is no step of its own. */
  async #recognise() {
    const path = `${this.scheme.mount}me/`;
    const { status, data } = await sendWithCookies(this.scheme, { method: "GET", path });
    this.#user = status === 200 ? data : null;
    this.#number += 1;
  }
}
