import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { curl } from "../../project/lab/static/lab/compare/curl.js";

const COOKIE = { carrier: "cookie", mount: "/api/session/" };
const BEARER = { carrier: "header", mount: "/api/jwt/" };
const known = () => "open-sesame";

beforeEach(() => {
  globalThis.location = new URL("http://shop.example:8000/lab/");
});

function line(scheme, request, passwordOf = known) {
  return curl(scheme, { request: { as: null, ...request } }, passwordOf);
}

test("a public request is one line", () => {
  const request = { method: "GET", path: "/api/products/" };
  assert.equal(line(BEARER, request), "curl -si http://shop.example:8000/api/products/");
  assert.equal(line(COOKIE, request), "curl -si http://shop.example:8000/api/products/");
});

test("a token is fetched first and never written down", () => {
  const credential = { name: "Authorization", value: "Bearer eyJ…" };
  const text = line(BEARER, { method: "GET", path: "/api/jwt/cart/", as: "alice", credential });
  assert.match(text, /^PASSWORD='open-sesame' && \\\nANSWER=\$\(curl -s .*\/api\/jwt\/login\/\)/);
  assert.match(text, /-H "Authorization: Bearer \$TOKEN" http:\/\/shop\.example:8000\/api\/jwt\/cart\/$/);
  assert.doesNotMatch(text, /eyJ/);
});

test("a refresh sends the refresh token of the login", () => {
  const text = line(BEARER, { method: "POST", path: "/api/jwt/refresh/", as: "alice", body: { refresh: "abc… (9)" } });
  assert.match(text, /REFRESH=\$\(/);
  assert.match(text, /-d '\{"refresh": "'"\$REFRESH"'"\}'/);
});

test("a write with a cookie repeats the CSRF token of the jar", () => {
  const text = line(COOKIE, { method: "PUT", path: "/api/session/cart/items/1/", as: "alice", body: { quantity: 2 } });
  assert.match(text, /curl -s -c jar\.txt http:\/\/shop\.example:8000\/api\/session\/csrf\//);
  assert.match(text, /-X PUT -b jar\.txt -c jar\.txt -H "X-CSRFToken: \$\(awk/);
  assert.match(text, /-d '\{"quantity": 2\}'/);
});

test("over HTTPS a write names its origin", () => {
  globalThis.location = new URL("https://shop.example/lab/");
  const text = line(COOKIE, { method: "DELETE", path: "/api/session/cart/", as: "alice" });
  assert.match(text, / -e https:\/\/shop\.example\//);
});

test("an unknown password is asked for", () => {
  const login = { method: "POST", path: "/api/jwt/login/", body: { username: "o'hara", password: "…" } };
  const text = line(BEARER, login, () => undefined);
  assert.match(text, /read -r PASSWORD/);
  assert.match(text, /'Password of o'\\''hara: '/);
});

test("a quote in a body does not end the shell's quotes", () => {
  assert.match(line(BEARER, { method: "POST", path: "/x/", body: { name: "it's" } }), /"name": "it'\\''s"/);
});
