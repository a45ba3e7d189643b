//! How much is translated.

use sea_orm::FromQueryResult;

use super::{super::thing::Kind, names, table};
use crate::{Context, Result, Shop, sql, staff::permission};

/// How much of a kind is translated into a language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    pub kind: Kind,
    pub locale: String,
    /// How many texts say something in the shop's own language.
    pub texts: i64,
    /// How many of them are translated, those included that are outdated.
    pub translated: i64,
    pub outdated: i64,
}

#[derive(FromQueryResult)]
struct Translated {
    locale: String,
    translated: i64,
    outdated: i64,
}

/// How much is translated into each language but the shop's own, of each kind that the caller may translate.
///
/// # Errors
/// What the database says.
pub async fn progress(shop: &Shop, context: &Context) -> Result<Vec<Progress>> {
    let profile = shop.profile();
    let locales: Vec<_> = profile.languages.iter().skip(1).map(|tag| tag.to_string()).collect();
    let mut all = Vec::new();
    if locales.is_empty() {
        return Ok(all);
    }
    for &kind in Kind::ALL {
        if permission::allowed(context, kind.permission()) {
            all.extend(of_kind(shop, kind, &locales).await?);
        }
    }
    Ok(all)
}

async fn of_kind(shop: &Shop, kind: Kind, locales: &[String]) -> Result<Vec<Progress>> {
    let mut all = Vec::new();
    let Some(table) = table::of(kind) else {
        for locale in locales {
            let (texts, translated, outdated) = names::count(shop, kind, locale).await?;
            let locale = locale.clone();
            all.push(Progress {
                kind,
                locale,
                texts,
                translated,
                outdated,
            });
        }
        return Ok(all);
    };
    let texts: Vec<i64> = sql::column(&shop.db, &table.texts(), []).await?;
    let texts = texts.into_iter().sum();
    let rows: Vec<Translated> = sql::all(&shop.db, &table.translated(), []).await?;
    for locale in locales {
        let of_locale = || rows.iter().filter(|row| row.locale == *locale);
        all.push(Progress {
            kind,
            locale: locale.clone(),
            texts,
            translated: of_locale().map(|row| row.translated).sum(),
            outdated: of_locale().map(|row| row.outdated).sum(),
        });
    }
    Ok(all)
}
