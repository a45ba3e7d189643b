//! What a customer is told by mail of what happened to their account, to the address that it has at that moment.

use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use vitrine_entity::{
    customer,
    customer_notice::{self, CustomerNoticeKind},
    ids::{CustomerId, CustomerNoticeId},
};

use crate::{Refusal, Result, Shop, Tx, jobs::MailKind, notifications};

/// Tells a customer what happened.
pub(crate) async fn write(tx: &Tx, customer: CustomerId, kind: CustomerNoticeKind) -> Result<()> {
    let customer = customer::Entity::find_by_id(customer).one(tx.db()).await?;
    let customer = customer.ok_or_else(|| Refusal::not_found("customer"))?;
    let row = customer_notice::Model {
        id: CustomerNoticeId(tx.shop().new_id()),
        kind,
        email: customer.email,
        name: customer.name,
        created_at: tx.shop().now(),
    };
    let row = row.into_active_model().insert(tx.db()).await?;
    notifications::tell(tx, MailKind::CustomerNotice { notice: row.id });
    Ok(())
}

/// Forgets what was told as long ago as a mail may be under way, or longer, a bounded number at a time. Gives how many.
pub(crate) async fn forget(shop: &Shop) -> Result<u64> {
    let sql = "delete from customer_notice where id in \
               (select id from customer_notice where created_at < $1 order by created_at limit 1000)";
    let before = shop.now() - shop.settings.retention.account_mails;
    shop.execute(sql, [before.into()]).await
}
