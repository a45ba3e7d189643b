//! A customer's address book. Their own eyes and hands only, but for staff who see it (`staff::customers`). What is
//! deleted can be restored for a while, and is then forgotten.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use vitrine_entity::{
    address::Address,
    customer_address::{self, Column},
    ids::{CustomerAddressId, CustomerId},
};

use super::{own::myself, store::locked};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    address::{AddressInput, checked},
    error::expect_version,
    language::messages,
    paging::{Page, PageRequest, write_cursor},
    sql,
};

/// The most addresses of one customer.
pub const ADDRESSES_MAX: u64 = 50;

/// The most deleted ones that can be restored: a client gone wild fills no table.
const DELETED_MAX: i64 = 50;

/// What is written of an address. What is `None` stays as it is.
#[derive(Debug, Clone, Default)]
pub struct AddressDraft {
    pub address: Option<AddressInput>,
    /// Whether carts are proposed to be sent there.
    pub default_shipping: Option<bool>,
    /// Whether invoices are proposed to go there.
    pub default_billing: Option<bool>,
}

/// Adds an address. The first is the default for both, unless it says otherwise.
///
/// # Errors
/// `UNAUTHENTICATED`; `INVALID` at the address's field, and beyond [`ADDRESSES_MAX`].
pub async fn create(shop: &Shop, context: &Context, draft: AddressDraft) -> Result<customer_address::Model> {
    let customer = myself(context)?;
    let address = &checked(&draft.address.clone().unwrap_or_default(), "address")?;
    let draft = &draft;
    shop.transact(context, |tx| async move {
        locked(&tx, customer).await?;
        let have = room_beside(&tx, customer, "address").await?;
        let now = shop.now();
        let row = customer_address::Model {
            id: CustomerAddressId(shop.new_id()),
            customer_id: customer,
            address: address.clone(),
            default_shipping: draft.default_shipping.unwrap_or(have == 0),
            default_billing: draft.default_billing.unwrap_or(have == 0),
            version: 1,
            created_at: now,
            updated_at: now,
            deleted_at: None,
        };
        make_way(&tx, &row).await?;
        Ok(row.into_active_model().insert(tx.db()).await?)
    })
    .await
}

/// Changes an address of one's own.
///
/// # Errors
/// `UNAUTHENTICATED`; `NOT_FOUND`; `INVALID`; `VERSION_CONFLICT`.
pub async fn update(
    shop: &Shop,
    context: &Context,
    id: CustomerAddressId,
    expected_version: Option<i64>,
    draft: AddressDraft,
) -> Result<customer_address::Model> {
    let customer = myself(context)?;
    let given = draft.address.as_ref().map(|address| checked(address, "address"));
    let (given, draft) = (&given.transpose()?, &draft);
    shop.transact(context, |tx| async move {
        let before = own(&tx, customer, id).await?;
        expect_version("address", before.version, expected_version)?;
        let row = customer_address::Model {
            address: given.clone().unwrap_or_else(|| before.address.clone()),
            default_shipping: draft.default_shipping.unwrap_or(before.default_shipping),
            default_billing: draft.default_billing.unwrap_or(before.default_billing),
            version: before.version + 1,
            updated_at: shop.now(),
            ..before
        };
        make_way(&tx, &row).await?;
        Ok(row.into_active_model().reset_all().update(tx.db()).await?)
    })
    .await
}

/// Deletes an address of one's own: it can be [restored](restore()) for a while. Carts and orders that it was put into
/// keep their copy. One that is gone stays so.
///
/// # Errors
/// `UNAUTHENTICATED`; `NOT_FOUND`; `VERSION_CONFLICT`.
pub async fn delete(
    shop: &Shop,
    context: &Context,
    id: CustomerAddressId,
    expected_version: Option<i64>,
) -> Result<CustomerAddressId> {
    let customer = myself(context)?;
    shop.transact(context, |tx| async move {
        let row = any(&tx, customer, id).await?;
        if row.deleted_at.is_some() {
            return Ok(id);
        }
        expect_version("address", row.version, expected_version)?;
        let row = customer_address::Model {
            version: row.version + 1,
            deleted_at: Some(shop.now()),
            ..row
        };
        row.into_active_model().reset_all().update(tx.db()).await?;
        let surplus = "delete from customer_address where customer_id = $1 and deleted_at is not null and id not in \
                       (select id from customer_address where customer_id = $1 and deleted_at is not null \
                       order by deleted_at desc, id desc limit $2)";
        sql::execute(tx.db(), surplus, [customer.into(), DELETED_MAX.into()]).await?;
        Ok(id)
    })
    .await
}

/// Takes a deletion back. What it was the default for it is again, unless another is by now.
///
/// # Errors
/// `UNAUTHENTICATED`; `NOT_FOUND` for what was deleted too long ago; `INVALID` beyond [`ADDRESSES_MAX`].
pub async fn restore(shop: &Shop, context: &Context, id: CustomerAddressId) -> Result<customer_address::Model> {
    let customer = myself(context)?;
    shop.transact(context, |tx| async move {
        let before = any(&tx, customer, id).await?;
        if before.deleted_at.is_none() {
            return Ok(before);
        }
        room_beside(&tx, customer, "id").await?;
        let row = customer_address::Model {
            version: before.version + 1,
            updated_at: shop.now(),
            deleted_at: None,
            ..before
        };
        Ok(row.into_active_model().reset_all().update(tx.db()).await?)
    })
    .await
}

/// Forgets what was deleted a while ago, a bounded number at a time. Gives how many.
pub(crate) async fn forget(shop: &Shop) -> Result<u64> {
    let sql = "delete from customer_address where id in \
               (select id from customer_address where deleted_at < $1 order by deleted_at limit 1000)";
    let before = shop.now() - shop.settings.retention.deleted_addresses;
    shop.execute(sql, [before.into()]).await
}

/// The addresses of a customer, the oldest first. Unscoped: the caller must have asked who may see them.
pub async fn list(shop: &Shop, customer: CustomerId, page: &PageRequest) -> Result<Page<customer_address::Model>> {
    let window = page.window::<CustomerAddressId>()?;
    let query = match (window.cursor, window.backward) {
        (None, _) => of(customer),
        (Some(last), false) => of(customer).filter(Column::Id.gt(last)),
        (Some(last), true) => of(customer).filter(Column::Id.lt(last)),
    };
    let query = match window.backward {
        false => query.order_by_asc(Column::Id),
        true => query.order_by_desc(Column::Id),
    };
    let rows = query.limit(window.limit + 1).all(&shop.db).await?;
    Ok(window.page(rows, |row| write_cursor(&row.id)))
}

/// The address, if it is in the caller's own book.
pub async fn find(shop: &Shop, context: &Context, id: CustomerAddressId) -> Result<Option<customer_address::Model>> {
    let Some(customer) = context.viewer.customer() else {
        return Ok(None);
    };
    let query = of(customer).filter(Column::Id.eq(id));
    Ok(query.one(&shop.db).await?)
}

/// What a customer chose from their address book, for a cart.
///
/// # Errors
/// `NOT_FOUND` at `field` for what is not in the caller's own.
pub async fn chosen(shop: &Shop, context: &Context, id: CustomerAddressId, field: &[&str]) -> Result<Address> {
    let found = find(shop, context, id).await?;
    let found = found.ok_or_else(|| Refusal::not_found("address").at(field))?;
    Ok(found.address)
}

fn of(customer: CustomerId) -> sea_orm::Select<customer_address::Entity> {
    customer_address::Entity::find()
        .filter(Column::CustomerId.eq(customer))
        .filter(Column::DeletedAt.is_null())
}

/// How many there are, if one more may be. The customer is locked.
///
/// # Errors
/// `INVALID` at `field`.
async fn room_beside(tx: &Tx, customer: CustomerId, field: &str) -> Result<u64> {
    let have = of(customer).count(tx.db()).await?;
    if have >= ADDRESSES_MAX {
        let message = messages::addresses_max(ADDRESSES_MAX);
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&[field]).into());
    }
    Ok(have)
}

/// Another's address and a missing one answer alike.
async fn own(tx: &Tx, customer: CustomerId, id: CustomerAddressId) -> Result<customer_address::Model> {
    // Changes of one book take turns: it has one default of each kind.
    locked(tx, customer).await?;
    let row = of(customer).filter(Column::Id.eq(id)).one(tx.db()).await?;
    Ok(row.ok_or_else(missing)?)
}

/// As [`own`], deleted or not.
async fn any(tx: &Tx, customer: CustomerId, id: CustomerAddressId) -> Result<customer_address::Model> {
    locked(tx, customer).await?;
    let row = customer_address::Entity::find_by_id(id).filter(Column::CustomerId.eq(customer));
    Ok(row.one(tx.db()).await?.ok_or_else(missing)?)
}

fn missing() -> Refusal {
    Refusal::not_found("address").at(&["id"])
}

/// What is to be the default now, no other is, nor would be once it was restored.
async fn make_way(tx: &Tx, row: &customer_address::Model) -> Result<()> {
    for (is_default, column) in [
        (row.default_shipping, "default_shipping"),
        (row.default_billing, "default_billing"),
    ] {
        if is_default {
            let sql = format!("update customer_address set {column} = false where customer_id = $1 and id <> $2");
            sql::execute(tx.db(), &sql, [row.customer_id.into(), row.id.into()]).await?;
        }
    }
    Ok(())
}
