// What a token says to anyone who looks: no key is needed to read it.

/** Return {header, claims} of a token. */
export function parts(token) {
  const [header = {}, claims = {}] = token.split(".").slice(0, 2).map(decoded);
  return { header, claims };
}

/** Return the bytes of a base64url part, or null where it is none. */
export function bytes(part) {
  if (!/^[\w-]*$/.test(part)) return null;
  try {
    return Uint8Array.from(atob(part.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
  } catch {
    return null;
  }
}

/** Return what a base64url part says; of one that is no JSON, nothing. */
function decoded(part) {
  try {
    return JSON.parse(new TextDecoder().decode(bytes(part)));
  } catch {
    return {};
  }
}
