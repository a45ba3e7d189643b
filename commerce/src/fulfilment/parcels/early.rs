//! What was told of a number before the shop knew whose it is, and that nobody met: whoever enters a number follows what was
//! told of it, but not what comes at that very moment.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use vitrine_entity::ids::ShipmentId;

use super::{events::catch_up, label::Label, write};
use crate::{
    Context, Error, Result, Shop,
    orders::{Alert, alert},
    sql,
};

/// How many parcels are looked at in one run.
const PARCELS_MAX: usize = 100;

/// For how long what was told of a number waits for its parcel.
const WAITS: TimeDelta = TimeDelta::days(90);

/// Follows what was told of numbers that parcels have by now.
pub(crate) async fn follow_early(shop: &Shop) -> Result<()> {
    let context = Context::system(shop, "parcels");
    let sql = format!(
        "select t.shipment_id from shipment_event e join shipment_tracking t on t.number_key = e.number_key \
        join shipment s on s.id = t.shipment_id where e.shipment_id is null and s.status <> 'CANCELLED' \
        order by e.received_at limit {PARCELS_MAX}"
    );
    let parcels: Vec<ShipmentId> = sql::column(&shop.db, &sql, []).await?;
    let parcels: BTreeSet<_> = parcels.into_iter().collect();
    // Of several that have a number, the newest, as what a carrier tells now is followed.
    for id in parcels.into_iter().rev() {
        match follow(shop, &context, id).await {
            Err(Error::Refused(_)) => give_to(shop, &context, id).await?,
            done => done?,
        }
    }
    Ok(())
}

async fn follow(shop: &Shop, context: &Context, id: ShipmentId) -> Result<()> {
    shop.transact(context, |tx| async move {
        let (order, parcel) = write::lock(&tx, id).await?;
        let keys = Label::load(&tx, &parcel).await?.keys();
        catch_up(&tx, order, parcel, keys).await?;
        Ok(())
    })
    .await
}

/// It may not leave, and somebody carries it: staff are told.
async fn give_to(shop: &Shop, context: &Context, id: ShipmentId) -> Result<()> {
    shop.transact(context, |tx| async move {
        let (order, parcel) = write::lock(&tx, id).await?;
        let sql = "update shipment_event set shipment_id = $1 where shipment_id is null \
            and number_key in (select number_key from shipment_tracking where shipment_id = $1)";
        sql::execute(tx.db(), sql, [parcel.id.into()]).await?;
        let (shipment, number) = (id, parcel.tracking_number.clone());
        alert(&tx, order, &Alert::ParcelTravels { shipment, number }).await?;
        Ok(())
    })
    .await
}

/// Forgets a bounded number of things that were told of numbers that no parcel ever had. Gives how many.
pub(crate) async fn forget(shop: &Shop) -> Result<u64> {
    let sql = "delete from shipment_event where id in (select id from shipment_event \
        where shipment_id is null and received_at < $1 order by received_at limit 1000)";
    shop.execute(sql, [(shop.now() - WAITS).into()]).await
}
