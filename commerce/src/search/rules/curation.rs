//! What all rules together say of one search.

use std::{cmp::Reverse, collections::HashSet};

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use vitrine_entity::{
    ids::{ProductId, SearchRuleId},
    search_rule::{self, SearchRuleKind},
    search_rule_product,
};

use super::find::products_of;
use crate::{
    Context, Result, Shop,
    ports::search::{SearchRequest, SearchSort},
    words::term,
};

/// How many rules one search obeys, and how many products they pin and hide together.
const RULES_MAX: u64 = 20;
const PINS_MAX: usize = 50;
const HIDDEN_MAX: usize = 200;

/// What is pinned, at places from 1 and in their order, and what is hidden.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::search) struct Curation {
    pub(in crate::search) pins: Vec<(i32, ProductId)>,
    hidden: Vec<ProductId>,
}

impl Curation {
    /// What the rules say of a search. Those that name it exactly go before those that name a part of it, and of
    /// these the longer ones; the first that names a product decides. Where the shopper sorts, nothing is pinned. A rule that
    /// is for one language is for searches in that alone, and in its regions.
    pub(in crate::search) async fn of(shop: &Shop, context: &Context, request: &SearchRequest) -> Result<Self> {
        let whole = term(&request.text);
        if whole.is_empty() {
            return Ok(Self::default());
        }
        let mut rules = search_rule::Entity::find()
            .filter(search_rule::Column::Term.is_in(runs(&whole)))
            .filter(search_rule::Column::Active.eq(true))
            .filter(search_rule::Column::DeletedAt.is_null())
            .order_by_asc(search_rule::Column::Id)
            .limit(RULES_MAX)
            .all(&shop.db)
            .await?;
        rules.retain(|rule| rule.kind == SearchRuleKind::Contains || rule.term == whole);
        rules.retain(|rule| rule.language.as_deref().is_none_or(|of| is_within(&context.locale, of)));
        if rules.is_empty() {
            return Ok(Self::default());
        }
        rules.sort_by_key(|rule| (rule.kind == SearchRuleKind::Contains, Reverse(rule.term.len()), rule.id));
        let ids: Vec<SearchRuleId> = rules.iter().map(|rule| rule.id).collect();
        let mut products = products_of(shop, &ids).await?;
        let in_turn = ids.iter().filter_map(|id| products.remove(id)).flatten();
        Ok(Self::from_products(in_turn, request.sort == SearchSort::Relevance))
    }

    fn from_products(products: impl Iterator<Item = search_rule_product::Model>, with_pins: bool) -> Self {
        let (mut decided, mut all) = (HashSet::new(), Self::default());
        for product in products {
            if !decided.insert(product.product_id) {
                continue;
            }
            match product.position {
                Some(position) if with_pins && all.pins.len() < PINS_MAX => {
                    all.pins.push((position, product.product_id));
                }
                None if all.hidden.len() < HIDDEN_MAX => all.hidden.push(product.product_id),
                _ => {}
            }
        }
        // Stable: of two at one place, the one of the rule that goes before.
        all.pins.sort_by_key(|(position, _)| *position);
        all
    }

    /// All that are pinned or hidden.
    pub(in crate::search) fn products(&self) -> Vec<ProductId> {
        let pinned = self.pins.iter().map(|(_, product)| *product);
        pinned.chain(self.hidden.iter().copied()).collect()
    }

    /// Where the pinned products stand that are `present`, from 0. Of two at one place, the second follows.
    pub(in crate::search) fn places(&self, present: &[ProductId]) -> Vec<(usize, ProductId)> {
        let mut places: Vec<(usize, ProductId)> = Vec::new();
        for (position, product) in self.pins.iter().filter(|(_, product)| present.contains(product)) {
            let wanted = usize::try_from(position.saturating_sub(1)).unwrap_or_default();
            let next = places.last().map_or(0, |(place, _)| place + 1);
            places.push((wanted.max(next), *product));
        }
        places
    }
}

/// Whether a language is another, or one of its regions: `de-AT` is within `de`.
fn is_within(locale: &str, language: &str) -> bool {
    let rest = locale.strip_prefix(language);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

/// Every run of words within a term, itself among them.
fn runs(term: &str) -> Vec<String> {
    let words: Vec<&str> = term.split(' ').collect();
    let from = |first: usize| {
        let words = &words;
        (first + 1..=words.len()).map(move |end| words[first..end].join(" "))
    };
    (0..words.len()).flat_map(from).collect()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn product(number: u128, position: Option<i32>) -> search_rule_product::Model {
        search_rule_product::Model {
            rule_id: SearchRuleId(Uuid::nil()),
            product_id: ProductId(Uuid::from_u128(number)),
            position,
        }
    }

    #[test]
    fn the_first_rule_that_names_a_product_decides() {
        let products = [
            (1, Some(3)),
            (2, None),
            (3, Some(1)),
            (2, Some(1)),
            (4, Some(3)),
            (3, None),
        ];
        let products = || products.into_iter().map(|(number, position)| product(number, position));
        let id = |number| ProductId(Uuid::from_u128(number));
        let all = Curation::from_products(products(), true);
        assert_eq!(all.products(), [id(3), id(1), id(4), id(2)]);
        assert_eq!(all.places(&[id(1), id(3), id(4)]), [(0, id(3)), (2, id(1)), (3, id(4))]);
        assert_eq!(all.places(&[id(4)]), [(2, id(4))]);
        assert_eq!(Curation::from_products(products(), false).products(), [id(2)]);
    }

    #[test]
    fn a_region_is_within_its_language() {
        assert!(is_within("de", "de") && is_within("de-AT", "de"));
        assert!(!is_within("de", "de-AT") && !is_within("den", "de") && !is_within("fr", "de"));
    }

    #[test]
    fn a_term_has_its_runs() {
        assert_eq!(runs("a b c"), ["a", "a b", "a b c", "b", "b c", "c"]);
    }
}
