//! Which value of each of the product's options a variant is, in the words of whoever reads.

use async_graphql::Context;
use vitrine_entity::variant;

use crate::graphql::{
    product::{option::SelectedOption, questions::OptionsOfProduct},
    shared::{ContextExt, Result, rows, words},
};

/// In the order of the product's options.
pub(super) async fn chosen(ctx: &Context<'_>, variant: &variant::Model) -> Result<Vec<SelectedOption>> {
    let values = rows::strings(&variant.option_values, "variant", "option_values", variant.id)?;
    let options = ctx
        .load(OptionsOfProduct(variant.product_id))
        .await?
        .unwrap_or_default();
    let mut chosen = Vec::with_capacity(values.len());
    for (option, value) in options.into_iter().zip(values) {
        let (name, mut values) = words::option(ctx, &option.name, &[value]).await?;
        chosen.extend(values.pop().map(|value| SelectedOption { name, value }));
    }
    Ok(chosen)
}

/// All of them, as in `Oak / Large`.
pub(super) async fn title(ctx: &Context<'_>, variant: &variant::Model) -> Result<String> {
    if words::are_own(ctx) {
        return Ok(variant.title.clone());
    }
    let chosen = chosen(ctx, variant).await?;
    if chosen.is_empty() {
        return Ok(variant.title.clone());
    }
    let values: Vec<_> = chosen.into_iter().map(|chosen| chosen.value).collect();
    Ok(values.join(" / "))
}
