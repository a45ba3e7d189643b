// The page around the editor: runs what is written, shows what comes back, remembers.
import { examples, learn } from "/graphql/examples.js";
import { explore } from "/graphql/explorer.js";

const part = (id) => document.getElementById(id);
const [query, variables, headers, result, status] =
  ["query", "variables", "headers", "result", "status"].map(part);
const KEPT = { query: "vitrine.query", variables: "vitrine.variables", headers: "vitrine.headers" };
const HISTORY = "vitrine.history";
const HISTORY_MAX = 40;
const EVENTS_MAX = 200;
let running = null;

async function run() {
  running?.abort();
  const body = { query: query.value };
  let extra;
  try {
    if (variables.value.trim()) body.variables = JSON.parse(variables.value);
    extra = headers.value.trim() ? JSON.parse(headers.value) : {};
  } catch (error) {
    return say(`Variables and headers are JSON: ${error.message}`, true);
  }
  remember(body);
  const abort = (running = new AbortController());
  const streams = /(^|\})\s*subscription\b/.test(stripped(body.query));
  const accept = streams ? "text/event-stream" : "application/graphql-response+json, application/json;q=0.9";
  part("stop").hidden = !streams;
  say("running…");
  const started = performance.now();
  try {
    const response = await fetch("/graphql", {
      method: "POST", signal: abort.signal, body: JSON.stringify(body),
      headers: { "content-type": "application/json", accept, ...extra },
    });
    if (response.headers.get("content-type")?.startsWith("text/event-stream")) {
      await follow(response);
      return say("the stream has ended");
    }
    const text = await response.text();
    show([text]);
    say(`${response.status} · ${Math.round(performance.now() - started)} ms${cost(text)}`, !response.ok);
  } catch (error) {
    say(abort.signal.aborted ? "stopped" : `no answer: ${error.message}`, !abort.signal.aborted);
  } finally {
    if (running === abort) part("stop").hidden = true;
  }
}

// Comments and strings may say "subscription" too.
function stripped(text) {
  return text.replace(/"""[^]*?"""|"(\\.|[^"\\\n])*"|#[^\n]*/g, "");
}

async function follow(response) {
  const events = [];
  let rest = "";
  show(["waiting for the first event…"]);
  for await (const chunk of chunks(response.body.pipeThrough(new TextDecoderStream()))) {
    const blocks = (rest + chunk).split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      const event = Object.fromEntries(block.split("\n").filter((line) => !line.startsWith(":"))
        .map((line) => [line.split(":")[0], line.slice(line.indexOf(":") + 1).trimStart()]));
      if (event.event !== "next") continue;
      events.unshift(event.data);
      events.length = Math.min(events.length, EVENTS_MAX);
      show(events);
      say(`live · ${events.length} ${events.length === 1 ? "event" : "events"}`);
    }
  }
}

async function* chunks(stream) {
  const reader = stream.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
}

function show(texts) {
  texts.forEach(learn);
  result.replaceChildren(...texts.flatMap((text, at) => {
    const parts = coloured(pretty(text));
    if (texts.length === 1) return parts;
    const mark = document.createElement("span");
    mark.className = "event";
    mark.textContent = `event ${texts.length - at}`;
    return [mark, ...parts];
  }));
}

function pretty(text) {
  try { return JSON.stringify(JSON.parse(text), null, 2); } catch { return text; }
}

// Built from nodes, never from markup: an answer may hold anything.
function coloured(text) {
  const nodes = [];
  let last = 0;
  const token = /("(?:\\.|[^"\\])*")(\s*:)?|\b(-?\d[\d.eE+-]*|true|false|null)\b/g;
  for (const found of text.matchAll(token)) {
    nodes.push(document.createTextNode(text.slice(last, found.index)));
    const span = document.createElement("span");
    span.className = found[1] ? (found[2] ? "key" : "text") : "number";
    span.textContent = found[1] ?? found[3];
    nodes.push(span);
    if (found[2]) nodes.push(document.createTextNode(found[2]));
    last = found.index + found[0].length;
  }
  nodes.push(document.createTextNode(text.slice(last)));
  return nodes;
}

function cost(text) {
  try {
    const report = JSON.parse(text).extensions.cost;
    return ` · cost ${report.requested} of ${report.limit}`;
  } catch { return ""; }
}

function say(text, wrong = false) {
  status.textContent = text;
  status.classList.toggle("wrong", wrong);
}

function load({ query: text, variables: given }) {
  query.value = text;
  variables.value = given && Object.keys(given).length ? JSON.stringify(given, null, 2) : "";
  keep();
}

function keep() {
  for (const [name, key] of Object.entries(KEPT)) store(key, part(name).value);
}

// A browser may forbid storage: then nothing is remembered, and everything else works.
function store(key, value) {
  try { localStorage.setItem(key, value); } catch { /* forbidden or full */ }
}

function stored(key) {
  try { return localStorage.getItem(key); } catch { return null; }
}

function past() {
  try { return JSON.parse(stored(HISTORY)) ?? []; } catch { return []; }
}

function remember(entry) {
  keep();
  const same = JSON.stringify(entry);
  const entries = [entry, ...past().filter((old) => JSON.stringify(old) !== same)];
  store(HISTORY, JSON.stringify(entries.slice(0, HISTORY_MAX)));
  listHistory();
}

function listHistory() {
  const title = (entry) => entry.query.replace(/\s+/g, " ").slice(0, 60);
  fill(part("history"), past().map(title));
}

function fill(select, titles) {
  const options = titles.map((title, at) => new Option(title, String(at)));
  select.replaceChildren(select.options[0], ...options);
  select.value = "";
}

function choose(select, entries) {
  select.addEventListener("change", () => {
    const entry = entries()[Number(select.value)];
    if (select.value !== "" && entry) load(entry);
    select.value = "";
  });
}

fill(part("examples"), examples.map((example) => example.title));
choose(part("examples"), () => examples);
choose(part("history"), past);
for (const [name, key] of Object.entries(KEPT)) part(name).value = stored(key) ?? "";
if (!query.value && examples.length) load(examples[0]);
listHistory();
part("run").addEventListener("click", run);
part("stop").addEventListener("click", () => running?.abort());
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") { event.preventDefault(); run(); }
});
for (const area of [query, variables, headers]) {
  area.addEventListener("input", keep);
  // Tab indents; Escape first, then Tab, leaves the field.
  let leaving = false;
  area.addEventListener("keydown", (event) => {
    if (event.key === "Tab" && !event.shiftKey && !leaving) {
      event.preventDefault();
      area.setRangeText("  ", area.selectionStart, area.selectionEnd, "end");
    }
    leaving = event.key === "Escape";
  });
}
explore(part("search"), part("trail"), part("schema"));
