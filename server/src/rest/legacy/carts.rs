//! Carts of the older checkout.

use axum::{
    Json as Written,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use vitrine_commerce::{
    Context, ErrorCode, Refusal, Shop,
    cart::{self, CartCreate, CartView, LineInput},
    catalog::find,
    flags::{self, Capability},
    money::{Currency, Money},
};
use vitrine_entity::ids::CartId;

use super::{as_sent::AsSent, forward};
use crate::rest::{extract::RestRequest, problem::details::Problem, state::Rest};

/// The most goods of a cart that is begun here.
const ITEMS_MAX: usize = 100;

#[derive(Deserialize)]
struct NewCart {
    items: Vec<NewItem>,
}

#[derive(Deserialize)]
struct NewItem {
    sku: String,
    quantity: i32,
}

#[derive(Serialize)]
struct CartBody {
    id: String,
    currency: &'static str,
    total: String,
    items: Vec<ItemBody>,
}

/// Goods of a cart, or of an order.
#[derive(Serialize)]
pub(super) struct ItemBody {
    pub(super) sku: String,
    pub(super) quantity: i64,
    pub(super) total: String,
}

/// `POST /legacy/carts`.
pub(super) async fn create(State(rest): State<Rest>, request: RestRequest, sent: AsSent) -> Result<Response, Problem> {
    if !begins_here(&rest.shop, &request.context).await? {
        let mut forwarded = forward::request(&request, "POST", "/carts".to_owned());
        forwarded.body = sent.0;
        return Ok(forward::pass_on(forward::ask(&rest, &forwarded).await?));
    }
    let body: NewCart = sent.read()?;
    let create = CartCreate {
        lines: lines(&rest.shop, &body.items).await?,
        ..CartCreate::default()
    };
    let view = cart::create(&rest.shop, &request.context, create).await?;
    Ok((StatusCode::CREATED, Written(CartBody::of(&view))).into_response())
}

/// `GET /legacy/carts/{id}`.
pub(super) async fn show(
    State(rest): State<Rest>,
    Path(id): Path<String>,
    request: RestRequest,
) -> Result<Response, Problem> {
    let Ok(ours) = id.parse::<CartId>() else {
        let forwarded = forward::request(&request, "GET", format!("/carts/{id}"));
        return Ok(forward::pass_on(forward::ask(&rest, &forwarded).await?));
    };
    let view = cart::view(&rest.shop, &request.context, ours).await?;
    let view = view.ok_or_else(|| Refusal::not_found("cart"))?;
    Ok(Written(CartBody::of(&view)).into_response())
}

/// Whether a cart that is begun now is ours. A client that says nothing of whom it asks for has each cart count as somebody's.
async fn begins_here(shop: &Shop, context: &Context) -> Result<bool, Problem> {
    let visitor = context.visitor.clone();
    let context = Context {
        visitor: visitor.or_else(|| Some(shop.new_id().to_string().into())),
        ..context.clone()
    };
    Ok(flags::is_on(shop, &context, Capability::OwnCheckout).await?)
}

async fn lines(shop: &Shop, items: &[NewItem]) -> Result<Vec<LineInput>, Problem> {
    if items.len() > ITEMS_MAX {
        let message = format!("A cart is begun with at most {ITEMS_MAX} items.");
        return Err(Refusal::new(ErrorCode::CartLimit, message).at(&["items"]).into());
    }
    let mut lines = Vec::with_capacity(items.len());
    for (place, item) in items.iter().enumerate() {
        let found = find::variant_by_sku(shop, &item.sku).await?;
        let variant = found.ok_or_else(|| {
            let field = ["items", &place.to_string(), "sku"];
            Refusal::new(ErrorCode::NotForSale, "There is no such SKU on sale.").at(&field)
        })?;
        lines.push(LineInput {
            variant: variant.id,
            quantity: item.quantity,
            attributes: None,
        });
    }
    Ok(lines)
}

impl CartBody {
    fn of(view: &CartView) -> Self {
        let currency = view.cost.currency;
        let item = |line: &cart::CartLineView| ItemBody {
            sku: line.variant.sku.clone(),
            quantity: line.line.quantity.into(),
            total: decimal(line.total.minor, currency),
        };
        Self {
            id: view.cart.id.to_string(),
            currency: currency.code(),
            total: decimal(view.cost.total_minor, currency),
            items: view.lines.iter().map(item).collect(),
        }
    }
}

fn decimal(minor: i64, currency: Currency) -> String {
    Money::new(minor, currency).decimal()
}
