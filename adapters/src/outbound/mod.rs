//! Requests to addresses that strangers name: pictures of an import, webhooks of an app.
//!
//! None of them may lead inside, to this machine, its network, or the cloud's own services. That is asked of
//! the very addresses that are connected to, after a name was resolved and for each redirect anew, so that
//! nothing changes between asking and connecting; and no proxy is used, which would resolve names by itself.

mod address;
mod client;
mod pictures;
mod webhooks;

pub use self::{
    address::is_public,
    client::{Inside, Limits, check, client, is_inside},
    pictures::PictureFetcher,
    webhooks::HttpWebhooks,
};
