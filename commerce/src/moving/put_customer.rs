//! Writes a customer. An account is its owner's: name and address follow the file as long as they are as it said before, and
//! whoever was here before, or was erased here, is left as they are.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use vitrine_entity::{address::Address, customer, customer_address, ids::CustomerId, imported_order::ImportSource};

use super::{
    mapped::{Known, Mapped, Noted, is_mark, mark},
    outcome::{Outcome, Written, refused},
    thing::CustomerDraft,
};
use crate::{
    Error, Fault, Result, Shop, Tx,
    customers::take_over::{self, NewCustomer},
    discounts,
    language::messages,
    privacy::erasure,
};

/// As a report names the columns.
const NAME: &str = "name";
const ADDRESS: &str = "address";
const EMAIL: &str = "email";

/// Of what a file did not say.
const NOTHING: &str = "-";

/// What the file said of somebody, as marks.
#[derive(Clone)]
struct Said {
    name: String,
    email: String,
    address: String,
}

impl Said {
    fn by(shop: &Shop, draft: &CustomerDraft) -> Result<Self> {
        Ok(Self {
            name: mark(shop, &draft.name),
            email: mark(shop, &draft.email),
            address: match &draft.address {
                Some(address) => mark(shop, &written(address)?),
                None => NOTHING.to_owned(),
            },
        })
    }

    fn read(text: &str) -> Option<Self> {
        let mut parts = text.split(' ').map(str::to_owned);
        Some(Self {
            name: parts.next()?,
            email: parts.next()?,
            address: parts.next()?,
        })
    }

    fn noted(&self, version: i64) -> Noted {
        Noted {
            said: format!("{} {} {}", self.name, self.email, self.address),
            version,
        }
    }
}

pub(super) async fn put(tx: &Tx, source: ImportSource, draft: &CustomerDraft) -> Result<Written> {
    let mapped = Mapped {
        source,
        kind: "CUSTOMER",
        source_id: match draft.source_id.as_str() {
            "" => discounts::mail_key(tx.shop(), &draft.email),
            id => id.to_owned(),
        },
    };
    let Some(known) = mapped.find(tx).await? else {
        return first(tx, source, draft, &mapped).await;
    };
    match tx.lock::<customer::Entity>(CustomerId(known.target)).await? {
        Some(row) => again(tx, draft, row, &mapped, &known).await,
        None => Err(erased(tx, &draft.email)
            .await?
            .unwrap_or_else(|| refused(messages::moving_person_erased()))),
    }
}

/// Whom no file has named before.
async fn first(tx: &Tx, source: ImportSource, draft: &CustomerDraft, mapped: &Mapped) -> Result<Written> {
    let of_address = customer::Entity::find().filter(customer::Column::Email.eq(&draft.email));
    if let Some(row) = of_address.one(tx.db()).await? {
        mapped.note(tx, row.id.0, None).await?;
        return compare(tx, draft, &row).await;
    }
    if let Some(refusal) = erased(tx, &draft.email).await? {
        return Err(refusal);
    }
    let new = NewCustomer {
        email: &draft.email,
        name: &draft.name,
        address: draft.address.as_ref(),
        tax_exempt: draft.tax_exempt,
        agreed_at: draft.agreed_at,
        from: source,
    };
    let id = take_over::take_over(tx, new).await?;
    let noted = Said::by(tx.shop(), draft)?.noted(1);
    mapped.note(tx, id.0, Some(noted)).await?;
    Ok(Outcome::Created.into())
}

/// What says that they were erased here, if they were.
async fn erased(tx: &Tx, email: &str) -> Result<Option<Error>> {
    let at = erasure::erased_at(tx, email).await?;
    let day = at.map(|at| tx.shop().profile().date(at));
    Ok(day.map(|day| refused(messages::moving_person_erased_on(day.to_string()))))
}

/// An account that was here before: what it has otherwise is told, and stays.
async fn compare(tx: &Tx, draft: &CustomerDraft, row: &customer::Model) -> Result<Written> {
    let mut written = Written::from(Outcome::Unchanged);
    if row.email != draft.email {
        written.kept.push((EMAIL, messages::moving_email_kept()));
    }
    if row.name != draft.name {
        written.kept.push((NAME, messages::moving_name_kept()));
    }
    if let Some(address) = &draft.address {
        let book = addresses(tx, row.id).await?;
        if !book.iter().any(|kept| kept.is_live() && kept.is(address)) {
            written.kept.push((ADDRESS, messages::moving_address_kept()));
        }
    }
    Ok(written)
}

/// Whom an earlier file has named.
async fn again(
    tx: &Tx,
    draft: &CustomerDraft,
    row: customer::Model,
    mapped: &Mapped,
    known: &Known,
) -> Result<Written> {
    let Some(before) = known.said.as_deref().and_then(Said::read) else {
        return compare(tx, draft, &row).await;
    };
    let (shop, now) = (tx.shop(), Said::by(tx.shop(), draft)?);
    let mut written = Written::from(Outcome::Unchanged);
    let mut said = before.clone();
    let (id, mut version) = (row.id, row.version);
    // Who has the address signs in by it: no file moves an account to another.
    if row.email == draft.email {
        said.email = now.email;
    } else if !is_mark(shop, &draft.email, &before.email) {
        written.kept.push((EMAIL, messages::moving_email_kept()));
    }
    if row.name == draft.name {
        said.name = now.name;
    } else if is_mark(shop, &draft.name, &before.name) {
        // The file says nothing new: what was changed here stays.
    } else if is_mark(shop, &row.name, &before.name) {
        version = take_over::rename(tx, row, &draft.name).await?.version;
        said.name = now.name;
        written.outcome = Outcome::Updated;
    } else {
        written.kept.push((NAME, messages::moving_name_kept()));
    }
    if let Some(address) = &draft.address {
        match move_to(tx, id, address, &before.address).await? {
            Followed::Already => said.address = now.address,
            Followed::Moved => {
                said.address = now.address;
                written.outcome = Outcome::Updated;
            }
            Followed::SaysNothingNew => {}
            Followed::Kept => written.kept.push((ADDRESS, messages::moving_address_kept())),
        }
    }
    mapped.note_again(tx, said.noted(version)).await?;
    Ok(written)
}

/// What became of an address that a file says.
enum Followed {
    Already,
    Moved,
    SaysNothingNew,
    /// It was changed or deleted here.
    Kept,
}

/// Puts an address in the place of that which the file said `before`, if it is there still.
async fn move_to(tx: &Tx, customer: CustomerId, address: &Address, before: &str) -> Result<Followed> {
    let shop = tx.shop();
    let book = addresses(tx, customer).await?;
    if book.iter().any(|kept| kept.is_live() && kept.is(address)) {
        return Ok(Followed::Already);
    }
    if is_mark(shop, &written(address)?, before) {
        return Ok(Followed::SaysNothingNew);
    }
    // Where the file said none before, and nobody has written one here, it is their first.
    let is_first = book.is_empty() && before == NOTHING;
    for Kept(row) in book {
        if row.deleted_at.is_none() && is_mark(shop, &written(&row.address)?, before) {
            take_over::put_address(tx, customer, Some(row), address).await?;
            return Ok(Followed::Moved);
        }
    }
    if is_first {
        take_over::put_address(tx, customer, None, address).await?;
        return Ok(Followed::Moved);
    }
    Ok(Followed::Kept)
}

/// An address of theirs.
struct Kept(customer_address::Model);

impl Kept {
    fn is_live(&self) -> bool {
        self.0.deleted_at.is_none()
    }

    fn is(&self, address: &Address) -> bool {
        self.0.address == *address
    }
}

/// All of a customer's, also those that they have deleted a while ago.
async fn addresses(tx: &Tx, customer: CustomerId) -> Result<Vec<Kept>> {
    let book = customer_address::Entity::find().filter(customer_address::Column::CustomerId.eq(customer));
    Ok(book.all(tx.db()).await?.into_iter().map(Kept).collect())
}

/// An address as one text, of which a mark is made.
fn written(address: &Address) -> Result<String> {
    let text = serde_json::to_string(address);
    Ok(text.map_err(|error| Fault::other("writing an address", error))?)
}
