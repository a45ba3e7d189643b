//! Filters by attribute, where a range of numbers becomes the values that lie in it: so every search engine
//! and the database know it, and compare it alike.

use vitrine_entity::attribute_definition::AttributeKind;

use super::definitions::{Definition, read};
use crate::{
    ErrorCode, Refusal, Result, Shop,
    catalog::measure::{self, Unit},
    language::{Message, messages},
    sql,
};

/// The most values of one filter that a client may name.
const VALUES_MAX: usize = 100;
/// The most different values that a range may hold.
pub(in crate::catalog) const RANGE_VALUES_MAX: usize = 1_000;

/// What a product's values of one name must be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AttributeFilter {
    pub name: String,
    /// Any of these; empty for any value.
    pub values: Vec<String>,
    /// Bounds of a number, inclusive, as decimals.
    pub min: Option<String>,
    pub max: Option<String>,
    /// Of the bounds; the definition's own unless given.
    pub unit: Option<Unit>,
}

/// The filters as names and values.
///
/// # Errors
/// Refuses bounds of what is no number by which products are filtered, and those that hold too many values.
pub async fn filters(shop: &Shop, wanted: Vec<AttributeFilter>) -> Result<Vec<(String, Vec<String>)>> {
    let is_range = |filter: &AttributeFilter| filter.min.is_some() || filter.max.is_some();
    let definitions = if wanted.iter().any(is_range) {
        read(&shop.db, false).await?
    } else {
        Vec::new()
    };
    let mut filters = Vec::with_capacity(wanted.len());
    for (index, filter) in wanted.into_iter().enumerate() {
        let path = index.to_string();
        let field = |name| ["where", "attributes", &path, name];
        if filter.values.len() > VALUES_MAX {
            let message = messages::filter_values_max(VALUES_MAX);
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&field("values")).into());
        }
        let values = if is_range(&filter) {
            let definition = definitions.iter().find(|definition| definition.row.name == filter.name);
            within(shop, &filter, definition, &path).await?
        } else {
            filter.values
        };
        filters.push((filter.name, values));
    }
    Ok(filters)
}

async fn within(
    shop: &Shop,
    filter: &AttributeFilter,
    definition: Option<&Definition>,
    path: &str,
) -> Result<Vec<String>> {
    let is_number = |definition: &&Definition| {
        let kind = definition.row.kind;
        definition.row.filterable && matches!(kind, AttributeKind::Number | AttributeKind::NumberWithUnit)
    };
    let Some(definition) = definition.filter(is_number) else {
        let message = messages::not_a_filtered_number(&filter.name);
        let field = ["where", "attributes", path, "name"];
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&field).into());
    };
    let own = definition.row.unit.as_deref().and_then(Unit::from_code);
    let min = bound(filter.min.as_deref(), filter.unit, own, false, path, "min")?;
    let max = bound(filter.max.as_deref(), filter.unit, own, true, path, "max")?;
    let sql = "select value from product_attribute where name = $1 and number_micro between $2 and $3 union \
               select value from variant_attribute where name = $1 and number_micro between $2 and $3 \
               order by 1 limit $4";
    let bounds = [
        filter.name.as_str().into(),
        min.unwrap_or(i64::MIN).into(),
        max.unwrap_or(i64::MAX).into(),
        (RANGE_VALUES_MAX as i64 + 1).into(),
    ];
    let mut values: Vec<String> = sql::column(&shop.db, sql, bounds).await?;
    if values.len() > RANGE_VALUES_MAX {
        let message = messages::filter_range_too_wide(RANGE_VALUES_MAX);
        let field = ["where", "attributes", path];
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&field).into());
    }
    if !filter.values.is_empty() {
        values.retain(|value| filter.values.contains(value));
    }
    if values.is_empty() {
        // Nothing lies in it, and no list of values would restrict nothing. No product has the empty value.
        values.push(String::new());
    }
    Ok(values)
}

/// A bound in the definition's unit: one that cannot be written exactly is rounded into the range.
fn bound(
    text: Option<&str>,
    unit: Option<Unit>,
    own: Option<Unit>,
    is_upper: bool,
    path: &str,
    name: &str,
) -> Result<Option<i64>, Refusal> {
    let Some(text) = text else { return Ok(None) };
    let refuse = |message: Message| Refusal::new(ErrorCode::Invalid, message).at(&["where", "attributes", path, name]);
    let micro = measure::parse(text).ok_or_else(|| refuse(messages::must_be_a_number(name)))?;
    let (Some(unit), Some(own)) = (unit, own) else {
        return match unit {
            Some(_) => Err(refuse(messages::attribute_has_no_unit())),
            None => Ok(Some(micro)),
        };
    };
    if unit.dimension() != own.dimension() {
        return Err(refuse(messages::unit_not_comparable(unit.to_string(), own.to_string())));
    }
    let scaled = i128::from(micro) * i128::from(unit.factor());
    let floor = scaled.div_euclid(i128::from(own.factor()));
    let exact = scaled.rem_euclid(i128::from(own.factor())) == 0;
    let rounded = if exact || is_upper { floor } else { floor + 1 };
    let beyond = || refuse(messages::number_too_large(name));
    i64::try_from(rounded).map(Some).map_err(|_| beyond())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_compared_in_the_definitions_unit() {
        let of = |text, unit, is_upper| bound(Some(text), unit, Some(Unit::Kilogram), is_upper, "0", "min");
        assert_eq!(of("1.5", None, false), Ok(Some(1_500_000)));
        assert_eq!(of("1500", Some(Unit::Gram), false), Ok(Some(1_500_000)));
        // 0.0001 mg is less than a millionth of a kilogram.
        assert_eq!(of("0.1", Some(Unit::Milligram), false), Ok(Some(1)));
        assert_eq!(of("0.1", Some(Unit::Milligram), true), Ok(Some(0)));
        assert!(of("1", Some(Unit::Litre), true).is_err());
        assert!(of("much", None, true).is_err());
        assert!(bound(Some("1"), Some(Unit::Gram), None, true, "0", "min").is_err());
    }
}
