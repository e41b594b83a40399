// An exchange as rows to be read: {part, key, label, value, wire: as it went over the wire, same: equal in the other column}.

import { pretty } from "../dom.js";

/** Return the rows of an exchange: request, answer, trace, and the few figures to be seen at a glance. */
export function facts(shown, mount) {
  return [...requestFacts(shown, mount), ...answerFacts(shown), ...traceFacts(shown), ...glance(shown)];
}

function requestFacts({ request }, mount) {
  const { method, path, credential, headers, body } = request;
  const line = { ...wire("request", "address", "", `${method} ${path}`), same: `${method} ${path.replace(mount, "")}` };
  const presented = credential
    ? { ...wire("request", "credential", credential.name, credential.value), by: credential.by }
    : row("request", "credential", "Credential", "none");
  return [line, presented, ...headerRows("request", headers), ...bodyRow("request", "body sent", body)];
}

function answerFacts({ answer, trace }) {
  if (!answer) return [row("answer", "status", "Status", "no answer: does the server run?")];
  const { status, reason, headers, body } = answer;
  const first = { ...row("answer", "status", "Status", `${status} ${reason}`.trim()), status };
  return [first, ...headerRows("answer", headers), ...cookieRows(trace), ...bodyRow("answer", "body", body)];
}

/** The cookies that an answer sets: no script may read these headers, so the server tells of them. */
function cookieRows(trace) {
  const says = ({ name, attributes }) => `${name}=… (not readable here); ${attributes}`;
  return (trace?.cookies ?? []).map((one) => wire("answer", `Set-Cookie ${one.name}`, "Set-Cookie", says(one)));
}

function traceFacts({ trace, answer }) {
  if (!trace) return [row("trace", "rule", "Trace", "none came with this answer")];
  const { credential, lookups = [], writes = [], statements = {}, bytes = {}, ms = {} } = trace;
  const unread = credential?.used === false ? "; nobody read it" : "";
  const seen =
    credential && `${credential.kind} from ${credential.from}, fingerprint ${credential.fingerprint}${unread}`;
  const counted = `${statements.authenticating ?? 0} authenticating, ${statements.serving ?? 0} serving`;
  const size = `credential ${bytes.credential ?? 0}, request ${bytes.request ?? 0}, answer ${bytes.response ?? 0}`;
  const time = `${inMs(ms.authenticating)} authenticating, ${inMs(ms.serving)} serving, ${inMs(answer?.ms)} round trip`;
  return [
    row("trace", "rule", because(answer), trace.rule ?? "none"),
    row("trace", "credential seen", "Credential", seen ?? "none"),
    row("trace", "what it says", "It says", said(trace.read, credential)),
    named("lookups", "Looked up", lookups),
    named("writes", "Written", writes),
    row("trace", "statements", "SQL statements", counted),
    row("trace", "signatures", "Signatures", `${trace.signatures ?? 0} verified`),
    row("trace", "bytes", "Bytes", size),
    row("trace", "time", "Time", time),
  ];
}

function because(answer) {
  return answer?.status < 400 ? "Accepted because" : "Refused because";
}

/** The figures of a step. */
function glance({ answer, trace }) {
  const status = answer?.status ?? 0;
  const first = { ...figure("status", `${status || "none"}`), status };
  if (!trace) return [first];
  const { lookups = [], statements = {}, bytes = {}, ms = {} } = trace;
  const toKnow = lookups.filter(({ phase }) => phase === "authenticating").length;
  return [
    first,
    figure("auth lookups", `${toKnow}`),
    figure("SQL statements in all", `${(statements.authenticating ?? 0) + (statements.serving ?? 0)}`),
    figure("credential bytes", `${bytes.credential ?? 0}`),
    figure("server ms", rounded(ms.total)),
  ];
}

function figure(label, value) {
  return row("glance", `glance ${label}`, label, value);
}

/** Say what the server read in a credential: times as times of day, ids by their beginning. */
function said(read, credential) {
  if (!read) return credential?.from === "cookie" ? "not read here" : "nothing";
  if (read.note) return read.note;
  const short = (name, value) => {
    if (["iat", "exp", "nbf"].includes(name)) return new Date(1000 * value).toLocaleTimeString("en-GB");
    return ["jti", "sid"].includes(name) ? `${String(value).slice(0, 4)}…` : value;
  };
  return Object.entries(read)
    .map(([name, value]) => `${name} ${short(name, value)}`)
    .join(" · ");
}

/** A row of things with a name, a phase and a time; times make no difference. */
function named(key, label, things) {
  const list = things.map(({ name, phase, ms }) => ({ name, phase, ms: inMs(ms) }));
  const same = things.map(({ name, phase }) => `${phase} ${name}`).join();
  return { ...row("trace", key, label, list.length ? list : "nothing"), same };
}

function headerRows(part, headers) {
  return Object.entries(headers).map(([name, value]) => wire(part, name, name, value));
}

function bodyRow(part, key, body) {
  return body === undefined || body === "" ? [] : [wire(part, key, "", pretty(body))];
}

function wire(part, key, label, value) {
  return { ...row(part, key, label, value), wire: true };
}

function row(part, key, label, value) {
  return { part, key, label, value, same: `${label}: ${value}` };
}

function inMs(ms) {
  return `${rounded(ms)} ms`;
}

function rounded(ms) {
  return ms === undefined ? "?" : ms.toFixed(ms < 10 ? 1 : 0);
}
