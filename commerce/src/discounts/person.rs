//! By what somebody is known who uses a discount that each customer may use a number of times: their account, and their
//! mail address. Whoever has either has used it.

use vitrine_entity::ids::CustomerId;

use crate::{Result, Shop, signature, sql};

/// How many bytes of a mark stand for an address.
const BYTES: usize = 16;

/// An address as it stands in the tables: nobody reads it there.
pub(crate) fn mail_key(shop: &Shop, email: &str) -> String {
    mail_key_by(&shop.settings.signing_secret, email)
}

/// By what somebody is counted.
pub(super) fn keys(shop: &Shop, customer: Option<CustomerId>, email: &str) -> Vec<String> {
    let account = customer.map(|id| id.to_string());
    account.into_iter().chain([mail_key(shop, email)]).collect()
}

/// All by which somebody may have been counted: under secrets, too, that were replaced since.
pub(super) fn keys_ever(shop: &Shop, customer: Option<CustomerId>, email: Option<&str>) -> Vec<String> {
    let account = customer.map(|id| id.to_string());
    let of_secrets = shop
        .settings
        .signing_secrets()
        .filter_map(|secret| Some(mail_key_by(secret, email?)));
    account.into_iter().chain(of_secrets).collect()
}

/// What each discount has counted of somebody who is known so, by its title.
pub(crate) async fn used_by(shop: &Shop, customer: CustomerId, email: &str) -> Result<Vec<(String, i64)>> {
    let sql = format!(
        "select d.title, max(c.used) as used from discount_customer c join discount d on d.id = c.discount_id \
         where c.person {} and c.used > 0 group by d.id, d.title order by d.id",
        sql::among_parameter::<String>(&shop.db, 1)
    );
    let persons = sql::list(&shop.db, keys_ever(shop, Some(customer), Some(email)));
    let rows = sql::rows(&shop.db, &sql, [persons]).await?;
    let used = rows
        .into_iter()
        .map(|row| Ok((row.try_get("", "title")?, row.try_get("", "used")?)));
    used.collect()
}

fn mail_key_by(secret: &[u8], email: &str) -> String {
    let message = format!("discounts:{}", email.trim().to_lowercase());
    format!("mail:{}", signature::sign(secret, message.as_bytes(), BYTES))
}
