//! The discounts that a cart may have, with all that they ask about it.
//!
//! What applies by itself costs no statement, unless it asks for something that no row of the cart tells: how often it was
//! used, the customer's groups and former orders, or which of the goods are in a collection. Codes cost one.

use std::collections::{HashMap, HashSet};

use sea_orm::ConnectionTrait;
use vitrine_entity::{
    discount,
    ids::{CollectionId, CustomerGroupId, CustomerId, DiscountId, ProductId},
    price_list::Rounding,
};

use super::{
    kept::{KeptDiscounts, collections, with_branches},
    person,
    rules::{Candidate, Code, Exchange, Unmet, Uses, resolve},
    standing::{Standing, without_code},
};
use crate::{Result, Shop, membership::groups_of, money::Currency, profile::Profile, sql};

/// For whom discounts are looked for.
#[derive(Debug, Clone)]
pub(crate) struct Asked<'a> {
    pub(crate) currency: Currency,
    pub(crate) customer: Option<CustomerId>,
    pub(crate) email: Option<&'a str>,
    /// In their normal form.
    pub(crate) codes: &'a [String],
    pub(crate) products: Vec<ProductId>,
    /// Whether discounts apply that nobody types a code for.
    pub(crate) applies_by_itself: bool,
    pub(crate) trying: Trying<'a>,
}

/// What staff try.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Trying<'a> {
    Nothing,
    /// A discount, switched on or not, as if nobody had used it.
    With(&'a discount::Model),
    /// What there is without it.
    Without(DiscountId),
}

impl Trying<'_> {
    fn is_of(self, id: DiscountId) -> bool {
        match self {
            Self::Nothing => false,
            Self::With(row) => row.id == id,
            Self::Without(tried) => tried == id,
        }
    }
}

/// The discounts that a cart may have.
#[derive(Debug, Clone, Default)]
pub(crate) struct Candidates {
    pub(crate) candidates: Vec<Candidate>,
    /// Of each code that was typed: its candidate, or why it has none.
    pub(crate) codes: Vec<(String, Result<usize, Unmet>)>,
    /// Of a discount that staff try.
    pub(crate) tried: Option<Result<usize, Unmet>>,
    pub(crate) groups: Vec<CustomerGroupId>,
    pub(crate) is_first_order: bool,
    /// In which of the collections that are asked for each product is.
    pub(crate) collections: HashMap<ProductId, Vec<CollectionId>>,
}

impl Candidates {
    /// As of a revision that was read before.
    pub(crate) async fn of(
        shop: &Shop,
        db: &impl ConnectionTrait,
        revision: &str,
        profile: &Profile,
        asked: Asked<'_>,
    ) -> Result<Self> {
        let kept = KeptDiscounts::at(shop, db, revision).await?;
        let automatic = kept.automatic().filter(|_| asked.applies_by_itself);
        let automatic: Vec<_> = automatic.filter(|row| !asked.trying.is_of(row.id)).collect();
        if automatic.is_empty() && asked.codes.is_empty() && !matches!(asked.trying, Trying::With(_)) {
            return Ok(Self::default());
        }
        let limited = automatic
            .iter()
            .filter(|row| has_limit(row))
            .map(|row| row.id)
            .collect();
        let persons = person::keys_ever(shop, asked.customer, asked.email);
        let standings = Standing::of(db, asked.codes, &limited, &persons).await?;
        let exchange = exchange(profile, asked.currency);
        let mut found = Self::default();
        let mut rows: Vec<&discount::Model> = Vec::new();
        let by_itself = without_code(&standings);
        for row in automatic {
            let uses = by_itself.get(&row.id).map_or(Uses::Left, |standing| standing.uses(row));
            if found.add(row, None, uses, &exchange).is_ok() {
                rows.push(row);
            }
        }
        let tried = match asked.trying {
            Trying::With(row) => Some(with_branches(db, row.clone()).await?),
            Trying::Nothing | Trying::Without(_) => None,
        };
        if let Some(row) = &tried {
            let added = found.add(row, None, Uses::Left, &exchange);
            found.tried = Some(added.inspect(|_| rows.push(row)));
        }
        for code in asked.codes {
            let standing = standings.iter().find(|standing| standing.code.as_ref() == Some(code));
            let known = standing.and_then(|standing| Some((standing, kept.by_code(standing.discount_id)?)));
            let outcome = match known.filter(|(standing, _)| standing.code_active == Some(true)) {
                None => Err(Unmet::Unknown),
                Some((standing, row)) => {
                    let typed = standing.code_id.map(|id| Code { id, text: code.clone() });
                    let added = found.add(row, typed, standing.uses(row), &exchange);
                    added.inspect(|_| rows.push(row))
                }
            };
            found.codes.push((code.clone(), outcome));
        }
        found.learn(db, &asked, &rows).await?;
        Ok(found)
    }

    fn add(
        &mut self,
        row: &discount::Model,
        code: Option<Code>,
        uses: Uses,
        exchange: &Exchange,
    ) -> Result<usize, Unmet> {
        let rule = resolve(row, exchange).ok_or(Unmet::Elsewhere)?;
        self.candidates.push(Candidate {
            discount: row.id,
            title: row.title.clone(),
            code,
            rule,
            uses,
        });
        Ok(self.candidates.len() - 1)
    }

    /// What is asked that no row of the cart tells.
    async fn learn(&mut self, db: &impl ConnectionTrait, asked: &Asked<'_>, rows: &[&discount::Model]) -> Result<()> {
        if rows.iter().any(|row| row.conditions.first_order) {
            self.is_first_order = is_first_order(db, asked.customer, asked.email).await?;
        }
        if rows.iter().any(|row| !row.conditions.customer_groups.is_empty()) {
            self.groups = groups_of(db, asked.customer).await?;
        }
        let named: HashSet<CollectionId> = rows.iter().flat_map(|row| collections(row)).collect();
        self.collections = in_collections(db, &named, &asked.products).await?;
        Ok(())
    }
}

fn has_limit(row: &discount::Model) -> bool {
    row.usage_limit.is_some() || row.usage_limit_per_customer.is_some()
}

fn exchange(profile: &Profile, currency: Currency) -> Exchange {
    let list = profile.price_list(currency);
    Exchange {
        currency,
        own: profile.currency,
        rate_e8: list.map(|list| list.applied_rate_e8()),
        rounding: list.map_or(Rounding::MinorUnit, |list| list.rounding),
    }
}

/// Whether nobody who is known so has an order that was not cancelled.
async fn is_first_order(db: &impl ConnectionTrait, customer: Option<CustomerId>, email: Option<&str>) -> Result<bool> {
    let sql = "select cast(1 as bigint) where exists (select 1 from orders where customer_id = $1 and status <> 'CANCELLED') \
        or exists (select 1 from orders where email = $2 and status <> 'CANCELLED')";
    if customer.is_none() && email.is_none() {
        return Ok(true);
    }
    let found: Vec<i64> = sql::column(db, sql, [customer.into(), email.map(str::to_owned).into()]).await?;
    Ok(found.is_empty())
}

async fn in_collections(
    db: &impl ConnectionTrait,
    named: &HashSet<CollectionId>,
    products: &[ProductId],
) -> Result<HashMap<ProductId, Vec<CollectionId>>> {
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    if named.is_empty() || products.is_empty() {
        return Ok(found);
    }
    let sql = format!(
        "select product_id, collection_id from collection_product where product_id {} and collection_id {}",
        sql::among_parameter::<ProductId>(db, 1),
        sql::among_parameter::<CollectionId>(db, 2)
    );
    let values = [
        sql::list(db, products.iter().copied()),
        sql::list(db, named.iter().copied()),
    ];
    for row in sql::rows(db, &sql, values).await? {
        let product: ProductId = row.try_get("", "product_id")?;
        found
            .entry(product)
            .or_default()
            .push(row.try_get("", "collection_id")?);
    }
    Ok(found)
}
