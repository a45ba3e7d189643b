//! Gives an app a new key, while the old one goes on for a while.

use chrono::TimeDelta;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::json;
use vitrine_entity::{app_key, ids::AppId};

use super::{WithKey, create::write_key, key, locked};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    language::messages,
    ports::event_bus::Topic,
    staff::{audit::audit, permission::require_within, require_person},
};

/// The longest time that an old key goes on.
const OVERLAP_MAX: TimeDelta = TimeDelta::days(7);

/// Which app gets a new key, and how long the old one goes on.
#[derive(Debug, Clone, Copy)]
pub struct Rotate {
    pub app: AppId,
    pub overlap_minutes: i32,
}

/// Gives an app a new key, which nobody is told again.
///
/// # Errors
/// `FORBIDDEN` for whoever may not do all that the app may; `INVALID`, `NOT_FOUND`.
pub async fn rotate(shop: &Shop, context: &Context, input: Rotate) -> Result<WithKey> {
    require_person(context)?;
    let overlap = TimeDelta::minutes(input.overlap_minutes.into());
    if overlap < TimeDelta::zero() || overlap > OVERLAP_MAX {
        let message = messages::old_key_minutes(OVERLAP_MAX.num_minutes());
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["overlapMinutes"]).into());
    }
    let key = key::make(shop);
    let made = &key;
    let app = shop.transact(context, |tx| async move {
        let app = locked(&tx, input.app).await?;
        require_within(context, app.permissions, &["id"])?;
        expire_others(&tx, app.id, overlap).await?;
        write_key(&tx, app.id, made).await?;
        tx.announce(Topic::App(app.id));
        let data = json!({ "name": app.name, "overlapMinutes": input.overlap_minutes });
        audit(&tx, "app.key_rotate", app.id.to_string(), data).await?;
        Ok(app)
    });
    Ok(WithKey { app: app.await?, key })
}

/// One that expires sooner still does.
async fn expire_others(tx: &Tx, app: AppId, overlap: TimeDelta) -> Result<()> {
    let end = tx.shop().now() + overlap;
    let later = Condition::any()
        .add(app_key::Column::ExpiresAt.is_null())
        .add(app_key::Column::ExpiresAt.gt(end));
    app_key::Entity::update_many()
        .col_expr(app_key::Column::ExpiresAt, Expr::value(end))
        .filter(app_key::Column::AppId.eq(app))
        .filter(later)
        .exec(tx.db())
        .await?;
    Ok(())
}
