//! Staff take translations away: the text in the shop's own language is shown again.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;
use vitrine_entity::translation;

use super::{
    find::{Translatable, known_in},
    set::{follow, one},
    slugs,
    thing::Thing,
};
use crate::{
    Context, Result, Shop,
    staff::{audit, permission::require_or_system},
};

/// Which translations of a thing.
#[derive(Debug, Clone)]
pub struct TranslationsRemove {
    pub of: Thing,
    pub locale: String,
    /// All where none is named.
    pub fields: Vec<String>,
}

/// Takes translations away, and gives the thing as it is without. What is not there is as good as taken away.
///
/// # Errors
/// Refuses whoever may not translate the thing, and a language that the shop does not have.
pub async fn remove(shop: &Shop, context: &Context, input: TranslationsRemove) -> Result<Translatable> {
    use translation::Column as C;
    require_or_system(context, input.of.kind().permission())?;
    let input = &input;
    shop.transact(context, |tx| async move {
        let locale = &known_in(&tx, &input.locale).await?;
        let before = one(&tx, &input.of, locale).await?;
        let mut gone = translation::Entity::delete_many()
            .filter(C::Thing.eq(input.of.to_string()))
            .filter(C::Locale.eq(locale));
        if !input.fields.is_empty() {
            gone = gone.filter(C::Field.is_in(&input.fields));
        }
        if gone.exec(tx.db()).await?.rows_affected > 0 {
            let meant = |field: &&str| input.fields.is_empty() || input.fields.iter().any(|named| named == field);
            if meant(&"slug") {
                slugs::keep_former(&tx, &before, None).await?;
            }
            let fields = before.fields.iter().filter(|field| field.translation.is_some());
            let fields: Vec<_> = fields.map(|field| &*field.source.field).filter(meant).collect();
            let data = json!({ "locale": locale, "fields": fields });
            audit(&tx, "translations.remove", input.of.to_string(), data).await?;
            follow(&tx, &input.of).await?;
        }
        one(&tx, &input.of, locale).await
    })
    .await
}
