//! The link to an order, for whoever asked for it by its number and their address.

use sea_orm::EntityTrait;
use vitrine_entity::{ids::OrderId, order};

use crate::{
    Shop,
    jobs::JobError,
    language::{Message, messages},
    mail::{
        render::{Letter, render, templates},
        words::one_line,
    },
    orders,
    outbox::Lease,
    ports::mailer::Mail,
};

/// Every text is a single line.
pub(super) struct OrderLink {
    pub(super) shop_name: String,
    pub(super) number: String,
    pub(super) link: String,
}

templates! { OrderLink: "order_link/body.txt", "order_link/body.html" }

impl Letter for OrderLink {
    fn subject(&self) -> Message {
        messages::mail_order_link_subject(&self.number)
    }

    fn heading(&self) -> Message {
        messages::mail_order_link_heading()
    }
}

impl OrderLink {
    fn text(&self) -> Message {
        messages::mail_order_link_text(&self.number)
    }
}

/// `None` where nobody has such an order: it was asked for all the same, so that nobody learns that from how long it took.
pub(super) async fn load(shop: &Shop, lease: &Lease, id: OrderId) -> Result<Option<Mail>, JobError> {
    let Some(order) = order::Entity::find_by_id(id).one(&shop.db).await? else {
        return Ok(None);
    };
    let profile = shop.profile();
    let language = orders::language_of(&order);
    let shown = OrderLink {
        shop_name: one_line(&profile.name),
        number: one_line(&order.number),
        link: orders::access::link(shop, id),
    };
    Ok(Some(render(&shown, &language, lease.id.to_string(), &order.email)?))
}
