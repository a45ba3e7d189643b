//! Which columns a file of products has.

use std::collections::BTreeSet;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use serde::{Deserialize, Serialize};
use vitrine_entity::{ids::ProductId, metafield, product};

use crate::{
    Result, Shop,
    catalog::import::{Column, attribute_column, metafield_column},
    sql,
};

/// The most columns of attributes, and of metafields.
const COLUMNS_MAX: usize = 1_000;
/// How many deleted products are looked at, whose metafields need no column.
const DELETED_MAX: u64 = 10_000;

/// What every product has, in the order of the file.
pub(super) const COLUMNS: [Column; 41] = [
    Column::Handle,
    Column::Title,
    Column::Body,
    Column::Vendor,
    Column::Category,
    Column::CategoryHandle,
    Column::Tags,
    Column::Published,
    Column::Option1Name,
    Column::Option1Value,
    Column::Option2Name,
    Column::Option2Value,
    Column::Option3Name,
    Column::Option3Value,
    Column::Sku,
    Column::Grams,
    Column::WeightUnit,
    Column::Tracker,
    Column::Quantity,
    Column::WhenOut,
    Column::Price,
    Column::CompareAt,
    Column::RequiresShipping,
    Column::TaxCode,
    Column::Barcode,
    Column::ImageSource,
    Column::ImagePosition,
    Column::ImageAlt,
    Column::SeoTitle,
    Column::SeoDescription,
    Column::UnitQuantity,
    Column::UnitQuantityUnit,
    Column::UnitReference,
    Column::UnitReferenceUnit,
    Column::VariantImage,
    Column::VariantActive,
    Column::ShippingClass,
    Column::LowStockThreshold,
    Column::Status,
    Column::GiftCard,
    Column::GiftCardAmounts,
];

/// The columns of a file, as they are when it is begun.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Layout {
    pub(super) attributes: Vec<String>,
    /// Namespace and key.
    pub(super) metafields: Vec<(String, String)>,
}

impl Layout {
    pub(crate) async fn of(shop: &Shop) -> Result<Self> {
        let attributes = "select distinct a.name from product_attribute a \
                          join product p on p.id = a.product_id where p.deleted_at is null";
        Ok(Self {
            attributes: sorted(sql::column(&shop.db, attributes, []).await?),
            metafields: sorted(metafields(shop).await?),
        })
    }

    pub(crate) fn header(&self) -> Vec<String> {
        let fixed = COLUMNS.iter().map(|column| column.classic_name().to_owned());
        let attributes = self.attributes.iter().map(|name| attribute_column(name));
        let metafields = self
            .metafields
            .iter()
            .map(|(namespace, key)| metafield_column(namespace, key));
        fixed.chain(attributes).chain(metafields).collect()
    }
}

async fn metafields(shop: &Shop) -> Result<Vec<(String, String)>> {
    let deleted: Vec<ProductId> = product::Entity::find()
        .select_only()
        .column(product::Column::Id)
        .filter(product::Column::DeletedAt.is_not_null())
        .limit(DELETED_MAX)
        .into_tuple()
        .all(&shop.db)
        .await?;
    let of_products = format!("{}_", ProductId::PREFIX);
    let query = metafield::Entity::find()
        .select_only()
        .columns([metafield::Column::Namespace, metafield::Column::Key])
        .distinct()
        .filter(metafield::Column::Owner.starts_with(of_products))
        .filter(metafield::Column::Owner.is_not_in(deleted.iter().map(ToString::to_string)));
    Ok(query.into_tuple().all(&shop.db).await?)
}

/// Whatever the database's collation is.
fn sorted<T: Ord>(names: Vec<T>) -> Vec<T> {
    let names: BTreeSet<T> = names.into_iter().collect();
    names.into_iter().take(COLUMNS_MAX).collect()
}
