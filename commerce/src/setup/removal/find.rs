//! What of the demo goes, what stays, and why.

use std::collections::{HashMap, HashSet};

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, SelectExt};
use vitrine_entity::{
    category, collection, collection_product,
    ids::{CategoryId, CollectionId, ProductId, ShippingMethodId, ShippingZoneId, StaffMemberId, TaxRateId},
    order_line, product, reservation, shipping_method, shipping_zone, staff_audit, staff_member, tax_rate, variant,
};

use super::{Footprint, remember};
use crate::{
    Result,
    delivery::{
        shipping::{MethodDraft, ZoneDraft},
        tax::RateDraft,
    },
    profile::ShopKind,
    staff::members,
};

/// What goes, and what cannot.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Removal {
    pub products: Vec<ProductId>,
    /// Children before their parents.
    pub categories: Vec<CategoryId>,
    pub collections: Vec<CollectionId>,
    pub zones: Vec<ShippingZoneId>,
    pub methods: Vec<ShippingMethodId>,
    pub rates: Vec<TaxRateId>,
    pub staff: Vec<StaffMemberId>,
    /// Orders name these: they are archived.
    pub archived: Vec<ProductId>,
    /// The audit log names these: they are deactivated.
    pub deactivated: Vec<StaffMemberId>,
    /// What stays as it is, or merely goes out of sight, in words.
    pub kept: Vec<Kept>,
    /// Whether nobody would be left who may do everything: then nothing goes.
    pub takes_last_administrator: bool,
}

/// Something that stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub what: String,
    pub why: &'static str,
}

/// Looks for the demo in a shop of this kind. Nothing is changed. What only looks like the demo's in a merchant's
/// own shop is the merchant's.
pub async fn find(db: &impl ConnectionTrait, kind: ShopKind, footprint: &Footprint) -> Result<Removal> {
    let is_own = kind == ShopKind::Own;
    let things = match remember::remembered(db).await? {
        Some(things) => things,
        None if is_own => return Ok(Removal::default()),
        None => remember::matching(db, footprint).await?,
    };
    let mut removal = Removal::default();
    products(db, things.products, &mut removal).await?;
    categories(db, things.categories, &mut removal).await?;
    collections(db, things.collections, &mut removal).await?;
    if !is_own {
        zones(db, &footprint.zones, &mut removal).await?;
        rates(db, &footprint.rates, &mut removal).await?;
    }
    staff(db, things.staff, &mut removal).await?;
    let going: Vec<_> = removal.staff.iter().chain(&removal.deactivated).copied().collect();
    removal.takes_last_administrator = members::are_last_administrators(db, &going).await?;
    Ok(removal)
}

impl Removal {
    fn keep(&mut self, what: impl Into<String>, why: &'static str) {
        self.kept.push(Kept { what: what.into(), why });
    }

    /// Whether there is nothing of the demo.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

async fn products(db: &impl ConnectionTrait, ids: Vec<ProductId>, removal: &mut Removal) -> Result<()> {
    let ordered: Vec<ProductId> = order_line::Entity::find()
        .select_only()
        .distinct()
        .column(order_line::Column::ProductId)
        .into_tuple()
        .all(db)
        .await?;
    let held: Vec<ProductId> = variant::Entity::find()
        .select_only()
        .column(variant::Column::ProductId)
        .filter(
            variant::Column::Id.in_subquery(
                reservation::Entity::find()
                    .select_only()
                    .column(reservation::Column::VariantId)
                    .into_query(),
            ),
        )
        .into_tuple()
        .all(db)
        .await?;
    let named: HashSet<ProductId> = ordered.into_iter().chain(held).collect();
    let rows = product::Entity::find()
        .filter(product::Column::Id.is_in(ids))
        .order_by_asc(product::Column::Slug);
    for row in rows.all(db).await? {
        if !named.contains(&row.id) {
            removal.products.push(row.id);
        } else {
            removal.archived.push(row.id);
            removal.keep(format!("product {}", row.slug), "orders name it: it is archived");
        }
    }
    Ok(())
}

/// A category goes where nothing of the merchant's own is in it or beneath it.
async fn categories(db: &impl ConnectionTrait, ids: Vec<CategoryId>, removal: &mut Removal) -> Result<()> {
    let ours: HashSet<_> = removal.products.iter().chain(&removal.archived).copied().collect();
    let filed: Vec<(ProductId, Option<CategoryId>)> = product::Entity::find()
        .select_only()
        .columns([product::Column::Id, product::Column::CategoryId])
        .filter(product::Column::CategoryId.is_in(ids.iter().copied()))
        .into_tuple()
        .all(db)
        .await?;
    let used: HashSet<_> = filed
        .iter()
        .filter(|(id, _)| !ours.contains(id))
        .filter_map(|(_, of)| *of)
        .collect();
    let rows = category::Entity::find()
        .order_by_asc(category::Column::Slug)
        .all(db)
        .await?;
    let mut left: Vec<&category::Model> = rows.iter().filter(|row| ids.contains(&row.id)).collect();
    let mut gone = HashSet::new();
    // Leaves first; each round takes those that have become leaves.
    loop {
        let is_free = |row: &&category::Model| {
            let mut children = rows.iter().filter(|child| child.parent_id == Some(row.id));
            !used.contains(&row.id) && children.all(|child| gone.contains(&child.id))
        };
        let (free, others): (Vec<_>, Vec<_>) = left.iter().copied().partition(is_free);
        if free.is_empty() {
            break;
        }
        gone.extend(free.iter().map(|row| row.id));
        removal.categories.extend(free.iter().map(|row| row.id));
        left = others;
    }
    for row in left {
        removal.keep(
            format!("category {}", row.slug),
            "goods or categories of yours are in it",
        );
    }
    Ok(())
}

async fn collections(db: &impl ConnectionTrait, ids: Vec<CollectionId>, removal: &mut Removal) -> Result<()> {
    let ours: HashSet<_> = removal.products.iter().chain(&removal.archived).copied().collect();
    let members = collection_product::Entity::find()
        .filter(collection_product::Column::CollectionId.is_in(ids.iter().copied()))
        .all(db)
        .await?;
    let used: HashSet<_> = members
        .iter()
        .filter(|member| !ours.contains(&member.product_id))
        .map(|member| member.collection_id)
        .collect();
    let rows = collection::Entity::find()
        .filter(collection::Column::Id.is_in(ids))
        .order_by_asc(collection::Column::Slug);
    for row in rows.all(db).await? {
        match used.contains(&row.id) {
            false => removal.collections.push(row.id),
            true => removal.keep(format!("collection {}", row.slug), "goods of yours are in it"),
        }
    }
    Ok(())
}

async fn zones(db: &impl ConnectionTrait, drafts: &[ZoneDraft], removal: &mut Removal) -> Result<()> {
    let methods = shipping_method::Entity::find().all(db).await?;
    let mut of_zone: HashMap<ShippingZoneId, Vec<&shipping_method::Model>> = HashMap::new();
    for method in &methods {
        of_zone.entry(method.zone_id).or_default().push(method);
    }
    let rows = shipping_zone::Entity::find().order_by_asc(shipping_zone::Column::Position);
    for row in rows.all(db).await? {
        let Some(draft) = drafts.iter().find(|draft| draft.name == row.name) else {
            continue;
        };
        let own = of_zone.remove(&row.id).unwrap_or_default();
        let is_as_it_was = row.countries.0 == draft.countries
            && own.len() <= draft.methods.len()
            && own
                .iter()
                .all(|method| draft.methods.contains(&MethodDraft::of(method)));
        match is_as_it_was {
            true => {
                removal.methods.extend(own.iter().map(|method| method.id));
                removal.zones.push(row.id);
            }
            false => removal.keep(format!("shipping zone {}", row.name), "you have changed it"),
        }
    }
    Ok(())
}

async fn rates(db: &impl ConnectionTrait, drafts: &[RateDraft], removal: &mut Removal) -> Result<()> {
    for row in tax_rate::Entity::find()
        .order_by_asc(tax_rate::Column::Country)
        .all(db)
        .await?
    {
        let is_same_place = |draft: &&RateDraft| draft.country == row.country && draft.tax_category == row.tax_category;
        let Some(draft) = drafts.iter().find(is_same_place) else {
            continue;
        };
        match draft.name == row.name && draft.basis_points == row.basis_points {
            true => removal.rates.push(row.id),
            false => removal.keep(format!("tax rate {} {}", row.country, row.name), "you have changed it"),
        }
    }
    Ok(())
}

async fn staff(db: &impl ConnectionTrait, ids: Vec<StaffMemberId>, removal: &mut Removal) -> Result<()> {
    for row in staff_member::Entity::find()
        .filter(staff_member::Column::Id.is_in(ids))
        .all(db)
        .await?
    {
        let deeds = staff_audit::Entity::find().filter(staff_audit::Column::StaffMemberId.eq(row.id));
        if deeds.exists(db).await? {
            removal.deactivated.push(row.id);
            removal.keep(
                format!("member of staff {}", row.email),
                "the audit log names them: they cannot sign in any more",
            );
        } else {
            removal.staff.push(row.id);
        }
    }
    Ok(())
}
