//! The job `SendOrderSms`: sends the text message of one entry of an order's timeline, once.
//!
//! That it is being sent is committed before the provider is asked, under the fence of this claim: a later claim that finds it
//! so does not know whether it went out, says that, and leaves it. What certainly did not go out is sent later.

use std::time::Duration;

use chrono::TimeDelta;
use sea_orm::EntityTrait;
use tokio::time::timeout;
use tracing::{Instrument, field::Empty};
use vitrine_entity::{ids::OrderId, order, order_event, order_sms_consent::SmsConsentSource};

use super::consent::{latest, withdraw};
use crate::{
    Context, Fault, Result, Shop, Tx,
    jobs::JobError,
    notifications::Occasion,
    orders::{access, language_of},
    outbox::Lease,
    ports::sms::{Sms, SmsError, TEXT_LENGTH_MAX},
    sql,
    trace::step,
};

/// How long the provider may take; well within the job's lease.
const TIMEOUT: Duration = Duration::from_secs(25);
const SEND_MAX: TimeDelta = TimeDelta::seconds(25);

/// The pauses while a provider is away. They grow with the message's age.
const PAUSE_MIN: TimeDelta = TimeDelta::seconds(10);
const PAUSE_MAX: TimeDelta = TimeDelta::minutes(15);

/// The most messages about one order, however many parcels it has.
const MESSAGES_MAX: i64 = 20;

/// What a withdrawal is called that the provider told of.
const STOPPED: &str = "STOP";

/// The entry that is told, and how old it is.
struct Told {
    sms: Sms,
    age: TimeDelta,
    lasts: TimeDelta,
}

pub(crate) async fn run(
    shop: &Shop,
    context: &Context,
    lease: &Lease,
    order: OrderId,
    event: i64,
) -> Result<(), JobError> {
    let message = Message {
        shop,
        context,
        lease,
        order,
        event,
    };
    let Some(told) = message.find().await? else {
        return Ok(message.leave().await?);
    };
    lease.expect(shop, SEND_MAX)?;
    if !message.begin().await? {
        return Ok(());
    }
    match message.send(&told.sms).await {
        Ok(id) => Ok(message.end("SENT", Some(&id), None).await?),
        Err(SmsError::Stopped(why)) => Ok(message.stop(&why).await?),
        Err(SmsError::Unknown(why)) => {
            tracing::warn!(%order, event, "whether a text message was sent is unknown: it is not sent again");
            Ok(message.end("UNKNOWN", None, Some(&why)).await?)
        }
        Err(error @ SmsError::Later(_)) if told.age < told.lasts => {
            message.note("WAITING", &error.to_string()).await?;
            Err(JobError::Outage {
                error: Fault::other("sending a text message", error).into(),
                pause: (told.age / 4).clamp(PAUSE_MIN, PAUSE_MAX),
            })
        }
        Err(error) => {
            message.note("FAILED", &error.to_string()).await?;
            Err(JobError::Bury(Fault::other("sending a text message", error).into()))
        }
    }
}

/// One message, and the claim of its job.
struct Message<'a> {
    shop: &'a Shop,
    context: &'a Context,
    lease: &'a Lease,
    order: OrderId,
    event: i64,
}

impl Message<'_> {
    /// What is to be told; `None` where there is nothing, nobody who wants it, or it is too late.
    async fn find(&self) -> Result<Option<Told>, JobError> {
        let (shop, id) = (self.shop, self.order);
        let gone = |what: &str| JobError::Bury(Fault::Other(format!("{what} of {id} does not exist"), None).into());
        let order = order::Entity::find_by_id(id).one(&shop.db).await?;
        let order = order.ok_or_else(|| gone("the row"))?;
        let event = order_event::Entity::find_by_id((id, self.event)).one(&shop.db).await?;
        let event = event.ok_or_else(|| gone("the timeline's entry"))?;
        let consent = latest(&shop.db, id).await?.filter(|last| last.granted);
        let (Some(occasion), Some(consent)) = (Occasion::of(event.kind, &event.data), consent) else {
            return Ok(None);
        };
        let (age, lasts) = (shop.now() - event.created_at, occasion.lasts());
        if age >= lasts || shop.sms.is_none() {
            return Ok(None);
        }
        let said = language_of(&order).say(&occasion.message(&shop.profile().name, &order.number));
        let text = match occasion.has_link() {
            true => format!("{said} {}", access::link(shop, id)),
            false => said,
        };
        let sms = Sms {
            message_id: format!("{id}.{}", self.event),
            to: consent.phone,
            text: text.chars().take(TEXT_LENGTH_MAX).collect(),
        };
        Ok(Some(Told { sms, age, lasts }))
    }

    /// Says that it is being sent, unless that was said before: then nobody knows whether it was.
    async fn begin(&self) -> Result<bool> {
        let now = self.shop.now();
        self.shop
            .transact_keyed(self.context, |tx| async move {
                let sql = "insert into order_sms (order_id, event, fence, state, created_at) \
                    select $1, $2, $3, 'SENDING', $4 where (select count(*) from order_sms where order_id = $1) < $5 \
                    or exists (select 1 from order_sms where order_id = $1 and event = $2) \
                    on conflict (order_id, event) do update set state = 'SENDING', fence = excluded.fence \
                    where order_sms.state in ('WAITING', 'FAILED') \
                    or order_sms.state = 'SENDING' and order_sms.fence = excluded.fence";
                let values = [
                    self.order.into(),
                    self.event.into(),
                    self.lease.fence.into(),
                    now.into(),
                    MESSAGES_MAX.into(),
                ];
                if sql::execute(tx.db(), sql, values).await? == 1 {
                    return Ok(true);
                }
                let lost = "update order_sms set state = 'UNKNOWN', ended_at = $3 \
                    where order_id = $1 and event = $2 and state = 'SENDING'";
                let values = [self.order.into(), self.event.into(), now.into()];
                if sql::execute(tx.db(), lost, values).await? == 1 {
                    tracing::warn!(order = %self.order, event = self.event,
                        "the attempt before this one did not return: the text message is not sent again");
                }
                self.lease.finish(&tx).await?;
                Ok(false)
            })
            .await
    }

    async fn send(&self, sms: &Sms) -> Result<String, SmsError> {
        let Some(sender) = &self.shop.sms else {
            return Err(SmsError::Later("no provider is configured".to_owned()));
        };
        let step = step!("send text message", otel.kind = "client", otel.status_code = Empty);
        let sent = timeout(TIMEOUT, sender.send(sms)).instrument(step.clone()).await;
        let sent = sent.unwrap_or_else(|_| Err(SmsError::Unknown("it did not answer in time".to_owned())));
        if sent.is_err() {
            step.record("otel.status_code", "ERROR");
        }
        sent
    }

    /// Writes down how it ended, with the end of its job.
    async fn end(&self, state: &'static str, provider_id: Option<&str>, failure: Option<&str>) -> Result<()> {
        self.shop
            .transact_briefly(self.context, |tx| async move {
                self.write(&tx, state, provider_id, failure).await?;
                self.lease.finish(&tx).await
            })
            .await
    }

    /// The same where whoever has the number wants no messages: then nor about this order.
    async fn stop(&self, why: &str) -> Result<()> {
        self.shop
            .transact(self.context, |tx| async move {
                self.write(&tx, "FAILED", None, Some(why)).await?;
                withdraw(&tx, self.order, SmsConsentSource::Provider, STOPPED).await?;
                self.lease.finish(&tx).await
            })
            .await
    }

    /// Writes down what became of it, for a job that does not end by it.
    async fn note(&self, state: &'static str, failure: &str) -> Result<()> {
        self.shop
            .transact_briefly(self.context, |tx| async move {
                self.write(&tx, state, None, Some(failure)).await
            })
            .await
    }

    async fn write(
        &self,
        tx: &Tx,
        state: &'static str,
        provider_id: Option<&str>,
        failure: Option<&str>,
    ) -> Result<()> {
        // Whoever claimed it later knows less of what this claim was answered.
        let sql = "update order_sms set state = $3, provider_id = $4, failure = $5, \
            ended_at = case when $3 = 'WAITING' then null else $6 end where order_id = $1 and event = $2";
        let values = [
            self.order.into(),
            self.event.into(),
            state.into(),
            provider_id.map(str::to_owned).into(),
            failure.map(str::to_owned).into(),
            self.shop.now().into(),
        ];
        sql::execute(tx.db(), sql, values).await?;
        Ok(())
    }

    /// Ends the job of a message that is not sent; one that waited for a provider has failed by it.
    async fn leave(&self) -> Result<()> {
        tracing::info!(order = %self.order, event = self.event, "a text message has nothing to tell, or comes too late");
        self.shop
            .transact_briefly(self.context, |tx| async move {
                let sql = "update order_sms set state = 'FAILED', ended_at = $3 \
                    where order_id = $1 and event = $2 and state = 'WAITING'";
                let values = [self.order.into(), self.event.into(), self.shop.now().into()];
                sql::execute(tx.db(), sql, values).await?;
                self.lease.finish(&tx).await
            })
            .await
    }
}
