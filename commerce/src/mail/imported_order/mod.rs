//! What an order of another shop system was, for whoever asked for it by its number and their address. It has no page that a link
//! could open: the mail says all of it.

use sea_orm::EntityTrait;
use vitrine_entity::{
    ids::ImportedOrderId,
    imported_order::{self, ImportedLine},
};

use crate::{
    Shop,
    jobs::JobError,
    language::{Language, Message, Value, messages},
    mail::{
        render::{Letter, render, templates},
        words::one_line,
    },
    money::Money,
    outbox::Lease,
    ports::mailer::Mail,
};

/// Every text is a single line.
pub(super) struct ImportedOrder {
    pub(super) shop_name: String,
    pub(super) number: String,
    pub(super) placed: Value,
    pub(super) lines: Vec<Message>,
    pub(super) total: Money,
}

templates! { ImportedOrder: "imported_order/body.txt", "imported_order/body.html" }

impl Letter for ImportedOrder {
    fn subject(&self) -> Message {
        messages::mail_imported_subject(&self.number)
    }

    fn heading(&self) -> Message {
        messages::mail_order_link_heading()
    }
}

impl ImportedOrder {
    fn text(&self) -> Message {
        messages::mail_imported_text(&self.number, &self.placed)
    }

    fn sum(&self) -> Message {
        messages::mail_imported_total(self.total)
    }
}

/// `None` where it has lost its person meanwhile.
pub(super) async fn load(shop: &Shop, lease: &Lease, id: ImportedOrderId) -> Result<Option<Mail>, JobError> {
    let Some(order) = imported_order::Entity::find_by_id(id).one(&shop.db).await? else {
        return Ok(None);
    };
    let Some(to) = order.email.clone() else {
        return Ok(None);
    };
    let profile = shop.profile();
    let language = Language::of(&profile.language(), &profile.country);
    let line = |line: &ImportedLine| {
        let amount = Money::new(line.unit_price_minor.saturating_mul(line.quantity), order.currency);
        messages::mail_draft_line(line.quantity, one_line(&line.title), amount)
    };
    let shown = ImportedOrder {
        shop_name: one_line(&profile.name),
        number: one_line(&order.number),
        placed: profile.date(order.placed_at).into(),
        lines: order.details.lines.iter().map(line).collect(),
        total: Money::new(order.total_minor, order.currency),
    };
    Ok(Some(render(&shown, &language, lease.id.to_string(), &to)?))
}
