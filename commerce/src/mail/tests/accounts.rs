//! What is written to somebody about their account: of each kind one.

use vitrine_entity::customer_notice::CustomerNoticeKind;

use super::rows;
use crate::{language::Value, mail::customer_account::Account, memory::fixture};

pub(super) async fn accounts() -> Vec<Account> {
    let fixture = fixture().await;
    let shop = &fixture.shop;
    let link = || "https://shop.example/account/link".to_owned();
    let moment = || -> Value { (rows::order().placed_at, chrono_tz::Tz::UTC).into() };
    let kinds = [
        CustomerNoticeKind::PasswordChanged,
        CustomerNoticeKind::EmailChangeRequested,
        CustomerNoticeKind::EmailChanged,
        CustomerNoticeKind::IdentityLinked,
        CustomerNoticeKind::DataExported,
        CustomerNoticeKind::Erased,
        CustomerNoticeKind::Unused,
    ];
    let asked = vec![
        Account::of_sign_up(shop, link(), moment()),
        Account::of_taken_sign_up(shop),
        Account::of_reset(shop, "Ada", link(), moment()),
        Account::of_change(shop, link(), moment()),
        Account::of_taken_change(shop),
        Account::of_erasure(shop, link(), moment()),
    ];
    let told = kinds.map(|kind| Account::of_notice(shop, kind, "Ada", moment()));
    asked.into_iter().chain(told).collect()
}
