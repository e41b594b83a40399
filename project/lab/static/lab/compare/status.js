/** Return the class that colours a status. */
export function toneOf(status) {
  if (status === undefined) return "";
  return status > 0 && status < 400 ? "status good" : "status bad";
}
