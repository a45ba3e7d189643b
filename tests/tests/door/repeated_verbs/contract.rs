//! What `schema.graphql` says of mutations.

use std::collections::{BTreeMap, BTreeSet};

const SDL: &str = include_str!("../../../../schema.graphql");

/// The fields of types and inputs, by their names, with what they are.
pub(super) struct Contract(BTreeMap<String, BTreeMap<String, String>>);

impl Contract {
    pub(super) fn read() -> Self {
        let (mut all, mut within): (BTreeMap<String, BTreeMap<String, String>>, Option<String>) = Default::default();
        let (mut is_description, mut field) = (false, None);
        for line in SDL.lines() {
            if line.trim().starts_with("\"\"\"") {
                is_description = !is_description;
            } else if is_description {
                // Prose.
            } else if let Some(name) = line.strip_prefix("type ").or_else(|| line.strip_prefix("input ")) {
                within = name.split([' ', '{']).next().map(str::to_owned);
            } else if line == "}" {
                within = None;
            } else if let (Some(within), Some(text)) = (&within, line.strip_prefix("  ")) {
                // A field with arguments ends with the line that says what it is.
                let (name, of) = match text.strip_prefix("): ") {
                    Some(of) => (field.take(), of),
                    None => {
                        let of = text.split_once(": ").map_or("", |(_, of)| of);
                        (text.split([':', '(']).next().map(str::to_owned), of)
                    }
                };
                let is_open = text.ends_with('(');
                match name.filter(|name| !name.starts_with(' ')) {
                    Some(name) if is_open => field = Some(name),
                    Some(name) => {
                        let of = of.split(' ').next().unwrap_or_default().to_owned();
                        all.entry(within.clone()).or_default().insert(name, of);
                    }
                    None => {}
                }
            }
        }
        Self(all)
    }

    pub(super) fn mutations(&self) -> BTreeSet<String> {
        self.0["Mutation"].keys().cloned().collect()
    }

    pub(super) fn takes_version(&self, mutation: &str) -> bool {
        self.0[&input_of(mutation)].contains_key("expectedVersion")
    }

    /// The mutation, asking what it is about, and at which version that is.
    pub(super) fn document(&self, mutation: &str) -> String {
        let payload = &self.0[self.0["Mutation"][mutation].trim_end_matches('!')];
        let mut asked = String::new();
        for (name, of) in payload
            .iter()
            .filter(|(name, _)| *name != "userErrors" && *name != "warnings")
        {
            let bare = of.trim_matches(['[', ']', '!']);
            let object = self.0.get(bare);
            let fields = ["id", "version", "status"].iter();
            let fields: Vec<_> = object.map_or_else(Vec::new, |object| {
                fields.filter(|field| object.contains_key(**field)).copied().collect()
            });
            asked += &match (object, &*fields) {
                (None, _) => format!(" {name}"),
                (Some(_), []) => format!(" {name} {{ __typename }}"),
                (Some(_), fields) => format!(" {name} {{ {} }}", fields.join(" ")),
            };
        }
        let input = input_of(mutation);
        format!(
            "mutation($input: {input}!) {{ {mutation}(input: $input) {{ {asked} userErrors {{ code message field }} }} }}"
        )
    }
}

fn input_of(mutation: &str) -> String {
    let (first, rest) = mutation.split_at(1);
    format!("{}{rest}Input", first.to_uppercase())
}
