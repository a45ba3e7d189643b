//! What goes with an account, and with a mail address.

use sea_orm::Value;

use super::super::person::Person;
use crate::{Context, Result, Shop, discounts, sql};

/// How many rows of a kind go in one transaction, and how many such steps one job takes.
const STEPS_MAX: usize = 20;

/// By what rows are a person's.
#[derive(Clone, Copy)]
enum By {
    Account,
    Email,
    /// The account's id as other tables write it: `cus_…`.
    PublicId,
    /// By what those know the mail address who count how often somebody uses a discount.
    MailKey,
}

/// Each takes at most 500 rows. What others refer to goes after them; the account goes last.
const BELONGINGS: [(By, &str); 38] = [
    (
        By::Account,
        "delete from refresh_token where id in (select t.id from refresh_token t join session s on s.id = t.session_id where s.customer_id = $1 limit 500)",
    ),
    (
        By::Account,
        "delete from session where id in (select s.id from session s where s.customer_id = $1 and not exists (select 1 from refresh_token t where t.session_id = s.id) limit 500)",
    ),
    (By::Account, "delete from customer_address where customer_id = $1"),
    (
        By::Account,
        "delete from customer_identity_handshake where id in (select h.id from customer_identity_handshake h join customer_identity i on i.id = h.identity_id where i.customer_id = $1 limit 500)",
    ),
    (
        By::Account,
        "delete from customer_identity where customer_id = $1 and not exists (select 1 from customer_identity_handshake h where h.identity_id = customer_identity.id)",
    ),
    (
        By::Account,
        "delete from customer_consent where id in (select id from customer_consent where customer_id = $1 limit 500)",
    ),
    (
        By::Account,
        "delete from notification where id in (select id from notification where customer_id = $1 limit 500)",
    ),
    (
        By::Account,
        "delete from cart_line where id in (select l.id from cart_line l join cart c on c.id = l.cart_id where c.customer_id = $1 limit 500)",
    ),
    (
        By::Email,
        "delete from cart_line where id in (select l.id from cart_line l join cart c on c.id = l.cart_id where c.email = $1 and c.customer_id is null limit 500)",
    ),
    // What staff put together for them, unless it is an order: that goes with the order.
    (
        By::Account,
        "delete from draft_order where cart_id in (select c.id from cart c where c.customer_id = $1 and c.draft is not null) and order_id is null",
    ),
    (
        By::Email,
        "delete from draft_order where cart_id in (select c.id from cart c where c.email = $1 and c.customer_id is null and c.draft is not null) and order_id is null",
    ),
    (
        By::Account,
        "delete from cart where id in (select c.id from cart c where c.customer_id = $1 and not exists (select 1 from cart_line l where l.cart_id = c.id) limit 500)",
    ),
    (
        By::Email,
        "delete from cart where id in (select c.id from cart c where c.email = $1 and c.customer_id is null and not exists (select 1 from cart_line l where l.cart_id = c.id) limit 500)",
    ),
    (
        By::Account,
        "delete from stock_alert where id in (select id from stock_alert where customer_id = $1 limit 500)",
    ),
    (
        By::Email,
        "delete from stock_alert where id in (select id from stock_alert where email = $1 limit 500)",
    ),
    (
        By::Email,
        "delete from customer_sign_up where id in (select id from customer_sign_up where email = $1 limit 500)",
    ),
    (
        By::Account,
        "delete from customer_password_reset where id in (select id from customer_password_reset where customer_id = $1 limit 500)",
    ),
    (
        By::Account,
        "delete from customer_email_change where id in (select id from customer_email_change where customer_id = $1 limit 500)",
    ),
    (
        By::Email,
        "delete from customer_email_change where id in (select id from customer_email_change where email = $1 limit 500)",
    ),
    (
        By::Email,
        "delete from customer_notice where id in (select id from customer_notice where email = $1 and kind <> 'ERASED' limit 500)",
    ),
    (By::Account, "delete from customer_group_member where customer_id = $1"),
    (By::Account, "delete from company_buyer where customer_id = $1"),
    (
        By::Account,
        "delete from purchase_request where id in (select id from purchase_request where customer_id = $1 limit 500)",
    ),
    (
        By::Account,
        "update purchase_request set decided_by = null where decided_by = $1",
    ),
    (By::PublicId, "delete from discount_customer where person = $1"),
    // What a discount that goes on has counted stays under the keyed hash: with another account the person would have it anew.
    (
        By::MailKey,
        "delete from discount_customer where person = $1 and discount_id in (select id from discount where deleted_at is not null)",
    ),
    (By::PublicId, "delete from metafield where owner = $1"),
    (By::PublicId, "delete from metafield_deleted where owner = $1"),
    (
        By::PublicId,
        "delete from idempotency_key where (caller, key) in (select caller, key from idempotency_key where caller = $1 limit 500)",
    ),
    (
        By::PublicId,
        "delete from keyed_request where id in (select id from keyed_request where caller = $1 limit 500)",
    ),
    (
        By::Account,
        "update person_erasure set email = null, customer_id = null, state = 'DONE', finished_at = created_at where customer_id = $1 and state = 'ASKED'",
    ),
    // What others answered to events of theirs may say anything.
    (
        By::Account,
        "update webhook_attempt set response_body = null where response_body is not null and delivery_id in (select d.id from webhook_delivery d join event e on e.id = d.event_id where e.customer_id = $1)",
    ),
    // Their id stands nowhere else in them, but for the subject of those of the account, which is told to be erased.
    (
        By::Account,
        "update event set customer_id = null where customer_id = $1",
    ),
    // That they were imported stays, so that no file brings them back; what the file said of them goes.
    (
        By::Account,
        "update imported_thing set said = null where kind = 'CUSTOMER' and target = $1 and said is not null",
    ),
    // The books go on without them: what was left is nobody's.
    (
        By::Account,
        "update credit_account set customer_id = null where customer_id = $1",
    ),
    (
        By::Email,
        "update credit_account set recipient_email = null, recipient_name = null, sender_name = null, message = null where recipient_email = $1",
    ),
    // Statements of an order go with it.
    (
        By::Email,
        "update withdrawal set name = '', email = '', statement = '', details = null, refusal = null where id in (select id from withdrawal where order_id is null and lower(email) = lower($1) limit 500)",
    ),
    (By::Account, "delete from customer where id = $1"),
];

/// Removes them. Whether that is all.
pub(super) async fn remove(shop: &Shop, context: &Context, person: &Person) -> Result<bool> {
    let public_id = &person.key().to_string();
    let mail_key = &discounts::mail_key(shop, &person.email);
    for (by, sql) in BELONGINGS {
        let value = || -> Value {
            match by {
                By::Account => person.key().into(),
                By::Email => person.email.as_str().into(),
                By::PublicId => public_id.as_str().into(),
                By::MailKey => mail_key.as_str().into(),
            }
        };
        for step in 0.. {
            if step == STEPS_MAX {
                return Ok(false);
            }
            let removed = shop.transact(
                context,
                |tx| async move { Ok(sql::execute(tx.db(), sql, [value()]).await?) },
            );
            if removed.await? == 0 {
                break;
            }
        }
    }
    Ok(true)
}
