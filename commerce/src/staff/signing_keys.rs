//! The keys that sign access tokens, as an operator sees and replaces them.

use serde_json::json;

use super::audit::audit;
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Viewer,
    customers::keys::{self, Rotation},
    keyring::Key,
};

/// The keys that the shop can derive, oldest first.
///
/// # Errors
/// `FORBIDDEN` for whoever is not the command line.
pub async fn list(shop: &Shop, context: &Context) -> Result<Vec<Key>> {
    require_operator(context)?;
    keys::refresh(shop).await?;
    Ok(shop.keyring().keys().to_vec())
}

/// Makes the next key. Gives all that there are by then.
///
/// # Errors
/// `FORBIDDEN` for whoever is not the command line.
pub async fn rotate(shop: &Shop, context: &Context, rotation: Rotation) -> Result<Vec<Key>> {
    require_operator(context)?;
    let keyring = shop.transact(context, |tx| async move {
        let keyring = keys::rotate(&tx, rotation).await?;
        let newest = keyring.newest().map(|key| key.id.to_string()).unwrap_or_default();
        audit(
            &tx,
            "signing_key.rotate",
            newest,
            json!({ "atOnce": rotation == Rotation::AtOnce }),
        )
        .await?;
        Ok(keyring)
    });
    Ok(keyring.await?.keys().to_vec())
}

fn require_operator(context: &Context) -> Result<()> {
    match context.viewer {
        Viewer::System => Ok(()),
        _ => Err(Refusal::new(ErrorCode::Forbidden, "Keys are replaced by the command line.").into()),
    }
}
