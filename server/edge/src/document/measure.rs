//! Measures a parsed document with its fragments written out, without writing them out: thirty
//! fragments that spread each other twice are a billion fields, and whatever walks them one by one
//! never comes back.

use std::collections::HashMap;

use apollo_compiler::ast::{Definition, Document, FragmentDefinition, Selection};
use async_graphql::ServerResult;

use super::limits::GraphqlLimits;
use crate::error::{code, limit_error, request_error};

/// Told of `__schema` as an error, and of `__type` beside its `null`.
pub(super) const INTROSPECTION_DISABLED: &str =
    "The schema cannot be asked for here. It is published with the shop's documentation.";

/// Refuses a document that is too large once its fragments are followed, or that asks for the
/// schema where that is off.
pub(super) fn check(document: &Document, limits: &GraphqlLimits, introspection: bool) -> ServerResult<()> {
    let mut ruler = Ruler {
        fragments: fragments(document),
        limits,
        measured: HashMap::new(),
    };
    let mut whole = Size::default();
    for definition in &document.definitions {
        match definition {
            Definition::FragmentDefinition(fragment) => whole.add(ruler.fragment(&fragment.name, 0)?),
            Definition::OperationDefinition(operation) => {
                let size = ruler.selections(&operation.selection_set, 0)?;
                if size.aliases > limits.aliases {
                    let what = "The operation renames too many fields";
                    return Err(limit_error(code::TOO_MANY_ALIASES, what, limits.aliases));
                }
                whole.add(size);
            }
            // Validation refuses them.
            _ => {}
        }
    }
    if whole.fields > limits.fields {
        let what = "The document selects too many fields";
        return Err(limit_error(code::QUERY_TOO_COMPLEX, what, limits.fields));
    }
    if whole.introspects && !introspection {
        return Err(request_error(code::INTROSPECTION_DISABLED, INTROSPECTION_DISABLED));
    }
    // Only now: a walk that follows every spread is bounded by what was measured above.
    for definition in &document.definitions {
        if let Definition::OperationDefinition(operation) = definition
            && root_fields(&ruler.fragments, &operation.selection_set) > limits.root_fields
        {
            let what = "The operation has too many fields at its top";
            return Err(limit_error(code::TOO_MANY_ROOT_FIELDS, what, limits.root_fields));
        }
    }
    Ok(())
}

type Fragments<'a> = HashMap<&'a str, &'a FragmentDefinition>;

/// Of two with one name, which validation refuses, the first.
fn fragments(document: &Document) -> Fragments<'_> {
    let mut fragments = HashMap::new();
    for definition in &document.definitions {
        if let Definition::FragmentDefinition(fragment) = definition {
            fragments.entry(fragment.name.as_str()).or_insert(&**fragment);
        }
    }
    fragments
}

#[derive(Debug, Clone, Copy, Default)]
struct Size {
    fields: usize,
    aliases: usize,
    /// Selection sets within each other.
    height: usize,
    introspects: bool,
}

impl Size {
    fn add(&mut self, other: Self) {
        self.fields = self.fields.saturating_add(other.fields);
        self.aliases = self.aliases.saturating_add(other.aliases);
        self.height = self.height.max(other.height);
        self.introspects |= other.introspects;
    }
}

struct Ruler<'a> {
    fragments: Fragments<'a>,
    limits: &'a GraphqlLimits,
    /// `None` while a fragment is being measured: who meets it again has found a cycle.
    measured: HashMap<&'a str, Option<Size>>,
}

impl<'a> Ruler<'a> {
    /// `depth` selection sets are around this one; it bounds the recursion.
    fn selections(&mut self, selections: &'a [Selection], depth: usize) -> ServerResult<Size> {
        let mut size = Size {
            height: 1,
            ..Size::default()
        };
        self.check_depth(depth + 1)?;
        for selection in selections {
            let mut part = self.selection(selection, depth)?;
            part.height += 1;
            self.check_depth(depth.saturating_add(part.height))?;
            size.add(part);
        }
        Ok(size)
    }

    fn selection(&mut self, selection: &'a Selection, depth: usize) -> ServerResult<Size> {
        match selection {
            Selection::Field(field) => {
                let mut size = Size::default();
                if !field.selection_set.is_empty() {
                    size = self.selections(&field.selection_set, depth + 1)?;
                }
                size.fields = size.fields.saturating_add(1);
                size.aliases = size.aliases.saturating_add(usize::from(field.alias.is_some()));
                // `__type` is answered: where the schema may not be asked for, it knows none, as clients and
                // the audits of graphql-http expect of a name that is not there; an extension says why.
                size.introspects |= field.name == "__schema";
                Ok(size)
            }
            Selection::InlineFragment(inline) => self.selections(&inline.selection_set, depth + 1),
            Selection::FragmentSpread(spread) => self.fragment(&spread.fragment_name, depth + 1),
        }
    }

    fn fragment(&mut self, name: &'a str, depth: usize) -> ServerResult<Size> {
        match self.measured.get(name) {
            Some(Some(size)) => return Ok(*size),
            Some(None) => {
                let message = format!("The fragment \"{name}\" contains itself.");
                return Err(request_error(code::FRAGMENT_CYCLE, message));
            }
            None => {}
        }
        // One that is missing is validation's to name. It counts all the same: the walk below visits it wherever it is
        // spread.
        let Some(fragment) = self.fragments.get(name).copied() else {
            return Ok(Size {
                fields: 1,
                ..Size::default()
            });
        };
        self.measured.insert(name, None);
        let size = self.selections(&fragment.selection_set, depth)?;
        self.measured.insert(name, Some(size));
        Ok(size)
    }

    fn check_depth(&self, depth: usize) -> ServerResult<()> {
        if depth > self.limits.selection_depth + 1 {
            let what = "Selections are nested too deep";
            return Err(limit_error(code::QUERY_TOO_DEEP, what, self.limits.selection_depth));
        }
        Ok(())
    }
}

/// Fields that an operation's own type answers: fragments are followed, fields are not.
fn root_fields(fragments: &Fragments<'_>, selections: &[Selection]) -> usize {
    let fields = selections.iter().map(|selection| match selection {
        Selection::Field(_) => 1,
        Selection::InlineFragment(inline) => root_fields(fragments, &inline.selection_set),
        Selection::FragmentSpread(spread) => fragments
            .get(spread.fragment_name.as_str())
            .map_or(0, |fragment| root_fields(fragments, &fragment.selection_set)),
    });
    fields.sum()
}

#[cfg(test)]
mod tests {
    use apollo_compiler::parser::Parser;

    use super::*;
    use crate::error::code_of;

    fn refusal(query: &str) -> Option<String> {
        let document = Parser::new()
            .parse_ast(query, "document")
            .expect("the test's document parses");
        let error = check(&document, &GraphqlLimits::default(), false).err()?;
        Some(code_of(&error).expect("every refusal has a code").to_owned())
    }

    #[test]
    fn fragments_that_double_each_other_are_measured_at_once() {
        let mut query = "{ ...F0 }".to_owned();
        for at in 0..25 {
            let next = at + 1;
            query += &format!(" fragment F{at} on Query {{ ...F{next} ...F{next} }}");
        }
        // It does not end for want of the last one, either.
        for last in [" fragment F25 on Query { a }", ""] {
            let query = format!("{query}{last}");
            assert_eq!(refusal(&query).as_deref(), Some(code::QUERY_TOO_COMPLEX));
        }
    }

    #[test]
    fn cycles_and_depth_through_fragments_are_found() {
        let cycle = "{ ...A } fragment A on Q { ...B } fragment B on Q { ...A }";
        assert_eq!(refusal(cycle).as_deref(), Some(code::FRAGMENT_CYCLE));

        let mut deep = "{ ...F0 }".to_owned();
        for at in 0..600 {
            deep += &format!(" fragment F{at} on Q {{ ...F{} }}", at + 1);
        }
        deep += " fragment F600 on Q { a }";
        assert_eq!(refusal(&deep).as_deref(), Some(code::QUERY_TOO_DEEP));
    }

    #[test]
    fn aliases_hidden_in_a_fragment_count_wherever_it_is_spread() {
        let ten: String = (0..10).map(|at| format!(" a{at}: a")).collect();
        let spread = "b { ...F } ".repeat(7);
        let query = format!("{{ {spread} }} fragment F on Q {{ {ten} }}");
        assert_eq!(refusal(&query).as_deref(), Some(code::TOO_MANY_ALIASES));
        assert_eq!(
            refusal(&format!("{{ b {{ ...F }} }} fragment F on Q {{ {ten} }}")),
            None
        );
    }

    #[test]
    fn root_fields_count_through_fragments() {
        let query = format!("{{ {} }}", "... on Query { a b } ".repeat(11));
        assert_eq!(refusal(&query).as_deref(), Some(code::TOO_MANY_ROOT_FIELDS));
        assert_eq!(refusal(&format!("{{ c {{ {} }} }}", "a ".repeat(22))), None);
    }
}
