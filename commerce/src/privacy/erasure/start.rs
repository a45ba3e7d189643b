//! An erasure begins: nobody can sign in any more, and a job does the rest once no token of the sessions that ended
//! is believed any more.

use chrono::TimeDelta;
use sea_orm::{ActiveModelTrait, IntoActiveModel};
use serde_json::json;
use vitrine_entity::{
    customer,
    customer_notice::CustomerNoticeKind,
    ids::{CustomerId, PersonErasureId},
    person_erasure::{self, ErasureState},
};

use super::{
    super::person::{Person, Whose},
    known,
    plan::{Plan, of, refuse_open},
};
use crate::{
    Context, Result, Shop, Tx,
    customers::{
        Holder, notice, password,
        session::{self, Which},
        store,
    },
    jobs::Job,
    sql,
    staff::audit,
};

/// How much longer than an access token the job waits.
const GRACE: TimeDelta = TimeDelta::minutes(5);

/// Begins the erasure of a customer, or of a guest by mail address, for staff. Gives what goes.
///
/// # Errors
/// As `Person::find`; `ORDER_STATE` while orders are under way.
pub async fn start(shop: &Shop, context: &Context, whose: &Whose) -> Result<Plan> {
    let person = Person::find(shop, context, whose).await?;
    refuse_open(shop, &person).await?;
    let plan = of(shop, &person).await?;
    begin(shop, context, &person, None).await?;
    Ok(plan)
}

/// Begins one that was asked for, or a new one. `None` where the one that was asked for has begun.
pub(in crate::privacy) async fn begin(
    shop: &Shop,
    context: &Context,
    person: &Person,
    asked: Option<PersonErasureId>,
) -> Result<Option<PersonErasureId>> {
    let random = shop.ids.unguessable().simple().to_string();
    let nobodys = &password::hash(shop, context, &random).await?;
    shop.transact(context, |tx| async move {
        let id = match asked {
            Some(id) => {
                let sql = "update person_erasure set state = 'RUNNING', email = $2 where id = $1 and state = 'ASKED'";
                if sql::execute(tx.db(), sql, [id.into(), person.email.as_str().into()]).await? == 0 {
                    return Ok(None);
                }
                id
            }
            None => insert(&tx, person).await?,
        };
        if let Some(customer) = person.customer {
            shut(&tx, customer, nobodys).await?;
        }
        known::remember(&tx, &person.email).await?;
        let after = shop.settings.access_token_lifetime + GRACE;
        tx.enqueue_after(None, Job::ErasePerson { erasure: id }, after);
        let object = person.customer.map_or_else(|| id.to_string(), |id| id.to_string());
        audit(&tx, "customer.erase", object, json!({ "erasure": id })).await?;
        Ok(Some(id))
    })
    .await
}

/// Nobody signs in any more, or comes back by a link that went out.
async fn shut(tx: &Tx, customer: CustomerId, nobodys: &str) -> Result<()> {
    let locked = tx.lock::<customer::Entity>(customer).await?;
    let of = Holder::Customer(customer);
    session::end(tx, Which::All { of, but: None }).await?;
    let Some(row) = locked else { return Ok(()) };
    store::end_links(tx, customer).await?;
    notice::write(tx, customer, CustomerNoticeKind::Erased).await?;
    let row = customer::Model {
        password_hash: nobodys.to_owned(),
        disabled_at: row.disabled_at.or(Some(tx.shop().now())),
        version: row.version + 1,
        ..row
    };
    row.into_active_model().reset_all().update(tx.db()).await?;
    Ok(())
}

async fn insert(tx: &Tx, person: &Person) -> Result<PersonErasureId> {
    let now = tx.shop().now();
    let row = person_erasure::Model {
        id: PersonErasureId(tx.shop().new_id()),
        customer_id: person.customer,
        email: Some(person.email.clone()),
        state: ErasureState::Running,
        actor: tx.context().viewer.actor(),
        created_at: now,
        expires_at: now,
        finished_at: None,
    };
    Ok(row.into_active_model().insert(tx.db()).await?.id)
}
