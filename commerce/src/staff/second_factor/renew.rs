//! A member of staff wants new recovery codes.

use serde_json::json;

use super::{
    prove::{Proof, prove},
    recovery::make,
};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop,
    language::messages,
    staff::{audit::audit, myself, passwords},
};

/// Ten new ones for whoever is signed in: those before open nothing any more.
///
/// # Errors
/// `WRONG_CREDENTIALS`; those of a wrong code; `UNAUTHENTICATED`, `FORBIDDEN` for whoever is no member of staff.
pub async fn renew(shop: &Shop, context: &Context, password: &str, code: &str) -> Result<Vec<String>> {
    let id = myself(context)?;
    passwords::verify_own(shop, context, id, password, &["password"]).await?;
    let outcome = shop.transact(context, |tx| async move {
        let proof = prove(&tx, id, Some(code)).await?;
        if proof == Proof::NotNeeded {
            let message = messages::second_factor_absent();
            return Err(Refusal::new(ErrorCode::Invalid, message).into());
        }
        if let Err(refused) = proof.refused() {
            return Ok(Err(refused));
        }
        audit(&tx, "staff.recovery_codes_renew", id.to_string(), json!({})).await?;
        Ok(Ok(make(&tx, id).await?))
    });
    outcome.await?
}
