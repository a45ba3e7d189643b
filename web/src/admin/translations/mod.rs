//! `/admin/translations`: how much of the shop's texts is translated, and which are still to be.

mod file;

use axum::extract::Query;
use minijinja::context;

pub use self::file::{download, upload};
use super::{
    asked::Asked,
    deed::{self, Refused, Told},
    staff::{Permission, Staff},
};
use crate::{
    answer::Answer,
    documents::{
        AdminTranslations,
        admin_translations::{self as document, TranslatableKind, TranslationState},
    },
    problem::Problem,
    shown::value,
};

const KINDS: [(&str, TranslatableKind); 14] = [
    ("PRODUCT", TranslatableKind::Product),
    ("CATEGORY", TranslatableKind::Category),
    ("COLLECTION", TranslatableKind::Collection),
    ("OPTION", TranslatableKind::Option),
    ("ATTRIBUTE", TranslatableKind::Attribute),
    ("PICTURE", TranslatableKind::Picture),
    ("VIDEO", TranslatableKind::Video),
    ("PAGE", TranslatableKind::Page),
    ("MENU", TranslatableKind::Menu),
    ("SHIPPING_METHOD", TranslatableKind::ShippingMethod),
    ("LOCATION", TranslatableKind::Location),
    ("DISCOUNT", TranslatableKind::Discount),
    ("PAYMENT_METHOD", TranslatableKind::PaymentMethod),
    ("TAX", TranslatableKind::Tax),
];

const STATES: [(&str, TranslationState); 4] = [
    ("TO_DO", TranslationState::ToDo),
    ("MISSING", TranslationState::Missing),
    ("OUTDATED", TranslationState::Outdated),
    ("ALL", TranslationState::All),
];

const ASKED: [&str; 3] = ["kind", "locale", "state"];

pub async fn show(staff: Staff, Query(told): Query<Told>) -> Answer {
    require(&staff)?;
    page(staff, &told.done, None).await
}

async fn page(staff: Staff, done: &str, refused: Option<Refused>) -> Answer {
    let query = staff.visit.uri.query().unwrap_or_default();
    let asked = Asked::of("/admin/translations", query, &ASKED);
    let kind = asked.kind("kind", &KINDS);
    let locale = asked.some("locale");
    let rows = asked.rows();
    let variables = document::Variables {
        is_listed: kind.is_some() && locale.is_some(),
        kind: kind.unwrap_or(TranslatableKind::Product),
        locale: locale.unwrap_or_default(),
        state: asked.kind("state", &STATES).unwrap_or(TranslationState::ToDo),
        first: rows.first.unwrap_or(super::asked::ROWS),
        after: rows.after,
    };
    let data = staff.visit.ask(AdminTranslations, variables).await?;
    let status = deed::status(refused.as_ref());
    let done = deed::done(&staff, "admin.translations.done", done);
    let shown = context! {
        done,
        refused => value(&refused),
        locales => value(&data.shop.locales),
        progress => value(&data.translation_progress),
        listed => value(&data.translatables),
        kinds => value(&KINDS.iter().map(|(name, _)| *name).collect::<Vec<_>>()),
        states => value(&STATES.iter().map(|(name, _)| *name).collect::<Vec<_>>()),
        asked => asked.shown(),
    };
    staff.show_as(status, "admin/translations/page.html", shown)
}

/// # Errors
/// `Forbidden` for those who may translate nothing.
pub fn require(staff: &Staff) -> Result<(), Problem> {
    let any = [Permission::Catalog, Permission::Content, Permission::Settings];
    match any.into_iter().any(|permission| staff.may(permission)) {
        true => Ok(()),
        false => Err(Problem::Forbidden),
    }
}
