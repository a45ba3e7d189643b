//! Every entry that is worth a mail has its own, and no other; subscribers saw every public entry,
//! once, in order; and nothing was announced that is not there.

use std::collections::{BTreeMap, HashSet};

use sea_orm::EntityTrait;
use vitrine_commerce::{
    jobs::{Job, MailKind},
    notifications::{in_app_for, mail_for},
    ports::event_bus::Topic,
};
use vitrine_entity::{
    notification, order,
    order_event::{self, OrderEventKind},
    outbox,
};

use crate::simulator::{ports::Sent, world::World};

impl World {
    pub(super) async fn messages(&self) -> Vec<String> {
        let events = order_event::Entity::find().all(&self.db).await.expect("timelines");
        let jobs = self.jobs_ever().await;
        let mut found = self.mails(&events, &jobs);
        found.extend(self.timelines(&events));
        let orders = order::Entity::find().all(&self.db).await.expect("orders");
        found.extend(self.notifications(&orders, &events).await);
        let there: HashSet<_> = orders.iter().map(|order| order.id).collect();
        for topic in self.bus.announced() {
            if let Topic::Order(id) = topic
                && !there.contains(&id)
            {
                found.push(format!("{id} was announced and is not there"));
            }
        }
        found
    }

    /// A customer is told of each entry that is worth it, once.
    async fn notifications(&self, orders: &[order::Model], events: &[order_event::Model]) -> Vec<String> {
        let told = notification::Entity::find().all(&self.db).await.expect("notifications");
        let mut found = Vec::new();
        for order in orders {
            let told = told.iter().filter(|row| row.order_id == Some(order.id)).count();
            let of_order = events.iter().filter(|event| event.order_id == order.id);
            let worth =
                of_order.filter(|event| order.customer_id.is_some() && in_app_for(event.kind, &event.data).is_some());
            let owner = order.customer_id.map(|id| id.to_string());
            // What they have changed themselves a moment ago they need not be told.
            let is_own = |event: &order_event::Model| {
                event.kind == OrderEventKind::Edited && Some(&event.actor) == owner.as_ref()
            };
            let worth = worth.filter(|event| !is_own(event)).count();
            if told != worth {
                found.push(format!(
                    "the customer of {} was told {told} of {worth} things",
                    order.number
                ));
            }
        }
        found
    }

    fn mails(&self, events: &[order_event::Model], jobs: &[outbox::Model]) -> Vec<String> {
        let refused = self.mailer.refused();
        let mut by_id: BTreeMap<String, Vec<Sent>> = BTreeMap::new();
        for sent in self.mailer.sent() {
            by_id.entry(sent.mail.message_id.clone()).or_default().push(sent);
        }
        let mut found = Vec::new();
        for event in events.iter().filter(|event| mail_for(event.kind).is_some()) {
            let id = format!("{}.{}", event.order_id, event.number);
            // Nobody is asked to pay for what was paid, or cancelled, meanwhile.
            let may_be_late = matches!(
                event.kind,
                OrderEventKind::PaymentFailed | OrderEventKind::PaymentInstructions
            );
            // Nor is anybody told of a parcel where the rest of the order was paid back.
            let tells_nothing = event.kind == OrderEventKind::Dispatched && event.data.get("closed").is_some();
            match by_id.remove(&id) {
                Some(sent) if self.is_repeated(&sent) => {
                    found.push(format!("the mail {id} ({:?}) was sent again without need", event.kind));
                }
                Some(_) => {}
                None if may_be_late || tells_nothing || refused.contains(&id) => {}
                None => found.push(format!("the mail {id} ({:?}) was never sent", event.kind)),
            }
        }
        for (job, mail) in jobs.iter().filter_map(|row| Some((row, mail_of(row)?))) {
            let id = job.id.to_string();
            match by_id.remove(&id) {
                Some(sent) if self.is_repeated(&sent) => {
                    found.push(format!("the mail {id} ({mail:?}) was sent again without need"));
                }
                None if is_never_in_vain(mail) && !refused.contains(&id) => {
                    found.push(format!("the mail {id} ({mail:?}) was never sent"));
                }
                _ => {}
            }
        }
        found.extend(by_id.into_keys().map(|id| format!("nothing was worth the mail {id}")));
        found
    }

    /// Whether a mail went out once more after somebody had sent it and written that down. Whoever was frozen with it in
    /// hand could not know.
    fn is_repeated(&self, sent: &[Sent]) -> bool {
        let done = |sent: &Sent| sent.answered && self.unhindered.contains(&sent.operation);
        let in_time = sent.iter().filter(|sent| !sent.late);
        in_time.rev().skip(1).any(done)
    }

    fn timelines(&self, events: &[order_event::Model]) -> Vec<String> {
        let mut found = Vec::new();
        for order in &self.model.orders {
            let mut public: Vec<_> = events
                .iter()
                .filter(|event| event.order_id == order.id && event.public)
                .map(|event| event.number)
                .collect();
            public.sort_unstable();
            if public != order.seen {
                found.push(format!(
                    "the shopper of {} saw {:?} of {public:?}",
                    order.id, order.seen
                ));
            }
        }
        found
    }
}

/// Whether a mail is sent whatever has happened since.
fn is_never_in_vain(mail: MailKind) -> bool {
    matches!(
        mail,
        MailKind::Document { .. } | MailKind::WithdrawalReceived { .. } | MailKind::WithdrawalForStaff { .. }
    )
}

/// The mail that a job of its own sends.
fn mail_of(row: &outbox::Model) -> Option<MailKind> {
    match serde_json::from_value(row.job.clone()) {
        Ok(Job::SendMail { mail }) => Some(mail),
        _ => None,
    }
}
