import assert from "node:assert/strict";
import { test } from "node:test";

import { pack, parsed, spread } from "../../project/lab/static/lab/inspector/json_layout.js";

test("spread indents by depth", () => {
  assert.equal(spread('{"a":[1,2],"b":{}}'), '{\n  "a": [\n    1,\n    2\n  ],\n  "b": {}\n}');
});

test("spread keeps a key that comes twice, and numbers as they are written", () => {
  assert.equal(spread('{"a":1.0,"a":1e2}'), '{\n  "a": 1.0,\n  "a": 1e2\n}');
});

test("spread leaves signs inside of strings alone", () => {
  assert.equal(spread('{"a":"{[,:]} \\" "}'), '{\n  "a": "{[,:]} \\" "\n}');
});

test("spread writes out what cannot be seen", () => {
  assert.equal(spread('{"a":"x\u202ey"}'), '{\n  "a": "x\\u202ey"\n}');
  assert.equal(spread("x\u0000"), "x\\u0000");
  assert.equal(spread("\u{e0001}"), "\\udb40\\udc01");
});

test("spread stops indenting what is nested too deeply", () => {
  const deep = spread("[".repeat(100) + "]".repeat(100));
  assert.equal(Math.max(...deep.split("\n").map((line) => line.search(/\S/))), 24);
});

test("pack is the way back", () => {
  for (const json of ['{"a":[1,2],"b":{}}', '{"a":" , "}', "[[[]]]", "null"]) assert.equal(pack(spread(json)), json);
});

test("pack leaves what is no JSON as it is", () => {
  assert.equal(pack("{ a : 1 }"), "{ a : 1 }");
});

test("parsed returns nothing for what is no JSON", () => {
  assert.equal(parsed("{"), undefined);
  assert.equal(parsed("null"), null);
});
