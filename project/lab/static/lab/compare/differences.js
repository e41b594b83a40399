// What differs between two exchanges that should be the same step.

// Where a difference says something about the schemes, the most telling first. The rest goes unmarked: times, sizes, caching.
const TELLING = ["status", "rule", "credential", "lookups", "statements", "signatures", "writes", "body sent", "body"];
const FIGURES = ["status", "auth lookups", "SQL statements in all", "credential bytes"].map((one) => `glance ${one}`);
const NAMES = { rule: "reason", statements: "SQL statements" }; // where the sentence has another word than the key
const ENOUGH = 5; // named in the sentence

/**
 * Return the keys of rows that are not the same in both lists; none where one is missing, null for two requests.
 *
 * @param shared whether both acted on one cart: then the bodies tell who came first, and nothing of the schemes.
 */
export function differences(left, right, shared = false) {
  if (!left || !right) return [];
  const differ = (key) => !(shared && key === "body") && same(left, key) !== same(right, key);
  return differ("address") ? null : [...TELLING, ...FIGURES].filter(differ);
}

function same(rows, key) {
  return rows.find((row) => row.key === key)?.same;
}

/** Say whether two exchanges added to the cart of one user. */
export function oneCart(left, right) {
  const adds = ({ request }) => request.method === "POST" && request.path.endsWith("/cart/items/");
  return Boolean(left && right && left.request.as && left.request.as === right.request.as && adds(left) && adds(right));
}

/** Say in a sentence what differs. */
export function told(keys) {
  if (!keys) return "Not the same request.";
  const named = keys.filter((key) => TELLING.includes(key)).map((key) => NAMES[key] ?? key);
  const more = named.length > ENOUGH ? ` and ${named.length - ENOUGH} more` : "";
  return named.length ? `Differs: ${named.slice(0, ENOUGH).join(", ")}${more}.` : "Nothing differs that matters.";
}
