// Taking a token apart and putting it together again: plain text work, with no key and no Web Crypto.

import { bytes } from "./token_parts.js";

const LEXEME = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/gs;
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu; // control codes, and signs that turn the line around

/** Return {text, problem}: what a part says, laid out to be read and edited, and why it is no JSON object if it is none. */
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
  const data = new TextEncoder().encode(parsed(text) === undefined ? text : text.match(LEXEME).join(""));
  const binary = Array.from(data, (one) => String.fromCharCode(one)).join("");
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

/** Return the bytes as pairs of digits. */
export function hex(data) {
  return Array.from(data, (one) => one.toString(16).padStart(2, "0")).join(" ");
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Lay JSON out in lines without reading it as values, so that a key that comes twice stays there twice. */
function spread(text) {
  if (parsed(text) === undefined) return visible(text);
  let laidOut = "";
  let depth = 0;
  const line = () => `\n${"  ".repeat(Math.min(depth, 12))}`;
  for (const lexeme of text.match(LEXEME)) {
    if ("}]".includes(lexeme)) {
      depth -= 1;
      laidOut = /[{[]\s*$/.test(laidOut.slice(-30)) ? laidOut.trimEnd() : laidOut + line();
    }
    if ("{[".includes(lexeme)) depth += 1;
    laidOut += visible(lexeme) + ("{[,".includes(lexeme) ? line() : lexeme === ":" ? " " : "");
  }
  return laidOut;
}

function visible(text) {
  const written = (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return text.replace(UNSEEN, (sign) => (sign === "\n" ? sign : Array.from({ length: sign.length }, (_, at) => written(sign[at])).join("")));
}
