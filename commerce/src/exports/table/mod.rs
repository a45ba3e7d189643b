//! The tables: which columns each has, and its rows, page by page.

mod customers;
mod orders;
mod stock;

pub(super) use stock::operations as stock_lines;

use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use vitrine_entity::{currency::Currency, customer, data_export::ExportKind, ids::ProductId, order, product, variant};

use crate::{
    Result, Shop,
    catalog::export::{self, Layout},
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
            ExportKind::Products => Permission::Catalog,
            ExportKind::Customers => Permission::Customers,
            ExportKind::Orders => Permission::Orders,
            ExportKind::Stock => Permission::Inventory,
        }
    }

    pub(super) async fn begin(shop: &Shop, kind: ExportKind) -> Result<Self> {
        Ok(match kind {
            ExportKind::Products => Self::Products(Layout::of(shop).await?),
            ExportKind::Customers => Self::Customers,
            ExportKind::Orders => Self::Orders,
            ExportKind::Stock => Self::Stock,
        })
    }

    pub(super) async fn count(shop: &Shop, kind: ExportKind) -> Result<u64> {
        Ok(match kind {
            ExportKind::Products => {
                let query = product::Entity::find().filter(product::Column::DeletedAt.is_null());
                query.count(&shop.db).await?
            }
            ExportKind::Customers => customer::Entity::find().count(&shop.db).await?,
            ExportKind::Orders => order::Entity::find().count(&shop.db).await?,
            ExportKind::Stock => {
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
        }
    }
}
