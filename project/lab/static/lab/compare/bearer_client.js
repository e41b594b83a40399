// A client of a scheme whose credential is in a header: the script keeps it and sends it; no cookie goes out or in.

import { shorten } from "../secrets.js";
import { parts } from "../token_parts.js";
import { bearerThings, userOf } from "./bearer_things.js";
import { exchange } from "./exchange.js";
import { EXPIRED, renewal, TREATED } from "./renewal.js";
import { TokenStore } from "./token_store.js";

const NO_REFRESH = "This token has no refresh: being used keeps it alive. So this just asks who it is.";

export class BearerClient {
  #renewal;
  #store;
  #last = ""; // the last access token, when it has been forgotten

  constructor(scheme) {
    this.scheme = scheme;
    this.#store = new TokenStore(scheme.name);
    this.#renewal = renewal({
      call: (request) => this.#call(request),
      renew: (itself) => this.#renew(itself),
      over: () => this.#over(),
      held: () => this.#store.read()?.access,
    });
  }

  /** Log in; return the exchanges it took, as they can be shown. */
  async logIn(username, password) {
    const { status, data, exchanges } = await this.#post("login/", { username, password }, { as: null, bare: true });
    if (status === 200) this.#keep(data);
    if (status === 200 && !this.held().user) await this.#recognise();
    return exchanges;
  }

  /** Log out: the server ends the sign-in, this client forgets its tokens. */
  async logOut() {
    const body = this.#refreshToken();
    const { status, exchanges } = await this.#post("logout/", body, { bare: this.scheme.refreshes });
    if ([200, 204, 401].includes(status)) this.#forget();
    return exchanges;
  }

  /** Get new tokens for the refresh token, where there is one; else there is nothing to do but to be there. */
  async refresh() {
    if (this.scheme.refreshes) return this.#renewal.refresh();
    return this.send({ method: "GET", path: `${this.scheme.mount}me/`, note: NO_REFRESH });
  }

  /** Send a request with the access token. */
  async send(request) {
    if (this.scheme.refreshes) return this.#renewal.send(request);
    const { status, exchanges } = await this.#call(request);
    if (status === 401) this.#forget();
    return exchanges;
  }

  /** Say what this client holds, for the page to show. */
  held() {
    const tokens = this.#store.read();
    const things = bearerThings(this.scheme, tokens, { last: this.#last, lost: this.#store.lost });
    const treat = { title: "Treat it as expired", run: () => this.#store.write({ ...tokens, treated: true }) };
    const actions = tokens && this.scheme.refreshes && !tokens.treated ? [treat] : [];
    return { user: userOf(tokens), things, choice: this.#store.choice(), actions };
  }

  /** Find out who one is when the page opens: there may be tokens from before. */
  async restore() {
    return this.#store.read() ? this.send({ method: "GET", path: `${this.scheme.mount}me/` }) : [];
  }

  /** Send one request. The token goes to its own mount alone, and not where one comes in. */
  async #call(request) {
    const tokens = this.#store.read();
    const token = !request.bare && request.path.startsWith(this.scheme.mount) ? tokens?.access : null;
    const { status, data, shown } = await exchange({
      as: userOf(tokens)?.username,
      credentials: "omit",
      headers: token ? { Authorization: `Bearer ${token}` } : {},
      credential: token ? { name: "Authorization", value: `Bearer ${shorten(token)}`, by: "this page's script" } : null,
      ...request,
    });
    return { status, data, exchanges: [shown] };
  }

  #post(route, body, more) {
    return this.#call({ method: "POST", path: this.scheme.mount + route, body, ...more });
  }

  /** Say why the access token cannot be used any more, as far as this client can tell. */
  #over() {
    const tokens = this.#store.read();
    if (tokens?.treated) return TREATED;
    return tokens?.expires <= Date.now() ? EXPIRED : "";
  }

  async #renew(itself) {
    const { status, data, exchanges } = await this.#post("refresh/", this.#refreshToken(), { bare: true, itself });
    if (status === 200) this.#keep({ user: this.#store.read()?.user, ...data });
    if (status === 400 || status === 401) this.#forget();
    return exchanges;
  }

  /** Keep what a login or a refresh answers. A library's own answer may not tell who it is, or how long it lives. */
  #keep({ access, refresh, expires_in: seconds, user }) {
    const expires = seconds ? Date.now() + 1000 * seconds : 1000 * parts(access).claims.exp;
    this.#store.write({ access, refresh, expires, user });
  }

  #forget() {
    this.#last = this.#store.read()?.access ?? this.#last;
    this.#store.write(null);
  }

  #refreshToken() {
    const refresh = this.#store.read()?.refresh;
    return refresh ? { refresh } : {};
  }

  /** Ask who one is, where neither the answer nor the token tells. It is no step of its own. */
  async #recognise() {
    const { status, data } = await this.#call({ method: "GET", path: `${this.scheme.mount}me/` });
    if (status === 200) this.#store.write({ ...this.#store.read(), user: data });
  }
}
