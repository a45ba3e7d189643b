//! Staff say which taxes are due where.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use vitrine_entity::{ids::TaxRateId, tax_rate};

use crate::{
    Context, Error, ErrorCode, Refusal, Result, Shop, Tx,
    address::is_country,
    delivery::{change::beneath, fields::Refusals, place::subdivision},
    error::expect_version,
    paging::{Page, PageRequest, write_cursor},
    sql,
    staff::{Permission, audit, permission::require_or_system},
    transaction::is_unique_violation,
};

/// The most rates of a shop, those that were deleted included.
pub const RATES_MAX: u64 = 5_000;
/// Nobody taxes more than this.
const BASIS_POINTS_MAX: i64 = 100_000;

/// A rate as it should be.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RateDraft {
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// A subdivision by ISO 3166-2; the whole country where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// `None` for the standard rate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax_category: Option<String>,
    pub name: String,
    /// Hundredths of a percent: 19 % is 1900.
    pub basis_points: i32,
    /// Whether a subdivision's rate comes on top of its country's rather than in its place.
    #[serde(default)]
    pub on_top: bool,
    /// Whether staff need not look at it any more.
    #[serde(default = "yes")]
    pub confirmed: bool,
}

fn yes() -> bool {
    true
}

/// A change of a rate; what is `None` stays as it is, `Some(None)` is taken away.
#[derive(Debug, Clone, Default)]
pub struct RateChange {
    pub country: Option<String>,
    pub region: Option<Option<String>>,
    pub tax_category: Option<Option<String>>,
    pub name: Option<String>,
    pub basis_points: Option<i32>,
    pub on_top: Option<bool>,
    pub confirmed: Option<bool>,
}

impl RateChange {
    /// The draft with the change.
    pub fn of(self, draft: RateDraft) -> RateDraft {
        RateDraft {
            country: self.country.unwrap_or(draft.country),
            region: self.region.unwrap_or(draft.region),
            tax_category: self.tax_category.unwrap_or(draft.tax_category),
            name: self.name.unwrap_or(draft.name),
            basis_points: self.basis_points.unwrap_or(draft.basis_points),
            on_top: self.on_top.unwrap_or(draft.on_top),
            confirmed: self.confirmed.unwrap_or(draft.confirmed),
        }
    }
}

impl RateDraft {
    /// A rate as it is.
    pub fn of(rate: &tax_rate::Model) -> Self {
        let row = rate.clone();
        Self {
            country: row.country,
            region: row.region,
            tax_category: row.tax_category,
            name: row.name,
            basis_points: row.basis_points,
            on_top: row.on_top,
            confirmed: row.confirmed,
        }
    }
}

/// Which rates are asked for.
#[derive(Debug, Clone, Default)]
pub struct RateFilter {
    pub country: Option<String>,
    pub confirmed: Option<bool>,
    pub with_deleted: bool,
}

/// Rates, in the order in which they were made.
///
/// # Errors
/// Refuses those who may not set them up.
pub async fn list(
    shop: &Shop,
    context: &Context,
    filter: &RateFilter,
    page: &PageRequest,
) -> Result<Page<tax_rate::Model>> {
    require_or_system(context, Permission::Settings)?;
    let window = page.window::<TaxRateId>()?;
    let mut query = tax_rate::Entity::find();
    if let Some(country) = &filter.country {
        query = query.filter(tax_rate::Column::Country.eq(country.to_uppercase()));
    }
    if let Some(confirmed) = filter.confirmed {
        query = query.filter(tax_rate::Column::Confirmed.eq(confirmed));
    }
    if !filter.with_deleted {
        query = query.filter(tax_rate::Column::DeletedAt.is_null());
    }
    let id = tax_rate::Column::Id;
    query = match (window.cursor, window.backward) {
        (Some(at), false) => query.filter(id.gt(at)),
        (Some(at), true) => query.filter(id.lt(at)),
        (None, _) => query,
    };
    let ordered = match window.backward {
        false => query.order_by_asc(id),
        true => query.order_by_desc(id),
    };
    let rows = ordered.limit(window.limit + 1).all(&shop.db).await?;
    Ok(window.page(rows, |row| write_cursor(&row.id)))
}

/// All rates that are in force, by country, subdivision and category.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<tax_rate::Model>> {
    let query = tax_rate::Entity::find()
        .filter(tax_rate::Column::DeletedAt.is_null())
        .order_by_asc(tax_rate::Column::Country);
    let mut rows = query.all(db).await?;
    rows.sort_by(|a, b| (&a.country, &a.region, &a.tax_category).cmp(&(&b.country, &b.region, &b.tax_category)));
    Ok(rows)
}

/// How many rates staff have yet to look at.
pub async fn unconfirmed(shop: &Shop) -> Result<u64> {
    let query = tax_rate::Entity::find()
        .filter(tax_rate::Column::DeletedAt.is_null())
        .filter(tax_rate::Column::Confirmed.eq(false));
    Ok(query.count(&shop.db).await?)
}

/// The categories that rates or goods name.
pub async fn categories(shop: &Shop, context: &Context) -> Result<Vec<String>> {
    require_or_system(context, Permission::Settings)?;
    let sql = "select tax_category from tax_rate where tax_category is not null and deleted_at is null \
               union select tax_category from variant where tax_category is not null and active order by 1 limit 1000";
    Ok(sql::column(&shop.db, sql, []).await?)
}

/// Makes a rate.
pub async fn create(shop: &Shop, context: &Context, draft: RateDraft) -> Result<tax_rate::Model> {
    require_or_system(context, Permission::Settings)?;
    let draft = &draft;
    shop.transact(context, |tx| async move { create_in(&tx, draft).await })
        .await
}

/// As [`create`], within a transaction of whoever has asked for the permission.
pub async fn create_in(tx: &Tx, draft: &RateDraft) -> Result<tax_rate::Model> {
    let checked = check(draft)?;
    if tax_rate::Entity::find().count(tx.db()).await? >= RATES_MAX {
        let message = format!("A shop has at most {RATES_MAX} tax rates.");
        return Err(Refusal::new(ErrorCode::Invalid, message).into());
    }
    let row = row(checked, TaxRateId(tx.shop().new_id()), 1);
    let row = row.into_active_model().insert(tx.db()).await.map_err(refuse_taken)?;
    audit(tx, "tax_rate.create", row.id.to_string(), json!(RateDraft::of(&row))).await?;
    Ok(row)
}

/// Changes a rate. What was ordered keeps its own.
pub async fn update(
    shop: &Shop,
    context: &Context,
    id: TaxRateId,
    expected_version: Option<i64>,
    change: RateChange,
) -> Result<tax_rate::Model> {
    require_or_system(context, Permission::Settings)?;
    let change = &change;
    shop.transact(context, |tx| async move {
        update_in(&tx, id, expected_version, change.clone()).await
    })
    .await
}

/// As [`update`], within a transaction of whoever has asked for the permission.
pub async fn update_in(
    tx: &Tx,
    id: TaxRateId,
    expected_version: Option<i64>,
    change: RateChange,
) -> Result<tax_rate::Model> {
    let before = locked(tx, id).await?;
    if before.deleted_at.is_some() {
        return Err(missing().into());
    }
    expect_version("rate", before.version, expected_version)?;
    let checked = check(&change.of(RateDraft::of(&before)))?;
    let after = row(checked, id, before.version);
    if after == before {
        return Ok(before);
    }
    write(tx, after, "tax_rate.update").await
}

/// Takes a rate away; [`restore`] brings it back.
pub async fn delete(
    shop: &Shop,
    context: &Context,
    id: TaxRateId,
    expected_version: Option<i64>,
) -> Result<tax_rate::Model> {
    require_or_system(context, Permission::Settings)?;
    shop.transact(context, |tx| async move { delete_in(&tx, id, expected_version).await })
        .await
}

/// As [`delete`], within a transaction of whoever has asked for the permission.
pub async fn delete_in(tx: &Tx, id: TaxRateId, expected_version: Option<i64>) -> Result<tax_rate::Model> {
    let mut row = locked(tx, id).await?;
    if row.deleted_at.is_some() {
        return Err(missing().into());
    }
    expect_version("rate", row.version, expected_version)?;
    row.deleted_at = Some(tx.shop().now());
    write(tx, row, "tax_rate.delete").await
}

/// Brings back a rate that was deleted; one that was not stays as it is.
///
/// # Errors
/// Refuses it where another has taken its place meanwhile.
pub async fn restore(shop: &Shop, context: &Context, id: TaxRateId) -> Result<tax_rate::Model> {
    require_or_system(context, Permission::Settings)?;
    shop.transact(context, |tx| async move {
        let mut row = locked(&tx, id).await?;
        if row.deleted_at.take().is_none() {
            return Ok(row);
        }
        write(&tx, row, "tax_rate.restore").await
    })
    .await
}

/// Gives a shop that has no rates its first ones, checked as those of staff are; where there is one, nothing
/// is written.
///
/// # Errors
/// Refuses a draft that is wrong.
pub async fn init(tx: &Tx, drafts: &[RateDraft]) -> Result<()> {
    if tax_rate::Entity::find().count(tx.db()).await? > 0 {
        return Ok(());
    }
    let mut rows = Vec::new();
    for (index, draft) in drafts.iter().enumerate() {
        let checked = check(draft).map_err(|error| beneath(error, &[&index.to_string()]))?;
        rows.push(row(checked, TaxRateId(tx.shop().new_id()), 1).into_active_model());
    }
    if !rows.is_empty() {
        let insert = tax_rate::Entity::insert_many(rows);
        insert.exec_without_returning(tx.db()).await.map_err(refuse_taken)?;
    }
    Ok(())
}

/// A rate in its normal form.
fn check(draft: &RateDraft) -> Result<RateDraft> {
    let mut draft = draft.clone();
    let mut refusals = Refusals::default();
    draft.country = draft.country.trim().to_uppercase();
    if !is_country(&draft.country) {
        refusals.refuse(
            &["countryCode"],
            "Give the country's two letters by ISO 3166-1, like `DE`.",
        );
    }
    refusals.optional(&["region"], &mut draft.region, 100);
    if let Some(region) = &mut draft.region {
        let code = subdivision(&draft.country, region);
        match code {
            Some(code) => *region = code,
            None => refusals.refuse(
                &["region"],
                "Give a subdivision of the country by ISO 3166-2, like `US-CA`.",
            ),
        }
    } else if draft.on_top {
        refusals.refuse(&["onTop"], "Only a subdivision's rate comes on top of its country's.");
    }
    refusals.optional(&["taxCategory"], &mut draft.tax_category, 100);
    refusals.line(&["name"], &mut draft.name, 100);
    refusals.within(
        &["basisPoints"],
        Some(i64::from(draft.basis_points)),
        BASIS_POINTS_MAX,
        "A rate in hundredths of a percent",
    );
    refusals.any()?;
    Ok(draft)
}

fn row(draft: RateDraft, id: TaxRateId, version: i64) -> tax_rate::Model {
    tax_rate::Model {
        id,
        country: draft.country,
        tax_category: draft.tax_category,
        name: draft.name,
        basis_points: draft.basis_points,
        region: draft.region,
        on_top: draft.on_top,
        confirmed: draft.confirmed,
        version,
        deleted_at: None,
    }
}

async fn locked(tx: &Tx, id: TaxRateId) -> Result<tax_rate::Model> {
    let row = tx.lock::<tax_rate::Entity>(id).await?;
    row.ok_or_else(|| missing().into())
}

fn missing() -> Refusal {
    Refusal::not_found("tax rate").at(&["id"])
}

/// Writes a locked row at its next version.
async fn write(tx: &Tx, mut row: tax_rate::Model, action: &str) -> Result<tax_rate::Model> {
    row.version += 1;
    let row = row
        .into_active_model()
        .reset_all()
        .update(tx.db())
        .await
        .map_err(refuse_taken)?;
    audit(tx, action, row.id.to_string(), json!(RateDraft::of(&row))).await?;
    Ok(row)
}

fn refuse_taken(error: sea_orm::DbErr) -> Error {
    if is_unique_violation(&error) {
        let message = "There is a rate of this country, region and category already: change that one.";
        return Refusal::new(ErrorCode::Taken, message).at(&["countryCode"]).into();
    }
    error.into()
}
