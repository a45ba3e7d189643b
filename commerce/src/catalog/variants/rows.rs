//! Writes what differs of a product's options, variants and prices.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait, EntityTrait, Iterable, QueryFilter, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use serde_json::json;
use vitrine_entity::{ids::VariantId, price, product, product_option, variant};

use super::family::{Family, Paths, at, live};
use crate::{
    Error, ErrorCode, Refusal, Result, Tx,
    catalog::{
        edit,
        fields::Refusals,
        save::{replace_price, upsert},
    },
    language::messages,
};

/// A product whose variants were edited.
#[derive(Debug, Clone)]
pub struct Edited {
    pub product: product::Model,
    /// Those that the edit was about, in the order in which it named them.
    pub variants: Vec<variant::Model>,
}

impl Family {
    /// Checks it as a whole and writes what differs; the product is at its next version then, if anything does.
    ///
    /// # Errors
    /// Refuses everything that is wrong; `refusals` is what was found before.
    pub(in crate::catalog) async fn close(mut self, tx: &Tx, paths: &Paths, mut refusals: Refusals) -> Result<Edited> {
        self.complete_options();
        self.check(paths, &mut refusals);
        self.check_taken(tx, paths, &mut refusals).await?;
        refusals.any().map_err(Error::Refused)?;
        let changes = [
            self.write_options(tx).await?,
            self.write_variants(tx).await?,
            self.write_prices(tx).await?,
        ];
        let product = if changes.contains(&true) {
            edit::close(tx, self.product).await?
        } else {
            self.product
        };
        Ok(Edited {
            product,
            variants: self.variants,
        })
    }

    /// SKUs that another product's variant has.
    async fn check_taken(&self, tx: &Tx, paths: &Paths, refusals: &mut Refusals) -> Result<()> {
        let wanted: Vec<_> = self.new_skus().into_iter().filter(|row| live(row)).collect();
        if wanted.is_empty() {
            return Ok(());
        }
        let taken: Vec<String> = variant::Entity::find()
            .select_only()
            .column(variant::Column::Sku)
            .filter(variant::Column::Sku.is_in(wanted.iter().map(|row| row.sku.as_str())))
            .filter(variant::Column::ProductId.ne(self.product.id))
            .into_tuple()
            .all(tx.db())
            .await?;
        for row in wanted.into_iter().filter(|row| taken.contains(&row.sku)) {
            let message = messages::sku_of_other(&row.sku);
            let refusal = Refusal::new(ErrorCode::Taken, message);
            refusals.0.push(at(refusal, paths.get(&row.id), "sku"));
        }
        Ok(())
    }

    async fn write_options(&self, tx: &Tx) -> Result<bool> {
        if self.options == self.before.options {
            return Ok(false);
        }
        product_option::Entity::delete_many()
            .filter(product_option::Column::ProductId.eq(self.product.id))
            .exec(tx.db())
            .await?;
        let rows = (0..)
            .zip(&self.options)
            .map(|(position, option)| product_option::Model {
                product_id: self.product.id,
                position,
                name: option.name.clone(),
                values: json!(option.values),
            });
        upsert(tx.db(), rows.collect(), None).await?;
        Ok(true)
    }

    async fn write_variants(&self, tx: &Tx) -> Result<bool> {
        let rows: Vec<_> = self.changed_variants().into_iter().cloned().collect();
        if rows.is_empty() {
            return Ok(false);
        }
        self.free_skus(tx).await?;
        let mut replace = OnConflict::column(variant::Column::Id);
        replace.update_columns(variant::Column::iter().filter(|column| !matches!(column, variant::Column::Id)));
        upsert(tx.db(), rows, Some(replace)).await?;
        Ok(true)
    }

    /// Two variants may exchange their SKUs, which no order of statements could write: those that change are
    /// called by their ids in between.
    async fn free_skus(&self, tx: &Tx) -> Result<()> {
        let changing: Vec<_> = self
            .new_skus()
            .into_iter()
            .filter(|row| self.before.variants.contains_key(&row.id))
            .collect();
        if changing.len() < 2 {
            return Ok(());
        }
        for row in changing {
            variant::Entity::update_many()
                .col_expr(variant::Column::Sku, Expr::value(row.id.to_string()))
                .filter(variant::Column::Id.eq(row.id))
                .exec(tx.db())
                .await?;
        }
        Ok(())
    }

    async fn write_prices(&self, tx: &Tx) -> Result<bool> {
        let (gone, changed) = self.changed_prices();
        if !gone.is_empty() {
            price::Entity::delete_many()
                .filter(price::Column::VariantId.is_in(gone.iter().copied()))
                .filter(price::Column::Currency.eq(tx.context().currency))
                .exec(tx.db())
                .await?;
        }
        let changed: Vec<_> = changed.into_iter().cloned().collect();
        let wrote = !gone.is_empty() || !changed.is_empty();
        upsert(tx.db(), changed, replace_price()).await?;
        Ok(wrote)
    }
}

impl Edited {
    /// Only the variants with these ids, in this order.
    pub(super) fn only(mut self, ids: &[VariantId]) -> Self {
        let mut rows: HashMap<_, _> = self.variants.drain(..).map(|row| (row.id, row)).collect();
        self.variants = ids.iter().filter_map(|id| rows.remove(id)).collect();
        self
    }
}
