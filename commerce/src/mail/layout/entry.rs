//! The entry of an order's timeline that a mail tells of. What a mail needs is read from the order's rows as
//! they are now, and from the entry what only it knows (`declineCode`, `reasonCode`, `amountMinor`).

use std::sync::Arc;

use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder};
use serde::de::DeserializeOwned;
use vitrine_entity::{
    company_order,
    ids::{OrderId, OrderMailResendId},
    location, order, order_adjustment, order_event, order_line, payment,
    reservation::{self, ReservationState},
};

use super::view::{DownloadView, OrderView, Pickup};
use crate::{
    Fault, Result, Shop,
    companies::{self, account, account::AccountState},
    downloads, inventory,
    jobs::JobError,
    language::{Language, Message, Value, messages},
    mail::{
        render::{Parts, render},
        words::one_line,
    },
    orders,
    ports::mailer::Mail,
    sql::{self, columns},
};

/// An entry, with its order as it stands now.
pub(crate) struct Entry {
    /// The order's.
    pub(crate) language: Arc<Language>,
    pub(crate) order: order::Model,
    pub(crate) event: order_event::Model,
    /// What was ordered, in its order.
    pub(crate) lines: Vec<order_line::Model>,
    /// What was taken off and put on, in the order in which it was decided.
    pub(crate) adjustments: Vec<order_adjustment::Model>,
    /// Whether anything of it was promised, and whether it gives anything to be fetched.
    pub(crate) has_backorders: bool,
    pub(crate) has_downloads: bool,
    /// Under which name staff send its mail again.
    pub(crate) resend: Option<OrderMailResendId>,
}

impl Entry {
    /// # Errors
    /// Buried when there is no such row: no repetition will bring it.
    pub(crate) async fn find(shop: &Shop, id: OrderId, number: i64) -> Result<Self, JobError> {
        let gone = |what: &str| JobError::Bury(Fault::Other(format!("{what} of {id} does not exist"), None).into());
        let sql = format!(
            "select {}, {}, {}, \
               exists (select 1 from backorder b where b.order_id = o.id and b.state <> 'CANCELLED') as has_backorders, \
               exists (select 1 from order_download d where d.order_id = o.id) as has_downloads \
             from orders o left join order_event e on e.order_id = o.id and e.number = $2 \
             left join order_line l on l.order_id = o.id where o.id = $1 order by l.position",
            columns::<order::Column>("o"),
            columns::<order_event::Column>("e"),
            columns::<order_line::Column>("l")
        );
        let rows = sql::rows(&shop.db, &sql, [id.into(), number.into()]).await?;
        let row = rows.first().ok_or_else(|| gone("the row"))?;
        let event = order_event::Model::from_query_result_optional(row, "e_")?;
        let lines = rows
            .iter()
            .map(|row| order_line::Model::from_query_result_optional(row, "l_"));
        let order = order::Model::from_query_result(row, "o_")?;
        let adjustments = match order.discount_minor {
            0 => Vec::new(),
            _ => orders::load::adjustments_on(&shop.db, id).await?,
        };
        Ok(Self {
            adjustments,
            language: orders::language_of(&order),
            order,
            event: event.ok_or_else(|| gone("the timeline's entry"))?,
            lines: lines.filter_map(Result::transpose).collect::<Result<_, _>>()?,
            has_backorders: row.try_get("", "has_backorders")?,
            has_downloads: row.try_get("", "has_downloads")?,
            resend: None,
        })
    }

    /// Writes the mail to whoever placed the order. Its `Message-ID` is the entry's, and another one when it is
    /// sent again: programs show what they know only once.
    pub(crate) fn render(&self, shown: &impl Parts) -> Result<Mail, Fault> {
        let mut message_id = format!("{}.{}", self.order.id, self.event.number);
        if let Some(resend) = self.resend {
            message_id = format!("{message_id}.{resend}");
        }
        render(shown, &self.language, message_id, &self.order.email)
    }

    pub(crate) async fn view(&self, shop: &Shop) -> Result<OrderView> {
        let link = orders::access::link(shop, self.order.id);
        let (lines, currency) = (&self.lines, self.order.currency);
        let backorders = match self.has_backorders {
            true => inventory::backorders_on(&shop.db, &[self.order.id]).await?,
            false => Vec::new(),
        };
        let view = OrderView::new(&shop.profile(), &self.order, lines, currency, link, &self.language);
        let view = view.with_discounts(lines, &self.adjustments, currency, &self.language);
        let row = companies::company_of_orders(shop, &[self.order.id]).await?;
        let row = row.get(&self.order.id);
        Ok(OrderView {
            pickup: self.pickup(shop).await?,
            account: row.and_then(|row| self.account(shop, row)),
            purchase_order: row.and_then(|row| row.purchase_order_number.as_deref()).map(one_line),
            ..view.with_promises(lines, &backorders, &self.language)
        })
    }

    /// What a company owes of it.
    fn account(&self, shop: &Shop, row: &company_order::Model) -> Option<Message> {
        let today = shop.profile().date(shop.now());
        match (account::state(row, self.order.status, today)?, row.due_on?) {
            (AccountState::Due, due_on) => Some(messages::mail_account_due(due_on)),
            (AccountState::Overdue, due_on) => Some(messages::mail_account_overdue(due_on)),
            (AccountState::Paid, _) => Some(messages::mail_account_paid()),
            (AccountState::Credited, _) => Some(messages::mail_account_credited()),
            (AccountState::GivenUp, _) => None,
        }
    }

    /// Where the goods are picked up, as the location says it now.
    async fn pickup(&self, shop: &Shop) -> Result<Option<Pickup>> {
        let delivery = self.order.delivery.as_ref();
        let Some(id) = delivery.and_then(|delivery| delivery.location) else {
            return Ok(None);
        };
        let location = location::Entity::find_by_id(id).one(&shop.db).await?;
        Ok(location.as_ref().map(|location| Pickup::new(location, &self.language)))
    }

    /// What of it can be fetched.
    pub(crate) async fn downloads(&self, shop: &Shop) -> Result<Vec<DownloadView>> {
        if !self.has_downloads {
            return Ok(Vec::new());
        }
        let downloads = downloads::of_order(shop, self.order.id).await?;
        Ok(downloads
            .iter()
            .map(|download| {
                DownloadView::new(
                    download,
                    downloads::link(shop, download.row.id),
                    shop.profile().time_zone,
                    &self.language,
                )
            })
            .collect())
    }

    /// What the entry says under `key`.
    pub(crate) fn named<T: DeserializeOwned>(&self, key: &str) -> Option<T> {
        serde_json::from_value(self.event.data.get(key)?.clone()).ok()
    }

    /// Until when the goods are held; `None` where they are not.
    pub(crate) async fn held_until(&self, shop: &Shop) -> Result<Option<Value>> {
        let held = reservation::Entity::find()
            .filter(reservation::Column::OrderId.eq(self.order.id))
            .filter(reservation::Column::State.eq(ReservationState::Held))
            .filter(reservation::Column::ExpiresAt.gt(shop.now()))
            .order_by_asc(reservation::Column::ExpiresAt)
            .one(&shop.db)
            .await?;
        Ok(held.map(|reservation| (reservation.expires_at, shop.profile().time_zone).into()))
    }

    pub(crate) async fn payments(&self, shop: &Shop) -> Result<Vec<payment::Model>> {
        let of_order = payment::Entity::find().filter(payment::Column::OrderId.eq(self.order.id));
        Ok(of_order.all(&shop.db).await?)
    }
}
