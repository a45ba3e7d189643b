//! A member of staff says in which language they read.

use sea_orm::{ActiveModelTrait, IntoActiveModel};
use vitrine_entity::staff_member;

use super::{Member, locked};
use crate::{Context, ErrorCode, Refusal, Result, Shop, language::languages, language::messages, staff::myself};

/// Changes the language of whoever is signed in: one of those that the shop's own words are in, whatever its texts are in.
///
/// # Errors
/// `UNAUTHENTICATED`, `FORBIDDEN` for whoever is no member of staff; `INVALID`.
pub async fn set_language(shop: &Shop, context: &Context, language: &str) -> Result<Member> {
    let id = myself(context)?;
    let language = &known(language)?;
    shop.transact(context, |tx| async move {
        let before = locked(&tx, id).await?;
        if before.row.language.as_ref() == Some(language) {
            return Ok(before);
        }
        let after = staff_member::Model {
            language: Some(language.clone()),
            version: before.row.version + 1,
            ..before.row
        };
        let row = after.into_active_model().reset_all().update(tx.db()).await?;
        Ok(Member { row, ..before })
    })
    .await
}

fn known(tag: &str) -> Result<String, Refusal> {
    let tag = tag.trim();
    let known = languages().find(|known| known.eq_ignore_ascii_case(tag));
    known.map(str::to_owned).ok_or_else(|| {
        let all: Vec<&str> = languages().collect();
        let message = messages::words_there_are(all.join(", "));
        Refusal::new(ErrorCode::Invalid, message).at(&["language"])
    })
}
