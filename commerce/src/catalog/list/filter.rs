//! A filter as a condition. What people typed goes in as bound values, its wildcards escaped.

use sea_orm::{
    ColumnTrait, Condition, EntityTrait, JoinType, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, Func, SelectStatement},
};
use vitrine_entity::{
    catalog_product, collection, collection_product, ids::ProductId, product, product::ProductStatus,
    product_attribute, product_listing, product_option, variant, variant_attribute,
};

use super::{
    text::{holds_text, like},
    words::words,
};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop,
    catalog::{
        attributes::RANGE_VALUES_MAX,
        categories, find, own_goods,
        sold_there::{has, restriction},
    },
    language::messages,
    ports::search::Synonyms,
    sql,
    words::analysis::Analysis,
};

/// The most values of one filter.
const VALUES_MAX: usize = 100;

/// Restricts a list. Everything given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProductFilter {
    /// Any of these categories, or of what lies beneath them.
    pub category_slugs: Vec<String>,
    /// Any of these collections, of those that the caller may see.
    pub collections: Vec<String>,
    /// Bounds of the lowest price among a product's variants, in the currency that the caller is shown, inclusive.
    pub price_min_minor: Option<i64>,
    pub price_max_minor: Option<i64>,
    pub in_stock: Option<bool>,
    /// Words that must all stand in the title, the vendor, an SKU, a barcode, a tag, or a value of an option or attribute,
    /// whatever stands between their parts (`tshirt` in `T-Shirt`). Literal: no operators. Words beyond the sixteenth are
    /// ignored.
    pub text: Option<String>,
    /// For each name of an attribute or option, the values of which any will do. Where there are several, or one and
    /// `in_stock`, some variant must hold them all.
    pub attributes: Vec<(String, Vec<String>)>,
    /// Any of these.
    pub tags: Vec<String>,
    /// Any of these.
    pub vendors: Vec<String>,
    /// For staff: shoppers see active products only, and may name no other.
    pub status: Option<ProductStatus>,
    /// For staff: those that were deleted, and no others.
    pub deleted: bool,
    /// None but these, where there are any.
    pub only: Option<Vec<ProductId>>,
    /// Not these.
    pub except: Vec<ProductId>,
    /// What words of the text may be written as, too.
    pub synonyms: Synonyms,
    /// In which language the text is; `None` where words are compared by their letters alone.
    pub language: Option<&'static Analysis>,
}

impl ProductFilter {
    /// Whether many products may match, so that the first of them in an order are soon found.
    pub(super) fn is_broad(&self) -> bool {
        self.category_slugs.is_empty()
            && self.collections.is_empty()
            && self.text.is_none()
            && self.only.is_none()
            && self.attributes.is_empty()
    }
}

/// `with_collections` where whoever asks does not see to the collections.
pub(super) async fn condition(
    shop: &Shop,
    context: &Context,
    filter: &ProductFilter,
    with_collections: bool,
) -> Result<Condition> {
    check(filter)?;
    let mut all = Condition::all()
        .add(shown(context, status(context, filter)?))
        .add(deleted(context, filter)?);
    if !filter.category_slugs.is_empty() {
        let branch = categories::descendant_ids(shop, &filter.category_slugs).await?;
        all = all.add(sql::among(&shop.db, product::Column::CategoryId, branch));
    }
    if with_collections && !filter.collections.is_empty() {
        all = all.add(id_in(in_collections(context, &filter.collections)));
    }
    all = all.add(holds_text(
        &words(filter.text.as_deref().unwrap_or_default())?,
        &filter.synonyms,
        filter.language,
    ));
    if let Some(only) = &filter.only {
        all = all.add(sql::among(&shop.db, product::Column::Id, only.iter().copied()));
    }
    all = all.add_option(restriction(shop, context).map(|goods| has(&goods)));
    if !filter.except.is_empty() {
        all = all.add(product::Column::Id.is_not_in(filter.except.iter().copied()));
    }
    for (name, values) in &filter.attributes {
        all = all.add(has_attribute(name, values));
    }
    if !filter.tags.is_empty() {
        all = all.add(holds_any((product::Entity, product::Column::Tags), &filter.tags));
    }
    if !filter.vendors.is_empty() {
        all = all.add(product::Column::Vendor.is_in(&filter.vendors));
    }
    Ok(all
        .add_option(
            filter
                .price_min_minor
                .map(|minor| product_listing::Column::PriceMinMinor.gte(minor)),
        )
        .add_option(
            filter
                .price_max_minor
                .map(|minor| product_listing::Column::PriceMinMinor.lte(minor)),
        )
        .add_option(
            filter
                .in_stock
                .map(|in_stock| product_listing::Column::InStock.eq(in_stock)),
        ))
}

/// # Errors
/// Refuses more values than a list takes, and values that no product can have.
pub(crate) fn check(filter: &ProductFilter) -> Result<(), Refusal> {
    let names: Vec<String> = filter.attributes.iter().map(|(name, _)| name.clone()).collect();
    let lists = [
        ("category", &filter.category_slugs),
        ("collections", &filter.collections),
        ("tags", &filter.tags),
        ("vendors", &filter.vendors),
        ("attributes", &names),
    ];
    for (field, values) in lists
        .into_iter()
        .chain(filter.attributes.iter().map(|(_, values)| ("attributes", values)))
    {
        // A range of numbers is the values that lie in it.
        let most = if field == "attributes" {
            RANGE_VALUES_MAX
        } else {
            VALUES_MAX
        };
        if values.len() > most {
            let message = messages::list_filter_values_max(most);
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&[field]));
        }
        // PostgreSQL takes no NUL in a text; no stored value has a control character.
        if values
            .iter()
            .any(|value| value.chars().count() > 1_024 || value.contains(char::is_control))
        {
            let message = messages::filter_value_form();
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&[field]));
        }
    }
    Ok(())
}

/// What staff look for by words, among drafts and archived products, too.
///
/// # Errors
/// Refuses it to shoppers: their search is another, which ranks, forgives and counts.
pub fn staff_text(context: &Context, text: Option<String>) -> Result<Option<String>, Refusal> {
    match text {
        Some(_) if !find::sees_all(context) => {
            Err(Refusal::new(ErrorCode::Forbidden, messages::list_by_words_for_staff()).at(&["query"]))
        }
        text => Ok(text),
    }
}

/// Deleted products are listed only where they are asked for.
fn deleted(context: &Context, filter: &ProductFilter) -> Result<Expr, Refusal> {
    match filter.deleted {
        false => Ok(product::Column::DeletedAt.is_null()),
        // What stands for goods that the catalogue has not is none of those that staff deleted.
        true if find::sees_all(context) => Ok(product::Column::DeletedAt
            .is_not_null()
            .and(product::Column::Id.ne(own_goods::PRODUCT))),
        true => Err(Refusal::new(ErrorCode::Forbidden, messages::deleted_products_for_staff()).at(&["deleted"])),
    }
}

/// Those who have catalogs may be sold other goods than everybody.
fn shown(context: &Context, status: Option<Expr>) -> Condition {
    let terms = &context.terms;
    let public = Condition::all().add_option(status);
    if find::sees_all(context) || !terms.changes_goods() {
        return public;
    }
    let listed = || {
        catalog_product::Entity::find()
            .select_only()
            .column(catalog_product::Column::ProductId)
            .filter(catalog_product::Column::CatalogId.is_in(terms.ids()))
    };
    let public = match terms.sells_listed_only() {
        true => public.add(id_in(listed().into_query())),
        false => public,
    };
    let exclusive = listed().filter(catalog_product::Column::Exclusive.eq(true));
    let own = Condition::all()
        .add(product::Column::Status.eq(ProductStatus::Draft))
        .add(id_in(exclusive.into_query()));
    Condition::any().add(public).add(own)
}

/// Shoppers see active products, whatever they ask for.
fn status(context: &Context, filter: &ProductFilter) -> Result<Option<Expr>, Refusal> {
    let wanted = match filter.status {
        wanted if find::sees_all(context) => wanted,
        None | Some(ProductStatus::Active) => Some(ProductStatus::Active),
        Some(_) => {
            return Err(Refusal::new(ErrorCode::Forbidden, messages::inactive_products_for_staff()).at(&["status"]));
        }
    };
    Ok(wanted.map(|status| product::Column::Status.eq(status)))
}

fn in_collections(context: &Context, slugs: &[String]) -> SelectStatement {
    collection_product::Entity::find()
        .select_only()
        .column(collection_product::Column::ProductId)
        .filter(collection_product::Column::CollectionId.in_subquery(ids_of(context, slugs)))
        .into_query()
}

/// The id of the collection with this slug, if the caller may see it.
pub(super) fn id_of(context: &Context, slug: &str) -> Expr {
    let id = ids_of(context, &[slug.to_owned()]);
    Expr::SubQuery(None, Box::new(id.into()))
}

/// The ids of the collections with these slugs, of those that the caller may see.
fn ids_of(context: &Context, slugs: &[String]) -> SelectStatement {
    let published = (!find::sees_all(context)).then(|| collection::Column::Published.eq(true));
    collection::Entity::find()
        .select_only()
        .column(collection::Column::Id)
        .filter(collection::Column::Slug.is_in(slugs))
        .filter(Condition::all().add_option(published))
        .into_query()
}

pub(crate) fn lower<E: sea_orm::sea_query::IntoIden, C: sea_orm::sea_query::IntoIden>(table: E, column: C) -> Expr {
    Func::lower(Expr::col((table.into_iden(), column.into_iden()))).into()
}

/// An attribute of the product or of one of its variants, or an option that one of them has with the value.
pub(in crate::catalog) fn has_attribute(name: &str, values: &[String]) -> Condition {
    let by_attribute = product_attribute::Entity::find()
        .select_only()
        .column(product_attribute::Column::ProductId)
        .filter(product_attribute::Column::Name.eq(name))
        .filter(product_attribute::Column::Value.is_in(values))
        .into_query();
    let by_option = product_option::Entity::find()
        .select_only()
        .column(product_option::Column::ProductId)
        .filter(product_option::Column::Name.eq(name))
        .filter(holds_any(
            (product_option::Entity, product_option::Column::Values),
            values,
        ))
        .into_query();
    let mut by_variant = variant_attribute::Entity::find()
        .select_only()
        .column(variant_attribute::Column::ProductId)
        .filter(variant_attribute::Column::Name.eq(name))
        .filter(variant_attribute::Column::Value.is_in(values))
        .filter(variant::Column::Active.eq(true));
    let own = Expr::col((variant::Entity, variant::Column::Id))
        .equals((variant_attribute::Entity, variant_attribute::Column::VariantId));
    QuerySelect::query(&mut by_variant).join(JoinType::InnerJoin, variant::Entity, own);
    Condition::any()
        .add(id_in(by_attribute))
        .add(id_in(by_variant.into_query()))
        .add(id_in(by_option))
}

/// Whether a JSON array of strings holds any of `values`. The databases have no common operator
/// for it; both write a string within JSON text in the same way.
pub(in crate::catalog) fn holds_any<E, C>((table, column): (E, C), values: &[String]) -> Condition
where
    E: sea_orm::sea_query::IntoIden + Copy,
    C: sea_orm::sea_query::IntoIden + Copy,
{
    values
        .iter()
        .fold(Condition::any().add(Expr::value(false)), |any, value| {
            let quoted = serde_json::Value::from(value.as_str()).to_string();
            let text = Expr::col((table.into_iden(), column.into_iden())).cast_as("text");
            any.add(text.like(like(&quoted)))
        })
}

fn id_in(query: SelectStatement) -> Expr {
    product::Column::Id.in_subquery(query)
}
