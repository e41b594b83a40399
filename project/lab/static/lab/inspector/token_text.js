// A part of a token and the text that it says: plain text work, with no key and no Web Crypto.

import { bytes } from "../token_parts.js";
import { pack, parsed, spread } from "./json_layout.js";

/** Return {text, problem}: what a part says, laid out to be edited, and why it is no JSON object if it is none. */
export function decode(part) {
  const data = bytes(part);
  if (!data) return { text: part, problem: "This is not base64url." };
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(data);
    return { text: spread(text), problem: jsonProblem(text) };
  } catch {
    return { text: hex(data), problem: "These bytes are no text. They are shown in hexadecimal." };
  }
}

/** Return the base64url part that says `text`: JSON without the blanks around its signs, anything else as it is. */
export function encode(text) {
  const binary = Array.from(new TextEncoder().encode(pack(text)), (one) => String.fromCharCode(one)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Return the object that a text is as JSON, or undefined. */
export function object(text) {
  const value = parsed(text);
  return value !== null && typeof value === "object" && !Array.isArray(value) ? value : undefined;
}

/** Return why a text is no JSON object, or nothing. */
export function jsonProblem(text) {
  if (parsed(text) === undefined) return "This is not JSON.";
  return object(text) ? "" : "This is JSON, but no object.";
}

/** Say how long a signature is and how it begins. */
export function signature(part) {
  if (!part) return "There is none.";
  const data = bytes(part);
  if (!data) return "This is not base64url.";
  const length = `${data.length} byte${data.length === 1 ? "" : "s"}`;
  return `${length}: ${hex(data.slice(0, 4))}${data.length > 4 ? " …" : ""}`;
}

/** Return bytes as pairs of digits. */
function hex(data) {
  return Array.from(data, (one) => one.toString(16).padStart(2, "0")).join(" ");
}
