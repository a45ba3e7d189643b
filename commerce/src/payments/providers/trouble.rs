//! Why an attempt does not go on at present, for whoever looks at it.

use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, sea_query::Expr};
use vitrine_entity::{
    ids::PaymentId,
    payment::{self, Column, PaymentTrouble},
};

use crate::{Result, Shop, Tx, ports::payment::ProviderError};

/// Notes what an error means for the attempt; the provider's next answer forgets it.
pub(in crate::payments) async fn note(shop: &Shop, payment: PaymentId, error: &ProviderError) -> Result<()> {
    let (trouble, overwrites) = match error {
        ProviderError::Rejected(_) => return Ok(()),
        // It was not asked: what it said before still holds.
        ProviderError::NotNow { .. } => (PaymentTrouble::ProviderUnavailable, false),
        ProviderError::Misconfigured(_) => (PaymentTrouble::ConfigMissing, true),
        _ => (PaymentTrouble::ProviderUnavailable, true),
    };
    let is_news = Condition::any()
        .add(Column::Trouble.is_null())
        .add_option(overwrites.then(|| Column::Trouble.ne(trouble)));
    let note = payment::Entity::update_many()
        .col_expr(Column::Trouble, Expr::value(trouble))
        .filter(Column::Id.eq(payment))
        .filter(is_news);
    let note = || note.clone().exec(shop.writer());
    shop.alone(|| async { Ok(note().await?) }).await.map(drop)
}

/// The provider has answered.
pub(in crate::payments) async fn forget(tx: &Tx, payment: &payment::Model) -> Result<()> {
    if payment.trouble.is_some() {
        payment::Entity::update_many()
            .col_expr(Column::Trouble, Expr::value(None::<PaymentTrouble>))
            .filter(Column::Id.eq(payment.id))
            .exec(tx.db())
            .await?;
    }
    Ok(())
}
