//! A few things of a file: each in a savepoint of its own, kept or taken back.

use vitrine_entity::product_import::ImportKind as Kind;

use super::{
    outcome::{Outcome, Written},
    read::Read,
    thing::Entry,
    write::write,
};
use crate::{
    Context, Error, Refusal, Result, Tx,
    catalog::import::{RowProblem, Severity, Step},
    language::Message,
    staff::permission::{self, Permission},
};

/// How many things one transaction writes: shoppers wait for it on SQLite.
const AT_ONCE: usize = 20;

/// Lets those pass who may write things of the kind by hand, and the command line.
///
/// # Errors
/// `UNAUTHENTICATED`, `FORBIDDEN`.
pub(crate) fn may(context: &Context, kind: Kind) -> Result<()> {
    let permission = match kind {
        Kind::Customers => Permission::Customers,
        Kind::Orders => Permission::Orders,
        Kind::GiftCards => Permission::Refunds,
        Kind::Redirects => Permission::Catalog,
    };
    permission::require_or_system(context, permission)
}

/// Writes the things from `place` on, or with `dry_run` takes each of them back.
///
/// # Errors
/// When the database fails; what is refused is in the step's problems.
pub(crate) async fn step(tx: &Tx, read: &Read, place: usize, dry_run: bool) -> Result<Step> {
    let mut step = Step::default();
    for entry in read.entries.iter().skip(place).take(AT_ONCE) {
        step.products += 1;
        match write_one(tx, read, entry, dry_run).await? {
            Ok(written) => {
                match written.outcome {
                    Outcome::Created => step.created += 1,
                    Outcome::Updated => step.updated += 1,
                    Outcome::Unchanged => step.unchanged += 1,
                }
                let kept = written.kept.into_iter();
                let told = kept.map(|(column, why)| problem(entry, column.to_owned(), why, Severity::Warning));
                step.problems.extend(told);
            }
            Err(refusal) => {
                let column = refusal.field.last().cloned().unwrap_or_default();
                step.problems
                    .push(problem(entry, column, refusal.message, Severity::Error));
            }
        }
    }
    Ok(step)
}

fn problem(entry: &Entry, column: String, message: Message, severity: Severity) -> RowProblem {
    RowProblem {
        row: entry.row,
        column,
        product: String::new(),
        message,
        severity,
    }
}

/// What is refused is the row's, anything else everybody's.
async fn write_one(
    tx: &Tx,
    read: &Read,
    entry: &Entry,
    dry_run: bool,
) -> Result<std::result::Result<Written, Refusal>> {
    let (shop, context) = (tx.shop(), tx.context());
    let work = Box::pin(shop.transact(context, |tx| async move { write(&tx, read.source, &entry.thing).await }));
    let outcome = match dry_run {
        true => tx.rehearse(work).await?,
        false => tx.enclose(work).await,
    };
    match outcome {
        Ok(written) => Ok(Ok(written)),
        Err(Error::Refused(refusals)) => match refusals.into_iter().next() {
            Some(refusal) => Ok(Err(refusal)),
            None => Err(Error::Refused(Vec::new())),
        },
        Err(fault) => Err(fault),
    }
}
