//! Pictures with a return: of what is broken, say. They are sent to an address that only whoever opens the order is given,
//! looked at as a product's pictures are, and shown to whoever may open the order and to staff, by addresses that end.

mod address;
mod keep;
mod load;

pub(crate) use self::load::purge;
pub use self::{
    address::{PictureGrant, PictureTarget, admit_picture, picture_address, picture_target},
    keep::keep_picture,
    load::{PictureFile, open_picture, pictures_of},
};
