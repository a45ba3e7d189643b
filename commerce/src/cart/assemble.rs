//! Reads a cart with all that it names, and prices it.

use std::sync::LazyLock;

use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, QueryResult};
use vitrine_entity::{cart, cart_line, company, ids::CartId, shipping_method};

use super::{
    access::is_theirs,
    discounts::Discounting,
    draft,
    price::price,
    problem::CartProblem,
    surroundings::Surroundings,
    taxation::Taxation,
    terms::by_terms,
    view::CartView,
    withheld::Withheld,
    words::{translate_discounts, translate_problems},
};
use crate::{
    Context, Result, Shop,
    catalog::{self, goods::Good},
    companies, credit,
    delivery::{Destination, KeptDelivery},
    discounts::{Asked, Candidates, Trying},
    payments::Steps,
    revision::REVISION,
    sql, trade,
};

/// A cart's row, and the revision of what it is priced by besides its goods.
#[derive(Debug, Clone)]
pub(crate) struct CartRow {
    pub(crate) row: cart::Model,
    pub(crate) revision: String,
}

impl FromQueryResult for CartRow {
    fn from_query_result(row: &QueryResult, prefix: &str) -> std::result::Result<Self, DbErr> {
        Ok(Self {
            row: cart::Model::from_query_result(row, prefix)?,
            revision: row.try_get(prefix, "revision")?,
        })
    }
}

/// A cart's lines with their goods, in the order in which they were added.
pub(crate) type Lines = Vec<(cart_line::Model, Good)>;

/// The cart `id`, if it exists and is the caller's.
pub async fn view(shop: &Shop, context: &Context, id: CartId) -> Result<Option<CartView>> {
    match read(shop, id).await? {
        Some((cart, lines)) if is_theirs(&cart.row, context.viewer) => {
            Ok(Some(assemble_of(shop, context, &shop.db, cart, lines).await?))
        }
        _ => Ok(None),
    }
}

/// The cart `id` with its lines, as they are at one moment.
pub(super) async fn read(shop: &Shop, id: CartId) -> Result<Option<(CartRow, Lines)>> {
    read_on(shop, &shop.db, id).await
}

/// As [`read`], within a transaction.
pub(super) async fn read_on(shop: &Shop, db: &impl ConnectionTrait, id: CartId) -> Result<Option<(CartRow, Lines)>> {
    static ASKED: LazyLock<String> = LazyLock::new(|| format!("{}, {REVISION}", sql::columns::<cart::Column>("b")));
    let rows = catalog::goods::cart_on(shop, db, id, &ASKED).await?;
    let Some((first, _)) = rows.first() else {
        return Ok(None);
    };
    let found = CartRow {
        row: cart::Model::from_query_result(first, "b_")?,
        revision: first.try_get("", "revision")?,
    };
    let mut lines: Lines = rows.into_iter().filter_map(|(_, line)| line).collect();
    by_terms(shop, db, &found.row, lines.iter_mut().map(|(_, good)| good)).await?;
    draft::agree(&found.row, &mut lines);
    Ok(Some((found, lines)))
}

/// Reads what the cart names, and prices it.
pub(crate) async fn assemble(
    shop: &Shop,
    context: &Context,
    db: &impl ConnectionTrait,
    cart: CartRow,
) -> Result<CartView> {
    let lines = lines_of(shop, db, &cart.row).await?;
    assemble_of(shop, context, db, cart, lines).await
}

/// The lines of a cart with their goods.
pub(super) async fn lines_of(shop: &Shop, db: &impl ConnectionTrait, cart: &cart::Model) -> Result<Lines> {
    let mut lines = catalog::goods::lines_on(shop, db, cart.currency, cart.id).await?;
    by_terms(shop, db, cart, lines.iter_mut().map(|(_, good)| good)).await?;
    draft::agree(cart, &mut lines);
    Ok(lines)
}

/// Prices a cart that has these lines.
pub(crate) async fn assemble_of(
    shop: &Shop,
    context: &Context,
    db: &impl ConnectionTrait,
    cart: CartRow,
    lines: Lines,
) -> Result<CartView> {
    assemble_trying(shop, context, db, cart, lines, Trying::Nothing).await
}

/// As [`assemble_of`], with a discount that staff try, or without it.
pub(super) async fn assemble_trying(
    shop: &Shop,
    context: &Context,
    db: &impl ConnectionTrait,
    CartRow { row: cart, revision }: CartRow,
    lines: Lines,
    trying: Trying<'_>,
) -> Result<CartView> {
    let buying = companies::chosen_of(shop, db, cart.customer_id).await?;
    let cart = match &buying {
        Some(buying) => of_company(cart, &buying.company),
        None => cart,
    };
    let delivery = KeptDelivery::at(shop, db, &revision).await?;
    let to = cart.shipping_address.as_ref().map(Destination::of);
    let profile = shop.profile();
    let methods = delivery.methods_for(&profile, cart.currency, to.as_ref());
    let pickup = pickup_place(&delivery, &cart, &methods);
    let is_sent = lines.is_empty() || lines.iter().any(|(_, good)| good.variant.requires_shipping);
    let taxed_at = match (pickup, to, &cart.billing_address) {
        (_, _, Some(billing)) if !is_sent => Destination::of(billing),
        // What is picked up is handed over there.
        (Some(pickup), _, _) if is_sent => pickup,
        (_, Some(to), _) => to,
        (_, None, _) => Destination::new(cart.country.as_deref().unwrap_or(&context.country), None, None),
    };
    let country = cart.country.as_deref().unwrap_or(&context.country);
    let asked = Asked {
        currency: cart.currency,
        customer: cart.customer_id,
        email: cart.email.as_deref(),
        codes: &cart.discount_codes.0,
        products: lines.iter().map(|(_, good)| good.product.id).collect(),
        // Staff have said what is taken off.
        applies_by_itself: cart.draft.is_none(),
        trying,
    };
    let discounting = Discounting {
        candidates: Candidates::of(shop, db, &revision, &profile, asked).await?,
        country: taxed_at.country.clone(),
        market: profile.market_of(country).map(|market| market.id),
    };
    let around = Surroundings {
        discounting,
        taxation: Taxation::of(shop, db, &delivery, &cart, &taxed_at).await?,
        methods,
        profile,
        now: shop.now(),
        steps: Steps::of(shop, cart.currency),
        credits: credit::usable(shop, db, &cart).await?,
        buying,
        is_net: trade::terms::of(shop, db, cart.customer_id)
            .await?
            .shows_net_prices(cart.currency),
        withheld: Withheld::of(shop, context, db, &cart, &lines).await?,
    };
    let is_over = draft::is_over(shop, context, db, &cart).await?;
    let mut view = price(cart, lines, &around)?;
    if is_over {
        view.problems.insert(0, CartProblem::DraftOrderOver);
    }
    translate_problems(shop, context, db, &mut view).await?;
    translate_discounts(shop, context, db, &mut view).await?;
    Ok(view)
}

/// What is not said of a cart, its company says.
fn of_company(cart: cart::Model, company: &company::Model) -> cart::Model {
    cart::Model {
        tax_id: cart.tax_id.or_else(|| company.tax_id.clone()),
        billing_address: cart.billing_address.or_else(|| company.billing_address.clone()),
        ..cart
    }
}

/// Where a cart's goods are to be picked up, if they are.
fn pickup_place(
    delivery: &KeptDelivery,
    cart: &cart::Model,
    methods: &[shipping_method::Model],
) -> Option<Destination> {
    let chosen = methods
        .iter()
        .find(|method| cart.shipping_method_id == Some(method.id))?;
    let location = delivery.location(chosen.location_id?)?;
    location.address.as_ref().map(Destination::of)
}
