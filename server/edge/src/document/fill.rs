//! Arguments with their variables' values in them. A variable may stand in a document a thousand times, and each time
//! it is a copy: together they have a bound.

use async_graphql::{Name, Positioned, ServerResult, Value as ConstValue};

use super::{
    coerce::Values,
    plan::{self, Argument, Value},
};
use crate::{
    directed::GivenDirective,
    error::{code, limit_error},
};

/// About how many bytes the arguments of one operation may take. No request brings as much.
const BYTES_MAX: usize = 32 * 1024 * 1024;

/// About what a value takes besides its texts.
const VALUE_BYTES: usize = size_of::<ConstValue>();

/// What may still be copied.
#[derive(Debug)]
pub(super) struct Budget(usize);

impl Default for Budget {
    fn default() -> Self {
        Self(BYTES_MAX)
    }
}

impl Budget {
    fn copy(&mut self, value: &ConstValue) -> ServerResult<ConstValue> {
        match take(self.0, value) {
            Some(left) => {
                self.0 = left;
                Ok(value.clone())
            }
            None => {
                let what = "The arguments are too large, in bytes";
                Err(limit_error(code::QUERY_TOO_LARGE, what, BYTES_MAX))
            }
        }
    }
}

/// What is left of so many bytes once the value has its own. It stops where nothing is left.
fn take(left: usize, value: &ConstValue) -> Option<usize> {
    let left = left.checked_sub(VALUE_BYTES)?;
    match value {
        ConstValue::String(text) => left.checked_sub(text.len()),
        ConstValue::List(items) => items.iter().try_fold(left, take),
        ConstValue::Object(fields) => fields
            .iter()
            .try_fold(left, |left, (name, value)| take(left.checked_sub(name.len())?, value)),
        _ => Some(left),
    }
}

/// Arguments as they are sent. One whose variable has no value is as good as not there.
pub(super) fn arguments(
    arguments: &[Argument],
    values: &Values,
    budget: &mut Budget,
) -> ServerResult<Vec<(Positioned<Name>, Positioned<ConstValue>)>> {
    let mut filled = Vec::with_capacity(arguments.len());
    for (name, value) in arguments {
        if let Some(node) = fill(&value.node, values, budget)? {
            filled.push((name.clone(), Positioned::new(node, value.pos)));
        }
    }
    Ok(filled)
}

/// A directive with its variables' values in it.
pub(super) fn directive(
    directive: &plan::Directive,
    values: &Values,
    budget: &mut Budget,
) -> ServerResult<GivenDirective> {
    let arguments = arguments(&directive.arguments, values, budget)?;
    Ok(GivenDirective {
        name: directive.name.node.clone(),
        pos: directive.name.pos,
        arguments: arguments
            .into_iter()
            .map(|(name, value)| (name.node, value.node))
            .collect(),
    })
}

fn fill(value: &Value, values: &Values, budget: &mut Budget) -> ServerResult<Option<ConstValue>> {
    Ok(Some(match value {
        Value::Known(value) => budget.copy(value)?,
        Value::Variable(name) => match values.get(name) {
            Some(value) => budget.copy(value)?,
            None => return Ok(None),
        },
        Value::List(items) => {
            let items = items
                .iter()
                .map(|item| Ok(fill(item, values, budget)?.unwrap_or(ConstValue::Null)));
            ConstValue::List(items.collect::<ServerResult<_>>()?)
        }
        Value::Object(fields) => {
            let fields = fields.iter().filter_map(|(name, value)| {
                let filled = fill(value, values, budget).transpose()?;
                Some(filled.map(|value| (name.clone(), value)))
            });
            ConstValue::Object(fields.collect::<ServerResult<_>>()?)
        }
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::code_of;

    #[test]
    fn copies_of_a_large_variable_are_bounded_together() {
        let name = Name::new("v");
        let values = Values::from([(name.clone(), ConstValue::String("x".repeat(1 << 20)))]);
        let uses = |count: usize| {
            let value = Value::List((0..count).map(|_| Value::Variable(name.clone())).collect());
            fill(&value, &values, &mut Budget::default())
        };
        assert!(uses(30).is_ok_and(|filled| filled.is_some()));
        let error = uses(4_000).expect_err("refused");
        assert_eq!(code_of(&error), Some(code::QUERY_TOO_LARGE));
    }
}
