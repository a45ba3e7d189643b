//! Staff say what is shown beside a product.

use std::collections::HashSet;

use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use serde_json::json;
use vitrine_entity::{ids::ProductId, product, product_relation, product_relation::RelationKind};

use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    catalog::access::require_catalog,
    error::expect_version,
    events::{self, EventKind},
    language::{Message, messages},
    sql,
    staff::audit,
};

/// The most products that are put beside one, of a kind.
const RELATIONS_MAX: usize = 50;

/// What is to stand beside a product.
#[derive(Debug, Clone)]
pub struct ProductRelations {
    pub product: ProductId,
    pub expected_version: Option<i64>,
    pub kind: RelationKind,
    /// In the order to be shown; empty takes them all away.
    pub related: Vec<ProductId>,
}

/// Replaces the products of a kind that stand beside a product.
///
/// # Errors
/// Refuses the product itself, one that is named twice or is not there, and too many.
pub async fn set(shop: &Shop, context: &Context, input: ProductRelations) -> Result<product::Model> {
    require_catalog(context)?;
    check(&input)?;
    let input = &input;
    shop.transact(context, |tx| async move {
        let row = tx.lock::<product::Entity>(input.product).await?;
        let row = row.filter(|row| row.deleted_at.is_none());
        let before = row.ok_or_else(|| Refusal::not_found("product").at(&["productId"]))?;
        expect_version("product", before.version, input.expected_version)?;
        require_there(&tx, &input.related).await?;
        replace(&tx, input).await?;
        let after = product::Model {
            version: before.version + 1,
            updated_at: shop.now(),
            ..before
        };
        product::Entity::update_many()
            .col_expr(product::Column::Version, Expr::col(product::Column::Version).add(1))
            .col_expr(product::Column::UpdatedAt, Expr::value(after.updated_at))
            .filter(product::Column::Id.eq(after.id))
            .exec(tx.db())
            .await?;
        events::product(&tx, EventKind::ProductUpdated, &after, after.version);
        let kind = sea_orm::ActiveEnum::to_value(&input.kind);
        let data = json!({ "kind": kind, "productIds": input.related });
        audit(&tx, "product.relations_set", after.id.to_string(), data).await?;
        Ok(after)
    })
    .await
}

fn check(input: &ProductRelations) -> Result<(), Refusal> {
    let refused = |message: Message| Err(Refusal::new(ErrorCode::Invalid, message).at(&["productIds"]));
    if input.related.len() > RELATIONS_MAX {
        return refused(messages::related_products_max(RELATIONS_MAX));
    }
    if input.related.contains(&input.product) {
        return refused(messages::product_beside_itself());
    }
    match input.related.iter().collect::<HashSet<_>>().len() == input.related.len() {
        true => Ok(()),
        false => refused(messages::product_named_twice()),
    }
}

async fn require_there(tx: &Tx, products: &[ProductId]) -> Result<()> {
    let there: Vec<ProductId> = product::Entity::find()
        .select_only()
        .column(product::Column::Id)
        .filter(product::Column::Id.is_in(products.iter().copied()))
        .filter(product::Column::DeletedAt.is_null())
        .into_tuple()
        .all(tx.db())
        .await?;
    match products.iter().position(|product| !there.contains(product)) {
        None => Ok(()),
        Some(index) => Err(Refusal::not_found("product")
            .at(&["productIds", &index.to_string()])
            .into()),
    }
}

async fn replace(tx: &Tx, input: &ProductRelations) -> Result<()> {
    product_relation::Entity::delete_many()
        .filter(product_relation::Column::ProductId.eq(input.product))
        .filter(product_relation::Column::Kind.eq(input.kind))
        .exec(tx.db())
        .await?;
    let rows = (0..)
        .zip(&input.related)
        .map(|(position, related)| product_relation::ActiveModel {
            product_id: Set(input.product),
            kind: Set(input.kind),
            related_id: Set(*related),
            position: Set(position),
        });
    product_relation::Entity::insert_many(rows)
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}

/// Puts beside a product, beside which nothing stands yet, what stands beside another.
pub(in crate::catalog) async fn copy(tx: &Tx, from: ProductId, to: ProductId) -> Result<()> {
    let sql = "insert into product_relation (product_id, kind, related_id, position) \
               select $2, kind, related_id, position from product_relation where product_id = $1";
    sql::execute(tx.db(), sql, [from.into(), to.into()]).await?;
    Ok(())
}
