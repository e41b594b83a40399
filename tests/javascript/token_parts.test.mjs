import assert from "node:assert/strict";
import { test } from "node:test";

import { bytes, parts } from "../../project/lab/static/lab/token_parts.js";

const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");

test("parts reads header and claims without a key", () => {
  assert.deepEqual(parts(`${part({ alg: "HS256" })}.${part({ name: "Zoë" })}.AAAA`), {
    header: { alg: "HS256" },
    claims: { name: "Zoë" },
  });
});

test("parts reads nothing in a token that says nothing", () => {
  for (const token of ["", "x", "random_token-1", "a.b.c"]) {
    assert.deepEqual(parts(token), { header: {}, claims: {} });
  }
});

test("bytes refuses what is no base64url", () => {
  assert.deepEqual([...bytes("_-8")], [255, 239]);
  for (const text of ["a+b", "a/b", "a=", "a b", "A"]) assert.equal(bytes(text), null);
});
