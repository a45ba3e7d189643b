//! From a page on which the shopper agrees to the order that comes of it. An attempt is known by its page and its session
//! (`hpp:PAGE:SESSION`) until there is an order, and by the order's id from then on; the page goes on leading to the order.

use vitrine_commerce::ports::payment::{Charge, ProviderCharge, ProviderError};
use vitrine_entity::ids::PaymentId;

use super::{
    KlarnaProvider,
    client::Answer,
    fault::Fault,
    market,
    object::{Order, Page, Session, WAITS, Waiting},
    request, translate,
};

const SESSIONS: [&str; 3] = ["payments", "v1", "sessions"];
const PAGES: [&str; 3] = ["hpp", "v1", "sessions"];
pub(super) const ORDERS: [&str; 3] = ["ordermanagement", "v1", "orders"];

/// What Klarna knows of an attempt.
pub(super) enum Known {
    Waiting(Box<Waiting>),
    Ordered(Box<Answer<Order>>),
}

impl KlarnaProvider {
    /// A page for the shopper to agree on. If its answer is lost, nobody has its address: another is made, and nothing can
    /// come of this one.
    pub(super) async fn open(&self, charge: &Charge) -> Result<ProviderCharge, ProviderError> {
        let asked = request::session(charge, &self.shop)?;
        if !market::pays(&charge.country, charge.amount.currency) {
            return Ok(translate::not_paid_there(charge.payment, charge.amount, self.is_live));
        }
        let made = self.client.post::<Session>(&SESSIONS, &asked, &charge.key).await;
        let session = made.map_err(of_address)?.body;
        let session_id = session.session_id.clone();
        let [root, version, kind] = SESSIONS;
        let address = self.client.address(&[root, version, kind, &session_id]);
        let asked = request::page(charge, &address, &self.webhook_url);
        let key = format!("{}:page", charge.key);
        let page = self.client.post::<Page>(&PAGES, &asked, &key).await;
        let Answer { body: page, request_id } = page.map_err(of_address)?;
        let told = Waiting {
            page,
            // An answer to its making tells the id alone.
            session: Session {
                order_amount: charge.amount.minor,
                purchase_currency: charge.amount.currency.code().to_owned(),
                ..session
            },
            session_id,
            request_id,
        };
        Ok(translate::waiting(&told, charge.payment, self.is_live)?)
    }

    /// `None` for what Klarna has never heard of.
    pub(super) async fn known(&self, reference: &str) -> Result<Option<Known>, Fault> {
        let mut parts = reference.split(':');
        let (Some(WAITS), Some(page), Some(session_id)) = (parts.next(), parts.next(), parts.next()) else {
            let found = self.order(reference).await?;
            return Ok(found.map(|order| Known::Ordered(Box::new(order))));
        };
        let Some(Answer { body: page, request_id }) = self.page(page).await? else {
            return Ok(None);
        };
        if let Some(order) = &page.order_id {
            let found = self.order(order).await?;
            let found = found.ok_or_else(|| Fault::Nonsense(format!("the order `{order}` is not there")))?;
            return Ok(Some(Known::Ordered(Box::new(found))));
        }
        let [root, version, kind] = SESSIONS;
        let found = self.client.find::<Session>(&[root, version, kind, session_id]).await?;
        if found.is_none() && page.status == "COMPLETED" {
            // The session ends with the order, which is not shown yet.
            return Err(Fault::Nonsense("a page that was agreed to has no order".to_owned()));
        }
        Ok(found.map(|session| {
            Known::Waiting(Box::new(Waiting {
                page,
                session: session.body,
                session_id: session_id.to_owned(),
                request_id,
            }))
        }))
    }

    pub(super) async fn page(&self, id: &str) -> Result<Option<Answer<Page>>, Fault> {
        let [root, version, kind] = PAGES;
        self.client.find(&[root, version, kind, id]).await
    }

    pub(super) async fn order(&self, id: &str) -> Result<Option<Answer<Order>>, Fault> {
        let [root, version, kind] = ORDERS;
        self.client.find(&[root, version, kind, id]).await
    }

    /// What has become of an order that is there.
    pub(super) async fn order_after(&self, id: &str) -> Result<Answer<Order>, Fault> {
        let found = self.order(id).await.map_err(|fault| Fault::Unseen(Box::new(fault)))?;
        found.ok_or_else(|| Fault::Nonsense(format!("the order `{id}` is not there")))
    }

    /// An order that something is to be done with.
    pub(super) async fn ordered(&self, reference: &str) -> Result<Answer<Order>, Fault> {
        match self.known(reference).await? {
            Some(Known::Ordered(order)) => Ok(*order),
            Some(Known::Waiting(_)) => Err(Fault::Impossible("the shopper has not agreed to it".to_owned())),
            None => Err(Fault::Impossible(format!("there is no order `{reference}`"))),
        }
    }

    /// Sees to it that nobody can agree any more, and gives what they have agreed to before that.
    pub(super) async fn close(&self, waiting: &Waiting) -> Result<Option<Box<Answer<Order>>>, Fault> {
        let [root, version, kind] = PAGES;
        let closed = self
            .client
            .delete(&[root, version, kind, &waiting.page.session_id])
            .await;
        match (self.known(&waiting.reference()).await?, closed) {
            (Some(Known::Ordered(order)), _) => Ok(Some(order)),
            (None, _) => Ok(None),
            // One that has ended before may say so; of any other it must be known that it has.
            (Some(Known::Waiting(_)), Err(fault)) if !fault.is_refused() => Err(fault),
            (Some(Known::Waiting(now)), _) if now.page.status == "DISABLED" || now.page.has_failed() => Ok(None),
            (Some(Known::Waiting(now)), _) => Err(Fault::Nonsense(format!(
                "a page that was closed is {}",
                now.page.status
            ))),
        }
    }

    pub(super) fn told(&self, answer: &Answer<Order>, asked_for: PaymentId) -> Result<ProviderCharge, Fault> {
        translate::order(&answer.body, asked_for, self.is_live, answer.request_id.clone())
    }

    /// What has become of it, after something was done.
    pub(super) async fn seen(&self, id: &str, payment: PaymentId) -> Result<ProviderCharge, Fault> {
        self.told(&self.order_after(id).await?, payment)
    }
}

/// What is not there is the place where sessions are made: the address is wrong.
fn of_address(fault: Fault) -> ProviderError {
    match fault.is_not_found() {
        true => ProviderError::Misconfigured(fault.to_string()),
        false => fault.into(),
    }
}
