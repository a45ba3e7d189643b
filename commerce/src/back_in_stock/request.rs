//! Somebody wants to be told when a variant is back.

use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use vitrine_entity::{
    customer,
    ids::{StockAlertId, VariantId},
    stock_alert::{self, Column, StockAlertState},
};

use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    catalog::goods::goods_on,
    flags::{self, Capability},
    language::messages,
    sql, text,
    turn::{self, Turn},
};

/// For how many variants one mail address may wait.
const WAITING_MAX: u64 = 50;

/// What somebody wants, and how they are told.
#[derive(Debug, Clone)]
pub struct AlertRequest {
    pub variant: VariantId,
    /// A guest's. Customers are told at their own address.
    pub email: Option<String>,
}

/// Notes who is told when a variant is back in stock. Asking again is no error and answers alike: nobody learns who
/// waits for what.
///
/// # Errors
/// `NOT_FOUND` for what is not sold; `IN_STOCK` for what can be had; `INVALID`; `TOO_MANY_ATTEMPTS` where the
/// address waits for very much.
pub async fn request(shop: &Shop, context: &Context, input: AlertRequest) -> Result<()> {
    let given = input.email.as_deref().map(|email| text::email(&["email"], email));
    let (given, variant) = (&given.transpose()?, input.variant);
    shop.transact(context, |tx| async move {
        flags::require_in(&tx, Capability::StockAlerts).await?;
        refuse_on_sale(&tx, variant).await?;
        let email = address(&tx, given.clone()).await?;
        turn::take(&tx, Turn::StockAlerts).await?;
        let waiting = stock_alert::Entity::find()
            .filter(Column::Email.eq(&email))
            .filter(Column::State.eq(StockAlertState::Waiting));
        if waiting.count(tx.db()).await? >= WAITING_MAX {
            let message = messages::alerts_max(WAITING_MAX);
            return Err(Refusal::new(ErrorCode::TooManyAttempts, message).at(&["email"]).into());
        }
        let sql = "insert into stock_alert (id, variant_id, email, customer_id, locale, state, created_at) \
                   values ($1, $2, $3, $4, $5, 'WAITING', $6) \
                   on conflict (variant_id, email) where state = 'WAITING' do nothing";
        let values = [
            StockAlertId(shop.new_id()).into(),
            variant.into(),
            email.into(),
            context.viewer.customer().into(),
            context.locale.to_string().into(),
            shop.now().into(),
        ];
        sql::execute(tx.db(), sql, values).await?;
        Ok(())
    })
    .await
}

/// Refuses what is not sold at all, and what can be had now.
async fn refuse_on_sale(tx: &Tx, variant: VariantId) -> Result<()> {
    let goods = goods_on(tx.shop(), tx.db(), tx.context().currency, &[variant]).await?;
    let good = goods.get(&variant).filter(|good| good.on_sale);
    let good = good.ok_or_else(|| Refusal::not_found("variant").at(&["variantId"]))?;
    match good.availability.in_stock() > 0 && good.price.is_some() {
        true => Err(Refusal::new(ErrorCode::InStock, messages::in_stock_already())
            .at(&["variantId"])
            .into()),
        false => Ok(()),
    }
}

async fn address(tx: &Tx, given: Option<String>) -> Result<String> {
    let field = ["email"];
    let Some(id) = tx.context().viewer.customer() else {
        return Ok(given.ok_or_else(|| Refusal::new(ErrorCode::Invalid, messages::empty_field("email")).at(&field))?);
    };
    let customer = customer::Entity::find_by_id(id).one(tx.db()).await?;
    let own = customer.ok_or_else(|| Refusal::not_found("customer"))?.email;
    match given {
        Some(given) if given != own => {
            let message = messages::alert_own_address();
            Err(Refusal::new(ErrorCode::Invalid, message).at(&field).into())
        }
        _ => Ok(own),
    }
}
