//! Writes one thing, once, however often its file comes.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use sha2::{Digest, Sha256};
use uuid::Uuid;
use vitrine_entity::{customer, ids::CustomerId, imported_order::ImportSource};

use super::thing::{CustomerDraft, GiftCardDraft, RedirectDraft, Thing};
use crate::{
    ErrorCode, Refusal, Result, Tx,
    catalog::redirects::urls::{self, UrlRedirectEdit},
    credit::{self, TakenOver},
    customers::take_over::{self, NewCustomer},
    discounts, imported,
    language::{Message, messages},
    sql,
};

/// What became of a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Created,
    Updated,
    Unchanged,
}

pub(super) async fn write(tx: &Tx, source: ImportSource, thing: &Thing) -> Result<Outcome> {
    match thing {
        Thing::Customer(draft) => customer(tx, source, draft).await,
        Thing::Order(said) => match imported::put(tx, said).await? {
            imported::Put::Created => Ok(Outcome::Created),
            imported::Put::Updated => Ok(Outcome::Updated),
            imported::Put::Unchanged => Ok(Outcome::Unchanged),
            imported::Put::Erased => refuse(messages::moving_person_erased()),
            imported::Put::Ambiguous => refuse(messages::moving_number_of_another()),
        },
        Thing::GiftCard(draft) => gift_card(tx, source, draft).await,
        Thing::Redirect(draft) => redirect(tx, source, draft).await,
    }
}

/// An account that is there is its owner's: a file changes nothing of it.
async fn customer(tx: &Tx, source: ImportSource, draft: &CustomerDraft) -> Result<Outcome> {
    let mapped = Mapped {
        source,
        kind: "CUSTOMER",
        source_id: match draft.source_id.as_str() {
            "" => discounts::mail_key(tx.shop(), &draft.email),
            id => id.to_owned(),
        },
    };
    if let Some(target) = mapped.target(tx).await? {
        let found = customer::Entity::find_by_id(CustomerId(target)).one(tx.db()).await?;
        return match found {
            Some(_) => Ok(Outcome::Unchanged),
            None => refuse(messages::moving_person_erased()),
        };
    }
    let of_address = customer::Entity::find().filter(customer::Column::Email.eq(&draft.email));
    let (id, outcome) = match of_address.one(tx.db()).await? {
        Some(row) => (row.id, Outcome::Unchanged),
        None => {
            let new = NewCustomer {
                email: &draft.email,
                name: &draft.name,
                address: draft.address.as_ref(),
                tax_exempt: draft.tax_exempt,
                agreed_at: draft.agreed_at,
                from: source,
            };
            (take_over::take_over(tx, new).await?, Outcome::Created)
        }
    };
    mapped.note(tx, id.0).await?;
    Ok(outcome)
}

async fn gift_card(tx: &Tx, source: ImportSource, draft: &GiftCardDraft) -> Result<Outcome> {
    let mapped = Mapped {
        source,
        kind: "GIFT_CARD",
        source_id: match draft.source_id.as_str() {
            "" => hex(&Sha256::digest(draft.code.as_bytes())),
            id => id.to_owned(),
        },
    };
    if mapped.target(tx).await?.is_some() {
        return Ok(Outcome::Unchanged);
    }
    let card = TakenOver {
        code: &draft.code,
        currency: draft.currency,
        balance_minor: draft.balance_minor,
        expires_at: draft.expires_at,
        from: source.name(),
    };
    let id = credit::take_over(tx, card).await?;
    mapped.note(tx, id.0).await?;
    Ok(Outcome::Created)
}

async fn redirect(tx: &Tx, source: ImportSource, draft: &RedirectDraft) -> Result<Outcome> {
    let mapped = Mapped {
        source,
        kind: "REDIRECT",
        source_id: draft.path.chars().take(2_000).collect(),
    };
    // One that staff have changed or deleted since stays so.
    if mapped.target(tx).await?.is_some() {
        return Ok(Outcome::Unchanged);
    }
    let edit = UrlRedirectEdit {
        path: Some(draft.path.clone()),
        target: Some(draft.target.clone()),
    };
    let row = tx.enclose(urls::create(tx.shop(), tx.context(), edit)).await?;
    mapped.note(tx, row.id.0).await?;
    Ok(Outcome::Created)
}

fn refuse(message: Message) -> Result<Outcome> {
    Err(Refusal::new(ErrorCode::Invalid, message).into())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A thing of the other system, in the table that says which of ours it became.
struct Mapped {
    source: ImportSource,
    kind: &'static str,
    source_id: String,
}

impl Mapped {
    async fn target(&self, tx: &Tx) -> Result<Option<Uuid>> {
        let sql = "select target from imported_thing where source = $1 and kind = $2 and source_id = $3";
        let values = [self.source.into(), self.kind.into(), self.source_id.as_str().into()];
        let found: Vec<Uuid> = sql::column(tx.db(), sql, values).await?;
        Ok(found.into_iter().next())
    }

    async fn note(&self, tx: &Tx, target: Uuid) -> Result<()> {
        let sql =
            "insert into imported_thing (source, kind, source_id, target, created_at) values ($1, $2, $3, $4, $5)";
        let values = [
            self.source.into(),
            self.kind.into(),
            self.source_id.as_str().into(),
            target.into(),
            tx.shop().now().into(),
        ];
        sql::execute(tx.db(), sql, values).await?;
        Ok(())
    }
}
