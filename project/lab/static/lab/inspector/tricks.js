// What somebody without the key can try. Each changes {header, claims, signature} in its place.

const DAY = 86400; // seconds

export const TRICKS = {
  manager(parts) {
    parts.claims.role = "manager";
  },
  longer(parts) {
    parts.claims.exp = Math.floor(Date.now() / 1000) + DAY;
  },
  none(parts) {
    parts.header.alg = "none";
  },
  unsigned(parts) {
    parts.signature = "";
  },
};
