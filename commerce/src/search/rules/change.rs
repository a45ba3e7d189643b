//! Staff make rules.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder,
};
use serde_json::json;
use vitrine_entity::{
    ids::{ProductId, SearchRuleId},
    search_rule::{self, SearchRuleKind},
    search_rule_product,
};

use super::check::{self, RULES_MAX};
use crate::{
    Context, Error, ErrorCode, Refusal, Result, Shop, Tx,
    error::expect_version,
    language::messages,
    settings,
    staff::{Permission, audit, permission},
    transaction::is_unique_violation,
    turn::{self, Turn},
};

/// A rule as it should be. What is `None` stays as it is.
#[derive(Debug, Clone, Default)]
pub struct SearchRuleEdit {
    pub term: Option<String>,
    pub kind: Option<SearchRuleKind>,
    pub active: Option<bool>,
    /// One of the shop's languages; `Some(None)` for searches in all of them.
    pub language: Option<Option<String>>,
    /// All of them, with their positions from 1.
    pub pins: Option<Vec<(ProductId, i32)>>,
    /// All of them.
    pub hidden: Option<Vec<ProductId>>,
}

/// A rule with what it pins and hides.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Rule {
    row: search_rule::Model,
    pins: Vec<(ProductId, i32)>,
    hidden: Vec<ProductId>,
}

/// Makes a rule.
///
/// # Errors
/// Refuses whoever may not change the catalogue, fields that are wrong, products that are not there, and a term that
/// has such a rule.
pub async fn create(shop: &Shop, context: &Context, given: SearchRuleEdit) -> Result<search_rule::Model> {
    permission::require_or_system(context, Permission::Catalog)?;
    let given = &given;
    shop.transact(context, |tx| async move {
        turn::take(&tx, Turn::SearchRules).await?;
        let live = search_rule::Entity::find().filter(search_rule::Column::DeletedAt.is_null());
        if live.count(tx.db()).await? >= RULES_MAX {
            let message = messages::search_rules_max(RULES_MAX);
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&["term"]).into());
        }
        let new = Rule {
            row: search_rule::Model {
                id: SearchRuleId(shop.new_id()),
                term: String::new(),
                kind: SearchRuleKind::Exact,
                active: true,
                version: 1,
                created_at: shop.now(),
                updated_at: shop.now(),
                deleted_at: None,
                language: None,
            },
            pins: Vec::new(),
            hidden: Vec::new(),
        };
        let rule = edited(shop, new, given)?;
        check::products_exist(&tx, &rule.pins, &rule.hidden).await?;
        search_rule::Entity::insert(rule.row.clone().into_active_model())
            .exec_without_returning(tx.db())
            .await
            .map_err(refuse_taken)?;
        write_products(&tx, &rule).await?;
        finish(&tx, rule, "search_rule.create").await
    })
    .await
}

/// Changes a rule.
///
/// # Errors
/// As [`create`], and refuses a version that is no longer the rule's.
pub async fn update(
    shop: &Shop,
    context: &Context,
    id: SearchRuleId,
    expected_version: Option<i64>,
    given: SearchRuleEdit,
) -> Result<search_rule::Model> {
    permission::require_or_system(context, Permission::Catalog)?;
    let given = &given;
    shop.transact(context, |tx| async move {
        let before = any(&tx, id).await?;
        if before.row.deleted_at.is_some() {
            return Err(missing().into());
        }
        expect_version("search rule", before.row.version, expected_version)?;
        let after = edited(shop, before.clone(), given)?;
        if after == before {
            return Ok(before.row);
        }
        if (&after.pins, &after.hidden) != (&before.pins, &before.hidden) {
            check::products_exist(&tx, &after.pins, &after.hidden).await?;
            search_rule_product::Entity::delete_many()
                .filter(search_rule_product::Column::RuleId.eq(id))
                .exec(tx.db())
                .await?;
            write_products(&tx, &after).await?;
        }
        write(&tx, after, "search_rule.update").await
    })
    .await
}

/// Takes a rule away.
///
/// # Errors
/// Refuses whoever may not change the catalogue, and a version that is no longer the rule's.
pub async fn delete(
    shop: &Shop,
    context: &Context,
    id: SearchRuleId,
    expected_version: Option<i64>,
) -> Result<search_rule::Model> {
    permission::require_or_system(context, Permission::Catalog)?;
    shop.transact(context, |tx| async move {
        let mut rule = any(&tx, id).await?;
        if rule.row.deleted_at.is_some() {
            return Ok(rule.row);
        }
        expect_version("search rule", rule.row.version, expected_version)?;
        rule.row.deleted_at = Some(shop.now());
        write(&tx, rule, "search_rule.delete").await
    })
    .await
}

/// Brings a deleted rule back.
///
/// # Errors
/// Refuses whoever may not change the catalogue, and where the term has such a rule by now.
pub async fn restore(shop: &Shop, context: &Context, id: SearchRuleId) -> Result<search_rule::Model> {
    permission::require_or_system(context, Permission::Catalog)?;
    shop.transact(context, |tx| async move {
        let mut rule = any(&tx, id).await?;
        if rule.row.deleted_at.is_none() {
            return Ok(rule.row);
        }
        rule.row.deleted_at = None;
        write(&tx, rule, "search_rule.restore").await
    })
    .await
}

fn edited(shop: &Shop, mut rule: Rule, given: &SearchRuleEdit) -> Result<Rule, Refusal> {
    if let Some(term) = &given.term {
        rule.row.term = check::term(term)?;
    }
    rule.row.kind = given.kind.unwrap_or(rule.row.kind);
    rule.row.active = given.active.unwrap_or(rule.row.active);
    if let Some(language) = &given.language {
        rule.row.language = language
            .as_deref()
            .map(|tag| settings::require_spoken(shop, tag))
            .transpose()?;
    }
    if let Some(pins) = &given.pins {
        rule.pins = pins.clone();
        rule.pins.sort_by_key(|(_, position)| *position);
    }
    if let Some(hidden) = &given.hidden {
        rule.hidden = hidden.clone();
    }
    let as_given = given.pins.as_deref().unwrap_or(&rule.pins);
    check::products(as_given, &rule.hidden)?;
    rule.hidden.sort_unstable();
    Ok(rule)
}

/// The rule and what it pins and hides, deleted or not, locked.
async fn any(tx: &Tx, id: SearchRuleId) -> Result<Rule> {
    let row = tx.lock::<search_rule::Entity>(id).await?.ok_or_else(missing)?;
    let products = search_rule_product::Entity::find()
        .filter(search_rule_product::Column::RuleId.eq(id))
        .order_by_asc(search_rule_product::Column::Position)
        .order_by_asc(search_rule_product::Column::ProductId)
        .all(tx.db())
        .await?;
    let pinned = |product: &search_rule_product::Model| Some((product.product_id, product.position?));
    let hidden = products.iter().filter(|product| product.position.is_none());
    Ok(Rule {
        pins: products.iter().filter_map(pinned).collect(),
        hidden: hidden.map(|product| product.product_id).collect(),
        row,
    })
}

fn missing() -> Refusal {
    Refusal::not_found("search rule").at(&["id"])
}

async fn write_products(tx: &Tx, rule: &Rule) -> Result<()> {
    let row = |product: ProductId, position: Option<i32>| {
        let row = search_rule_product::Model {
            rule_id: rule.row.id,
            product_id: product,
            position,
        };
        row.into_active_model()
    };
    let pins = rule
        .pins
        .iter()
        .map(|(product, position)| row(*product, Some(*position)));
    let hidden = rule.hidden.iter().map(|product| row(*product, None));
    search_rule_product::Entity::insert_many(pins.chain(hidden))
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}

async fn write(tx: &Tx, mut rule: Rule, action: &str) -> Result<search_rule::Model> {
    rule.row.version += 1;
    rule.row.updated_at = tx.shop().now();
    search_rule::Entity::update_many()
        .set(rule.row.clone().into_active_model().reset_all())
        .filter(search_rule::Column::Id.eq(rule.row.id))
        .exec(tx.db())
        .await
        .map_err(refuse_taken)?;
    finish(tx, rule, action).await
}

async fn finish(tx: &Tx, rule: Rule, action: &str) -> Result<search_rule::Model> {
    let data =
        json!({ "term": rule.row.term, "language": rule.row.language, "pins": rule.pins, "hidden": rule.hidden });
    audit(tx, action, rule.row.id.to_string(), data).await?;
    Ok(rule.row)
}

fn refuse_taken(error: DbErr) -> Error {
    match is_unique_violation(&error) {
        true => Refusal::new(ErrorCode::Taken, messages::search_rule_taken())
            .at(&["term"])
            .into(),
        false => error.into(),
    }
}
