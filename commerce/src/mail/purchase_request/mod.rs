//! A manager is asked to approve a purchase, and whoever asked is answered.

use sea_orm::EntityTrait;
use vitrine_entity::{
    company, customer,
    ids::{CustomerId, PurchaseRequestId},
    order,
    purchase_request::{self, PurchaseRequestState},
};

use crate::{
    Shop,
    jobs::JobError,
    language::{Language, Message, messages},
    mail::{
        render::{Letter, render, templates},
        words::one_line,
    },
    money::Money,
    outbox::Lease,
    ports::mailer::Mail,
};

/// What somebody asks for, and what was answered. Every text but the remark is a single line.
pub(super) struct PurchaseRequest {
    pub(super) shop_name: String,
    pub(super) company: String,
    /// Who asks.
    pub(super) buyer: String,
    pub(super) amount: Money,
    pub(super) stage: Stage,
    /// What the buyer, or the manager, says of it.
    pub(super) remark: Option<String>,
    pub(super) link: String,
}

/// What the mail tells.
pub(super) enum Stage {
    Asked,
    /// The number of the order that it became.
    Approved {
        number: String,
    },
    Refused,
}

templates! { PurchaseRequest: "purchase_request/body.txt", "purchase_request/body.html" }

impl Letter for PurchaseRequest {
    fn subject(&self) -> Message {
        match &self.stage {
            Stage::Asked => messages::mail_request_subject(&self.buyer, &self.company),
            Stage::Approved { number } => messages::mail_request_approved_subject(number),
            Stage::Refused => messages::mail_request_refused_subject(&self.company),
        }
    }

    fn heading(&self) -> Message {
        match &self.stage {
            Stage::Asked => messages::mail_request_heading(),
            Stage::Approved { .. } => messages::mail_request_approved_heading(),
            Stage::Refused => messages::mail_request_refused_heading(),
        }
    }
}

impl PurchaseRequest {
    fn text(&self) -> Message {
        match &self.stage {
            Stage::Asked => messages::mail_request_text(&self.buyer, self.amount, &self.company),
            Stage::Approved { number } => messages::mail_request_approved_text(self.amount, &self.company, number),
            Stage::Refused => messages::mail_request_refused_text(self.amount, &self.company),
        }
    }
}

/// To a manager. `None` where nothing waits for them any more.
pub(super) async fn load_asked(
    shop: &Shop,
    lease: &Lease,
    id: PurchaseRequestId,
    manager: CustomerId,
) -> Result<Option<Mail>, JobError> {
    let Some(row) = purchase_request::Entity::find_by_id(id).one(&shop.db).await? else {
        return Ok(None);
    };
    match row.state {
        PurchaseRequestState::Open => letter(shop, lease, row, manager).await,
        _ => Ok(None),
    }
}

/// To whoever asked. `None` where they took it back.
pub(super) async fn load_decided(shop: &Shop, lease: &Lease, id: PurchaseRequestId) -> Result<Option<Mail>, JobError> {
    let Some(row) = purchase_request::Entity::find_by_id(id).one(&shop.db).await? else {
        return Ok(None);
    };
    let to = row.customer_id;
    match row.state {
        PurchaseRequestState::Approved | PurchaseRequestState::Refused => letter(shop, lease, row, to).await,
        PurchaseRequestState::Open | PurchaseRequestState::Withdrawn => Ok(None),
    }
}

async fn letter(
    shop: &Shop,
    lease: &Lease,
    row: purchase_request::Model,
    to: CustomerId,
) -> Result<Option<Mail>, JobError> {
    let company = company::Entity::find_by_id(row.company_id).one(&shop.db).await?;
    let buyer = customer::Entity::find_by_id(row.customer_id).one(&shop.db).await?;
    let to = customer::Entity::find_by_id(to).one(&shop.db).await?;
    let (Some(company), Some(buyer), Some(to)) = (company, buyer, to) else {
        return Ok(None);
    };
    let order = match row.order_id {
        Some(id) => order::Entity::find_by_id(id).one(&shop.db).await?,
        None => None,
    };
    let stage = match (row.state, order) {
        (PurchaseRequestState::Open, _) => Stage::Asked,
        (_, Some(order)) => Stage::Approved {
            number: one_line(&order.number),
        },
        (_, None) => Stage::Refused,
    };
    let profile = shop.profile();
    let own = profile.language();
    let language = Language::of(to.language.as_deref().unwrap_or(&own), &profile.country);
    let remark = match stage {
        Stage::Asked => row.note,
        Stage::Approved { .. } | Stage::Refused => row.answer,
    };
    let shown = PurchaseRequest {
        shop_name: one_line(&profile.name),
        company: one_line(&company.name),
        buyer: one_line(&buyer.name),
        amount: Money::new(row.total_minor, row.currency),
        stage,
        remark,
        link: format!("{}/account/companies/{}", shop.settings.public_url, company.id),
    };
    Ok(Some(render(&shown, &language, lease.id.to_string(), &to.email)?))
}
