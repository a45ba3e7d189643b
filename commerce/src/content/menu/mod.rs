//! Menus: trees of links that staff put together, and front ends ask for by their handle.

mod items;
mod save;
mod view;

pub use self::{
    items::{ItemDraft, Target, items_of},
    save::{MenuUpdate, NewMenu, create, create_in, delete, delete_in, restore, update, update_in},
    view::{ItemView, MenuView, Shown, all, all_on, by_handle, view},
};
