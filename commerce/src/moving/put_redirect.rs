//! Writes a redirect: one that nobody changed here since follows the file, and another stays.

use sea_orm::EntityTrait;
use vitrine_entity::{ids::UrlRedirectId, imported_order::ImportSource, url_redirect};

use super::{
    mapped::{Mapped, Noted, mark},
    outcome::{Outcome, Written},
    thing::RedirectDraft,
};
use crate::{
    Result, Tx,
    catalog::redirects::urls::{self, UrlRedirectEdit},
    language::messages,
};

/// As a report names the column.
const COLUMN: &str = "redirect to";

pub(super) async fn put(tx: &Tx, source: ImportSource, draft: &RedirectDraft) -> Result<Written> {
    let mapped = Mapped {
        source,
        kind: "REDIRECT",
        source_id: draft.path.chars().take(2_000).collect(),
    };
    let (shop, target) = (tx.shop(), draft.target.trim());
    let noted = |row: &url_redirect::Model| Noted {
        said: mark(shop, target),
        version: row.version,
    };
    let Some(known) = mapped.find(tx).await? else {
        let edit = UrlRedirectEdit {
            path: Some(draft.path.clone()),
            target: Some(draft.target.clone()),
        };
        let row = tx.enclose(urls::create(shop, tx.context(), edit)).await?;
        mapped.note(tx, row.id.0, Some(noted(&row))).await?;
        return Ok(Outcome::Created.into());
    };
    if known.says(shop, target) {
        // It says nothing new: what staff have changed or deleted since stays so.
        return Ok(Outcome::Unchanged.into());
    }
    let row = url_redirect::Entity::find_by_id(UrlRedirectId(known.target));
    let row = row.one(tx.db()).await?.filter(|row| row.deleted_at.is_none());
    let Some(row) = row else {
        // Of what earlier versions imported it is not known what the file said.
        return Ok(match known.said {
            Some(_) => Written::kept(COLUMN, messages::moving_redirect_deleted()),
            None => Outcome::Unchanged.into(),
        });
    };
    if row.target == target {
        mapped.note_again(tx, noted(&row)).await?;
        return Ok(Outcome::Unchanged.into());
    }
    if !known.is_untouched(row.version) {
        return Ok(Written::kept(COLUMN, messages::moving_redirect_kept(&row.target)));
    }
    let edit = UrlRedirectEdit {
        path: None,
        target: Some(draft.target.clone()),
    };
    let updated = urls::update(shop, tx.context(), row.id, Some(row.version), edit);
    let row = tx.enclose(updated).await?;
    mapped.note_again(tx, noted(&row)).await?;
    Ok(Outcome::Updated.into())
}
