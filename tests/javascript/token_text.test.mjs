import assert from "node:assert/strict";
import { test } from "node:test";

import { decode, encode, jsonProblem, object, signature } from "../../project/lab/static/lab/inspector/token_text.js";

const part = (text) => Buffer.from(text).toString("base64url");

test("decode lays the JSON of a part out in lines", () => {
  assert.deepEqual(decode(part('{"alg":"HS256"}')), { text: '{\n  "alg": "HS256"\n}', problem: "" });
});

test("decode says why a part is no JSON object", () => {
  assert.deepEqual(decode("A*"), { text: "A*", problem: "This is not base64url." });
  assert.deepEqual(decode(part("hello")), { text: "hello", problem: "This is not JSON." });
  assert.deepEqual(decode(part("[1]")), { text: "[\n  1\n]", problem: "This is JSON, but no object." });
});

test("decode shows bytes that are no text in hexadecimal", () => {
  assert.equal(decode(Buffer.from([0xff, 0x0a]).toString("base64url")).text, "ff 0a");
});

test("encode takes the blanks out that decode put in", () => {
  for (const json of ['{"sub":"1","name":"Zoë 😀"}', '{"a":[1,{"b":{}}],"c":"x: [y]"}', '{"a":1,"a":2}', "[]"]) {
    assert.equal(encode(decode(part(json)).text), part(json));
  }
});

test("encode keeps a text that is no JSON as it is", () => {
  assert.equal(encode('{"alg": '), part('{"alg": '));
});

test("object returns objects alone", () => {
  assert.deepEqual(object('{"a": 1}'), { a: 1 });
  for (const text of ["[]", "null", "1", '"a"', "{"]) assert.equal(object(text), undefined);
});

test("jsonProblem finds no problem with an object", () => {
  assert.equal(jsonProblem("{}"), "");
});

test("signature says its length and its first bytes", () => {
  assert.equal(signature(""), "There is none.");
  assert.equal(signature("é"), "This is not base64url.");
  assert.equal(signature(part("A")), "1 byte: 41");
  assert.equal(signature(part("ABCDEF")), "6 bytes: 41 42 43 44 …");
});
