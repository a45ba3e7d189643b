//! A buyer chooses for whom they buy.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use vitrine_entity::{
    company_buyer::{self, Column},
    customer,
    ids::CompanyId,
};

use super::missing;
use crate::{Context, ErrorCode, Refusal, Result, Shop, language::messages};

/// From now on the customer who asks buys for this company, of those that they buy for; with `None` for themselves. Their
/// carts are priced so from then on.
///
/// # Errors
/// Refuses whoever is not signed in as a customer, and a company that they do not buy for.
pub async fn choose(shop: &Shop, context: &Context, id: Option<CompanyId>) -> Result<customer::Model> {
    let Some(customer) = context.viewer.customer() else {
        return Err(Refusal::new(ErrorCode::Unauthenticated, messages::sign_in_orders()).into());
    };
    shop.transact(context, |tx| async move {
        let row = tx.lock::<customer::Entity>(customer).await?;
        let row = row.ok_or_else(|| Refusal::not_found("customer"))?;
        company_buyer::Entity::update_many()
            .col_expr(Column::Chosen, Expr::value(false))
            .filter(Column::CustomerId.eq(customer))
            .filter(Column::Chosen.eq(true))
            .exec(tx.db())
            .await?;
        if let Some(id) = id {
            let chosen = "update company_buyer set chosen = true where company_id = $1 and customer_id = $2 \
                          and exists (select 1 from company c where c.id = $1 and c.deleted_at is null)";
            if crate::sql::execute(tx.db(), chosen, [id.into(), customer.into()]).await? == 0 {
                return Err(missing().at(&["companyId"]).into());
            }
        }
        Ok(row)
    })
    .await
}
