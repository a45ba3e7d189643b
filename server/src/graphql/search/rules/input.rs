use async_graphql::{ID, InputObject, MaybeUndefined};
use vitrine_commerce::{Refusal, search::rules::SearchRuleEdit};
use vitrine_entity::ids::ProductId;

use super::object::SearchRuleMatch;
use crate::ids;

/// A product that a rule pins, and where.
#[derive(Debug, InputObject)]
pub struct SearchRulePinInput {
    /// The product's id.
    pub product_id: ID,
    /// Its place among all hits, 1 to 100.
    pub position: i32,
}

/// A search rule as it should be. It pins or hides a product at least.
#[derive(Debug, InputObject)]
pub struct SearchRuleCreateInput {
    /// The term, of one to ten words. Case and accents do not matter.
    pub term: String,
    /// Which searches it is for.
    #[graphql(name = "match", default_with = "SearchRuleMatch::Exact")]
    pub kind: SearchRuleMatch,
    /// Whether searches go by it.
    #[graphql(default = true)]
    pub active: bool,
    /// In which language the searches are that go by it: one of `shop.locales`. In all where there is none.
    pub language: Option<String>,
    /// What it pins: at most 20 products, each at a position of its own. They stand there whether or not they have
    /// the words, unless a filter leaves them out or the shopper chooses an order.
    #[graphql(default)]
    pub pins: Vec<SearchRulePinInput>,
    /// What it hides: at most 50 products.
    #[graphql(default)]
    pub hidden_product_ids: Vec<ID>,
}

/// Which search rule changes, and how. What is left out stays as it is.
#[derive(Debug, InputObject)]
pub struct SearchRuleUpdateInput {
    /// The rule's id.
    pub id: ID,
    /// The rule's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// The term.
    pub term: Option<String>,
    /// Which searches it is for.
    #[graphql(name = "match")]
    pub kind: Option<SearchRuleMatch>,
    /// Whether searches go by it.
    pub active: Option<bool>,
    /// In which language the searches are that go by it; null for all.
    pub language: MaybeUndefined<String>,
    /// All that it pins.
    pub pins: Option<Vec<SearchRulePinInput>>,
    /// All that it hides.
    pub hidden_product_ids: Option<Vec<ID>>,
}

impl SearchRuleCreateInput {
    /// # Errors
    /// `NOT_FOUND` at the place of the first id that is no product's.
    pub fn edit(self) -> Result<SearchRuleEdit, Refusal> {
        Ok(SearchRuleEdit {
            term: Some(self.term),
            kind: Some(self.kind.into()),
            active: Some(self.active),
            language: Some(self.language),
            pins: Some(pins(&self.pins)?),
            hidden: Some(hidden(&self.hidden_product_ids)?),
        })
    }
}

impl SearchRuleUpdateInput {
    /// # Errors
    /// As [`SearchRuleCreateInput::edit`].
    pub fn edit(self) -> Result<SearchRuleEdit, Refusal> {
        Ok(SearchRuleEdit {
            term: self.term,
            kind: self.kind.map(Into::into),
            active: self.active,
            language: self.language.into(),
            pins: self.pins.as_deref().map(pins).transpose()?,
            hidden: self.hidden_product_ids.as_deref().map(hidden).transpose()?,
        })
    }
}

fn pins(pins: &[SearchRulePinInput]) -> Result<Vec<(ProductId, i32)>, Refusal> {
    let read = |(index, pin): (usize, &SearchRulePinInput)| {
        let id = ids::input(&pin.product_id, "product", &["pins", &index.to_string(), "productId"])?;
        Ok((id, pin.position))
    };
    pins.iter().enumerate().map(read).collect()
}

fn hidden(products: &[ID]) -> Result<Vec<ProductId>, Refusal> {
    let read = |(index, id): (usize, &ID)| ids::input(id, "product", &["hiddenProductIds", &index.to_string()]);
    products.iter().enumerate().map(read).collect()
}
