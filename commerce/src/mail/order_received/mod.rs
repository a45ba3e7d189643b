//! We have the order.

use crate::{
    Result, Shop,
    jobs::JobError,
    mail::{
        layout::{Entry, OrderView},
        render::templates,
    },
    ports::mailer::Mail,
};

pub(super) struct OrderReceived {
    pub(super) order: OrderView,
}

templates! { OrderReceived: "order_received/subject.txt", "order_received/body.txt", "order_received/body.html" }

pub(super) async fn load(shop: &Shop, entry: &Entry) -> Result<Option<Mail>, JobError> {
    let order = entry.view(shop).await?;
    Ok(Some(entry.render(&OrderReceived { order })?))
}
