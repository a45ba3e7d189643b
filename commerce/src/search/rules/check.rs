//! What a rule may be.

use std::collections::HashSet;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use vitrine_entity::{ids::ProductId, product};

use crate::{
    ErrorCode, Refusal, Result, Tx,
    language::{Message, messages},
    text, words,
};

pub(super) const RULES_MAX: u64 = 2_000;

const TERM_LENGTH_MAX: usize = 200;
const PINS_MAX: usize = 20;
const HIDDEN_MAX: usize = 50;
const POSITION_MAX: i32 = 100;

/// A term in its normal form.
pub(super) fn term(term: &str) -> Result<String, Refusal> {
    let line = text::line(&["term"], term, TERM_LENGTH_MAX)?;
    let words = words::folded(&line).len();
    if !(1..=words::QUERY_WORDS_MAX).contains(&words) {
        let message = messages::search_term_words(words::QUERY_WORDS_MAX);
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["term"]));
    }
    Ok(words::term(&line))
}

/// What is pinned, by places from 1, and what is hidden.
pub(super) fn products(pins: &[(ProductId, i32)], hidden: &[ProductId]) -> Result<(), Refusal> {
    let refuse = |message: Message, field: &[&str]| Err(Refusal::new(ErrorCode::Invalid, message).at(field));
    if pins.is_empty() && hidden.is_empty() {
        return refuse(messages::search_rule_empty(), &["pins"]);
    }
    if pins.len() > PINS_MAX {
        return refuse(messages::search_pins_max(PINS_MAX), &["pins"]);
    }
    if hidden.len() > HIDDEN_MAX {
        return refuse(messages::search_hidden_max(HIDDEN_MAX), &["hiddenProductIds"]);
    }
    let (mut seen, mut places) = (HashSet::new(), HashSet::new());
    for (index, (product, position)) in pins.iter().enumerate() {
        let index = &index.to_string();
        if !(1..=POSITION_MAX).contains(position) {
            let message = messages::search_position_range(POSITION_MAX);
            return refuse(message, &["pins", index, "position"]);
        }
        if !places.insert(position) {
            let message = messages::search_position_twice(position);
            return refuse(message, &["pins", index, "position"]);
        }
        if !seen.insert(product) {
            let message = messages::search_pin_twice();
            return refuse(message, &["pins", index, "productId"]);
        }
    }
    for (index, product) in hidden.iter().enumerate() {
        if !seen.insert(product) {
            let message = messages::search_product_twice();
            return refuse(message, &["hiddenProductIds", &index.to_string()]);
        }
    }
    Ok(())
}

/// Refuses products that are not there, or deleted.
pub(super) async fn products_exist(tx: &Tx, pins: &[(ProductId, i32)], hidden: &[ProductId]) -> Result<()> {
    let pinned = pins.iter().map(|(product, _)| *product);
    let found: Vec<ProductId> = product::Entity::find()
        .select_only()
        .column(product::Column::Id)
        .filter(product::Column::Id.is_in(pinned.chain(hidden.iter().copied())))
        .filter(product::Column::DeletedAt.is_null())
        .into_tuple()
        .all(tx.db())
        .await?;
    let found: HashSet<ProductId> = found.into_iter().collect();
    if let Some(index) = pins.iter().position(|(product, _)| !found.contains(product)) {
        let field = ["pins", &index.to_string(), "productId"];
        return Err(Refusal::not_found("product").at(&field).into());
    }
    if let Some(index) = hidden.iter().position(|product| !found.contains(product)) {
        let field = ["hiddenProductIds", &index.to_string()];
        return Err(Refusal::not_found("product").at(&field).into());
    }
    Ok(())
}
