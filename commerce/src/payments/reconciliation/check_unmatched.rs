//! The second phase: looks up each attempt of ours that should stand in the provider's books and
//! was not met there, before it is said to be missing; and older ones that are not in this part of
//! the books but have moved since, or should: what the provider did with them may never have come
//! to our ears.

use std::time::Instant;

use chrono::TimeDelta;
use sea_orm::EntityTrait;
use vitrine_entity::{
    ids::PaymentId,
    payment::{self, PaymentStatus},
    reconciliation::{self, ReconciliationPhase},
};

use super::{
    ask::{self, Asked},
    compare::compare,
    finding::{self, Found},
    match_statement::{mark_met, refunding},
    progress::{self, Counts, Step},
    record::ProviderRecord,
};
use crate::{Context, Result, Shop, Tx, jobs::JobError, sql};

/// How many attempts are read at once.
const PAGE: usize = 200;

/// How many attempts a run looks up at most, the newest first.
const LOOK_UPS_MAX: usize = 5000;

/// How long an attempt may be unknown at both ends before somebody should look at it:
/// `SettlePayment` has given it up long before, unless something keeps it from that.
const UNKNOWN_MAX: TimeDelta = TimeDelta::hours(24);

/// The states in which the provider must have given an attempt its reference.
const KNOWN: [PaymentStatus; 5] = [
    PaymentStatus::ActionRequired,
    PaymentStatus::Pending,
    PaymentStatus::Authorized,
    PaymentStatus::Captured,
    PaymentStatus::Refunded,
];

/// Looks up as many as there is time for, each with its cursor.
pub(super) async fn page(
    shop: &Shop,
    context: &Context,
    run: &reconciliation::Model,
    deadline: Instant,
) -> Result<Step, JobError> {
    let mut place = Place::read(run.page_cursor.as_deref());
    let unmet = unmet(shop, run, &place).await?;
    let mut run = run.clone();
    if unmet.is_empty() {
        return Ok(progress::next_phase(shop, context, &run, ReconciliationPhase::Findings).await?);
    }
    for payment in unmet {
        let reference = payment.provider_reference.as_deref();
        let told = &ask::find_or_skip(shop, &run, payment.id, reference).await?;
        place = place.after(payment.id);
        let (held, id, cursor) = (&run, payment.id, &place.write());
        let step = shop
            .transact(context, |tx| async move {
                if !progress::hold(&tx, held).await? {
                    return Ok(Step::Lost);
                }
                let counts = match told {
                    Some(told) => judge(&tx, held, id, told).await?,
                    None => Counts {
                        unanswered: 1,
                        ..Counts::default()
                    },
                };
                progress::advance(&tx, held, held.phase, Some(cursor.clone()), counts).await?;
                Ok(Step::Moved)
            })
            .await?;
        if step == Step::Lost || Instant::now() >= deadline {
            return Ok(step);
        }
        (run.page_cursor, run.tries) = (Some(place.write()), 0);
    }
    Ok(Step::Moved)
}

/// Where the phase stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Place {
    looked_up: usize,
    last: Option<PaymentId>,
}

impl Place {
    /// At the beginning, where nothing that it wrote stands.
    fn read(cursor: Option<&str>) -> Self {
        let read = |cursor: &str| {
            let (looked_up, last) = cursor.split_once('/')?;
            Some(Self {
                looked_up: looked_up.parse().ok()?,
                last: Some(last.parse().ok()?),
            })
        };
        cursor.and_then(read).unwrap_or_default()
    }

    fn write(self) -> String {
        let last = self.last.map(|id| id.to_string()).unwrap_or_default();
        format!("{}/{last}", self.looked_up)
    }

    fn after(self, id: PaymentId) -> Self {
        Self {
            looked_up: self.looked_up + 1,
            last: Some(id),
        }
    }
}

/// The next attempts that should have been met, or that have moved since: those of the period come
/// first, for ids sort by the time at which attempts were made.
async fn unmet(shop: &Shop, run: &reconciliation::Model, place: &Place) -> Result<Vec<payment::Model>> {
    let limit = PAGE.min(LOOK_UPS_MAX.saturating_sub(place.looked_up));
    if limit == 0 {
        tracing::warn!(
            provider = run.provider,
            looked_up = place.looked_up,
            "a reconciliation leaves older payments out"
        );
        return Ok(Vec::new());
    }
    let sql = "select p.* from payment p where p.provider = $1 and p.created_at < $3 and p.id in \
               (select made.id from payment made where made.provider = $1 and made.created_at >= $2 \
                union select moved.id from payment moved where moved.provider = $1 and moved.updated_at >= $2 \
                union select c.payment_id from capture c where c.status = 'REQUESTED' \
                union select r.payment_id from refund r where r.status = 'REQUESTED') \
               and (p.reconciled_in is null or p.reconciled_in <> $4) \
               and (p.status = 'UNKNOWN' or p.provider_reference is not null) \
               and p.id < $5 order by p.id desc limit $6";
    let values = [
        run.provider.clone().into(),
        run.since.into(),
        run.until.into(),
        run.id.into(),
        place.last.unwrap_or(PaymentId(uuid::Uuid::max())).into(),
        (limit as i64).into(),
    ];
    Ok(sql::all(&shop.db, sql, values).await?)
}

/// Compares an attempt, as it stands now, with what the look-up brought.
async fn judge(tx: &Tx, run: &reconciliation::Model, id: PaymentId, told: &Asked) -> Result<Counts> {
    let mut counts = Counts::default();
    let Some(ours) = payment::Entity::find_by_id(id).one(tx.db()).await? else {
        return Ok(counts);
    };
    let found = match told {
        Asked::Refused => return Ok(counts),
        Asked::Nothing if is_believed(tx, &ours) => Found::missing_there(&ours),
        Asked::Nothing => return Ok(counts),
        Asked::Charge(charge) => {
            mark_met(tx, vec![id], run.id).await?;
            let theirs = ProviderRecord::from(&**charge);
            let refunding = refunding(tx.db(), [id].into_iter()).await?;
            match compare(&ours, refunding.get(&id).copied().unwrap_or_default(), &theirs) {
                Some(difference) => Found::different(&ours, &theirs, &difference),
                None => {
                    counts.matched += 1;
                    finding::settle(tx, &run.provider, vec![finding::subject(id)]).await?;
                    return Ok(counts);
                }
            }
        }
    };
    found.count(&mut counts);
    finding::record(tx, run, found).await?;
    Ok(counts)
}

/// Whether we rely on the provider's having it. An unknown attempt may never have been sent.
fn is_believed(tx: &Tx, ours: &payment::Model) -> bool {
    match ours.status {
        PaymentStatus::Unknown => tx.shop().now() - ours.updated_at > UNKNOWN_MAX,
        status => KNOWN.contains(&status),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_survives_the_round_trip() {
        let place = Place::default().after(PaymentId(uuid::Uuid::from_u128(7)));
        assert_eq!(Place::read(Some(&place.write())), place);
        for other in [
            None,
            Some(""),
            Some("7"),
            Some("many/pay_1"),
            Some("2030-05-01T12:00:00Z/sim_1"),
        ] {
            assert_eq!(Place::read(other), Place::default(), "{other:?}");
        }
    }
}
