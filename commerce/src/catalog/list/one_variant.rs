//! Filters that one variant must hold all by itself, as the database has them.

use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait, sea_query::Expr};
use vitrine_entity::{product, product_attribute, variant, variant_attribute};

use super::filter::{ProductFilter, holds_any};
use crate::inventory::availability;

/// That some variant has all options and, where it is asked for, can be had. `None` where each part may hold by
/// itself. What a variant has is looked for among all of its options' values, whichever option they are of.
pub(super) fn condition(filter: &ProductFilter) -> Option<Condition> {
    let in_stock = filter.in_stock == Some(true);
    if filter.attributes.is_empty() || filter.attributes.len() + usize::from(in_stock) < 2 {
        return None;
    }
    let mut query = variant::Entity::find()
        .select_only()
        .column(variant::Column::ProductId)
        .filter(variant::Column::Active.eq(true));
    for (name, values) in &filter.attributes {
        let own = product_attribute::Entity::find()
            .select_only()
            .column(product_attribute::Column::ProductId)
            .filter(product_attribute::Column::Name.eq(name))
            .filter(product_attribute::Column::Value.is_in(values))
            .into_query();
        let of_variant = variant_attribute::Entity::find()
            .select_only()
            .column(variant_attribute::Column::VariantId)
            .filter(variant_attribute::Column::Name.eq(name))
            .filter(variant_attribute::Column::Value.is_in(values))
            .into_query();
        let has = Condition::any()
            .add(variant::Column::ProductId.in_subquery(own))
            .add(variant::Column::Id.in_subquery(of_variant))
            .add(holds_any((variant::Entity, variant::Column::OptionValues), values));
        query = query.filter(has);
    }
    if in_stock {
        query = query.filter(Expr::cust(availability::can_be_had("variant.id")));
    }
    Some(Condition::all().add(product::Column::Id.in_subquery(query.into_query())))
}
