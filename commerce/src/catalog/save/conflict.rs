//! What a draft asks for and somebody else has: a slug, an SKU, or units that orders hold.

use std::collections::{HashMap, HashSet};

use super::existing::Existing;
use crate::{
    ErrorCode, Refusal,
    catalog::draft::{Part, ProductDraft},
    language::{Message, messages},
    media::address::MediaAddress,
};

/// The slugs and SKUs that the drafts of a batch have taken so far.
#[derive(Default)]
pub(super) struct Claims<'a> {
    slugs: HashSet<&'a str>,
    skus: HashMap<&'a str, &'a str>,
}

impl<'a> Claims<'a> {
    pub(super) fn claim(&mut self, draft: &'a ProductDraft, existing: &Existing) -> Vec<Refusal> {
        let mut refusals = Vec::new();
        if !self.slugs.insert(&draft.slug) {
            refusals.push(taken(messages::slug_there_twice(&draft.slug)).at(&["slug"]));
        }
        let product = existing.products.get(&draft.slug).map(|product| product.id);
        let wants_options = draft.untold.contains(&Part::Options) && draft.variants.len() > 1;
        for (index, variant) in draft.variants.iter().enumerate() {
            let field = ["variants", &index.to_string(), "sku"];
            let other = self
                .skus
                .insert(&variant.sku, &draft.slug)
                .filter(|slug| *slug != draft.slug);
            let before = existing.variants.get(&variant.sku);
            let owner = before.map(|owner| owner.product_id);
            if wants_options && owner.is_none() {
                let message = messages::option_is_new(&variant.sku);
                let field = ["variants", &index.to_string(), "optionValues"];
                refusals.push(Refusal::new(ErrorCode::Invalid, message).at(&field));
            }
            if let Some(slug) = other {
                refusals.push(taken(messages::sku_of_product(&variant.sku, slug)).at(&field));
            } else if owner.is_some() && owner != product {
                refusals.push(taken(messages::sku_of_other(&variant.sku)).at(&field));
            }
            let reserved = before
                .and_then(|before| existing.stock.get(&before.id))
                .map_or(0, |stock| stock.reserved);
            if let Some(on_hand) = variant.on_hand.filter(|on_hand| *on_hand < reserved) {
                let message = messages::stock_below_held(reserved, &variant.sku, on_hand);
                let field = ["variants", &index.to_string(), "onHand"];
                refusals.push(Refusal::new(ErrorCode::InsufficientStock, message).at(&field));
            }
        }
        refusals.extend(missing_pictures(draft, existing));
        refusals
    }
}

/// Pictures of the store that are not there, or no longer.
fn missing_pictures(draft: &ProductDraft, existing: &Existing) -> impl Iterator<Item = Refusal> {
    let pictures = draft.pictures.iter().enumerate();
    let missing = pictures.filter(|(_, picture)| {
        MediaAddress::parse(&picture.source).is_some() && !existing.stored.contains(&picture.source)
    });
    missing.map(|(index, _)| Refusal::not_found("picture").at(&["pictures", &index.to_string(), "source"]))
}

fn taken(message: Message) -> Refusal {
    Refusal::new(ErrorCode::Taken, message)
}
