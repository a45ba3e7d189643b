//! Where the shop sells in which currency (`market`), and how prices are made in a currency that is not its own
//! (`price_list`). Every process holds them with the [`Profile`](crate::profile::Profile), whose version they raise.

mod goods;
mod market;
mod price_list;

pub use goods::set as set_goods;
pub use market::{MarketChange, MarketDraft, create, delete, find, restore, update};
pub use price_list::{PriceListChange, delete as delete_list, lists, set as set_list};
