// Makes an example of a schema, to begin with.

export function example(schema, components, depth = 0) {
  if (!schema || depth > 8) return null;
  if (schema.$ref) return example(components[schema.$ref.split("/").pop()], components, depth + 1);
  if (schema.example !== undefined) return schema.example;
  if (schema.default !== undefined) return schema.default;
  if (schema.enum) return schema.enum[0];
  const chosen = schema.oneOf ?? schema.anyOf;
  if (chosen) return example(chosen.find((one) => one.type !== "null"), components, depth + 1);
  if (schema.allOf) {
    return Object.assign({}, ...schema.allOf.map((part) => example(part, components, depth + 1)));
  }
  const type = [schema.type].flat().find((one) => one !== "null");
  if (type === "object") {
    const wanted = Object.entries(schema.properties ?? {}).filter(([name]) => schema.required?.includes(name));
    return Object.fromEntries(wanted.map(([name, part]) => [name, example(part, components, depth + 1)]));
  }
  if (type === "array") return [example(schema.items, components, depth + 1)];
  if (type === "integer" || type === "number") return schema.minimum ?? 1;
  if (type === "boolean") return true;
  return "";
}
