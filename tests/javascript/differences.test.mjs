import assert from "node:assert/strict";
import { test } from "node:test";

import { differences, oneCart, told } from "../../project/lab/static/lab/compare/differences.js";

const rows = (values) => Object.entries({ address: "GET cart/", ...values }).map(([key, same]) => ({ key, same }));

test("differences names what is not the same, the most telling first", () => {
  assert.deepEqual(differences(rows({ lookups: "a", status: "200" }), rows({ lookups: "b", status: "401" })), [
    "status",
    "lookups",
  ]);
});

test("differences leaves times and sizes unmarked", () => {
  assert.deepEqual(differences(rows({ time: "1 ms", bytes: "2" }), rows({ time: "2 ms", bytes: "3" })), []);
});

test("differences finds a row that only one side has", () => {
  assert.deepEqual(differences(rows({ "body sent": "{}" }), rows({})), ["body sent"]);
});

test("differences needs two sides, and the same request", () => {
  assert.deepEqual(differences(undefined, rows({})), []);
  assert.equal(differences(rows({}), rows({ address: "GET orders/" })), null);
});

test("one cart counts what the other column added", () => {
  const add = (as) => ({ request: { as, method: "POST", path: "/api/jwt/cart/items/" } });
  assert.ok(oneCart(add("alice"), add("alice")));
  assert.ok(!oneCart(add("alice"), add("bob")));
  assert.ok(!oneCart(add(null), add(null)));
  assert.ok(!oneCart(add("alice"), undefined));
  assert.deepEqual(differences(rows({ body: "1" }), rows({ body: "2" }), true), []);
});

test("told says it in a sentence", () => {
  assert.equal(told(null), "Not the same request.");
  assert.equal(told([]), "Nothing differs that matters.");
  assert.equal(told(["status", "glance status"]), "Differs: status.");
  assert.equal(
    told(["status", "rule", "credential", "lookups", "statements", "signatures", "writes"]),
    "Differs: status, reason, credential, lookups, SQL statements and 2 more.",
  );
});
