//! Inserts that replace what is there, many rows a statement.

use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use vitrine_entity::{ids::VariantId, price, product, variant};

use crate::{Error, ErrorCode, Refusal, Result, language::messages, transaction::is_unique_violation};

/// The most rows of one statement: some ten thousand bound values.
const ROWS_MAX: usize = 1_000;

pub(super) fn replace_product() -> Option<OnConflict> {
    use product::Column as C;
    let next_version = Expr::col((product::Entity, C::Version)).add(1);
    let mut conflict = OnConflict::column(C::Id);
    conflict
        .update_columns([
            C::Title,
            C::TitleKey,
            C::DescriptionHtml,
            C::Vendor,
            C::CategoryId,
            C::Status,
            C::Tags,
        ])
        .update_columns([C::SeoTitle, C::SeoDescription, C::UpdatedAt])
        .value(C::Version, next_version);
    Some(conflict)
}

pub(super) fn replace_variant() -> Option<OnConflict> {
    use variant::Column as C;
    let mut conflict = OnConflict::column(C::Id);
    conflict
        .update_columns([
            C::Title,
            C::OptionValues,
            C::Position,
            C::Active,
            C::WeightGrams,
            C::RequiresShipping,
        ])
        .update_columns([
            C::TaxCategory,
            C::Barcode,
            C::LowStockThreshold,
            C::ShippingClass,
            C::UnitMeasurement,
            C::GiftCard,
            C::GiftCardAmounts,
        ]);
    Some(conflict)
}

pub(in crate::catalog) fn replace_price() -> Option<OnConflict> {
    use price::Column as C;
    let mut conflict = OnConflict::columns([C::VariantId, C::Currency]);
    conflict.update_columns([C::AmountMinor, C::CompareAtMinor, C::Fixed]);
    Some(conflict)
}

/// Variants that are no longer sold; orders may name them.
pub(super) async fn retire(db: &impl ConnectionTrait, variants: &[VariantId]) -> Result<()> {
    for ids in variants.chunks(ROWS_MAX) {
        variant::Entity::update_many()
            .col_expr(variant::Column::Active, Expr::value(false))
            .filter(variant::Column::Id.is_in(ids.iter().copied()))
            .exec(db)
            .await?;
    }
    Ok(())
}

/// Inserts rows, a bounded number a statement; those that are there are replaced as `conflict` says.
pub(in crate::catalog) async fn upsert<M, A>(
    db: &impl ConnectionTrait,
    rows: Vec<M>,
    conflict: Option<OnConflict>,
) -> Result<()>
where
    M: IntoActiveModel<A>,
    A: ActiveModelTrait + ActiveModelBehavior + Send,
{
    let mut rows = rows.into_iter().map(IntoActiveModel::into_active_model).peekable();
    while rows.peek().is_some() {
        let chunk: Vec<A> = rows.by_ref().take(ROWS_MAX).collect();
        let mut insert = A::Entity::insert_many(chunk);
        if let Some(conflict) = &conflict {
            insert = insert.on_conflict(conflict.clone());
        }
        insert.exec_without_returning(db).await.map_err(refuse_taken)?;
    }
    Ok(())
}

/// Somebody took the slug or SKU between our look and our write.
fn refuse_taken(error: sea_orm::DbErr) -> Error {
    if is_unique_violation(&error) {
        return Refusal::new(ErrorCode::Taken, messages::slug_or_sku_just_taken()).into();
    }
    error.into()
}
