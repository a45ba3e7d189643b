//! Takes the demo away.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use vitrine_entity::{demo_thing, product, product::ProductStatus, staff_member, staff_role};

use super::{
    Footprint,
    find::{Removal, find},
    references::delete,
};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    catalog::update::tell_updated,
    customers::{
        Holder,
        session::{self, Which},
    },
    jobs::Job,
    language::messages,
    profile::ShopKind,
    settings,
    staff::roles,
    translations,
};

/// How many products one job indexes.
const INDEXED_AT_ONCE: usize = 100;

/// Takes the demo away. From then on the shop is the merchant's own.
///
/// # Errors
/// `LAST_ADMINISTRATOR` where nobody would be left who may do everything.
pub async fn forget(shop: &Shop, context: &Context, footprint: &Footprint) -> Result<Removal> {
    shop.transact(context, |tx| async move {
        // Nobody else is taken from the administrators meanwhile.
        tx.lock::<staff_role::Entity>(roles::ADMINISTRATOR).await?;
        let removal = find(tx.db(), shop.profile().kind, footprint).await?;
        if removal.takes_last_administrator {
            return Err(Refusal::new(ErrorCode::LastAdministrator, messages::demo_administrator_last()).into());
        }
        take_away(&tx, &removal).await?;
        settings::set_kind(&tx, ShopKind::Own).await?;
        demo_thing::Entity::delete_many().exec(tx.db()).await?;
        Ok(removal)
    })
    .await
}

async fn take_away(tx: &Tx, removal: &Removal) -> Result<()> {
    delete(tx, "collection", removal.collections.iter().map(|id| id.0)).await?;
    delete(tx, "product", removal.products.iter().map(|id| id.0)).await?;
    archive(tx, removal).await?;
    // One at a time: children stand before their parents.
    for category in &removal.categories {
        delete(tx, "category", [category.0]).await?;
    }
    delete(tx, "shipping_method", removal.methods.iter().map(|id| id.0)).await?;
    delete(tx, "shipping_zone", removal.zones.iter().map(|id| id.0)).await?;
    delete(tx, "tax_rate", removal.rates.iter().map(|id| id.0)).await?;
    delete(tx, "staff_member", removal.staff.iter().map(|id| id.0)).await?;
    deactivate(tx, removal).await?;
    translations::forget_gone(tx).await?;
    let changed: Vec<_> = removal.products.iter().chain(&removal.archived).copied().collect();
    for products in changed.chunks(INDEXED_AT_ONCE) {
        tell_updated(tx, products).await?;
        let products = products.to_vec();
        tx.enqueue(None, Job::IndexProducts { products });
    }
    Ok(())
}

async fn archive(tx: &Tx, removal: &Removal) -> Result<()> {
    product::Entity::update_many()
        .col_expr(product::Column::Status, Expr::value(ProductStatus::Archived))
        .col_expr(product::Column::Version, Expr::cust("version + 1"))
        .col_expr(product::Column::UpdatedAt, Expr::value(tx.shop().now()))
        .filter(product::Column::Id.is_in(removal.archived.iter().copied()))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Their sessions end, too.
async fn deactivate(tx: &Tx, removal: &Removal) -> Result<()> {
    let whom = || removal.deactivated.iter().copied();
    staff_member::Entity::update_many()
        .col_expr(staff_member::Column::Active, Expr::value(false))
        .filter(staff_member::Column::Id.is_in(whom()))
        .exec(tx.db())
        .await?;
    for member in whom() {
        let of = Holder::Staff(member);
        session::end(tx, Which::All { of, but: None }).await?;
    }
    Ok(())
}
