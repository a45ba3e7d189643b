// The schema, as introspection tells it: types and fields with their descriptions, searchable.
const TYPE = "kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } }";
const INPUT = `name description defaultValue isDeprecated deprecationReason type { ${TYPE} }`;
const ASK = `{ __schema {
  queryType { name } mutationType { name } subscriptionType { name }
  types {
    kind name description
    fields(includeDeprecated: true) {
      name description isDeprecated deprecationReason args { ${INPUT} } type { ${TYPE} }
    }
    inputFields { ${INPUT} }
    interfaces { name }
    possibleTypes { name }
    enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
  }
} }`;
const FOUND_MAX = 60;

export async function explore(search, trail, place) {
  let schema;
  try {
    schema = await introspect();
  } catch (error) {
    place.replaceChildren(node("p", `The schema could not be read: ${error.message}`));
    return;
  }
  const types = new Map(schema.types.filter((type) => !type.name.startsWith("__")).map((type) => [type.name, type]));
  const open = (name) => {
    search.value = "";
    trail.replaceChildren(link("Schema", start));
    if (name) trail.append(" › ", name);
    place.replaceChildren(...typePage(types.get(name), open));
    place.scrollTop = 0;
  };
  const start = () => {
    trail.replaceChildren();
    place.replaceChildren(...startPage(schema, types, open));
  };
  search.addEventListener("input", () => {
    const text = search.value.trim().toLowerCase();
    if (!text) return start();
    trail.replaceChildren(link("Schema", () => { search.value = ""; start(); }));
    place.replaceChildren(...found(types, text, open));
  });
  start();
}

async function introspect() {
  const response = await fetch("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({ query: ASK }),
  });
  const { data, errors } = await response.json();
  if (!data?.__schema) throw new Error(errors?.[0]?.message ?? `status ${response.status}`);
  return data.__schema;
}

function startPage(schema, types, open) {
  const roots = [["Queries", schema.queryType], ["Mutations", schema.mutationType], ["Subscriptions", schema.subscriptionType]];
  const parts = roots.filter(([, root]) => root).flatMap(([title, root]) =>
    [node("h3", title), ...types.get(root.name).fields.map((field) => member(field, open))]);
  const names = [...types.keys()].sort();
  const list = names.map((name) => item(link(name, () => open(name))));
  return [node("h2", "Schema"), ...parts, node("h3", "All types"), ...list];
}

function typePage(type, open) {
  const parts = [node("h2", type.name), node("p", [type.kind.toLowerCase().replace("_", " "), type.description].filter(Boolean).join("\n"))];
  const links = (title, list) => list?.length
    ? [node("h3", title), ...list.map(({ name }) => item(link(name, () => open(name))))] : [];
  const members = (title, list) => list?.length
    ? [node("h3", title), ...list.map((field) => member(field, open))] : [];
  return [
    ...parts, ...members("Fields", type.fields), ...members("Fields", type.inputFields),
    ...members("Values", type.enumValues), ...links("Implements", type.interfaces),
    ...links("Is one of", type.possibleTypes),
  ];
}

function found(types, text, open) {
  const hits = [];
  for (const type of types.values()) {
    if (type.name.toLowerCase().includes(text)) hits.push(item(link(type.name, () => open(type.name))));
    for (const field of [...(type.fields ?? []), ...(type.inputFields ?? []), ...(type.enumValues ?? [])]) {
      if (!field.name.toLowerCase().includes(text)) continue;
      hits.push(item(link(`${type.name}.${field.name}`, () => open(type.name)), node("p", field.description ?? "")));
    }
  }
  return hits.length ? hits.slice(0, FOUND_MAX) : [node("p", "Nothing has this name.")];
}

function member(field, open) {
  const line = node("code", "");
  const name = node("strong", field.name);
  if (field.isDeprecated) name.className = "gone";
  line.append(name);
  if (field.args?.length) {
    const args = field.args.flatMap((arg, at) => [at ? ", " : "", `${arg.name}: `, typeLink(arg.type, open)]);
    line.append("(", ...args, ")");
  }
  if (field.type) line.append(": ", typeLink(field.type, open));
  if (field.defaultValue) line.append(` = ${field.defaultValue}`);
  const gone = field.isDeprecated ? `Deprecated: ${field.deprecationReason}\n` : "";
  return item(line, node("p", gone + (field.description ?? "")));
}

function typeLink(type, open) {
  const written = (ref) => ({ NON_NULL: () => `${written(ref.ofType)}!`, LIST: () => `[${written(ref.ofType)}]` }[ref.kind]?.() ?? ref.name);
  let inner = type;
  while (inner.ofType) inner = inner.ofType;
  return link(written(type), () => open(inner.name));
}

function item(...children) {
  const line = node("div", "");
  line.className = "item";
  line.append(...children);
  return line;
}

function link(text, action) {
  const button = node("button", text);
  button.className = "link";
  button.addEventListener("click", action);
  return button;
}

function node(kind, text) {
  const made = document.createElement(kind);
  made.textContent = text;
  return made;
}
