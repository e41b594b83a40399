// What differs between two exchanges that should be the same step.

/** Return the keys of rows that are not the same in both lists, in the order they are shown; none without a twin. */
export function differences(left, right) {
  if (!left || !right) return [];
  const keys = [...new Set([...left, ...right].map((row) => row.key))];
  const same = (rows, key) => rows.find((row) => row.key === key)?.same;
  return keys.filter((key) => same(left, key) !== same(right, key));
}

/** Say in a sentence what differs. */
export function told(keys) {
  const named = keys.filter((key) => !key.startsWith("glance "));
  return named.length ? `Differs: ${named.join(", ")}.` : "Nothing differs.";
}
