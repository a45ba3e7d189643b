//! Measures a parsed document with its fragments written out, without writing them out: thirty
//! fragments that spread each other twice are a billion fields, and whatever walks them one by one
//! (as validation does) never comes back.

use std::collections::HashMap;

use async_graphql::{
    Name, Positioned, ServerResult, Variables,
    parser::types::{
        ExecutableDocument, FragmentDefinition, OperationDefinition, OperationType, Selection, SelectionSet,
    },
};

use super::limits::GraphqlLimits;
use crate::edge::{
    error::{code, limit_error, request_error},
    operation::Transport,
};

/// Refuses a document that is too large once its fragments are followed, or that asks for the
/// schema where that is off.
pub(super) fn check(document: &ExecutableDocument, limits: &GraphqlLimits, introspection: bool) -> ServerResult<()> {
    let mut ruler = Ruler {
        fragments: &document.fragments,
        limits,
        measured: HashMap::new(),
    };
    let mut whole = Size::default();
    for (name, fragment) in &document.fragments {
        whole.add(ruler.fragment(name, fragment, 0)?);
    }
    for (_, operation) in document.operations.iter() {
        let size = ruler.selection_set(&operation.node.selection_set.node, 0)?;
        if size.aliases > limits.aliases {
            let what = "The operation renames too many fields";
            return Err(limit_error(code::TOO_MANY_ALIASES, what, limits.aliases));
        }
        whole.add(size);
    }
    if whole.fields > limits.fields {
        let what = "The document selects too many fields";
        return Err(limit_error(code::QUERY_TOO_COMPLEX, what, limits.fields));
    }
    if whole.introspects && !introspection {
        let message = "The schema cannot be asked for here. It is published with the shop's documentation.";
        return Err(request_error(code::INTROSPECTION_DISABLED, message));
    }
    // Only now: a walk that follows every spread is bounded by what was measured above.
    for (_, operation) in document.operations.iter() {
        if root_fields(document, &operation.node.selection_set.node) > limits.root_fields {
            let what = "The operation has too many fields at its top";
            return Err(limit_error(code::TOO_MANY_ROOT_FIELDS, what, limits.root_fields));
        }
    }
    Ok(())
}

/// The operation that will run.
pub(super) fn select<'a>(
    document: &'a ExecutableDocument,
    wanted: Option<&str>,
) -> ServerResult<&'a OperationDefinition> {
    let mut operations = document.operations.iter();
    let found = match wanted {
        Some(wanted) => operations.find(|(name, _)| name.is_some_and(|name| name == wanted)),
        None => operations.next().filter(|_| operations.next().is_none()),
    };
    found.map(|(_, operation)| &operation.node).ok_or_else(|| {
        let message = match wanted {
            Some(wanted) => format!("The document has no operation named \"{wanted}\"."),
            None => "The document has several operations: operationName must pick one.".to_owned(),
        };
        request_error(code::OPERATION_NOT_FOUND, message)
    })
}

/// A missing required variable is an error of the request; async-graphql would find it only while
/// the operation already runs.
pub(super) fn check_variables(operation: &OperationDefinition, variables: &Variables) -> ServerResult<()> {
    for definition in &operation.variable_definitions {
        let definition = &definition.node;
        let required = !definition.var_type.node.nullable && definition.default_value.is_none();
        let given = variables.get(&definition.name.node);
        if required && given.is_none_or(|value| *value == async_graphql::Value::Null) {
            let message = format!(
                "The variable \"${}\" of the required type \"{}\" was not given.",
                definition.name.node, definition.var_type.node,
            );
            return Err(request_error(code::BAD_USER_INPUT, message));
        }
    }
    Ok(())
}

/// Refuses what may not come through the transport it came through.
pub(super) fn check_kind(
    document: &ExecutableDocument,
    operation: &OperationDefinition,
    transport: Option<Transport>,
) -> ServerResult<OperationType> {
    let kind = operation.ty;
    match kind {
        OperationType::Mutation if transport.is_some_and(|transport| !transport.allows_mutations()) => {
            let message = "A mutation has to be sent by POST.";
            Err(request_error(code::METHOD_NOT_ALLOWED, message))
        }
        OperationType::Subscription if transport.is_some_and(|transport| !transport.allows_subscriptions()) => {
            let message = "A subscription needs a WebSocket, or `Accept: text/event-stream`.";
            Err(request_error(code::STREAM_REQUIRED, message))
        }
        OperationType::Subscription if root_fields(document, &operation.selection_set.node) != 1 => {
            let message = "A subscription has exactly one field at its top.";
            Err(request_error(code::GRAPHQL_VALIDATION_FAILED, message))
        }
        _ => Ok(kind),
    }
}

/// Whether a mutation has none but these fields at its top, each written out.
pub(super) fn is_made_of(operation: &OperationDefinition, fields: &[&str]) -> bool {
    operation.ty == OperationType::Mutation
        && operation.selection_set.node.items.iter().all(|item| match &item.node {
            Selection::Field(field) => {
                let name = field.node.name.node.as_str();
                name == "__typename" || fields.contains(&name)
            }
            Selection::FragmentSpread(_) | Selection::InlineFragment(_) => false,
        })
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
    fragments: &'a HashMap<Name, Positioned<FragmentDefinition>>,
    limits: &'a GraphqlLimits,
    /// `None` while a fragment is being measured: who meets it again has found a cycle.
    measured: HashMap<&'a str, Option<Size>>,
}

impl<'a> Ruler<'a> {
    /// `depth` selection sets are around this one; it bounds the recursion.
    fn selection_set(&mut self, set: &'a SelectionSet, depth: usize) -> ServerResult<Size> {
        let mut size = Size {
            height: 1,
            ..Size::default()
        };
        self.check_depth(depth + 1)?;
        for selection in &set.items {
            let mut part = self.selection(&selection.node, depth)?;
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
                if !field.node.selection_set.node.items.is_empty() {
                    size = self.selection_set(&field.node.selection_set.node, depth + 1)?;
                }
                size.fields = size.fields.saturating_add(1);
                size.aliases = size.aliases.saturating_add(usize::from(field.node.alias.is_some()));
                size.introspects |= matches!(field.node.name.node.as_str(), "__schema" | "__type");
                Ok(size)
            }
            Selection::InlineFragment(inline) => self.selection_set(&inline.node.selection_set.node, depth + 1),
            Selection::FragmentSpread(spread) => {
                let name = &spread.node.fragment_name.node;
                match self.fragments.get_key_value(name.as_str()) {
                    Some((name, fragment)) => self.fragment(name, fragment, depth + 1),
                    // Validation names it.
                    None => Ok(Size::default()),
                }
            }
        }
    }

    fn fragment(
        &mut self,
        name: &'a Name,
        fragment: &'a Positioned<FragmentDefinition>,
        depth: usize,
    ) -> ServerResult<Size> {
        match self.measured.get(name.as_str()) {
            Some(Some(size)) => return Ok(*size),
            Some(None) => {
                let message = format!("The fragment \"{name}\" contains itself.");
                return Err(request_error(code::FRAGMENT_CYCLE, message));
            }
            None => {}
        }
        self.measured.insert(name, None);
        let size = self.selection_set(&fragment.node.selection_set.node, depth)?;
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
fn root_fields(document: &ExecutableDocument, set: &SelectionSet) -> usize {
    set.items
        .iter()
        .map(|selection| match &selection.node {
            Selection::Field(_) => 1,
            Selection::InlineFragment(inline) => root_fields(document, &inline.node.selection_set.node),
            Selection::FragmentSpread(spread) => document
                .fragments
                .get(spread.node.fragment_name.node.as_str())
                .map_or(0, |found| root_fields(document, &found.node.selection_set.node)),
        })
        .sum()
}

/// The names of an operation's root fields, each as often as it stands there.
pub(super) fn root_field_names(document: &ExecutableDocument, operation: &OperationDefinition) -> Vec<String> {
    let mut names = Vec::new();
    collect_names(document, &operation.selection_set.node, &mut names);
    names
}

fn collect_names(document: &ExecutableDocument, set: &SelectionSet, names: &mut Vec<String>) {
    for selection in &set.items {
        match &selection.node {
            Selection::Field(field) => names.push(field.node.name.node.to_string()),
            Selection::InlineFragment(inline) => collect_names(document, &inline.node.selection_set.node, names),
            Selection::FragmentSpread(spread) => {
                let found = document.fragments.get(spread.node.fragment_name.node.as_str());
                if let Some(found) = found {
                    collect_names(document, &found.node.selection_set.node, names);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;
    use crate::edge::error::code_of;

    fn refusal(query: &str) -> Option<String> {
        let document = parse_query(query).expect("the test's document parses");
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
        query += " fragment F25 on Query { a }";
        assert_eq!(refusal(&query).as_deref(), Some(code::QUERY_TOO_COMPLEX));
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
