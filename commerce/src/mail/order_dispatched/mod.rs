//! The goods have left the house: all of them, or a part.

use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};
use vitrine_entity::{ids::ShipmentId, order_line, shipment, shipment_line};

use crate::{
    Result, Shop,
    jobs::JobError,
    language::{Message, messages},
    mail::{
        layout::{Entry, Line, OrderView},
        render::{Letter, templates},
        words::one_line,
    },
    orders::fulfilment_on,
    ports::mailer::Mail,
};

pub(super) struct OrderDispatched {
    pub(super) order: OrderView,
    pub(super) parcel: Parcel,
}

/// What left the house.
#[derive(Debug, Default)]
pub(super) struct Parcel {
    pub(super) carrier: Option<String>,
    pub(super) tracking_number: Option<String>,
    /// Only http and https.
    pub(super) tracking_url: Option<String>,
    /// What it holds, where that is not the whole order.
    pub(super) part: Vec<Line>,
    /// What of the order is still to be sent.
    pub(super) rest: Vec<Line>,
}

impl Parcel {
    /// Whether more is still to be sent.
    fn is_part(&self) -> bool {
        !self.rest.is_empty()
    }
}

templates! { OrderDispatched: "order_dispatched/body.txt", "order_dispatched/body.html" }

impl Letter for OrderDispatched {
    fn subject(&self) -> Message {
        let number = &self.order.number;
        match (&self.order.pickup, self.parcel.is_part()) {
            (Some(_), false) => messages::mail_dispatched_subject_pick_up(number),
            (Some(_), true) => messages::mail_dispatched_subject_part_pick_up(number),
            (None, false) => messages::mail_dispatched_subject(number),
            (None, true) => messages::mail_dispatched_subject_part(number),
        }
    }

    fn heading(&self) -> Message {
        match (&self.order.pickup, self.parcel.is_part()) {
            (Some(_), false) => messages::mail_dispatched_heading_pick_up(),
            (Some(_), true) => messages::mail_dispatched_heading_part_pick_up(),
            (None, false) => messages::mail_dispatched_heading(),
            (None, true) => messages::mail_dispatched_heading_part(),
        }
    }

    fn preview(&self) -> Message {
        self.text()
    }

    fn step(&self) -> Option<usize> {
        self.order.goes_by_parcel().then_some(3)
    }

    fn next(&self) -> Option<Message> {
        let (is_part, parcel) = (self.parcel.is_part(), &self.parcel);
        let is_tracked = parcel.tracking_url.is_some() || parcel.tracking_number.is_some();
        Some(match (&self.order.pickup, is_part) {
            (Some(_), true) => messages::mail_dispatched_next_part_pick_up(),
            (Some(_), false) => messages::mail_dispatched_next_pick_up(),
            (None, true) => messages::mail_dispatched_next_part(),
            (None, false) if is_tracked => messages::mail_dispatched_next_tracked(),
            (None, false) => messages::mail_dispatched_next(),
        })
    }
}

/// How much of its order a parcel holds.
enum Share {
    Whole,
    /// More is still to be sent.
    Part,
    /// The rest of it went before.
    Last,
}

impl OrderDispatched {
    fn text(&self) -> Message {
        let (number, parcel) = (&self.order.number, &self.parcel);
        let share = match (parcel.rest.is_empty(), parcel.part.is_empty()) {
            (false, _) => Share::Part,
            (true, false) => Share::Last,
            (true, true) => Share::Whole,
        };
        match (&self.order.pickup, &parcel.carrier, share) {
            (Some(_), _, Share::Whole) => messages::mail_dispatched_text_pick_up(number),
            (Some(_), _, Share::Part) => messages::mail_dispatched_part_pick_up(number),
            (Some(_), _, Share::Last) => messages::mail_dispatched_last_pick_up(number),
            (None, Some(carrier), Share::Whole) => messages::mail_dispatched_text_carrier(number, carrier),
            (None, Some(carrier), Share::Part) => messages::mail_dispatched_part_carrier(number, carrier),
            (None, Some(carrier), Share::Last) => messages::mail_dispatched_last_carrier(number, carrier),
            (None, None, Share::Whole) => messages::mail_dispatched_text(number),
            (None, None, Share::Part) => messages::mail_dispatched_part(number),
            (None, None, Share::Last) => messages::mail_dispatched_last(number),
        }
    }
}

pub(super) async fn load(shop: &Shop, entry: &Entry) -> Result<Option<Mail>, JobError> {
    // The rest of it was paid back: nothing has left by this.
    if entry.event.data.get("closed").is_some() {
        return Ok(None);
    }
    let shown = OrderDispatched {
        order: entry.view(shop).await?,
        parcel: parcel(shop, entry).await?,
    };
    Ok(Some(entry.render(&shown)?))
}

async fn parcel(shop: &Shop, entry: &Entry) -> Result<Parcel> {
    let of_order = shipment::Entity::find().filter(shipment::Column::OrderId.eq(entry.order.id));
    // Entries of earlier versions name none: there was one.
    let named = entry
        .event
        .data
        .get("shipment")
        .and_then(|id| id.as_str())
        .and_then(|id| id.parse().ok());
    let of_order =
        of_order.filter(Condition::all().add_option(named.map(|id: ShipmentId| shipment::Column::Id.eq(id))));
    let Some(shipment) = of_order.order_by_desc(shipment::Column::Id).one(&shop.db).await? else {
        return Ok(Parcel::default());
    };
    let held = shipment_line::Entity::find()
        .filter(shipment_line::Column::ShipmentId.eq(shipment.id))
        .all(&shop.db)
        .await?;
    let (ordered, currency) = (&entry.lines, entry.order.currency);
    let quantity_of = |line: &order_line::Model| -> i32 {
        held.iter()
            .filter(|part| part.order_line_id == line.id)
            .map(|part| part.quantity)
            .sum()
    };
    let whole = held.is_empty() || ordered.iter().all(|line| quantity_of(line) == line.quantity);
    let part = ordered
        .iter()
        .map(|line| (line, quantity_of(line)))
        .filter(|(_, quantity)| !whole && *quantity > 0);
    let unsent = fulfilment_on(&shop.db, entry.order.id).await?;
    let rest = ordered.iter().filter_map(|line| {
        let units = unsent.iter().find(|unsent| unsent.order_line_id == line.id)?.unsent();
        (units > 0).then(|| {
            Line::new(
                line,
                i32::try_from(units).unwrap_or(i32::MAX),
                currency,
                &entry.language,
            )
        })
    });
    let is_web = |url: &String| url.starts_with("https://") || url.starts_with("http://");
    Ok(Parcel {
        carrier: shipment.carrier.map(|carrier| one_line(&carrier)),
        tracking_number: shipment.tracking_number.map(|number| one_line(&number)),
        tracking_url: shipment.tracking_url.map(|url| one_line(&url)).filter(is_web),
        part: part
            .map(|(line, quantity)| Line::new(line, quantity, currency, &entry.language))
            .collect(),
        rest: rest.collect(),
    })
}
