//! Staff have pictures fetched again that could not be.

use serde_json::json;
use vitrine_entity::{
    ids::{MediaImportId, ProductId},
    product,
};

use crate::{
    Context, Refusal, Result, Shop, Tx,
    jobs::Job,
    sql,
    staff::{Permission, audit, require},
};

/// How many are tried again at once.
const RETRIED_MAX: i64 = 10_000;

/// Tries again what failed: of one product, or everything. Gives how many there were.
///
/// # Errors
/// Refuses those without the right, and a product that there is not.
pub async fn retry(shop: &Shop, context: &Context, product: Option<ProductId>) -> Result<u64> {
    require(context, Permission::Catalog)?;
    shop.transact(context, |tx| async move {
        if let Some(id) = product
            && tx.lock::<product::Entity>(id).await?.is_none()
        {
            return Err(Refusal::not_found("product").at(&["productId"]).into());
        }
        let retried = again(&tx, product).await?;
        if let Some(first) = retried.first() {
            tx.enqueue(None, Job::FetchPictures { import: *first });
            let object = product.map_or_else(|| "all".to_owned(), |product| product.to_string());
            audit(
                &tx,
                "product.picturesRetry",
                object,
                json!({ "pictures": retried.len() }),
            )
            .await?;
        }
        Ok(retried.len() as u64)
    })
    .await
}

async fn again(tx: &Tx, product: Option<ProductId>) -> Result<Vec<MediaImportId>> {
    let of_product = match product {
        Some(_) => "and address in (select source from picture where product_id = $3)",
        None => "",
    };
    let sql = format!(
        "update media_import set state = 'PENDING', attempts = 0, retry_at = $1, updated_at = $1, claimed_until = null \
         where state = 'FAILED' and id in (select id from media_import where state = 'FAILED' {of_product} \
         order by id limit $2) returning id"
    );
    let mut values = vec![tx.shop().now().into(), RETRIED_MAX.into()];
    values.extend(product.map(sea_orm::Value::from));
    Ok(sql::column(tx.db(), &sql, values).await?)
}
