//! Writes a gift card. Once it was used or changed here, what is on it is what the ledger says, whatever a file tells.

use sha2::{Digest, Sha256};
use vitrine_entity::{credit_account, ids::CreditAccountId, imported_order::ImportSource};

use super::{
    mapped::{Mapped, Noted, mark},
    outcome::{Outcome, Written},
    thing::GiftCardDraft,
};
use crate::{
    Result, Tx,
    credit::{self, TakenOver},
    language::messages,
    money::Money,
};

/// As a report names the column.
const COLUMN: &str = "balance";

pub(super) async fn put(tx: &Tx, source: ImportSource, draft: &GiftCardDraft) -> Result<Written> {
    let mapped = Mapped {
        source,
        kind: "GIFT_CARD",
        source_id: match draft.source_id.as_str() {
            "" => hex(&Sha256::digest(draft.code.as_bytes())),
            id => id.to_owned(),
        },
    };
    let card = TakenOver {
        code: &draft.code,
        currency: draft.currency,
        balance_minor: draft.balance_minor,
        expires_at: draft.expires_at,
        from: source.name(),
    };
    let (shop, says) = (tx.shop(), said(draft));
    let noted = |row: &credit_account::Model| Noted {
        said: mark(shop, &says),
        version: row.version,
    };
    let Some(known) = mapped.find(tx).await? else {
        let row = credit::take_over(tx, card).await?;
        mapped.note(tx, row.id.0, Some(noted(&row))).await?;
        return Ok(Outcome::Created.into());
    };
    let row = tx.lock::<credit_account::Entity>(CreditAccountId(known.target)).await?;
    let Some(row) = row.filter(|_| !known.says(shop, &says)) else {
        return Ok(Outcome::Unchanged.into());
    };
    let is_alike = row.currency == draft.currency && row.balance_minor == draft.balance_minor;
    if is_alike && row.expires_at == draft.expires_at {
        mapped.note_again(tx, noted(&row)).await?;
        return Ok(Outcome::Unchanged.into());
    }
    // A version is counted for whatever moves money of a card or changes it.
    if row.currency != draft.currency || !known.is_untouched(row.version) {
        let left = Money::new(row.balance_minor, row.currency);
        return Ok(Written::kept(COLUMN, messages::moving_gift_card_kept(left.to_string())));
    }
    let row = credit::take_over_again(tx, row, card).await?;
    mapped.note_again(tx, noted(&row)).await?;
    Ok(Outcome::Updated.into())
}

/// What a file says of it that may change.
fn said(draft: &GiftCardDraft) -> String {
    let expires = draft.expires_at.map(|at| at.to_rfc3339()).unwrap_or_default();
    format!("{} {} {expires}", draft.balance_minor, draft.currency.code())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
