import assert from "node:assert/strict";
import { test } from "node:test";

import { EXPIRED, renewal } from "../../project/lab/static/lab/compare/renewal.js";

const REQUEST = { method: "GET", path: "/api/jwt/cart/" };

/** Return a client of a server that accepts one credential, and a log of what was sent to it. */
function client({ holds, accepts, over = () => "" }) {
  const state = { holds, log: [] };
  const made = renewal({
    async call() {
      state.log.push(`send with ${state.holds}`);
      return { status: state.holds === accepts ? 200 : 401, exchanges: [{ sent: state.holds }] };
    },
    async renew(itself) {
      state.log.push("refresh");
      state.holds = state.next;
      return [{ itself }];
    },
    over,
    held: () => state.holds,
  });
  return Object.assign(state, made);
}

test("a good credential is sent once", async () => {
  const one = client({ holds: "a", accepts: "a" });
  assert.deepEqual(await one.send(REQUEST), [{ sent: "a" }]);
  assert.deepEqual(one.log, ["send with a"]);
});

test("an expired credential is refreshed before it is sent", async () => {
  const one = client({ holds: "old", accepts: "new", over: () => (one.holds === "old" ? EXPIRED : "") });
  one.next = "new";
  assert.deepEqual(await one.send(REQUEST), [{ itself: EXPIRED }, { sent: "new" }]);
});

test("a refused credential is refreshed, and the request sent again", async () => {
  const one = client({ holds: "old", accepts: "new" });
  one.next = "new";
  const exchanges = await one.send(REQUEST);
  assert.deepEqual(one.log, ["send with old", "refresh", "send with new"]);
  assert.deepEqual(exchanges.at(-1), { sent: "new" });
  assert.match(exchanges[0].itself, /^Refused/);
});

test("a refresh that fails leaves the refusal as the answer", async () => {
  const one = client({ holds: "old", accepts: "new" });
  one.next = null;
  assert.deepEqual((await one.send(REQUEST)).at(-1), { sent: "old" });
  assert.deepEqual(one.log, ["send with old", "refresh"]);
});

test("without a credential a refusal stands", async () => {
  const one = client({ holds: null, accepts: "new" });
  assert.equal((await one.send(REQUEST)).length, 1);
  assert.deepEqual(one.log, ["send with null"]);
});

test("two requests at once refresh once", async () => {
  const one = client({ holds: "old", accepts: "new", over: () => (one.holds === "old" ? EXPIRED : "") });
  one.next = "new";
  const [first, second] = await Promise.all([one.send(REQUEST), one.send(REQUEST)]);
  assert.equal(one.log.filter((line) => line === "refresh").length, 1);
  assert.deepEqual([first.length, second.length], [2, 1]); // the refresh is told once
});

test("two requests refused at once refresh once", async () => {
  const one = client({ holds: "old", accepts: "new" });
  one.next = "new";
  const all = await Promise.all([one.send(REQUEST), one.send(REQUEST)]);
  assert.equal(one.log.filter((line) => line === "refresh").length, 1);
  for (const exchanges of all) assert.deepEqual(exchanges.at(-1), { sent: "new" });
});
