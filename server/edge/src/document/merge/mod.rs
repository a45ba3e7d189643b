//! The specification's `CollectFields`, done for a whole operation before it runs: async-graphql is
//! handed a document in which every response key stands once, with fragments and conditions
//! resolved, so that there is nothing that it could understand in another way.
//!
//! An interface or a union turns out to be one of several objects, and which fields it then has may
//! differ. Fields that all have are asked for where they were; others stand in a fragment on the
//! types that have them.

mod variants;

use std::sync::Arc;

use async_graphql::{
    Name, Pos, Positioned, ServerResult, Value as ConstValue,
    indexmap::IndexMap,
    parser::types::{self as asked, SelectionSet},
};

use super::{
    coerce::{self, Values},
    fill::{self, Budget},
    language::{Composite, Kind, Language, Types, both},
    limits::GraphqlLimits,
    order::{Key, Order},
    plan::{Argument, Condition, Field, Operation, Selection, Selections, When},
};
use crate::error::{code, limit_error, located};

const TYPENAME: &str = "__typename";

/// Where an answer names a type that only we want to know. No document can say this.
const TYPENAME_KEY: &str = "?typename";

/// How often a field may be collected, on the average.
const COLLECTED_PER_FIELD: usize = 20;

/// A whole operation.
#[derive(Debug)]
pub(super) struct Merged {
    pub(super) selections: SelectionSet,
    pub(super) order: Order,
    /// The names of the fields at its top, each of which acts once.
    pub(super) roots: Vec<Name>,
}

/// What a request asks for, with its variables' values.
pub(super) fn merge(
    language: &Language,
    operation: &Operation,
    values: &Values,
    limits: &GraphqlLimits,
) -> ServerResult<Merged> {
    let merger = Merger {
        language,
        values: Some(values),
        fields_max: limits.fields,
        fields: 0,
        collected: 0,
        budget: Budget::default(),
    };
    merger.operation(operation)
}

/// Refuses an operation whose fields could not be merged whatever its variables say. apollo-compiler
/// takes lists of different lengths for the same argument, and counts a subscription's fields before
/// they are merged.
pub(super) fn check(language: &Language, operation: &Operation, limits: &GraphqlLimits) -> ServerResult<()> {
    let merger = Merger {
        language,
        values: None,
        fields_max: limits.fields,
        fields: 0,
        collected: 0,
        budget: Budget::default(),
    };
    let merged = merger.operation(operation)?;
    if operation.kind == asked::OperationType::Subscription && merged.roots.len() != 1 {
        let message = "A subscription has exactly one field at its top.";
        return Err(located(code::GRAPHQL_VALIDATION_FAILED, message, Some(operation.pos)));
    }
    Ok(())
}

struct Merger<'a> {
    language: &'a Language,
    /// `None` while a document is checked: nothing is left out then.
    values: Option<&'a Values>,
    fields_max: usize,
    fields: usize,
    collected: usize,
    budget: Budget,
}

/// A field that a document asks for, and of which objects.
struct Entry<'a> {
    field: &'a Field,
    types: Types,
    /// Its place among all that are asked of the same objects.
    at: usize,
}

type Entries<'a> = IndexMap<&'a Name, Vec<Entry<'a>>>;

/// What async-graphql is asked, and the order of what it answers.
type Selected = (Vec<Positioned<asked::Selection>>, Order);

/// The order of what is in a field; a leaf has none.
type Inside = Option<Arc<Order>>;

impl<'a> Merger<'a> {
    fn operation(mut self, operation: &'a Operation) -> ServerResult<Merged> {
        let mut entries = Entries::new();
        self.collect(&operation.selections, &operation.on.objects, &mut entries)?;
        let roots = entries.values().filter_map(|found| found.first());
        let roots = roots.map(|entry| entry.field.name.node.clone()).collect();
        let (items, order) = self.object(&entries, operation.pos)?;
        Ok(Merged {
            selections: SelectionSet { items },
            order,
            roots,
        })
    }

    /// Follows fragments, as deep as selections may nest.
    fn collect(&mut self, selections: &'a Selections, types: &Types, entries: &mut Entries<'a>) -> ServerResult<()> {
        for selection in selections.iter() {
            match selection {
                Selection::Field(field) if self.includes(&field.conditions)? => {
                    let (types, at) = (Arc::clone(types), self.collected);
                    self.collected += 1;
                    self.check_collected()?;
                    entries
                        .entry(&field.key.node)
                        .or_default()
                        .push(Entry { field, types, at });
                }
                Selection::Group(group) if self.includes(&group.conditions)? => {
                    let types = both(types, &group.on.objects);
                    if !types.is_empty() {
                        self.collect(&group.selections, &types, entries)?;
                    }
                }
                Selection::Field(_) | Selection::Group(_) => {}
            }
        }
        Ok(())
    }

    fn includes(&self, conditions: &[Condition]) -> ServerResult<bool> {
        let Some(values) = self.values else { return Ok(true) };
        for condition in conditions {
            let holds = match &condition.when {
                When::Known(known) => *known,
                When::Variable(name) => coerce::boolean(values, name, condition.pos)?,
            };
            if holds != condition.includes {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn selections(&mut self, on: &Composite, parts: &[&'a Field]) -> ServerResult<Selected> {
        let mut entries = Entries::new();
        for part in parts {
            self.collect(&part.selections, &on.objects, &mut entries)?;
        }
        let pos = parts.first().map(|part| part.key.pos).unwrap_or_default();
        match on.kind {
            Kind::Object => self.object(&entries, pos),
            Kind::Interface | Kind::Union => self.variants(on, &entries, pos),
        }
    }

    fn object(&mut self, entries: &Entries<'a>, pos: Pos) -> ServerResult<Selected> {
        let mut items = Vec::with_capacity(entries.len());
        let mut keys = Vec::with_capacity(entries.len());
        for (key, found) in entries {
            let fields: Vec<_> = found.iter().map(|entry| entry.field).collect();
            let (field, inside) = self.field(&fields)?;
            items.push(select(field));
            keys.push(Key {
                name: (*key).clone(),
                inside,
            });
        }
        if items.is_empty() {
            // An object of which nothing is left is `{}`; async-graphql would make it null.
            items.push(select(typename(pos)));
        }
        Ok((items, Order::Fields(keys)))
    }

    /// One field of all those that one response key stands for, and the order of what is in it.
    fn field(&mut self, fields: &[&'a Field]) -> ServerResult<(Positioned<asked::Field>, Inside)> {
        let first = fields[0];
        if self.is_checking() {
            fields.iter().try_for_each(|other| check_same(first, other))?;
        }
        self.count(1)?;
        // An object's own field may promise more than its interface's does.
        let of = fields
            .iter()
            .filter_map(|field| field.of.as_ref())
            .min_by_key(|of| of.objects.len());
        let (items, order) = match of {
            Some(of) => {
                let (items, order) = self.selections(of, fields)?;
                (items, Some(Arc::new(order)))
            }
            None => (Vec::new(), None),
        };
        let pos = first.key.pos;
        let arguments = match self.values {
            Some(values) => fill::arguments(&first.arguments, values, &mut self.budget)?,
            None => Vec::new(),
        };
        let field = asked::Field {
            alias: (first.key.node != first.name.node).then(|| first.key.clone()),
            name: first.name.clone(),
            arguments: arguments
                .into_iter()
                .map(|(name, value)| (name, value.map(ConstValue::into_value)))
                .collect(),
            directives: Vec::new(),
            selection_set: Positioned::new(SelectionSet { items }, pos),
        };
        Ok((Positioned::new(field, pos), order))
    }

    /// Whether a document is checked, and not run.
    fn is_checking(&self) -> bool {
        self.values.is_none()
    }

    /// What is asked of an interface is collected again for each of its objects that differ.
    fn check_collected(&self) -> ServerResult<()> {
        match self.collected <= self.fields_max.saturating_mul(COLLECTED_PER_FIELD) {
            true => Ok(()),
            false => self.too_many_fields(),
        }
    }

    fn too_many_fields(&self) -> ServerResult<()> {
        Err(limit_error(
            code::QUERY_TOO_COMPLEX,
            "The document selects too many fields",
            self.fields_max,
        ))
    }

    fn count(&mut self, fields: usize) -> ServerResult<()> {
        self.fields = self.fields.saturating_add(fields);
        match self.fields <= self.fields_max {
            true => Ok(()),
            false => self.too_many_fields(),
        }
    }
}

fn select(field: Positioned<asked::Field>) -> Positioned<asked::Selection> {
    let pos = field.pos;
    Positioned::new(asked::Selection::Field(field), pos)
}

/// The type's name, under a key of our own.
fn typename(pos: Pos) -> Positioned<asked::Field> {
    let field = asked::Field {
        alias: Some(Positioned::new(Name::new(TYPENAME_KEY), pos)),
        name: Positioned::new(Name::new(TYPENAME), pos),
        arguments: Vec::new(),
        directives: Vec::new(),
        selection_set: Positioned::new(SelectionSet::default(), pos),
    };
    Positioned::new(field, pos)
}

/// Whether two fields may stand for one key: they ask the same.
fn check_same(field: &Field, other: &Field) -> ServerResult<()> {
    let has = |argument: &Argument| {
        field
            .arguments
            .iter()
            .any(|own| own.0.node == argument.0.node && own.1.node == argument.1.node)
    };
    if field.name.node == other.name.node
        && field.arguments.len() == other.arguments.len()
        && other.arguments.iter().all(has)
    {
        return Ok(());
    }
    let message = format!(
        "Different fields or arguments are asked for as `{}`: give one of them an alias.",
        field.key.node
    );
    Err(located(code::GRAPHQL_VALIDATION_FAILED, message, Some(other.key.pos)))
}
