//! Writes one thing, once, however often its file comes.

use vitrine_entity::imported_order::{self, ImportSource};

use super::{
    outcome::{Outcome, Written, refused},
    put_customer, put_gift_card, put_redirect,
    thing::Thing,
};
use crate::{Result, Tx, imported, language::messages, privacy::erasure};

pub(super) async fn write(tx: &Tx, source: ImportSource, thing: &Thing) -> Result<Written> {
    match thing {
        Thing::Customer(draft) => put_customer::put(tx, source, draft).await,
        Thing::Order(said) => order(tx, said).await,
        Thing::GiftCard(draft) => put_gift_card::put(tx, source, draft).await,
        Thing::Redirect(draft) => put_redirect::put(tx, source, draft).await,
    }
}

/// The order of somebody who was erased here is kept as long as the law wants, as those that were here, and then loses them.
async fn order(tx: &Tx, said: &imported_order::Model) -> Result<Written> {
    let is_erased = match &said.email {
        Some(email) => erasure::erased_at(tx, email).await?.is_some(),
        None => false,
    };
    match imported::put(tx, said, is_erased).await? {
        imported::Put::Created => Ok(Outcome::Created.into()),
        imported::Put::Updated => Ok(Outcome::Updated.into()),
        imported::Put::Unchanged => Ok(Outcome::Unchanged.into()),
        imported::Put::Erased => Err(refused(messages::moving_person_erased())),
        imported::Put::Ambiguous => Err(refused(messages::moving_number_of_another())),
    }
}
