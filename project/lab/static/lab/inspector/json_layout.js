// JSON as text: laid out to be read, packed to be sent. It is never read as values, so a key that comes twice stays.

const LEXEME = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/gs;
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu; // control codes, and signs that turn the line around
const DEEPEST = 12; // levels that are indented

/** Return what a text is as JSON, or undefined. */
export function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Return JSON without the blanks around its signs, anything else as it is. */
export function pack(text) {
  return parsed(text) === undefined ? text : text.match(LEXEME).join("");
}

/** Return JSON in lines with what cannot be seen written out; of anything else only the latter. */
export function spread(text) {
  if (parsed(text) === undefined) return visible(text);
  let laidOut = "";
  let depth = 0;
  const line = () => `\n${"  ".repeat(Math.min(depth, DEEPEST))}`;
  for (const lexeme of text.match(LEXEME)) {
    if ("}]".includes(lexeme)) {
      depth -= 1;
      laidOut = /[{[]\s*$/.test(laidOut.slice(-30)) ? laidOut.trimEnd() : laidOut + line();
    }
    if ("{[".includes(lexeme)) depth += 1;
    laidOut += visible(lexeme);
    if ("{[,".includes(lexeme)) laidOut += line();
    if (lexeme === ":") laidOut += " ";
  }
  return laidOut;
}

function visible(text) {
  return text.replace(UNSEEN, (sign) => (sign === "\n" ? sign : escaped(sign)));
}

/** Return a sign as JSON can write it: \u and four digits for each half of it. */
function escaped(sign) {
  const halves = Array.from({ length: sign.length }, (_, at) => sign.charCodeAt(at));
  return halves.map((half) => `\\u${half.toString(16).padStart(4, "0")}`).join("");
}
