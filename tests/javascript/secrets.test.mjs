import assert from "node:assert/strict";
import { test } from "node:test";

import { shorten, withoutSecrets } from "../../project/lab/static/lab/secrets.js";

test("shorten keeps three letters and the length", () => {
  assert.equal(shorten("abcdefgh"), "abc… (8 characters)");
});

test("withoutSecrets shortens tokens wherever they are", () => {
  const body = { user: { name: "ada", tokens: [{ access: "abcdef" }] }, refresh: "ghijkl", expires_in: 300 };
  assert.deepEqual(withoutSecrets(body), {
    user: { name: "ada", tokens: [{ access: "abc… (6 characters)" }] },
    refresh: "ghi… (6 characters)",
    expires_in: 300,
  });
});

test("withoutSecrets leaves nothing of a password", () => {
  assert.deepEqual(withoutSecrets({ username: "ada", password: "open-sesame" }), { username: "ada", password: "…" });
});

test("withoutSecrets leaves what is no text as it is", () => {
  for (const value of [null, undefined, 1, "text", true]) assert.equal(withoutSecrets(value), value);
  assert.deepEqual(withoutSecrets({ token: null }), { token: null });
});
