//! Translations as a file: a table that is filled in elsewhere and comes back.

use axum::{
    extract::{Multipart, multipart::MultipartRejection},
    http::header,
    response::IntoResponse,
};

use super::{KINDS, STATES, page, require};
use crate::{
    admin::{
        asked::Asked,
        deed::{self, Refused},
        staff::Staff,
    },
    answer::Answer,
    documents::{
        AdminTranslationsFile, AdminTranslationsImport,
        admin_translations::{TranslatableKind, TranslationState},
        admin_translations_file as document, admin_translations_import as import_document,
    },
    problem::Problem,
    refusals::Refusal,
    visit::Form,
};

/// How many things one question asks for, and how many questions one file is made of.
const ROWS: i64 = 100;
const PAGES_MAX: usize = 200;

/// A longer name of a file is cut off.
const NAME_LETTERS_MAX: usize = 100;

/// `GET /admin/exports/translations`: the texts of one kind in one language, as CSV.
pub async fn download(staff: Staff) -> Answer {
    require(&staff)?;
    let asked = Asked::read(&staff.visit, &super::ASKED);
    let kind = asked.kind("kind", &KINDS).ok_or(Problem::NotFound)?;
    let locale = asked.some("locale").ok_or(Problem::NotFound)?;
    let state = asked.kind("state", &STATES).unwrap_or(TranslationState::All);
    // What a spreadsheet takes for UTF-8 without being told.
    let (mut csv, mut after, mut header) = ("\u{feff}".to_owned(), None, true);
    for _ in 0..PAGES_MAX {
        let variables = document::Variables {
            kind: of_file(&kind),
            locale: locale.clone(),
            state: in_state(&state),
            first: ROWS,
            after,
            header,
        };
        let data = staff.visit.ask(AdminTranslationsFile, variables).await?;
        let page = data.translatables.ok_or(Problem::NotFound)?;
        csv.push_str(&page.csv);
        after = page.page_info.end_cursor.filter(|_| page.page_info.has_next_page);
        header = false;
        if after.is_none() {
            break;
        }
    }
    let letters = |letter: &char| letter.is_ascii_alphanumeric() || *letter == '-';
    let language: String = locale.chars().filter(letters).collect();
    let name = format!("attachment; filename=\"translations-{language}.csv\"");
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok(staff.visit.leave((headers, csv).into_response()))
}

/// `POST /admin/exports/translations`: a table that was filled in. A job writes what stands in it.
pub async fn upload(staff: Staff, form: Result<Multipart, MultipartRejection>) -> Answer {
    require(&staff)?;
    let mut form = form.map_err(|_| Problem::BadForm)?;
    let (mut is_ours, mut file) = (false, None);
    while let Some(field) = form.next_field().await.map_err(|_| Problem::BadForm)? {
        match field.name().unwrap_or_default() {
            "csrf" => {
                is_ours = !staff
                    .visit
                    .is_forged(Some(&field.text().await.map_err(|_| Problem::BadForm)?))
            }
            "file" if !is_ours => return Err(Problem::Forged),
            "file" => {
                let name: String = field
                    .file_name()
                    .unwrap_or_default()
                    .chars()
                    .take(NAME_LETTERS_MAX)
                    .collect();
                let content = field.bytes().await.map_err(|_| Problem::BadForm)?;
                file = Some((name, content)).filter(|(_, content)| !content.is_empty());
            }
            _ => {}
        }
    }
    if !is_ours {
        return Err(Problem::Forged);
    }
    let refusals = match file {
        None => vec![Refusal::at("INVALID", "file")],
        Some((name, content)) => {
            let input = import_document::BulkOperationRunInput {
                dry_run: false,
                file_name: if name.is_empty() {
                    "translations.csv".to_owned()
                } else {
                    name
                },
                lines: String::from_utf8_lossy(&content).into_owned(),
            };
            deed::run(&staff, AdminTranslationsImport, import_document::Variables { input }).await?
        }
    };
    match Refused::any(&staff, "import", &Form::from(""), &refusals) {
        Some(refused) => page(staff, "", Some(refused)).await,
        None => Ok(staff.visit.go("/admin/translations?done=import")),
    }
}

/// Each document has types of its own.
fn of_file(kind: &TranslatableKind) -> document::TranslatableKind {
    match kind {
        TranslatableKind::Product => document::TranslatableKind::Product,
        TranslatableKind::Category => document::TranslatableKind::Category,
        TranslatableKind::Collection => document::TranslatableKind::Collection,
        TranslatableKind::Option => document::TranslatableKind::Option,
        TranslatableKind::Attribute => document::TranslatableKind::Attribute,
        TranslatableKind::Picture => document::TranslatableKind::Picture,
        TranslatableKind::Video => document::TranslatableKind::Video,
        TranslatableKind::Page => document::TranslatableKind::Page,
        TranslatableKind::Menu => document::TranslatableKind::Menu,
        TranslatableKind::ShippingMethod => document::TranslatableKind::ShippingMethod,
        TranslatableKind::Location => document::TranslatableKind::Location,
        TranslatableKind::Discount => document::TranslatableKind::Discount,
        TranslatableKind::PaymentMethod => document::TranslatableKind::PaymentMethod,
        TranslatableKind::Tax => document::TranslatableKind::Tax,
        TranslatableKind::Other(other) => document::TranslatableKind::Other(other.clone()),
    }
}

fn in_state(state: &TranslationState) -> document::TranslationState {
    match state {
        TranslationState::ToDo => document::TranslationState::ToDo,
        TranslationState::Missing => document::TranslationState::Missing,
        TranslationState::Outdated => document::TranslationState::Outdated,
        TranslationState::All => document::TranslationState::All,
        TranslationState::Other(other) => document::TranslationState::Other(other.clone()),
    }
}
