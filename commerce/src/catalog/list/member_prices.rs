//! The price that those who buy by catalogs are shown, in the statement that lists: what [`Deal`](crate::pricing::Deal) says of
//! one unit, and without the tax where they are shown prices so. Only they are asked more, and only where a list filters or
//! sorts by the price.
//!
//! At one unit no quantity price counts, so that a catalog gives a variant the price that it fixes from one on, or else the
//! shop's with its percentage. A product's is the lowest that any of the catalogs gives for any of its variants. What has no price
//! but in a catalog has no listing row, and is listed for them all the same.

use sea_orm::{
    ColumnTrait, EntityTrait, Iterable, JoinType, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{
        Alias, CaseStatement, Expr, ExprTrait, Func, IntoIden, IntoTableRef, Query, SelectStatement, TableRef,
        UnionType,
    },
};
use vitrine_entity::{
    catalog, catalog_price, ids::ProductId, price, product_listing, tax_rate, variant, variant::UNTAXED,
};

use crate::{Context, Result, Shop, inventory::availability, sql};

const OFFERED: &str = "offered";
const AMOUNT: &str = "amount";
const POINTS: &str = "points";

/// What whoever asks is sold that has no price but in their catalogs; `limit` of it at most.
pub(crate) async fn unlisted(shop: &Shop, context: &Context, limit: u64) -> Result<Vec<ProductId>> {
    let mut query = without_listing(shop, context);
    super::ids_in(shop, query.limit(limit)).await
}

/// The products that have no listing row, and a price of one unit in a catalog.
fn without_listing(shop: &Shop, context: &Context) -> SelectStatement {
    let currency = context.shown;
    let catalogs = context.terms.in_currency(currency).map(|catalog| catalog.id);
    let of_catalog = |column| Expr::col((catalog_price::Entity, column));
    let product = (variant::Entity, variant::Column::ProductId);
    let listed = Query::select()
        .expr(Expr::value(1))
        .from(product_listing::Entity)
        .and_where(Expr::col((product_listing::Entity, product_listing::Column::ProductId)).equals(product))
        .and_where(Expr::col((product_listing::Entity, product_listing::Column::Currency)).eq(currency))
        .to_owned();
    let variants = of_catalog(catalog_price::Column::VariantId).equals((variant::Entity, variant::Column::Id));
    let mut query = Query::select();
    query
        .distinct()
        .expr_as(Expr::col(product), product_listing::Column::ProductId)
        .expr_as(
            of_catalog(catalog_price::Column::Currency),
            product_listing::Column::Currency,
        )
        .from(catalog_price::Entity)
        .join(JoinType::InnerJoin, variant::Entity, variants)
        .and_where(Expr::col((variant::Entity, variant::Column::Active)).eq(true))
        .and_where(of_catalog(catalog_price::Column::Currency).eq(currency))
        .and_where(of_catalog(catalog_price::Column::FromQuantity).eq(1))
        .and_where(sql::among(&shop.db, catalog_price::Column::CatalogId, catalogs))
        .and_where(Expr::exists(listed).not());
    query
}

/// Their rows, as a listing would have them.
fn unlisted_rows(shop: &Shop, context: &Context) -> SelectStatement {
    let in_stock = format!(
        "exists (select 1 from variant w where w.product_id = product_listing.product_id and w.active and {})",
        availability::can_be_had("w.id")
    );
    let sold = "coalesce((select s.units from product_sold s where s.product_id = product_listing.product_id), 0)";
    let price = || Expr::SubQuery(None, Box::new(lowest(shop, context).into()));
    let mut rows = Query::select();
    for column in product_listing::Column::iter() {
        use product_listing::Column as C;
        match column {
            C::PriceMinMinor | C::PriceMaxMinor => rows.expr_as(price(), column),
            C::CompareAtMaxMinor | C::LowestMinor => rows.expr_as(Expr::cust("cast(null as bigint)"), column),
            C::InStock => rows.expr_as(Expr::cust(in_stock.clone()), column),
            C::Sold => rows.expr_as(Expr::cust(sold), column),
            C::ProductId | C::Currency => rows.column((product_listing::Entity, column)),
        };
    }
    rows.from_subquery(without_listing(shop, context), product_listing::Entity);
    rows
}

/// The listing rows, with the lowest price that whoever asks is shown in the place of everybody's; and `with_unlisted` those of
/// what has no price but in their catalogs.
pub(super) fn listing(shop: &Shop, context: &Context, with_unlisted: bool) -> TableRef {
    if !context.terms.has_prices(context.shown) {
        return product_listing::Entity.into_table_ref();
    }
    let mut rows = Query::select();
    for column in product_listing::Column::iter() {
        match column {
            product_listing::Column::PriceMinMinor => {
                let price = Expr::SubQuery(None, Box::new(lowest(shop, context).into()));
                rows.expr_as(price, column)
            }
            column => rows.column((product_listing::Entity, column)),
        };
    }
    rows.from(product_listing::Entity)
        .and_where(Expr::col((product_listing::Entity, product_listing::Column::Currency)).eq(context.shown));
    if with_unlisted {
        rows.union(UnionType::All, unlisted_rows(shop, context));
    }
    TableRef::SubQuery(Box::new(rows), product_listing::Entity.into_iden())
}

/// The lowest price of a listing row's product.
fn lowest(shop: &Shop, context: &Context) -> SelectStatement {
    let is_net = context.terms.shows_net_prices(context.shown) && shop.profile().includes_tax(context.shown);
    let amount = Expr::col((Alias::new(OFFERED), Alias::new(AMOUNT)));
    let shown = match is_net {
        true => amount.sub(Expr::cust(contained(shop.price_step_minor(context.shown)))),
        false => amount,
    };
    let mut query = Query::select();
    query
        .expr(Func::min(shown))
        .from_subquery(offered(shop, context, is_net), Alias::new(OFFERED));
    query
}

/// What each catalog asks for each active variant of a listing row's product.
fn offered(shop: &Shop, context: &Context, is_net: bool) -> SelectStatement {
    let currency = context.shown;
    let catalogs = context.terms.in_currency(currency).map(|catalog| catalog.id);
    let fixed = Expr::col((catalog_price::Entity, catalog_price::Column::AmountMinor));
    let adjusted = Expr::cust(adjusted(shop.price_step_minor(currency)));
    let own = |column| Expr::col((price::Entity, column));
    let of_catalog = |column| Expr::col((catalog_price::Entity, column));
    let variant_id = (variant::Entity, variant::Column::Id);
    let priced = own(price::Column::VariantId)
        .equals(variant_id)
        .and(own(price::Column::Currency).eq(currency));
    let fixes = of_catalog(catalog_price::Column::VariantId)
        .equals(variant_id)
        .and(of_catalog(catalog_price::Column::CatalogId).equals((catalog::Entity, catalog::Column::Id)))
        .and(of_catalog(catalog_price::Column::Currency).eq(currency))
        .and(of_catalog(catalog_price::Column::FromQuantity).eq(1));
    let mut query = Query::select();
    query
        .expr_as(Func::coalesce([fixed, adjusted]), Alias::new(AMOUNT))
        .from(variant::Entity)
        .cross_join(catalog::Entity)
        .join(JoinType::LeftJoin, price::Entity, priced)
        .join(JoinType::LeftJoin, catalog_price::Entity, fixes)
        .and_where(
            Expr::col((variant::Entity, variant::Column::ProductId))
                .equals((product_listing::Entity, product_listing::Column::ProductId)),
        )
        .and_where(variant::Column::Active.eq(true))
        .and_where(sql::among(&shop.db, catalog::Column::Id, catalogs));
    if is_net {
        query.expr_as(tax_points(context), Alias::new(POINTS));
    }
    query
}

/// The shop's price with a catalog's percentage, as [`Deal`](crate::pricing::Deal) rounds it. Nothing where the shop has no
/// price.
fn adjusted(step_minor: i64) -> String {
    let raised = "price.amount_minor * (10000 + catalog.adjustment_basis_points)";
    let exact = half_even(raised, "10000");
    match step_minor {
        ..=1 => exact,
        step => {
            let stepped = half_even(raised, &(10_000 * step).to_string());
            format!("case when price.amount_minor % {step} = 0 then {step} * {stepped} else {exact} end")
        }
    }
}

/// The tax that an offered amount contains, as [`net_of_in_steps`](crate::pricing::net_of_in_steps) takes it out.
fn contained(step_minor: i64) -> String {
    let (amount, points) = (format!("{OFFERED}.{AMOUNT}"), format!("{OFFERED}.{POINTS}"));
    let divisor = format!("(10000 + {points})");
    let exact = half_even(&format!("{amount} * {points}"), &divisor);
    match step_minor {
        ..=1 => exact,
        step => {
            let stepped = half_even(&format!("{amount} / {step} * {points}"), &divisor);
            format!("(case when {amount} % {step} = 0 then {step} * {stepped} else {exact} end)")
        }
    }
}

/// A quotient of what is not negative, rounded half to even: as [`divide_half_even`](crate::money::divide_half_even).
fn half_even(numerator: &str, denominator: &str) -> String {
    let quotient = format!("(({numerator}) / {denominator})");
    let twice = format!("(2 * (({numerator}) % {denominator}))");
    format!(
        "({quotient} + case when {twice} > {denominator} or ({twice} = {denominator} and {quotient} % 2 = 1) then 1 else 0 end)"
    )
}

/// The tax that a variant's price contains while nobody has said where goods go, in hundredths of a percent: its category's in
/// the country, else the standard one.
fn tax_points(context: &Context) -> Expr {
    let rate = |category: Expr| {
        let rate = tax_rate::Entity::find()
            .select_only()
            .column(tax_rate::Column::BasisPoints)
            .filter(tax_rate::Column::Country.eq(&*context.country))
            .filter(tax_rate::Column::Region.is_null())
            .filter(tax_rate::Column::DeletedAt.is_null())
            .filter(category);
        Expr::SubQuery(None, Box::new(rate.into_query().into()))
    };
    let category = (variant::Entity, variant::Column::TaxCategory);
    let of_category = rate(Expr::col((tax_rate::Entity, tax_rate::Column::TaxCategory)).equals(category));
    let standard = CaseStatement::new()
        .case(Expr::col(category).eq(UNTAXED), Expr::val(0))
        .finally(rate(tax_rate::Column::TaxCategory.is_null()));
    Func::coalesce([of_category, standard.into(), Expr::val(0)]).into()
}
