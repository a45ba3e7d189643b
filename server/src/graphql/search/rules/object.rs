use async_graphql::{Context, Enum, ID, Object};
use chrono::{DateTime, Utc};
use futures::future::try_join_all;
use vitrine_entity::{ids::ProductId, search_rule};

use crate::{
    graphql::{
        product::{object::Product, questions::ProductById},
        search::questions::ProductsOfSearchRule,
        shared::{ContextExt, Result, connection, int},
    },
    ids,
};

/// Which searches a rule is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::search_rule::SearchRuleKind")]
pub enum SearchRuleMatch {
    /// Those for the term and nothing else.
    Exact,
    /// Those that hold the term's words, one after the other, among others.
    Contains,
}

/// What staff pin and hide for a search.
#[derive(Debug, Clone)]
pub struct SearchRule(pub search_rule::Model);

/// A product that a rule pins, and where.
#[derive(Debug)]
pub struct SearchRulePin {
    product: ProductId,
    position: i32,
}

/// What staff want to be found by a term, and where it stands, and what they do not want to be found by it. Rules
/// that name a search exactly go before those that name a part of it.
#[Object]
impl SearchRule {
    /// Names the rule.
    pub async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// The term, in its normal form: words without case and accents, with a blank between.
    async fn term(&self) -> &str {
        &self.0.term
    }

    /// Which searches it is for.
    #[graphql(name = "match")]
    async fn kind(&self) -> SearchRuleMatch {
        self.0.kind.into()
    }

    /// Whether searches go by it.
    async fn active(&self) -> bool {
        self.0.active
    }

    /// In which language the searches are that go by it; null for all.
    async fn language(&self) -> Option<&str> {
        self.0.language.as_deref()
    }

    /// What it pins, by position.
    #[graphql(complexity = "5 * child_complexity")]
    async fn pins(&self, ctx: &Context<'_>) -> Result<Vec<SearchRulePin>> {
        let products = ctx.load(ProductsOfSearchRule(self.0.id)).await?.unwrap_or_default();
        let pin = |product: &vitrine_entity::search_rule_product::Model| {
            Some(SearchRulePin {
                product: product.product_id,
                position: product.position?,
            })
        };
        Ok(products.iter().filter_map(pin).collect())
    }

    /// What it hides.
    #[graphql(complexity = "5 * child_complexity")]
    async fn hidden_products(&self, ctx: &Context<'_>) -> Result<Vec<Product>> {
        let products = ctx.load(ProductsOfSearchRule(self.0.id)).await?.unwrap_or_default();
        let hidden = products.iter().filter(|product| product.position.is_none());
        let rows = try_join_all(hidden.map(|product| ctx.load(ProductById(product.product_id)))).await?;
        Ok(rows.into_iter().flatten().map(Product).collect())
    }

    /// Grows with every edit: send it as `expectedVersion`.
    async fn version(&self) -> i32 {
        int(self.0.version)
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it was last edited.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }

    /// When it was deleted; it may be restored.
    async fn deleted_at(&self) -> Option<DateTime<Utc>> {
        self.0.deleted_at
    }
}

/// A product that a rule pins, and where.
#[Object]
impl SearchRulePin {
    /// Its place among all hits, from 1: where there are fewer, it stands last.
    async fn position(&self) -> i32 {
        self.position
    }

    /// The product. One that is not sold at the moment, or that the filters leave out, is not shown to shoppers.
    #[graphql(complexity = "1 + child_complexity")]
    async fn product(&self, ctx: &Context<'_>) -> Result<Option<Product>> {
        Ok(ctx.load(ProductById(self.product)).await?.map(Product))
    }
}

connection! { SearchRuleConnection, SearchRuleEdge, SearchRule }
