//! What follows when the search engine was given something.

use crate::{Shop, ports::event_bus::Topic};

/// What was found before is not shown any more: here at once, elsewhere as soon as the bus has said so, or when its time
/// is over.
pub(crate) async fn index_changed(shop: &Shop) {
    shop.showing().hear_of_index();
    shop.publish(&[Topic::Indexed]).await;
}
