//! The tables: which columns each has, and its rows, page by page.

mod customers;
mod discount_codes;
mod discount_uses;
mod orders;
mod returns;
mod stock;

pub(super) use stock::operations as stock_lines;

use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use vitrine_entity::{
    currency::Currency,
    customer,
    data_export::ExportKind,
    discount,
    ids::{DiscountId, ProductId},
    order, product, variant,
};

use crate::{
    ErrorCode, Refusal, Result, Shop,
    catalog::export::{self, Layout},
    language::messages,
    staff::permission::Permission,
};

/// How many things are read at a time. Each product, order and variant may have many rows.
const PAGE: u64 = 100;

/// A table, with the columns that it had when it was begun.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) enum Table {
    Products(Layout),
    Customers,
    Orders,
    Stock,
    /// Of one discount, or of all.
    DiscountCodes(Option<DiscountId>),
    DiscountUses(Option<DiscountId>),
    Returns,
}

/// Some rows, of so many things.
pub(super) struct TablePage {
    pub(super) rows: Vec<Vec<String>>,
    pub(super) things: u64,
    /// The last of the things; `None` where there are no more.
    pub(super) last: Option<Uuid>,
}

impl Table {
    /// What whoever wants it must be allowed.
    pub(super) fn permission(kind: ExportKind) -> Permission {
        match kind {
            ExportKind::Products | ExportKind::DiscountCodes | ExportKind::DiscountUses => Permission::Catalog,
            ExportKind::Customers => Permission::Customers,
            ExportKind::Orders | ExportKind::Returns => Permission::Orders,
            ExportKind::Stock => Permission::Inventory,
        }
    }

    /// Of one discount alone, where that is asked for.
    ///
    /// # Errors
    /// Refuses a discount beside a table that tells of something else, and one that is not there.
    pub(super) async fn begin(shop: &Shop, kind: ExportKind, of: Option<DiscountId>) -> Result<Self> {
        if let Some(id) = of {
            check(shop, kind, id).await?;
        }
        Ok(match kind {
            ExportKind::Products => Self::Products(Layout::of(shop).await?),
            ExportKind::Customers => Self::Customers,
            ExportKind::Orders => Self::Orders,
            ExportKind::Stock => Self::Stock,
            ExportKind::DiscountCodes => Self::DiscountCodes(of),
            ExportKind::DiscountUses => Self::DiscountUses(of),
            ExportKind::Returns => Self::Returns,
        })
    }

    pub(super) async fn count(&self, shop: &Shop) -> Result<u64> {
        Ok(match self {
            Self::Products(_) => {
                let query = product::Entity::find().filter(product::Column::DeletedAt.is_null());
                query.count(&shop.db).await?
            }
            Self::Customers => customer::Entity::find().count(&shop.db).await?,
            Self::Orders => order::Entity::find().count(&shop.db).await?,
            Self::DiscountCodes(of) => discount_codes::count(shop, *of).await?,
            Self::DiscountUses(of) => discount_uses::count(shop, *of).await?,
            Self::Returns => returns::count(shop).await?,
            Self::Stock => {
                let query = variant::Entity::find().filter(variant::Column::DeletedAt.is_null());
                query.count(&shop.db).await?
            }
        })
    }

    pub(super) fn header(&self) -> Vec<String> {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        match self {
            Self::Products(layout) => layout.header(),
            Self::Customers => names(&customers::COLUMNS),
            Self::Orders => names(&orders::COLUMNS),
            Self::Stock => names(&stock::COLUMNS),
            Self::DiscountCodes(_) => names(&discount_codes::COLUMNS),
            Self::DiscountUses(_) => names(&discount_uses::COLUMNS),
            Self::Returns => names(&returns::COLUMNS),
        }
    }

    /// The rows of the things behind `after`, oldest first.
    pub(super) async fn page(&self, shop: &Shop, currency: Currency, after: Option<Uuid>) -> Result<TablePage> {
        match self {
            Self::Products(layout) => {
                let after = after.map(ProductId);
                let page = export::page(shop, currency, layout, after, PAGE).await?;
                Ok(TablePage {
                    rows: page.rows,
                    things: page.products,
                    last: page.last.map(Uuid::from),
                })
            }
            Self::Customers => customers::page(shop, currency, after).await,
            Self::Orders => orders::page(shop, after).await,
            Self::Stock => stock::page(shop, after).await,
            Self::DiscountCodes(of) => discount_codes::page(shop, *of, after).await,
            Self::DiscountUses(of) => discount_uses::page(shop, *of, after).await,
            Self::Returns => returns::page(shop, after).await,
        }
    }
}

async fn check(shop: &Shop, kind: ExportKind, id: DiscountId) -> Result<()> {
    if !matches!(kind, ExportKind::DiscountCodes | ExportKind::DiscountUses) {
        let message = messages::export_codes_or_uses();
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["discountId"]).into());
    }
    let found = discount::Entity::find_by_id(id).one(&shop.db).await?;
    let missing = || Refusal::not_found("discount").at(&["discountId"]);
    Ok(found.map(drop).ok_or_else(missing)?)
}
