//! The values of variables, as the specification coerces them. Whatever is wrong with one is told
//! by its place and the type that is wanted, and never by the value: it may be a password.

use std::{collections::HashMap, fmt};

use apollo_compiler::{
    ast::Type,
    schema::{ExtendedType, InputObjectType},
};
use async_graphql::{Name, Number, Pos, ServerError, ServerResult, Value as ConstValue, Variables, indexmap::IndexMap};

use super::{
    language::Language,
    plan::{Operation, Variable},
};
use crate::error::{code, located};

/// The longest name that an error repeats.
const NAME_LENGTH_MAX: usize = 60;

/// The variables that have a value: given, or by default. What is left out counts as not given.
pub(super) type Values = HashMap<Name, ConstValue>;

/// Every variable of an operation, as its type has it.
pub(super) fn variables(language: &Language, operation: &Operation, mut given: Variables) -> ServerResult<Values> {
    let mut values = Values::new();
    for variable in &operation.variables {
        let value = match given.remove(&variable.name) {
            Some(value) => coerce(language, &variable.of, value, &Path::Variable(&variable.name))
                .map_err(|wrong| located(code::BAD_USER_INPUT, wrong, Some(variable.pos)))?,
            None => match &variable.default {
                Some(default) => default.clone(),
                None if variable.of.is_non_null() => return Err(missing(variable)),
                None => continue,
            },
        };
        values.insert(variable.name.clone(), value);
    }
    Ok(values)
}

/// What decides over `@skip` and `@include`.
pub(super) fn boolean(values: &Values, name: &Name, pos: Pos) -> ServerResult<bool> {
    match values.get(name) {
        Some(ConstValue::Boolean(value)) => Ok(*value),
        // A variable with a default may be given null all the same.
        _ => {
            let message = format!("The variable `${name}` may not be null here.");
            Err(located(code::BAD_USER_INPUT, message, Some(pos)))
        }
    }
}

fn missing(variable: &Variable) -> ServerError {
    let message = format!(
        "The variable \"${}\" of the required type \"{}\" was not given.",
        variable.name, variable.of
    );
    located(code::BAD_USER_INPUT, message, Some(variable.pos))
}

/// From a variable to a place in its value. It is written only when something is wrong there.
enum Path<'a> {
    Variable(&'a str),
    Field(&'a Path<'a>, &'a str),
    Item(&'a Path<'a>, usize),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Variable(name) => write!(f, "${name}"),
            Self::Field(parent, name) => write!(f, "{parent}.{name}"),
            Self::Item(parent, at) => write!(f, "{parent}[{at}]"),
        }
    }
}

/// JSON that was read nests no deeper than its parser allows.
fn coerce(language: &Language, of: &Type, value: ConstValue, path: &Path<'_>) -> Result<ConstValue, String> {
    match (of, value) {
        (Type::NonNullNamed(_) | Type::NonNullList(_), ConstValue::Null) => Err(format!(
            "The variable has a wrong value at `{path}`: `{of}` may not be null."
        )),
        (Type::Named(_) | Type::List(_), ConstValue::Null) => Ok(ConstValue::Null),
        (Type::List(inner) | Type::NonNullList(inner), ConstValue::List(items)) => {
            let items = items.into_iter().enumerate();
            let items = items.map(|(at, item)| coerce(language, inner, item, &Path::Item(path, at)));
            items.collect::<Result<_, _>>().map(ConstValue::List)
        }
        // One value stands for a list of one.
        (Type::List(inner) | Type::NonNullList(inner), value) => {
            coerce(language, inner, value, path).map(|item| ConstValue::List(vec![item]))
        }
        (Type::Named(name) | Type::NonNullNamed(name), value) => named(language, name, value, path),
    }
}

fn named(language: &Language, name: &str, value: ConstValue, path: &Path<'_>) -> Result<ConstValue, String> {
    let wrong = || format!("The variable has a wrong value at `{path}`: `{name}` is expected.");
    match language.schema().types.get(name) {
        Some(ExtendedType::Enum(definition)) => match &value {
            ConstValue::String(text) if definition.values.contains_key(text.as_str()) => Ok(value),
            _ => Err(wrong()),
        },
        Some(ExtendedType::InputObject(definition)) => match value {
            ConstValue::Object(fields) => object(language, definition, fields, path),
            _ => Err(wrong()),
        },
        _ => scalar(name, value).ok_or_else(wrong),
    }
}

fn object(
    language: &Language,
    of: &InputObjectType,
    fields: IndexMap<Name, ConstValue>,
    path: &Path<'_>,
) -> Result<ConstValue, String> {
    if let Some(field) = fields.keys().find(|field| !of.fields.contains_key(field.as_str())) {
        // A client's own words, but no value: bounded all the same.
        let (name, field) = (&of.name, field.chars().take(NAME_LENGTH_MAX).collect::<String>());
        return Err(format!(
            "The variable has a wrong value at `{path}`: `{name}` has no field `{field}`."
        ));
    }
    let mut given = fields;
    let mut fields = IndexMap::new();
    for definition in of.fields.values() {
        let path = Path::Field(path, &definition.name);
        match given.swap_remove(definition.name.as_str()) {
            Some(value) => {
                let value = coerce(language, &definition.ty, value, &path)?;
                fields.insert(Name::new(definition.name.as_str()), value);
            }
            None if definition.is_required() => {
                return Err(format!("The variable lacks `{path}`, which is required."));
            }
            // async-graphql fills in its default.
            None => {}
        }
    }
    Ok(ConstValue::Object(fields))
}

/// `None` for what is no such scalar. Custom scalars are read where they are used.
fn scalar(name: &str, value: ConstValue) -> Option<ConstValue> {
    match (name, value) {
        ("Int", ConstValue::Number(number)) => int(&number).map(|whole| ConstValue::Number(whole.into())),
        ("Float", ConstValue::Number(number)) => Some(ConstValue::Number(number)),
        ("String" | "ID", ConstValue::String(text)) => Some(ConstValue::String(text)),
        ("ID", ConstValue::Number(number)) if !number.is_f64() => Some(ConstValue::String(number.to_string())),
        ("Boolean", ConstValue::Boolean(value)) => Some(ConstValue::Boolean(value)),
        ("Int" | "Float" | "String" | "ID" | "Boolean", _) => None,
        (_, value) => Some(value),
    }
}

/// `1.0` is a whole number, too.
fn int(number: &Number) -> Option<i32> {
    if let Some(whole) = number.as_i64() {
        return i32::try_from(whole).ok();
    }
    let float = number.as_f64().filter(|float| float.fract() == 0.0)?;
    let range = f64::from(i32::MIN)..=f64::from(i32::MAX);
    #[expect(clippy::cast_possible_truncation, reason = "its range and its fraction are known")]
    range.contains(&float).then_some(float as i32)
}
