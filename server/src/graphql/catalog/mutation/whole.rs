use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use vitrine_commerce::{
    Refusal,
    trade::catalogs::{self, CatalogChange, CatalogDraft},
};
use vitrine_entity::{
    catalog,
    ids::{CatalogId, CompanyId, CustomerGroupId},
};

use crate::{
    graphql::{
        catalog::{fields::CatalogGoods, object::Catalog},
        shared::{ContextExt, CurrencyCode, Result, given, payload},
    },
    ids,
};

/// A catalog to be made.
#[derive(Debug, InputObject)]
pub struct CatalogCreateInput {
    /// What staff call it: at most 100 characters.
    pub name: String,
    /// What staff keep in mind about it: at most 1000 characters.
    pub note: Option<String>,
    /// Of what everybody pays, where it fixes no price: hundredths of a percent, -10000 to 100000. -1000 is ten percent less.
    #[graphql(default)]
    pub adjustment_basis_points: i32,
    /// Whether its customers are shown prices without the tax.
    #[graphql(default)]
    pub net_prices: bool,
    /// Which goods it sells; all unless given.
    pub goods: Option<CatalogGoods>,
    /// In which currency its prices count; all that the shop sells in unless given.
    pub currency_code: Option<CurrencyCode>,
    /// The groups of customers whose it is, at most 500.
    #[graphql(default)]
    pub group_ids: Vec<ID>,
    /// The companies whose it is, at most 500.
    #[graphql(default)]
    pub company_ids: Vec<ID>,
}

/// Which catalog changes, and how. What is left out stays as it is.
#[derive(Debug, InputObject)]
pub struct CatalogUpdateInput {
    /// The catalog's id.
    pub id: ID,
    /// The catalog's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// What staff call it.
    pub name: Option<String>,
    /// What staff keep in mind about it; null for nothing.
    pub note: MaybeUndefined<String>,
    /// Of what everybody pays, where it fixes no price: hundredths of a percent, -10000 to 100000.
    pub adjustment_basis_points: Option<i32>,
    /// Whether its customers are shown prices without the tax.
    pub net_prices: Option<bool>,
    /// Which goods it sells.
    pub goods: Option<CatalogGoods>,
    /// In which currency its prices count; null for all that the shop sells in.
    pub currency_code: MaybeUndefined<CurrencyCode>,
    /// The groups of customers whose it is: all of them.
    pub group_ids: Option<Vec<ID>>,
    /// The companies whose it is: all of them.
    pub company_ids: Option<Vec<ID>>,
}

/// Which catalog goes.
#[derive(Debug, InputObject)]
pub struct CatalogDeleteInput {
    /// The catalog's id.
    pub id: ID,
    /// The catalog's version that you saw: refuse to delete any other.
    pub expected_version: Option<i32>,
}

/// Which catalog comes back.
#[derive(Debug, InputObject)]
pub struct CatalogRestoreInput {
    /// The catalog's id.
    pub id: ID,
}

payload! {
    /// What `catalogCreate` answers.
    CatalogCreatePayload {
        /// The catalog as it is now.
        catalog: Catalog,
    }
}
payload! {
    /// What `catalogUpdate` answers.
    CatalogUpdatePayload {
        /// The catalog as it is now.
        catalog: Catalog,
    }
}
payload! {
    /// What `catalogDelete` answers.
    CatalogDeletePayload {
        /// The catalog that is deleted.
        catalog: Catalog,
    }
}
payload! {
    /// What `catalogRestore` answers.
    CatalogRestorePayload {
        /// The catalog as it is now.
        catalog: Catalog,
    }
}

#[derive(Debug, Default)]
pub struct CatalogMutation;

#[Object]
impl CatalogMutation {
    /// Makes a catalog: what groups of customers and companies pay, and which goods they are sold. For staff with the
    /// permission `CATALOG`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn catalog_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The catalog.")] input: CatalogCreateInput,
    ) -> Result<Option<CatalogCreatePayload>> {
        CatalogCreatePayload::of(create(ctx, input).await)
    }

    /// Changes a catalog. For staff with the permission `CATALOG`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn catalog_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which catalog changes, and how.")] input: CatalogUpdateInput,
    ) -> Result<Option<CatalogUpdatePayload>> {
        CatalogUpdatePayload::of(update(ctx, input).await)
    }

    /// Takes a catalog away: nobody buys by it any more. For staff with the permission `CATALOG`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn catalog_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which catalog goes.")] input: CatalogDeleteInput,
    ) -> Result<Option<CatalogDeletePayload>> {
        CatalogDeletePayload::of(delete(ctx, input).await)
    }

    /// Brings a deleted catalog back as it was. For staff with the permission `CATALOG`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn catalog_restore(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which catalog comes back.")] input: CatalogRestoreInput,
    ) -> Result<Option<CatalogRestorePayload>> {
        CatalogRestorePayload::of(restore(ctx, input).await)
    }
}

type Outcome = vitrine_commerce::Result<Catalog>;

async fn create(ctx: &Context<'_>, input: CatalogCreateInput) -> Outcome {
    let draft = CatalogDraft {
        name: input.name,
        note: input.note,
        adjustment_basis_points: input.adjustment_basis_points,
        net_prices: input.net_prices,
        goods: input.goods.map_or(catalog::CatalogGoods::All, Into::into),
        currency: input.currency_code.map(|code| code.0),
        groups: groups(&input.group_ids)?,
        companies: companies(&input.company_ids)?,
    };
    Ok(Catalog(catalogs::create(ctx.shop(), ctx.caller(), draft).await?))
}

async fn update(ctx: &Context<'_>, input: CatalogUpdateInput) -> Outcome {
    let change = CatalogChange {
        name: input.name,
        note: given(input.note),
        adjustment_basis_points: input.adjustment_basis_points,
        net_prices: input.net_prices,
        goods: input.goods.map(Into::into),
        currency: given(input.currency_code).map(|code| code.map(|code| code.0)),
        groups: input.group_ids.as_deref().map(groups).transpose()?,
        companies: input.company_ids.as_deref().map(companies).transpose()?,
    };
    let expected = input.expected_version.map(i64::from);
    let id = named(&input.id)?;
    Ok(Catalog(
        catalogs::update(ctx.shop(), ctx.caller(), id, expected, change).await?,
    ))
}

async fn delete(ctx: &Context<'_>, input: CatalogDeleteInput) -> Outcome {
    let expected = input.expected_version.map(i64::from);
    let id = named(&input.id)?;
    Ok(Catalog(catalogs::delete(ctx.shop(), ctx.caller(), id, expected).await?))
}

async fn restore(ctx: &Context<'_>, input: CatalogRestoreInput) -> Outcome {
    let id = named(&input.id)?;
    Ok(Catalog(catalogs::restore(ctx.shop(), ctx.caller(), id).await?))
}

fn named(id: &ID) -> std::result::Result<CatalogId, Refusal> {
    ids::input(id, "catalog", &["id"])
}

fn groups(named: &[ID]) -> std::result::Result<Vec<CustomerGroupId>, Refusal> {
    let read = named
        .iter()
        .map(|id| ids::input(id, "group of customers", &["groupIds"]));
    read.collect()
}

fn companies(named: &[ID]) -> std::result::Result<Vec<CompanyId>, Refusal> {
    let read = named.iter().map(|id| ids::input(id, "company", &["companyIds"]));
    read.collect()
}
