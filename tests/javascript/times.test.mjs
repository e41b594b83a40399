import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { date, fromNow } from "../../project/lab/static/lab/inspector/times.js";

const NOW = 1_800_000_000; // seconds

test("date writes a NumericDate in UTC", () => {
  assert.equal(date(0), "1970-01-01 00:00:00 UTC");
  assert.equal(date(NOW), "2027-01-15 08:00:00 UTC");
});

test("date finds no time in what is no number", () => {
  for (const value of ["0", null, undefined, 1e300, Number.NaN, true]) assert.equal(date(value), "");
});

test("fromNow names the two largest units", () => {
  mock.timers.enable({ apis: ["Date"], now: NOW * 1000 });
  assert.equal(fromNow(NOW), "now");
  assert.equal(fromNow(NOW + 1), "in 1 second");
  assert.equal(fromNow(NOW + 252), "in 4 minutes 12 seconds");
  assert.equal(fromNow(NOW - 90_061), "1 day 1 hour ago");
  assert.equal(fromNow(NOW + 86_400), "in 1 day");
  mock.timers.reset();
});
