// What nobody may read over a shoulder, on a projector or in an export: how it is shown instead.

const SECRETS = ["access", "refresh", "token", "password"];

/** Return a secret's first letters and its length: enough to see that it is another one. */
export function shorten(secret) {
  return `${secret.slice(0, 3)}… (${secret.length} characters)`;
}

/** Return a copy of a request's or an answer's body, its secrets shortened; of a password nothing is left. */
export function withoutSecrets(value) {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (value === null || typeof value !== "object") return value;
  const shown = ([key, inner]) => {
    if (!SECRETS.includes(key) || typeof inner !== "string") return [key, withoutSecrets(inner)];
    return [key, key === "password" ? "…" : shorten(inner)];
  };
  return Object.fromEntries(Object.entries(value).map(shown));
}
