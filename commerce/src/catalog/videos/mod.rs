//! Videos of products, which lie elsewhere: at YouTube, at Vimeo, or as a file at an address of the web. The
//! shop fetches none of them.

mod address;
mod load;
mod set;

pub(super) use self::set::copy;
pub use self::{
    address::{Place, place},
    load::videos_of,
    set::{VideoFields, VideosSet, set},
};
