import assert from "node:assert/strict";
import { test } from "node:test";

import { facts } from "../../project/lab/static/lab/compare/facts.js";

const REQUEST = { method: "GET", path: "/api/jwt/cart/", headers: {}, credential: null };
const ANSWER = { status: 200, reason: "OK", headers: {}, body: { count: 0 }, ms: 12.3 };
const TRACE = {
  rule: "the token is valid",
  credential: { kind: "access token", from: "header Authorization", fingerprint: "0a1b", used: true },
  read: { sub: "1", sid: "abcdefgh", exp: 0 },
  lookups: [
    { name: "user", phase: "authenticating", ms: 0.5 },
    { name: "cart", phase: "serving", ms: 1.25 },
  ],
  writes: [],
  statements: { authenticating: 1, serving: 2 },
  signatures: 1,
  bytes: { credential: 300, request: 400, response: 500 },
  ms: { authenticating: 0.25, serving: 11, total: 11.6 },
};

const row = (shown, key) => facts(shown, "/api/jwt/").find((one) => one.key === key);
const whole = { request: REQUEST, answer: ANSWER, trace: TRACE };

test("the address is the same under another mount", () => {
  assert.equal(row(whole, "address").value, "GET /api/jwt/cart/");
  assert.equal(row(whole, "address").same, "GET cart/");
});

test("a request without a credential says so", () => {
  assert.equal(row(whole, "credential").value, "none");
});

test("a credential says who added it", () => {
  const credential = { name: "Cookie", value: "sessionid=…", by: "the browser" };
  const shown = { ...whole, request: { ...REQUEST, credential } };
  assert.deepEqual([row(shown, "credential").label, row(shown, "credential").by], ["Cookie", "the browser"]);
});

test("the rule is why it was accepted, or refused", () => {
  assert.equal(row(whole, "rule").label, "Accepted because");
  assert.equal(row({ ...whole, answer: { ...ANSWER, status: 401 } }, "rule").label, "Refused because");
});

test("a cookie that told nothing was not read", () => {
  const credential = { ...TRACE.credential, from: "cookie" };
  assert.equal(row({ ...whole, trace: { ...TRACE, credential, read: null } }, "what it says").value, "not read here");
});

test("lookups compare by name and phase, not by time", () => {
  assert.deepEqual(row(whole, "lookups").value[0], { name: "user", phase: "authenticating", ms: "0.5 ms" });
  assert.equal(row(whole, "lookups").same, "authenticating user,serving cart");
  assert.equal(row(whole, "writes").value, "nothing");
});

test("ids are shown by their beginning, times as times of day", () => {
  assert.match(row(whole, "what it says").value, /^sub 1 · sid abcd… · exp \d\d:\d\d:\d\d$/);
});

test("the figures count the lookups that tell who asks, and all SQL", () => {
  assert.equal(row(whole, "glance auth lookups").value, "1");
  assert.equal(row(whole, "glance SQL statements in all").value, "3");
  assert.equal(row(whole, "glance server ms").value, "12");
});

test("without an answer it asks whether the server runs", () => {
  assert.equal(row({ request: REQUEST, answer: null, trace: null }, "status").value, "no answer: does the server run?");
  assert.equal(row({ request: REQUEST, answer: null, trace: null }, "glance status").value, "none");
});

test("cookies that an answer sets are told by the server", () => {
  const trace = { ...TRACE, cookies: [{ name: "sessionid", attributes: "HttpOnly; Path=/" }] };
  const value = row({ ...whole, trace }, "Set-Cookie sessionid").value;
  assert.equal(value, "sessionid=… (not readable here); HttpOnly; Path=/");
});
