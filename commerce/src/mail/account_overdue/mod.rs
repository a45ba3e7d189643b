//! What a company owes is late.

use sea_orm::EntityTrait;
use vitrine_entity::{company, company_order, ids::OrderId, order};

use crate::{
    Shop,
    jobs::JobError,
    language::{Message, Value, messages},
    mail::{
        render::{Letter, render, templates},
        words::one_line,
    },
    money::Money,
    orders,
    outbox::Lease,
    ports::mailer::Mail,
};

/// What is owed, by whom, and since when it is late. Every text is a single line.
pub(super) struct AccountOverdue {
    pub(super) shop_name: String,
    pub(super) company: String,
    pub(super) number: String,
    pub(super) amount: Money,
    pub(super) due_on: Value,
    /// Whether they were reminded of it before.
    pub(super) is_second: bool,
    pub(super) link: String,
}

templates! { AccountOverdue: "account_overdue/body.txt", "account_overdue/body.html" }

impl Letter for AccountOverdue {
    fn subject(&self) -> Message {
        match self.is_second {
            false => messages::mail_overdue_subject(&self.number),
            true => messages::mail_overdue_again_subject(&self.number),
        }
    }

    fn heading(&self) -> Message {
        match self.is_second {
            false => messages::mail_overdue_heading(),
            true => messages::mail_overdue_again_heading(),
        }
    }
}

impl AccountOverdue {
    fn text(&self) -> Message {
        let (amount, number, company, due_on) = (self.amount, &self.number, &self.company, &self.due_on);
        match self.is_second {
            false => messages::mail_overdue_text(amount, number, company, due_on),
            true => messages::mail_overdue_again_text(amount, number, company, due_on),
        }
    }
}

/// To the company, or where it has no address of its own to whoever ordered. `None` where it owes nothing any more.
pub(super) async fn load(shop: &Shop, lease: &Lease, id: OrderId) -> Result<Option<Mail>, JobError> {
    let owed = company_order::Entity::find_by_id(id).one(&shop.db).await?;
    let Some(owed) = owed.filter(|owed| owed.closed_at.is_none()) else {
        return Ok(None);
    };
    let (Some(minor), Some(due_on)) = (owed.account_minor, owed.due_on) else {
        return Ok(None);
    };
    let order = order::Entity::find_by_id(id).one(&shop.db).await?;
    let company = company::Entity::find_by_id(owed.company_id).one(&shop.db).await?;
    let (Some(order), Some(company)) = (order, company) else {
        return Ok(None);
    };
    let profile = shop.profile();
    let language = orders::language_of(&order);
    let shown = AccountOverdue {
        shop_name: one_line(&profile.name),
        company: one_line(&company.name),
        number: one_line(&order.number),
        amount: Money::new(minor, profile.currency),
        due_on: due_on.into(),
        is_second: owed.second_reminded_at.is_some(),
        link: orders::access::link(shop, id),
    };
    let to = company.email.as_ref().unwrap_or(&order.email);
    Ok(Some(render(&shown, &language, lease.id.to_string(), to)?))
}
