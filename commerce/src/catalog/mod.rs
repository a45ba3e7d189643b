//! What the shop sells: products, variants, categories and prices; lists and searches of them;
//! the listing rows and search documents built from them; import.
//!
//! A [`draft::ProductDraft`] says how a product should be and [`save()`] makes it so: the importer,
//! the demo and staff all use that one function. Shoppers read by [`find`] and [`list`], and by
//! the room `search`, which show nothing that is not active. `product_listing` and the search engine are
//! projections: [`index`] rebuilds both from the rows.

mod access;
pub mod addresses;
pub mod attributes;
pub mod categories;
pub mod collections;
pub mod draft;
mod edit;
pub mod export;
mod fields;
pub mod find;
pub mod goods;
pub mod heading;
pub mod import;
pub mod index;
pub mod life;
pub mod list;
pub mod list_prices;
pub mod load;
pub mod measure;
pub mod options;
pub mod own_amount;
pub mod own_goods;
pub mod pictures;
pub mod price_history;
pub mod price_schedules;
pub mod products;
pub mod redirects;
pub mod relations;
pub mod safety;
pub mod sales;
pub mod save;
pub mod sitemap;
pub mod sold_there;
pub mod synonyms;
mod titles;
pub mod unit_price;
pub mod update;
pub mod variants;
pub mod videos;

pub use save::{Saved, save, save_all};

pub use crate::text::slug;
