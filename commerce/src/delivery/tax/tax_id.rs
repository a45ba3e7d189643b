//! The VAT number of a business, and what a register says of it.

use vitrine_entity::tax_record::{TaxId, TaxIdCheck};

use super::vat::{self, VatNumber};
use crate::{ErrorCode, Refusal, Shop};

/// Reads a number. It must have the form and the check digits of its country; where the shop asks a register, what that says
/// is kept with it. No transaction is open meanwhile.
///
/// # Errors
/// Refuses what is no number, at `field`.
pub async fn check(shop: &Shop, number: &str, field: &str) -> Result<TaxId, Refusal> {
    let number = vat::read(number).map_err(|told| Refusal::new(ErrorCode::Invalid, told).at(&[field]))?;
    Ok(TaxId {
        check: look_up(shop, &number).await,
        number: number.written(),
        checked_at: shop.now(),
    })
}

async fn look_up(shop: &Shop, number: &VatNumber) -> TaxIdCheck {
    let Some(register) = &shop.vat_register else {
        return TaxIdCheck::Form;
    };
    match register.knows(number.prefix, &number.digits).await {
        Ok(true) => TaxIdCheck::Registered,
        Ok(false) => TaxIdCheck::Unknown,
        Err(error) => {
            tracing::warn!(%error, "a VAT number was not looked up");
            TaxIdCheck::Unreachable
        }
    }
}
