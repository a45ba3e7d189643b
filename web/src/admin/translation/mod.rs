//! `/admin/translations/{id}`: a thing's texts side by side, the shop's own language left and another right.

use axum::extract::{Path, Query};
use minijinja::context;
use serde::Deserialize;

use super::{
    deed::{self, Refused},
    staff::{Sent, Staff},
    translations::require,
};
use crate::{
    answer::Answer,
    documents::{
        AdminTranslation, AdminTranslationLocales, AdminTranslationsRemove, AdminTranslationsSet,
        admin_translation as document, admin_translation_locales as locales_document,
        admin_translations_remove as remove_document, admin_translations_set as set_document,
    },
    problem::Problem,
    refusals::Refusal,
    shown::{encoded, value},
    visit::Form,
};

#[derive(Default, Deserialize)]
pub struct Told {
    #[serde(default)]
    locale: String,
    #[serde(default)]
    done: String,
}

pub async fn show(staff: Staff, Path(id): Path<String>, Query(told): Query<Told>) -> Answer {
    if !told.locale.is_empty() {
        return editor(staff, id, told, None).await;
    }
    let data = staff
        .visit
        .ask(AdminTranslationLocales, locales_document::Variables {})
        .await?;
    let address = match data.shop.locales.get(1) {
        Some(other) => format!("/admin/translations/{}?locale={}", encoded(&id), encoded(other)),
        None => "/admin/translations".to_owned(),
    };
    Ok(staff.visit.go(&address))
}

/// `POST /admin/translations/{id}`: what is typed is written, and what was emptied is taken away.
pub async fn save(Path(id): Path<String>, sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    require(&staff)?;
    let locale = form.text("locale").to_owned();
    let rows = Rows::read(&form);
    let refusals = rows.write(&staff, &id, &locale).await?;
    if refusals.is_empty() {
        let address = format!(
            "/admin/translations/{}?locale={}&done=save",
            encoded(&id),
            encoded(&locale)
        );
        return Ok(staff.visit.go(&address));
    }
    let refused = Refused::of(&staff, "save", &rows.sent(&form), &refusals);
    let told = Told {
        locale,
        ..Told::default()
    };
    editor(staff, id, told, Some(refused)).await
}

async fn editor(staff: Staff, id: String, told: Told, refused: Option<Refused>) -> Answer {
    require(&staff)?;
    let variables = document::Variables {
        of: id,
        locale: told.locale,
    };
    let data = staff.visit.ask(AdminTranslation, variables).await?;
    let thing = data.translations.as_ref().ok_or(Problem::NotFound)?;
    let done = deed::done(&staff, "admin.translations.done", &told.done);
    let shown = context! {
        thing => value(thing),
        own => data.shop.locale.as_str(),
        locales => value(&data.shop.locales),
        address => encoded(&thing.id),
        done,
        refused => value(&refused),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/translation/page.html", shown)
}

/// A text of the form.
struct Row<'a> {
    /// As the form calls it.
    name: &'a str,
    field: &'a str,
    text: &'a str,
    digest: &'a str,
    /// Of the translation that was there; nothing where there was none.
    version: Option<i64>,
}

struct Rows<'a> {
    written: Vec<Row<'a>>,
    emptied: Vec<&'a str>,
}

impl<'a> Rows<'a> {
    fn read(form: &'a Form) -> Self {
        let mut rows = Self {
            written: Vec::new(),
            emptied: Vec::new(),
        };
        let names = form.pairs().filter(|(name, _)| *name == "row");
        for (_, name) in names {
            let text = |part: &str| form.text(&format!("{name}.{part}"));
            let version = text("version").parse().ok();
            let row = Row {
                name,
                field: text("field"),
                text: text("text"),
                digest: text("digest"),
                version,
            };
            match (row.text.is_empty(), version) {
                (false, _) => rows.written.push(row),
                (true, Some(_)) => rows.emptied.push(row.field),
                (true, None) => {}
            }
        }
        rows
    }

    async fn write(&self, staff: &Staff, of: &str, locale: &str) -> Result<Vec<Refusal>, Problem> {
        if !self.written.is_empty() {
            let field = |row: &Row<'_>| set_document::TranslationInput {
                field: row.field.to_owned(),
                text: row.text.to_owned(),
                source_digest: Some(row.digest.to_owned()).filter(|digest| !digest.is_empty()),
                expected_version: row.version,
            };
            let input = set_document::TranslationsSetInput {
                of: of.to_owned(),
                locale: locale.to_owned(),
                fields: self.written.iter().map(field).collect(),
            };
            // Of one that was not there, null says so; left out it would say nothing.
            let new = self.written.iter().enumerate().filter(|(_, row)| row.version.is_none());
            let nulls: Vec<_> = new
                .map(|(place, _)| format!("/input/fields/{place}/expectedVersion"))
                .collect();
            let variables = set_document::Variables { input };
            let refusals = deed::run_with_nulls(staff, AdminTranslationsSet, variables, &nulls).await?;
            if !refusals.is_empty() {
                return Ok(refusals);
            }
        }
        if self.emptied.is_empty() {
            return Ok(Vec::new());
        }
        let input = remove_document::TranslationsRemoveInput {
            of: of.to_owned(),
            locale: locale.to_owned(),
            fields: self.emptied.iter().map(|field| (*field).to_owned()).collect(),
        };
        deed::run(staff, AdminTranslationsRemove, remove_document::Variables { input }).await
    }

    /// The form, with the rows that were sent in the order in which they were.
    fn sent(&self, form: &Form) -> Form {
        let others = form.pairs().filter(|(name, _)| *name != "row");
        let rows = self.written.iter().map(|row| ("row", row.name));
        let query = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(others.chain(rows))
            .finish();
        Form::from(query.as_str())
    }
}
