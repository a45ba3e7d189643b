// Shows the description, operation by operation, and sends what is filled in.
import { example } from "/api/docs/example.js";

const part = (id) => document.getElementById(id);

async function open() {
  const answer = await fetch("/api/openapi.json");
  const description = await answer.json();
  part("title").textContent = description.info.title;
  document.title = description.info.title;
  const groups = description.tags.map((tag) => group(description, tag)).filter((group) => group);
  part("operations").replaceChildren(paragraph(description.info.description, "soft"), ...groups);
}

function group(description, tag) {
  const operations = Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, operation]) => operation.tags?.includes(tag.name))
      .map(([method, operation]) => card(description, method.toUpperCase(), path, operation)));
  if (operations.length === 0) return null;
  const section = element("section");
  section.append(element("h2", tag.name), paragraph(tag.description ?? "", "soft"), ...operations);
  return section;
}

function card(description, method, path, operation) {
  const details = element("details");
  const summary = element("summary");
  summary.append(element("span", method, "method"), element("code", path), ` ${operation.summary ?? ""}`);
  const inside = element("div");
  details.append(summary, inside);
  // Filled when it is first opened: most are not.
  details.addEventListener("toggle", () => {
    if (!inside.hasChildNodes()) fill(inside, description, method, path, operation);
  });
  return details;
}

function fill(inside, description, method, path, operation) {
  const form = element("form");
  const fields = (operation.parameters ?? []).map((parameter) => field(parameter));
  const media = Object.entries(operation.requestBody?.content ?? {})[0];
  const body = media && bodyField(media, description.components.schemas);
  const answer = element("pre");
  answer.hidden = true;
  form.append(...fields.map((field) => field.label), ...(body ? [body.label] : []), element("button", "Send"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(answer, method, path, fields, body);
  });
  inside.append(...(operation.description ?? "").split("\n\n").map((text) => paragraph(text)), form, answer,
    responses(operation.responses));
}

function field(parameter) {
  const label = element("label", `${parameter.name}${parameter.required ? " (needed)" : ""}: ${parameter.description ?? ""}`);
  const input = element("input");
  if (parameter.in === "header" && parameter.name === "Idempotency-Key" && parameter.required) {
    input.value = crypto.randomUUID();
  }
  label.append(input);
  return { parameter, input, label };
}

function bodyField([type, content], schemas) {
  const label = element("label", `Body, ${type}`);
  const input = element("textarea");
  input.spellcheck = false;
  if (type.includes("json")) input.value = JSON.stringify(example(content.schema, schemas), null, 2);
  label.append(input);
  return { type, input, label };
}

function responses(list) {
  const shown = element("dl");
  for (const [status, response] of Object.entries(list ?? {})) {
    const told = element("dd");
    told.append(...(response.description ?? "").split("\n\n").map((text) => paragraph(text, "soft")));
    shown.append(element("dt", status), told);
  }
  return shown;
}

async function send(answer, method, path, fields, body) {
  const query = new URLSearchParams();
  const headers = new Headers();
  let address = path;
  for (const { parameter, input } of fields.filter(({ input }) => input.value !== "")) {
    if (parameter.in === "path") address = address.replace(`{${parameter.name}}`, encodeURIComponent(input.value));
    if (parameter.in === "query") query.append(parameter.name, input.value);
    if (parameter.in === "header") headers.set(parameter.name, input.value);
  }
  if (part("bearer").value) headers.set("authorization", `Bearer ${part("bearer").value}`);
  if (part("order-token").value) headers.set("order-access-token", part("order-token").value);
  if (body) headers.set("content-type", body.type);
  if ([...query].length > 0) address += `?${query}`;
  answer.hidden = false;
  answer.textContent = "…";
  try {
    const response = await fetch(address, { method, headers, body: body?.input.value });
    const text = await response.text();
    answer.textContent = `${response.status} ${response.statusText}\n\n${pretty(text)}`;
  } catch (error) {
    answer.textContent = `No answer: ${error.message}`;
  }
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text.slice(0, 20_000);
  }
}

function element(name, text = "", kind = "") {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  if (kind) made.className = kind;
  return made;
}

function paragraph(text, kind) {
  return element("p", text, kind);
}

open().catch((error) => part("operations").replaceChildren(paragraph(`The description could not be read: ${error.message}`)));
