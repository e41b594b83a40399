import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { bearerThings, userOf } from "../../project/lab/static/lab/compare/bearer_things.js";
import { cookieThings } from "../../project/lab/static/lab/compare/cookie_things.js";

const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
const soon = () => Math.floor(Date.now() / 1000) + 300;
const JWT = () => `${part({ alg: "HS256" })}.${part({ sub: "7", name: "ada", role: "customer", exp: soon() })}.AAAA`;
const SCHEME = { credential: "access token", refreshes: true, ends_at_once: false };
const FRESH = { last: "", lost: false };

beforeEach(() => {
  globalThis.document = { cookie: "csrftoken=0123456789" };
});

test("a JWT says who it is, and can be decoded", () => {
  const tokens = { access: JWT(), refresh: "abcdef", expires: 1 };
  assert.deepEqual(userOf(tokens), { id: 7, username: "ada", role: "customer" });
  const [token, refresh] = bearerThings(SCHEME, tokens, FRESH);
  assert.equal(token.json.claims.name, "ada");
  assert.match(token.why, /encoded, not encrypted/);
  assert.deepEqual([refresh.name, refresh.value], ["refresh token", "abc… (6 characters)"]);
});

test("an opaque token says nothing: the answer of the login does", () => {
  const tokens = { access: "random-text", expires: 1, user: { id: 7, username: "ada", role: "manager" } };
  assert.equal(userOf(tokens).username, "ada");
  const things = bearerThings({ ...SCHEME, refreshes: false }, tokens, FRESH);
  assert.equal(things.length, 1);
  assert.equal(things[0].json, undefined);
  assert.match(things[0].why, /random/);
});

test("without tokens there is no user", () => {
  assert.equal(userOf(null), null);
  assert.deepEqual(bearerThings(SCHEME, null, FRESH), [{ name: "access token", value: "none", why: "" }]);
});

test("after a logout a copy of a JWT still works until it expires", () => {
  const [none] = bearerThings(SCHEME, null, { last: JWT(), lost: false });
  assert.match(none.why, /still works/);
  assert.ok(none.until > Date.now());
});

test("after a logout a copy is refused where the sign-in ends at once", () => {
  const [none] = bearerThings({ ...SCHEME, ends_at_once: true }, null, { last: JWT(), lost: false });
  assert.match(none.why, /is refused/);
  assert.equal(none.until, undefined);
});

test("a cookie scheme with refresh has two cookies, one without has one", () => {
  const names = (scheme) => cookieThings(scheme, { user: {}, until: null }).things.map((thing) => thing.name);
  const both = { cookies: ["access", "refresh"], refreshes: true, needs_csrf: true };
  assert.deepEqual(names(both), ["access", "refresh", "csrftoken", "Kept in"]);
  assert.deepEqual(names({ ...both, cookies: ["sessionid"], refreshes: false }), ["sessionid", "csrftoken", "Kept in"]);
});

test("only a CSRF token that is there can be lost", () => {
  const scheme = { cookies: ["sessionid"], needs_csrf: true };
  const titles = () => cookieThings(scheme, { user: null }).actions.map((action) => action.title);
  assert.deepEqual(titles(), ["Lose the csrftoken"]);
  document.cookie = "";
  assert.deepEqual(titles(), []);
});

test("the cookie of an ended JWT still works in a copy, that of a session does not", () => {
  const ended = { user: null, ended: true, until: Date.now() + 60_000 };
  const [access] = cookieThings({ cookies: ["access"], ends_at_once: false }, ended).things;
  const [id] = cookieThings({ cookies: ["sessionid"], ends_at_once: true }, ended).things;
  assert.match(access.why, /still works/);
  assert.equal(access.until, ended.until);
  assert.match(id.why, /is refused/);
  assert.equal(id.until, undefined);
});
