//! What staff put together for somebody, who may pay it by the link.

use sea_orm::EntityTrait;
use vitrine_entity::{draft_order, ids::DraftOrderId};

use crate::{
    Context, Shop, cart,
    checkout::drafts::{self, DraftStatus},
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

/// What it holds, for how much and until when. Every text but the remark is a single line.
pub(super) struct DraftOrder {
    pub(super) shop_name: String,
    pub(super) number: String,
    pub(super) amount: Money,
    /// Whether whoever pays chooses how it is sent, which costs extra.
    pub(super) is_shipping_open: bool,
    pub(super) lines: Vec<Message>,
    /// What staff write.
    pub(super) remark: Option<String>,
    pub(super) expires: Option<Value>,
    pub(super) link: String,
}

templates! { DraftOrder: "draft_order/body.txt", "draft_order/body.html" }

impl Letter for DraftOrder {
    fn subject(&self) -> Message {
        messages::mail_draft_subject(&self.number, &self.shop_name)
    }

    fn heading(&self) -> Message {
        messages::mail_draft_heading()
    }
}

impl DraftOrder {
    fn text(&self) -> Message {
        match self.is_shipping_open {
            true => messages::mail_draft_text_shipping(&self.number, self.amount),
            false => messages::mail_draft_text(&self.number, self.amount),
        }
    }

    fn until(&self) -> Option<Message> {
        self.expires.clone().map(messages::mail_draft_until)
    }
}

/// `None` where it may not be paid any more, or nobody is there to be told.
pub(super) async fn load(shop: &Shop, lease: &Lease, id: DraftOrderId) -> Result<Option<Mail>, JobError> {
    let Some(row) = draft_order::Entity::find_by_id(id).one(&shop.db).await? else {
        return Ok(None);
    };
    if row.deleted_at.is_some() || drafts::status(shop, &row) != DraftStatus::Sent {
        return Ok(None);
    }
    let context = Context::system(shop, "draft-order-mail");
    let Some(view) = cart::view(shop, &context, row.cart_id).await? else {
        return Ok(None);
    };
    let Some(to) = view.cart.email.clone() else {
        return Ok(None);
    };
    let profile = shop.profile();
    let address = view.cart.shipping_address.as_ref();
    let country = address.map_or(&*profile.country, |address| &*address.country);
    let language = Language::of(&view.cart.locale, country);
    let line =
        |line: &cart::CartLineView| messages::mail_draft_line(line.line.quantity, one_line(&line.title()), line.total);
    let shown = DraftOrder {
        shop_name: one_line(&profile.name),
        number: one_line(&row.number),
        amount: Money::new(view.cost.total_minor - view.cost.credit_minor, view.cost.currency),
        is_shipping_open: view.is_sent && !view.shipping_methods.iter().any(|method| method.selected),
        lines: view.lines.iter().map(line).collect(),
        remark: row.message,
        expires: row.expires_at.map(|at| (at, profile.time_zone).into()),
        link: drafts::link(shop, id),
    };
    Ok(Some(render(&shown, &language, lease.id.to_string(), &to)?))
}
