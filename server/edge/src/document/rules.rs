//! The rules of the specification that apollo-compiler 1 leaves out: variables inside lists and
//! input objects (it compares no more than their names' types), a default of `null`, and input
//! objects that give a field twice. Documents come here once its own rules are kept.

use std::collections::HashSet;

use apollo_compiler::{
    ExecutableDocument, Name, Node, Schema,
    ast::{Argument, DirectiveList, Type, Value, VariableDefinition},
    executable::{Selection, SelectionSet},
    parser::SourceSpan,
    schema::{ExtendedType, InputValueDefinition},
};
use async_graphql::ServerError;

use super::lines::Lines;
use crate::error::{code, located};

/// What the document breaks, each thing once.
pub(super) fn broken(schema: &Schema, document: &ExecutableDocument, lines: &Lines) -> Vec<ServerError> {
    let mut found = Found::default();
    for operation in document.operations.iter() {
        let mut walk = Walk {
            schema,
            document,
            variables: &operation.variables,
            visited: HashSet::new(),
            found: &mut found,
        };
        for variable in &operation.variables {
            walk.directives(&variable.directives);
            if let Some(default) = &variable.default_value {
                walk.value(default, Some(Place::of(&variable.ty)));
            }
        }
        walk.directives(&operation.directives);
        walk.selections(&operation.selection_set);
    }
    let errors = found.errors.into_iter().map(|(span, message)| {
        let pos = span.map(|span| lines.position(span.offset()));
        located(code::GRAPHQL_VALIDATION_FAILED, message, pos)
    });
    errors.collect()
}

#[derive(Default)]
struct Found {
    errors: Vec<(Option<SourceSpan>, String)>,
    told: HashSet<(usize, String)>,
}

impl Found {
    fn push(&mut self, span: Option<SourceSpan>, message: String) {
        let at = span.map_or(0, |span| span.offset());
        if self.told.insert((at, message.clone())) {
            self.errors.push((span, message));
        }
    }
}

/// Where a value stands.
#[derive(Clone, Copy)]
struct Place<'a> {
    of: &'a Type,
    has_default: bool,
}

impl<'a> Place<'a> {
    fn of(of: &'a Type) -> Self {
        Self { of, has_default: false }
    }

    fn defined(definition: &'a InputValueDefinition) -> Self {
        Self {
            of: &definition.ty,
            has_default: definition.default_value.is_some(),
        }
    }
}

struct Walk<'a> {
    schema: &'a Schema,
    document: &'a ExecutableDocument,
    variables: &'a [Node<VariableDefinition>],
    visited: HashSet<&'a str>,
    found: &'a mut Found,
}

impl<'a> Walk<'a> {
    fn selections(&mut self, set: &'a SelectionSet) {
        for selection in &set.selections {
            self.directives(selection.directives());
            match selection {
                Selection::Field(field) => {
                    self.arguments(&field.arguments, &field.definition.arguments);
                    self.selections(&field.selection_set);
                }
                Selection::InlineFragment(inline) => self.selections(&inline.selection_set),
                Selection::FragmentSpread(spread) => {
                    if let Some(fragment) = self.document.fragments.get(&spread.fragment_name)
                        && self.visited.insert(&fragment.name)
                    {
                        self.directives(&fragment.directives);
                        self.selections(&fragment.selection_set);
                    }
                }
            }
        }
    }

    fn directives(&mut self, directives: &'a DirectiveList) {
        for directive in directives.iter() {
            if let Some(definition) = self.schema.directive_definitions.get(&directive.name) {
                self.arguments(&directive.arguments, &definition.arguments);
            }
        }
    }

    fn arguments(&mut self, arguments: &'a [Node<Argument>], definitions: &'a [Node<InputValueDefinition>]) {
        for argument in arguments {
            let definition = definitions.iter().find(|definition| definition.name == argument.name);
            self.value(&argument.value, definition.map(|definition| Place::defined(definition)));
        }
    }

    /// `place` is `None` within a custom scalar, which takes whatever it is given.
    fn value(&mut self, value: &'a Node<Value>, place: Option<Place<'a>>) {
        match &**value {
            Value::Variable(name) => self.variable(name, value.location(), place),
            Value::List(items) => {
                let place = place.filter(|place| place.of.is_list());
                let place = place.map(|place| Place::of(place.of.item_type()));
                items.iter().for_each(|item| self.value(item, place));
            }
            Value::Object(fields) => {
                let mut names = HashSet::new();
                for (name, value) in fields {
                    if !names.insert(name) {
                        let message = format!("The input field `{name}` is given more than once.");
                        self.found.push(name.location(), message);
                    }
                    let place = place.and_then(|place| self.input_field(place.of, name));
                    self.value(value, place);
                }
            }
            _ => {}
        }
    }

    fn input_field(&self, of: &Type, name: &Name) -> Option<Place<'a>> {
        match self.schema.types.get(of.inner_named_type())? {
            ExtendedType::InputObject(object) => object.fields.get(name).map(|field| Place::defined(field)),
            _ => None,
        }
    }

    fn variable(&mut self, name: &Name, span: Option<SourceSpan>, place: Option<Place<'_>>) {
        let Some(variable) = self.variables.iter().find(|variable| variable.name == *name) else {
            self.found.push(span, format!("The variable `${name}` is not defined."));
            return;
        };
        if let Some(place) = place
            && !is_allowed(variable, place)
        {
            let message = format!(
                "The variable `${name}` of the type `{}` cannot be used where `{}` is expected.",
                variable.ty, place.of
            );
            self.found.push(span, message);
        }
    }
}

/// The specification's `IsVariableUsageAllowed`.
fn is_allowed(variable: &VariableDefinition, place: Place<'_>) -> bool {
    if !place.of.is_non_null() || variable.ty.is_non_null() {
        return variable.ty.is_assignable_to(place.of);
    }
    let has_default = variable.default_value.as_ref().is_some_and(|value| !value.is_null());
    (has_default || place.has_default) && variable.ty.is_assignable_to(&place.of.clone().nullable())
}
