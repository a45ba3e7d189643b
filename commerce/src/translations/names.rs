//! Names and values of options and attributes, by what another language calls them.

use std::sync::Arc;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use vitrine_entity::translation;

use super::thing::Kind;
use crate::Result;

/// What begins the field of a value.
const VALUE: &str = "value:";

/// A name and values as the rows have them, of what is given so or as one of `languages` has it. Of a name that several things
/// are called, each value is looked for among those of all.
pub async fn own_names(
    db: &impl ConnectionTrait,
    languages: &[Arc<str>],
    name: &str,
    values: Vec<String>,
) -> Result<(String, Vec<String>)> {
    use translation::Column as C;
    if languages.is_empty() {
        return Ok((name.to_owned(), values));
    }
    let of_words = || {
        translation::Entity::find()
            .filter(C::Kind.is_in([Kind::Option.name(), Kind::Attribute.name()]))
            .filter(C::Locale.is_in(languages.iter().map(|tag| tag.to_string())))
    };
    let named = of_words().filter(C::Field.eq("name")).filter(C::Text.eq(name));
    let named = named.one(db).await?;
    let own = named.map_or_else(|| name.to_owned(), |row| row.source);
    let things = [format!("option:{own}"), format!("attribute:{own}")];
    let texts = of_words().filter(C::Thing.is_in(things)).filter(C::Text.is_in(&values));
    let texts = texts.all(db).await?;
    let value = |given: String| {
        let row = texts
            .iter()
            .find(|row| row.text == given && row.field.starts_with(VALUE));
        row.map_or(given, |row| row.field[VALUE.len()..].to_owned())
    };
    Ok((own, values.into_iter().map(value).collect()))
}
