//! What staff write about an order among themselves, and the words by which they sort it.

use crate::{
    admin::{
        deed::{self, Outcome},
        staff::Staff,
        typed::{id, version},
    },
    documents::{
        AdminNoteAdd, AdminNoteDelete, AdminNoteEdit, AdminNoteRestore, AdminTagAdd, AdminTagRemove,
        admin_note_add as add_document, admin_note_delete as delete_document, admin_note_edit as edit_document,
        admin_note_restore as restore_document, admin_tag_add as tag_document, admin_tag_remove as untag_document,
    },
    visit::Form,
};

pub async fn add(staff: &Staff, order_id: String, form: &Form) -> Outcome {
    let input = add_document::OrderNoteAddInput {
        order_id,
        text: form.text("text").to_owned(),
    };
    deed::run(staff, AdminNoteAdd, add_document::Variables { input }).await
}

pub async fn edit(staff: &Staff, form: &Form) -> Outcome {
    let input = edit_document::OrderNoteUpdateInput {
        expected_version: version(form),
        id: id(form)?,
        text: form.text("text").to_owned(),
    };
    deed::run(staff, AdminNoteEdit, edit_document::Variables { input }).await
}

pub async fn delete(staff: &Staff, form: &Form) -> Outcome {
    let input = delete_document::OrderNoteDeleteInput {
        expected_version: version(form),
        id: id(form)?,
    };
    deed::run(staff, AdminNoteDelete, delete_document::Variables { input }).await
}

pub async fn restore(staff: &Staff, form: &Form) -> Outcome {
    let input = restore_document::OrderNoteRestoreInput { id: id(form)? };
    deed::run(staff, AdminNoteRestore, restore_document::Variables { input }).await
}

/// Several at once, with commas between.
pub async fn add_tags(staff: &Staff, order_id: String, form: &Form) -> Outcome {
    let tags = form.text("tags").split(',').map(str::trim);
    let tags = tags.filter(|tag| !tag.is_empty()).map(str::to_owned).collect();
    let input = tag_document::OrderTagsAddInput { order_id, tags };
    deed::run(staff, AdminTagAdd, tag_document::Variables { input }).await
}

pub async fn remove_tag(staff: &Staff, order_id: String, form: &Form) -> Outcome {
    let tags = form.all("tag");
    let input = untag_document::OrderTagsRemoveInput { order_id, tags };
    deed::run(staff, AdminTagRemove, untag_document::Variables { input }).await
}
