//! Staff try a discount on a cart that is written nowhere.

use sea_orm::EntityTrait;
use vitrine_entity::{
    address::Address,
    cart, customer, discount,
    ids::{CustomerId, DiscountId, ShippingMethodId},
};

use super::{
    assemble::{CartRow, assemble_trying},
    create::empty,
    lines::{LineInput, with_added},
    view::CartView,
};
use crate::{
    Context, Locality, Refusal, Result, Shop,
    discounts::{self, DiscountDraft, Trying, draft_row},
    language::Message,
    pricing::Totals,
    revision::REVISION,
    settings::locality::{Asked, require},
    sql,
    staff::{Permission, permission},
};

/// What is tried.
#[derive(Debug, Clone)]
pub enum PreviewOf {
    Discount(DiscountId),
    /// One that is written nowhere yet.
    Draft(Box<DiscountDraft>),
}

/// What it is tried on.
#[derive(Debug, Clone, Default)]
pub struct PreviewWith {
    pub lines: Vec<LineInput>,
    /// The shop's own, unless given.
    pub country: Option<String>,
    /// The country's, unless given.
    pub currency: Option<String>,
    pub customer: Option<CustomerId>,
    pub shipping_method: Option<ShippingMethodId>,
}

/// What a cart would be.
#[derive(Debug, Clone)]
pub struct Preview {
    pub view: CartView,
    /// What it costs without the discount.
    pub without: Totals,
    /// Why the discount takes nothing off.
    pub unmet: Option<Message>,
}

/// Prices a cart with the discount, as if that were switched on, its time had come and nobody had used it; and without.
///
/// # Errors
/// Refuses whoever may not change the catalogue, a discount, customer or country that is not there, and lines that are wrong.
pub async fn preview(shop: &Shop, context: &Context, of: PreviewOf, with: PreviewWith) -> Result<Preview> {
    permission::require_or_system(context, Permission::Catalog)?;
    let row = match of {
        PreviewOf::Discount(id) => {
            let found = discounts::by_id(shop, context, id).await?;
            found.ok_or_else(|| Refusal::not_found("discount").at(&["discountId"]))?
        }
        PreviewOf::Draft(draft) => draft_row(shop, &draft)?,
    };
    let tried = discount::Model {
        active: true,
        starts_at: None,
        ends_at: None,
        ..row
    };
    let cart = cart_of(shop, context, &with).await?;
    let (mut lines, _) = with_added(shop, &shop.db, &cart.row, Vec::new(), &with.lines).await?;
    lines.sort_by_key(|(line, _)| line.id);
    let without = assemble_trying(
        shop,
        context,
        &shop.db,
        cart.clone(),
        lines.clone(),
        Trying::Without(tried.id),
    );
    let without = without.await?.cost;
    let view = assemble_trying(shop, context, &shop.db, cart, lines, Trying::With(&tried)).await?;
    Ok(Preview {
        unmet: view.tried.as_ref().and_then(|tried| tried.message()),
        view,
        without,
    })
}

async fn cart_of(shop: &Shop, context: &Context, with: &PreviewWith) -> Result<CartRow> {
    let asked = Asked {
        country: with.country.as_deref(),
        currency: with.currency.as_deref(),
        language: None,
    };
    let there = require(shop, &Locality::own(shop), &asked)?;
    let customer = match with.customer {
        None => None,
        Some(id) => {
            let found = customer::Entity::find_by_id(id).one(&shop.db).await?;
            Some(found.ok_or_else(|| Refusal::not_found("customer").at(&["customerId"]))?)
        }
    };
    let row = cart::Model {
        customer_id: customer.as_ref().map(|customer| customer.id),
        email: customer.map(|customer| customer.email),
        currency: there.currency,
        country: Some(there.country.to_string()),
        shipping_address: Some(Address::nowhere(&there.country)),
        shipping_method_id: with.shipping_method,
        ..empty(shop, context)
    };
    let revision: Vec<String> = sql::column(&shop.db, &format!("select {REVISION}"), []).await?;
    Ok(CartRow {
        row,
        revision: revision.into_iter().next().unwrap_or_default(),
    })
}
