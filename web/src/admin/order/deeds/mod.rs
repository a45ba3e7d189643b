//! What is done at the desk: a document each.

mod claims;
mod corrections;
mod money;
mod notes;
mod parcels;
mod returned;
mod way;

use crate::{
    admin::{
        deed::Outcome,
        staff::{Permission, Staff},
    },
    problem::Problem,
    visit::Form,
};

/// By the name that stands in the address.
pub async fn run(staff: &Staff, id: &str, deed: &str, form: &Form) -> Outcome {
    let id = id.to_owned();
    match deed {
        "dispatch" => way::dispatch(staff, id, form).await,
        "parcel-send" => parcels::send(staff, form).await,
        "parcel-cancel" => parcels::cancel(staff, form).await,
        "parcel-update" => parcels::update(staff, form).await,
        "parcel-event" => parcels::say(staff, form).await,
        "complete" => way::complete(staff, id).await,
        "cancel" => way::cancel(staff, id, form).await,
        "capture" => money::capture(staff, id, form).await,
        "refund" => {
            staff.require(Permission::Refunds)?;
            money::refund(staff, id, form).await
        }
        "refund-confirm" => {
            staff.require(Permission::Refunds)?;
            money::confirm(staff, form).await
        }
        "claim" => claims::settle(staff, id, form).await,
        "return" => returned::request(staff, id, form).await,
        "note-add" => notes::add(staff, id, form).await,
        "note-edit" => notes::edit(staff, form).await,
        "note-delete" => notes::delete(staff, form).await,
        "note-restore" => notes::restore(staff, form).await,
        "tag-add" => notes::add_tags(staff, id, form).await,
        "tag-remove" => notes::remove_tag(staff, id, form).await,
        "contact" => corrections::contact(staff, id, form).await,
        "address" => corrections::address(staff, id, form).await,
        "mail" => corrections::mail(staff, id, form).await,
        "sms" => corrections::sms(staff, id, form).await,
        "downloads" => corrections::downloads(staff, id).await,
        "documents" => corrections::documents(staff, id).await,
        _ => Err(Problem::NotFound),
    }
}
