//! The products that a form names, by their names in addresses or by a SKU.

use crate::{
    admin::staff::Staff,
    documents::{AdminRuleProduct, admin_rule_product as document},
    problem::Problem,
    refusals::Refusal,
};

/// The API takes no more of either.
const PINS_MAX: usize = 20;
const HIDDEN_MAX: usize = 50;

/// By their ids; what is pinned with its place.
pub struct Named {
    pub pins: Vec<(String, i64)>,
    pub hidden: Vec<String>,
}

/// Of lines: what is pinned has its place behind it, or stands in its line's.
pub async fn find(
    staff: &Staff,
    pins: &[Vec<String>],
    hidden: &[Vec<String>],
) -> Result<Result<Named, Refusal>, Problem> {
    let mut named = Named {
        pins: Vec::new(),
        hidden: Vec::new(),
    };
    if pins.len() > PINS_MAX {
        return Ok(Err(Refusal::at("INVALID", "pins")));
    }
    if hidden.iter().map(Vec::len).sum::<usize>() > HIDDEN_MAX {
        return Ok(Err(Refusal::at("INVALID", "hiddenProductIds")));
    }
    for (line, words) in pins.iter().enumerate() {
        let position = words
            .get(1)
            .map_or(i64::try_from(line + 1).ok(), |place| place.parse().ok());
        let (Some(position), true) = (position, words.len() <= 2) else {
            return Ok(Err(Refusal::at("INVALID", "pins")));
        };
        match product(staff, &words[0]).await? {
            Some(id) => named.pins.push((id, position)),
            None => return Ok(Err(Refusal::at("NOT_FOUND", "pins"))),
        }
    }
    for name in hidden.iter().flatten() {
        match product(staff, name).await? {
            Some(id) => named.hidden.push(id),
            None => return Ok(Err(Refusal::at("NOT_FOUND", "hiddenProductIds"))),
        }
    }
    Ok(Ok(named))
}

async fn product(staff: &Staff, name: &str) -> Result<Option<String>, Problem> {
    let name = name.to_owned();
    let found = staff.visit.ask(AdminRuleProduct, document::Variables { name }).await?;
    let by_sku = found.variant.map(|variant| variant.product.id);
    Ok(by_sku.or(found.product.map(|product| product.id)))
}
