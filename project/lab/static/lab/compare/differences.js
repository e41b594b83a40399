// What differs between two exchanges that should be the same step.

// Where a difference says something about the schemes, the most telling first. The rest goes unmarked: times, sizes, caching.
const TELLING = ["status", "rule", "credential", "lookups", "statements", "signatures", "writes", "body sent", "body"];
const FIGURES = ["status", "auth lookups", "SQL in all", "credential bytes"].map((label) => `glance ${label}`);
const ENOUGH = 5; // named in the sentence

/** Return the keys of rows that are not the same in both lists; none where one is missing, null for two different requests. */
export function differences(left, right) {
  if (!left || !right) return [];
  const differ = (key) => same(left, key) !== same(right, key);
  return differ("address") ? null : [...TELLING, ...FIGURES].filter(differ);
}

function same(rows, key) {
  return rows.find((row) => row.key === key)?.same;
}

/** Say in a sentence what differs. */
export function told(keys) {
  if (!keys) return "Not the same request.";
  const named = keys.filter((key) => TELLING.includes(key));
  const more = named.length > ENOUGH ? ` and ${named.length - ENOUGH} more` : "";
  return named.length ? `Differs: ${named.slice(0, ENOUGH).join(", ")}${more}.` : "Nothing differs that matters.";
}
