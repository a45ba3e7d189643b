//! Gives the discounts of an order back that was cancelled, or changed so that they take nothing off it any more: others may
//! use them. Once, for what was given back is marked so.

use std::collections::BTreeMap;

use sea_orm::FromQueryResult;
use vitrine_entity::{
    ids::{CustomerId, DiscountCodeId, DiscountId},
    order,
};

use crate::{Result, Tx, sql};

#[derive(Debug, FromQueryResult)]
struct Released {
    discount_id: DiscountId,
    discount_code_id: Option<DiscountCodeId>,
    customer_id: Option<CustomerId>,
    mail_key: Option<String>,
}

/// Gives back what a locked order has. Of a discount that has no limit nothing is counted: what its counter says is made
/// right where it gets one.
pub(crate) async fn release(tx: &Tx, order: &order::Model) -> Result<()> {
    if order.discount_minor == 0 {
        return Ok(());
    }
    release_all_but(tx, order, &[]).await
}

/// Writes what the discounts of a locked order take off it since it was changed, by how much in minor units each: those that
/// are not among `kept` take nothing any more, and are given back.
pub(crate) async fn follow_change(tx: &Tx, order: &order::Model, kept: &BTreeMap<DiscountId, i64>) -> Result<()> {
    let ids: Vec<_> = kept.keys().copied().collect();
    release_all_but(tx, order, &ids).await?;
    for (discount, amount_minor) in kept {
        let sql = "update discount_redemption set amount_minor = $3 where order_id = $1 and discount_id = $2 \
                   and amount_minor <> $3";
        let values = [order.id.into(), (*discount).into(), (*amount_minor).into()];
        sql::execute(tx.db(), sql, values).await?;
    }
    Ok(())
}

async fn release_all_but(tx: &Tx, order: &order::Model, kept: &[DiscountId]) -> Result<()> {
    let among = sql::among_parameter::<DiscountId>(tx.db(), 3);
    let sql = format!(
        "update discount_redemption set released_at = $2 where order_id = $1 and released_at is null \
         and not (discount_id {among}) returning discount_id, discount_code_id, customer_id, mail_key"
    );
    let kept = sql::list(tx.db(), kept.iter().copied());
    let values = [order.id.into(), tx.shop().now().into(), kept];
    let mut released: Vec<Released> = sql::all(tx.db(), &sql, values).await?;
    released.sort_by_key(|released| released.discount_id);
    for released in released {
        give_back(tx, &released).await?;
    }
    Ok(())
}

async fn give_back(tx: &Tx, released: &Released) -> Result<()> {
    let tally = "update discount_tally set used = used - 1 where discount_id = $1 and used > 0";
    sql::execute(tx.db(), tally, [released.discount_id.into()]).await?;
    if let Some(code) = released.discount_code_id {
        let of_code = "update discount_code set used = used - 1 where id = $1 and used > 0";
        sql::execute(tx.db(), of_code, [code.into()]).await?;
    }
    let account = released.customer_id.map(|id| id.to_string());
    let mut persons: Vec<String> = account.into_iter().chain(released.mail_key.clone()).collect();
    persons.sort_unstable();
    for person in persons {
        let of_person =
            "update discount_customer set used = used - 1 where discount_id = $1 and person = $2 and used > 0";
        sql::execute(tx.db(), of_person, [released.discount_id.into(), person.into()]).await?;
    }
    Ok(())
}
