//! How far a return is: asked for, approved, refused, or arrived.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use vitrine_entity::{ids::ReturnId, location, order_event::OrderEventKind, order_return, order_return_line};

use crate::{
    Fault, Result, Shop,
    jobs::JobError,
    language::{Message, messages},
    mail::{
        layout::{Entry, Line, OrderView, address_lines},
        render::{Letter, templates},
    },
    ports::mailer::Mail,
};

pub(super) struct OrderReturn {
    pub(super) order: OrderView,
    /// As people write it on the parcel.
    pub(super) number: String,
    pub(super) goods: Vec<Line>,
    pub(super) told: Told,
}

/// What the mail tells.
pub(super) enum Told {
    Requested,
    Approved(Way),
    Refused(String),
    Received,
}

/// Where the goods are sent, and how.
#[derive(Debug, Default)]
pub(super) struct Way {
    pub(super) address: Vec<String>,
    pub(super) instructions: Option<String>,
    pub(super) label_url: Option<String>,
}

templates! { OrderReturn: "order_return/body.txt", "order_return/body.html" }

impl Letter for OrderReturn {
    fn subject(&self) -> Message {
        let number = &self.number;
        match self.told {
            Told::Requested => messages::mail_return_requested_subject(number),
            Told::Approved(_) => messages::mail_return_approved_subject(number),
            Told::Refused(_) => messages::mail_return_refused_subject(number),
            Told::Received => messages::mail_return_received_subject(number),
        }
    }

    fn heading(&self) -> Message {
        match self.told {
            Told::Requested => messages::mail_return_requested_heading(),
            Told::Approved(_) => messages::mail_return_approved_heading(),
            Told::Refused(_) => messages::mail_return_refused_heading(),
            Told::Received => messages::mail_return_received_heading(),
        }
    }

    fn preview(&self) -> Message {
        self.text()
    }

    fn next(&self) -> Option<Message> {
        match self.told {
            Told::Requested => Some(messages::mail_return_requested_next()),
            Told::Approved(_) => Some(messages::mail_return_approved_next()),
            Told::Refused(_) => None,
            Told::Received => Some(messages::mail_return_received_next()),
        }
    }
}

impl OrderReturn {
    fn text(&self) -> Message {
        let number = &self.order.number;
        match self.told {
            Told::Requested => messages::mail_return_requested_text(number),
            Told::Approved(_) => messages::mail_return_approved_text(number),
            Told::Refused(_) => messages::mail_return_refused_text(number),
            Told::Received => messages::mail_return_received_text(number),
        }
    }

    fn reason(&self) -> Option<&str> {
        match &self.told {
            Told::Refused(reason) => Some(reason),
            _ => None,
        }
    }

    /// What the list of goods is.
    fn caption(&self) -> Message {
        match self.told {
            Told::Received => messages::mail_return_came(),
            Told::Requested | Told::Approved(_) | Told::Refused(_) => messages::mail_return_goods(),
        }
    }

    fn way(&self) -> Option<&Way> {
        match &self.told {
            Told::Approved(way) => Some(way),
            _ => None,
        }
    }
}

pub(super) async fn load(shop: &Shop, entry: &Entry) -> Result<Option<Mail>, JobError> {
    let corrupt = || Fault::Corrupt {
        table: "order_event",
        column: "data",
        id: format!("{}.{}", entry.order.id, entry.event.number),
    };
    let id: Option<String> = entry.named("return");
    let id: ReturnId = id.and_then(|id| id.parse().ok()).ok_or_else(corrupt)?;
    let row = order_return::Entity::find_by_id(id).one(&shop.db).await?;
    let row = row.ok_or_else(corrupt)?;
    let told = match entry.event.kind {
        OrderEventKind::ReturnRequested => Told::Requested,
        OrderEventKind::ReturnApproved => Told::Approved(way(shop, entry, &row).await?),
        OrderEventKind::ReturnRefused => Told::Refused(row.refusal.clone().unwrap_or_default()),
        _ => Told::Received,
    };
    let shown = OrderReturn {
        order: entry.view(shop).await?,
        number: format!("{}-R{}", entry.order.number, row.number),
        goods: goods(shop, entry, id, matches!(told, Told::Received)).await?,
        told,
    };
    Ok(Some(entry.render(&shown)?))
}

/// What comes back; of goods that have arrived what is there by now.
async fn goods(shop: &Shop, entry: &Entry, id: ReturnId, are_there: bool) -> Result<Vec<Line>> {
    let lines = order_return_line::Entity::find()
        .filter(order_return_line::Column::ReturnId.eq(id))
        .order_by_asc(order_return_line::Column::Position)
        .all(&shop.db)
        .await?;
    let currency = entry.order.currency;
    let shown = lines.iter().filter_map(|line| {
        let sold = entry.lines.iter().find(|sold| sold.id == line.order_line_id)?;
        let units = match are_there {
            true => line.received,
            false => line.quantity,
        };
        (units > 0).then(|| Line::new(sold, units, currency, &entry.language))
    });
    Ok(shown.collect())
}

async fn way(shop: &Shop, entry: &Entry, row: &order_return::Model) -> Result<Way> {
    let place = match row.location_id {
        Some(id) => location::Entity::find_by_id(id).one(&shop.db).await?,
        None => None,
    };
    let address = place.and_then(|place| place.address);
    let address = address.or_else(|| shop.profile().address.clone());
    Ok(Way {
        address: address.map_or_else(Vec::new, |address| address_lines(&address, &entry.language)),
        instructions: row.instructions.clone(),
        label_url: row.label_url.clone(),
    })
}
