//! The order of titles: kept with each product, as the shop's language has it.

use sea_orm::{EntityTrait, QueryFilter, QuerySelect};
use vitrine_entity::{ids::ProductId, product};

use crate::{Context, Result, Shop, sql, words::collation::sort_key};

/// How many keys one transaction writes.
const STEP: usize = 100;

/// By what a title is sorted.
pub(super) fn key(shop: &Shop, title: &str) -> Vec<u8> {
    sort_key(&shop.profile().language(), title)
}

/// Writes the keys of `products` that are not what they should be: of what another version wrote, or while the shop had
/// another language.
pub(super) async fn refresh(shop: &Shop, products: &[ProductId]) -> Result<()> {
    let rows: Vec<(ProductId, String, Vec<u8>)> = product::Entity::find()
        .select_only()
        .columns([product::Column::Id, product::Column::Title, product::Column::TitleKey])
        .filter(sql::among(&shop.db, product::Column::Id, products.iter().copied()))
        .into_tuple()
        .all(&shop.db)
        .await?;
    let keyed = rows
        .into_iter()
        .map(|(id, title, before)| (id, key(shop, &title), title, before));
    let stale: Vec<_> = keyed.filter(|(_, key, _, before)| key != before).collect();
    let context = &Context::system(shop, "sort-titles");
    for stale in stale.chunks(STEP) {
        let written = shop.transact(context, |tx| async move {
            let sql = "update product set title_key = $2 where id = $1 and title = $3";
            for (id, key, title, _) in stale {
                let values = [(*id).into(), key.clone().into(), title.as_str().into()];
                sql::execute(tx.db(), sql, values).await?;
            }
            Ok(())
        });
        written.await?;
    }
    Ok(())
}
