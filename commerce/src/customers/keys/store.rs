//! Which keys there are, as the database has it.

use chrono::TimeDelta;
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryOrder, QuerySelect};
use vitrine_entity::{ids::SigningKeyId, signing_key};

use crate::{
    Context, Fault, Result, Shop, Tx,
    keyring::{Key, Keyring, fingerprint},
    ports::event_bus::Topic,
    shop::Settings,
};

/// How long a key is published before it signs: whoever keeps a copy of the JWKS has it by then.
pub(super) const ANNOUNCED_FOR: TimeDelta = TimeDelta::hours(1);

/// How many keys are known: years of them.
const KEYS_MAX: u64 = 50;

/// Reads the keys, and makes one where none is of the shop's current secret.
pub(crate) async fn open(shop: &Shop) -> Result<()> {
    let context = Context::system(shop, "signing-keys");
    shop.transact(&context, |tx| async move {
        let keys = read(tx.db(), &shop.settings).await?;
        match keys.newest() {
            Some(newest) if newest.is_of_current_secret => tx.learn_keys(keys),
            // What the secret before gave goes on signing until the new key is known everywhere.
            Some(_) => drop(make(&tx, ANNOUNCED_FOR).await?),
            None => drop(make(&tx, TimeDelta::zero()).await?),
        }
        Ok(())
    })
    .await
}

/// Reads the keys anew.
pub(crate) async fn refresh(shop: &Shop) -> Result<()> {
    shop.learn_keys(read(&shop.db, &shop.settings).await?);
    Ok(())
}

/// As [`refresh`], for a key that a token names and this process does not know: at most once a second, whatever
/// strangers send.
pub(crate) async fn read_again(shop: &Shop) -> Result<bool> {
    if !shop.may_read_keys() {
        return Ok(false);
    }
    refresh(shop).await?;
    Ok(true)
}

/// The key that signs at this moment. Where this process knows none it looks, and makes the first.
pub(crate) async fn signing(tx: &Tx) -> Result<Key> {
    let now = tx.shop().now();
    if let Some(key) = tx.shop().keyring().signing(now) {
        return Ok(key.clone());
    }
    let known = read(tx.db(), &tx.shop().settings).await?;
    let keys = match known.signing(now) {
        Some(_) => known,
        None => make(tx, TimeDelta::zero()).await?,
    };
    let key = keys.signing(now).cloned();
    tx.learn_keys(keys);
    Ok(key.ok_or_else(|| Fault::Other("no key signs access tokens".to_owned(), None))?)
}

/// Makes a key that signs after a while. Gives all that there are by then.
pub(super) async fn make(tx: &Tx, after: TimeDelta) -> Result<Keyring> {
    let shop = tx.shop();
    let row = signing_key::Model {
        id: SigningKeyId(shop.new_id()),
        secret_fingerprint: fingerprint(&shop.settings.signing_secret),
        created_at: shop.now(),
        active_from: shop.now() + after,
        retired_at: None,
    };
    row.into_active_model().insert(tx.db()).await?;
    tx.announce(Topic::SigningKeys);
    let keys = read(tx.db(), &shop.settings).await?;
    tx.learn_keys(keys.clone());
    Ok(keys)
}

pub(super) async fn read(db: &impl ConnectionTrait, settings: &Settings) -> Result<Keyring> {
    let rows = signing_key::Entity::find()
        .order_by_desc(signing_key::Column::ActiveFrom)
        .limit(KEYS_MAX)
        .all(db)
        .await?;
    Ok(Keyring::new(rows, settings.signing_secrets())?)
}
