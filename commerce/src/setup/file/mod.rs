//! The shop as a file: what it is and how it is furnished, in TOML, exported, compared and applied.
//!
//! A file is a table of sections (`sections`); what has no section is not in it. Things are known by their
//! names, so that a file of one shop fits another. A file is applied by the use cases that staff have, in one
//! transaction; a plan is the same, taken back at its end. To add a section, write its file and a line in
//! `sections::all`.

mod diff;
mod engine;
mod read;
mod section;
mod sections;

use std::sync::{Mutex, PoisonError};

pub use self::diff::{Change, ChangeKind};
use crate::{
    Context, Error, ErrorCode, Fault, Refusal, Result, Shop, Tx,
    language::messages,
    profile::ShopKind,
    settings,
    staff::{Permission, permission},
};

/// The longest file.
const BYTES_MAX: usize = 4 * 1024 * 1024;

const HEAD: &str = "\
# The shop as a file. `vitrine shop plan` tells what it would change, `vitrine shop apply` changes it, all or
# nothing. Things are known by their names, or by what stands for them in addresses. What is not in the file stays;
# with --prune, what a section does not name goes.
";

/// The whole shop, in the one form that it has.
///
/// # Errors
/// Refuses whoever may not.
pub async fn export(shop: &Shop, context: &Context) -> Result<String> {
    permission::require_or_system(context, Permission::Settings)?;
    let context = &own(shop, context);
    shop.transact(context, |tx| async move {
        let mut text = HEAD.to_owned();
        for section in sections::all() {
            if !permission::allowed(tx.context(), section.permission()) {
                let (key, lacks) = (section.key(), section.permission().name());
                text.push_str(&format!("\n# {key}: left out, for whoever exports lacks {lacks}.\n"));
                continue;
            }
            let part = section.export(&tx).await?;
            if !part.is_empty() {
                text.push('\n');
                text.push_str(&part);
            }
        }
        Ok(text)
    })
    .await
}

/// What [`apply`] would change. Nothing is changed.
///
/// # Errors
/// As [`apply`].
pub async fn plan(shop: &Shop, context: &Context, text: &str, prune: bool) -> Result<Vec<Change>> {
    let planned = &Mutex::new(None);
    let context = &checked(shop, context, text)?;
    let undone: Result<()> = shop
        .transact(context, |tx| async move {
            let changes = run(&tx, text, prune).await?;
            *planned.lock().unwrap_or_else(PoisonError::into_inner) = Some(changes);
            // The transaction ends here, and with it whatever it has done.
            Err(Fault::Other("this was a plan".to_owned(), None).into())
        })
        .await;
    let planned = planned.lock().unwrap_or_else(PoisonError::into_inner).take();
    match (planned, undone) {
        (Some(changes), _) => Ok(changes),
        (None, Err(error)) => Err(error),
        (None, Ok(())) => Ok(Vec::new()),
    }
}

/// Makes the shop what the file says, all or nothing. What the file does not name stays, unless `prune`: then what
/// a section of the file does not name is deleted, but for what goods or orders need.
///
/// # Errors
/// Refuses whoever may not, and a file in which anything is wrong, with the line.
pub async fn apply(shop: &Shop, context: &Context, text: &str, prune: bool) -> Result<Vec<Change>> {
    let context = &checked(shop, context, text)?;
    shop.transact(context, |tx| async move { run(&tx, text, prune).await })
        .await
}

fn checked(shop: &Shop, context: &Context, text: &str) -> Result<Context> {
    permission::require_or_system(context, Permission::Settings)?;
    if text.len() > BYTES_MAX {
        let message = messages::file_bytes_max(BYTES_MAX);
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["text"]).into());
    }
    let keys: Vec<&str> = sections::all().iter().map(|section| section.key()).collect();
    read::check_keys(text, &keys)?;
    let mut context = own(shop, context);
    // What the file prices is priced in the currency that it gives the shop.
    if let Some(currency) = sections::currency(text)? {
        context.currency = currency;
    }
    Ok(context)
}

/// Amounts are in the shop's own currency, whatever the caller looks at.
fn own(shop: &Shop, context: &Context) -> Context {
    Context {
        currency: shop.profile().currency,
        ..context.clone()
    }
}

async fn run(tx: &Tx, text: &str, prune: bool) -> Result<Vec<Change>, Error> {
    if settings::current(tx).await?.kind == ShopKind::New {
        // Somebody has said what it is: a start makes no demo of it any more.
        settings::set_kind(tx, ShopKind::Own).await?;
    }
    let all = sections::all();
    let mut present = Vec::new();
    for section in all.iter().filter(|section| read::has(text, section.key())) {
        permission::require_or_system(tx.context(), section.permission())
            .map_err(|error| read::at_section(error, section.key()))?;
        if let Some(before) = section.before(tx, text).await? {
            present.push((section, before));
        }
    }
    let (mut awaited, mut kept) = (Vec::new(), Vec::new());
    for (section, _) in &present {
        awaited.extend(section.put(tx, text, prune).await?);
    }
    // What needs something else goes before it.
    for (section, _) in present.iter().rev().filter(|_| prune) {
        kept.extend(section.prune(tx, text).await?);
    }
    let mut changes = Vec::new();
    for (section, before) in &present {
        let after = section.state(tx).await?;
        changes.extend(diff::changes(section.key(), before, &after));
    }
    changes.extend(kept);
    changes.extend(awaited);
    Ok(changes)
}
