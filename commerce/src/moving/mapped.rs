//! Which of ours a thing of the other system became, and what its file said of it.

use sea_orm::FromQueryResult;
use uuid::Uuid;
use vitrine_entity::imported_order::ImportSource;

use crate::{Result, Shop, Tx, signature, sql};

/// How many bytes of a mark stand for what a file says.
const BYTES: usize = 16;

/// A thing of the other system, in the table that says which of ours it became.
pub(super) struct Mapped {
    pub(super) source: ImportSource,
    pub(super) kind: &'static str,
    pub(super) source_id: String,
}

/// What it became.
#[derive(FromQueryResult)]
pub(super) struct Known {
    pub(super) target: Uuid,
    /// What the file said as it was written here, as marks; `None` of what was here before.
    pub(super) said: Option<String>,
    /// Which version ours had then.
    pub(super) version: Option<i64>,
}

/// What is noted of a thing that was written.
pub(super) struct Noted {
    pub(super) said: String,
    pub(super) version: i64,
}

impl Known {
    /// Whether the file said the same as it was written.
    pub(super) fn says(&self, shop: &Shop, text: &str) -> bool {
        self.said.as_deref().is_some_and(|said| is_mark(shop, text, said))
    }

    /// Whether ours has this version still. What earlier versions imported began with the first.
    pub(super) fn is_untouched(&self, version: i64) -> bool {
        self.version.unwrap_or(1) == version
    }
}

impl Mapped {
    pub(super) async fn find(&self, tx: &Tx) -> Result<Option<Known>> {
        let sql = "select target, said, version from imported_thing where source = $1 and kind = $2 and source_id = $3";
        let values = [self.source.into(), self.kind.into(), self.source_id.as_str().into()];
        Ok(sql::one(tx.db(), sql, values).await?)
    }

    /// Notes what it became; nothing is `noted` of what was here before.
    pub(super) async fn note(&self, tx: &Tx, target: Uuid, noted: Option<Noted>) -> Result<()> {
        let sql = "insert into imported_thing (source, kind, source_id, target, created_at, said, version) \
                   values ($1, $2, $3, $4, $5, $6, $7)";
        let (said, version) = noted.map(|noted| (noted.said, noted.version)).unzip();
        let values = [
            self.source.into(),
            self.kind.into(),
            self.source_id.as_str().into(),
            target.into(),
            tx.shop().now().into(),
            said.into(),
            version.into(),
        ];
        sql::execute(tx.db(), sql, values).await?;
        Ok(())
    }

    /// Notes what the file says by now, and which version is as it says.
    pub(super) async fn note_again(&self, tx: &Tx, noted: Noted) -> Result<()> {
        let sql = "update imported_thing set said = $4, version = $5 \
                   where source = $1 and kind = $2 and source_id = $3";
        let values = [
            self.source.into(),
            self.kind.into(),
            self.source_id.as_str().into(),
            noted.said.into(),
            noted.version.into(),
        ];
        sql::execute(tx.db(), sql, values).await?;
        Ok(())
    }
}

/// What stands for a text, which nobody reads out of it: it may be somebody's name.
pub(super) fn mark(shop: &Shop, text: &str) -> String {
    signature::sign(&shop.settings.signing_secret, &message(text), BYTES)
}

/// Whether it stands for the text, also where the secret was replaced since.
pub(super) fn is_mark(shop: &Shop, text: &str, mark: &str) -> bool {
    signature::is_ours(shop.settings.signing_secrets(), &message(text), BYTES, mark)
}

fn message(text: &str) -> Vec<u8> {
    format!("imports:{text}").into_bytes()
}
