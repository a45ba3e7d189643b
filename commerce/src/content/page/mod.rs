//! Pages: those that the shop writes, and its policies.

mod create;
mod find;
mod remove;
mod text;
mod update;

use vitrine_entity::{page, page_version};

pub(in crate::content) use self::find::{sees_all, with_texts};
pub use self::{
    create::{NewPage, create},
    find::{PageFilter, by_handle, by_id, list, version, versions},
    remove::{delete, restore},
    update::{PageUpdate, restore_version, update},
};

/// A page with its newest text.
#[derive(Debug, Clone, PartialEq)]
pub struct PageView {
    pub page: page::Model,
    pub text: page_version::Model,
}
