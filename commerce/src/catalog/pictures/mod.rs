//! The pictures of a product, as staff put them together one by one. (The importer and `productSet` write
//! all of them at once.)

mod add;
mod gallery;
mod remove;
mod reorder;
mod update;
mod write;

pub use self::{
    add::{PictureAdd, PicturesAdd, add},
    remove::{PicturesRemove, remove},
    reorder::{PicturesReorder, reorder},
    update::{PictureUpdate, PicturesUpdate, update},
};
