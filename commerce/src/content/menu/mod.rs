//! Menus: trees of links that staff put together, and front ends ask for by their handle.

mod items;
mod save;
mod view;

pub use self::{
    items::{ItemDraft, Target, items_of},
    save::{MenuUpdate, NewMenu, create, delete, restore, update},
    view::{ItemView, MenuView, Shown, all, by_handle, view},
};
