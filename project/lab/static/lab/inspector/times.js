// The times in a token, as dates, and how long that is from now by this device's clock.

const UNITS = [
  [86400, "day"],
  [3600, "hour"],
  [60, "minute"],
  [1, "second"],
];

/** Return a NumericDate (RFC 7519 section 2) as a date in UTC, or nothing where it is none. */
export function date(seconds) {
  const moment = new Date(typeof seconds === "number" ? seconds * 1000 : NaN);
  return Number.isNaN(moment.getTime()) ? "" : `${moment.toISOString().replace("T", " ").slice(0, -5)} UTC`;
}

/** Return how far from now that is, in its two largest units: "in 4 minutes 12 seconds". */
export function fromNow(seconds) {
  const difference = Math.round(seconds - Date.now() / 1000);
  if (difference === 0) return "now";
  const words = [];
  let left = Math.abs(difference);
  for (const [size, unit] of UNITS) {
    const count = Math.floor(left / size);
    left %= size;
    if (count && words.length < 2) words.push(`${count} ${unit}${count > 1 ? "s" : ""}`);
  }
  return difference > 0 ? `in ${words.join(" ")}` : `${words.join(" ")} ago`;
}
