//! Pages: those that the shop writes, and its policies.

mod create;
mod find;
mod remove;
mod text;
mod update;

use vitrine_entity::{page, page_version};

pub(crate) use self::find::all_on;
pub(in crate::content) use self::find::{sees_all, with_texts};
pub use self::{
    create::{NewPage, create, create_in},
    find::{PageFilter, by_handle, by_id, list, version, versions},
    remove::{delete, delete_in, restore},
    update::{PageUpdate, restore_version, update, update_in},
};

/// A page with its newest text.
#[derive(Debug, Clone, PartialEq)]
pub struct PageView {
    pub page: page::Model,
    pub text: page_version::Model,
}
