//! The schema as documents are checked against: what apollo-compiler knows of it, and which objects
//! a type can stand for.

use std::{collections::HashMap, sync::Arc};

use apollo_compiler::{Schema, schema::ExtendedType, validation::Valid};
use async_graphql::Name;

/// What async-graphql answers of a type and apollo-compiler does not know of.
const INTROSPECTION_MORE: &str = "\nextend type __Type { isOneOf: Boolean }\n";

/// The types that documents may ask for. Made once for a schema, it serves all who check documents.
#[derive(Debug)]
pub struct Language {
    schema: Valid<Schema>,
    composites: HashMap<String, Arc<Composite>>,
    /// The names of object types, by their numbers.
    objects: Vec<Name>,
}

/// An SDL that no document can be checked against.
#[derive(Debug, thiserror::Error)]
#[error("the schema is not valid: {0}")]
pub struct InvalidSchema(String);

/// The numbers of object types, in order.
pub(super) type Types = Arc<[u32]>;

/// An object, an interface or a union.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Composite {
    pub(super) name: Name,
    pub(super) kind: Kind,
    /// The objects that it may turn out to be.
    pub(super) objects: Types,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Object,
    Interface,
    Union,
}

impl Language {
    /// From the SDL that a schema exports.
    pub fn new(sdl: &str) -> Result<Self, InvalidSchema> {
        // Nobody is told a description from here, and they are two thirds of the text.
        let text = without_block_strings(sdl) + INTROSPECTION_MORE;
        let schema = Schema::parse_and_validate(text, "schema.graphql");
        let schema = schema.map_err(|error| InvalidSchema(error.errors.to_string()))?;
        let (composites, objects) = composites(&schema);
        Ok(Self {
            schema,
            composites,
            objects,
        })
    }

    pub(super) fn schema(&self) -> &Valid<Schema> {
        &self.schema
    }

    /// `None` for scalars and enums, which have no fields.
    pub(super) fn composite(&self, name: &str) -> Option<&Arc<Composite>> {
        self.composites.get(name)
    }

    pub(super) fn object_name(&self, number: u32) -> &Name {
        &self.objects[number as usize]
    }

    /// Names of fields that somebody may have meant.
    pub(super) fn fields(&self, type_name: &str) -> Vec<&str> {
        match self.schema.types.get(type_name) {
            Some(ExtendedType::Object(object)) => object.fields.keys().map(|name| name.as_str()).collect(),
            Some(ExtendedType::Interface(interface)) => interface.fields.keys().map(|name| name.as_str()).collect(),
            _ => Vec::new(),
        }
    }
}

/// The objects that are among both.
pub(super) fn both(some: &Types, others: &Types) -> Types {
    if Arc::ptr_eq(some, others) || some.iter().all(|number| others.binary_search(number).is_ok()) {
        return Arc::clone(some);
    }
    let found = some.iter().filter(|number| others.binary_search(number).is_ok());
    found.copied().collect()
}

fn composites(schema: &Schema) -> (HashMap<String, Arc<Composite>>, Vec<Name>) {
    let objects: Vec<_> = schema
        .types
        .iter()
        .filter(|(_, definition)| definition.is_object())
        .map(|(name, _)| Name::new(name.as_str()))
        .collect();
    let numbers: HashMap<_, _> = (0_u32..)
        .zip(&objects)
        .map(|(number, name)| (name.as_str(), number))
        .collect();
    let implementers = schema.implementers_map();
    let composites = schema.types.iter().filter_map(|(name, definition)| {
        let number = |name: &apollo_compiler::Name| numbers.get(name.as_str()).copied();
        let (kind, mut types) = match definition {
            ExtendedType::Object(_) => (Kind::Object, number(name).into_iter().collect()),
            ExtendedType::Interface(_) => {
                let objects = implementers.get(name).into_iter().flat_map(|found| &found.objects);
                (Kind::Interface, objects.filter_map(number).collect::<Vec<_>>())
            }
            ExtendedType::Union(union) => {
                let members = union.members.iter().filter_map(|member| number(&member.name));
                (Kind::Union, members.collect())
            }
            _ => return None,
        };
        types.sort_unstable();
        let composite = Composite {
            name: Name::new(name.as_str()),
            kind,
            objects: types.into(),
        };
        Some((name.to_string(), Arc::new(composite)))
    });
    (composites.collect(), objects)
}

/// An exported SDL has block strings nowhere but in descriptions.
fn without_block_strings(sdl: &str) -> String {
    const QUOTES: &str = "\"\"\"";
    let mut text = String::with_capacity(sdl.len());
    let mut rest = sdl;
    while let Some((before, after)) = rest.split_once(QUOTES) {
        text.push_str(before);
        rest = after;
        while let Some((inside, after)) = rest.split_once(QUOTES) {
            rest = after;
            if !inside.ends_with('\\') {
                break;
            }
        }
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descriptions_go_and_nothing_else() {
        let sdl = "\"\"\"\nA \\\"\"\" b { \n\"\"\"\ntype Query { a(b: String = \"x\"): Int }";
        assert_eq!(
            without_block_strings(sdl).trim(),
            "type Query { a(b: String = \"x\"): Int }"
        );
    }

    #[test]
    fn abstract_types_know_their_objects() {
        let sdl = "type Query { n: N u: U } interface N { id: ID } type A implements N { id: ID } \
                   type B implements N { id: ID } union U = B | Query";
        let language = Language::new(sdl).expect("a schema");
        let objects = |name| {
            let found = language.composite(name).expect("a composite");
            let names = found
                .objects
                .iter()
                .map(|number| language.object_name(*number).to_string());
            names.collect::<Vec<_>>()
        };
        assert_eq!(objects("N"), ["A", "B"]);
        assert_eq!(objects("U"), ["Query", "B"]);
        assert_eq!(objects("A"), ["A"]);
        assert!(language.composite("ID").is_none());
    }
}
