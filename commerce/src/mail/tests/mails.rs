//! A mail of each kind, with what it tells.

use super::{
    credit, returns,
    rows::{self, held_until, mail},
    withdrawals,
};
use crate::{
    language::{Language, messages},
    mail::{
        account_overdue::AccountOverdue,
        back_in_stock::BackInStock,
        customer_account::Account,
        document::Document,
        draft_order::DraftOrder,
        imported_order::ImportedOrder,
        layout::{DownloadView, OrderView},
        low_stock::{LowStock, Place},
        order_cancelled::{MoneyBack, OrderCancelled},
        order_confirmed::OrderConfirmed,
        order_dispatched::{OrderDispatched, Parcel},
        order_downloads::OrderDownloads,
        order_edited::OrderEdited,
        order_link::OrderLink,
        order_received::OrderReceived,
        order_refunded::{MoneyTo, OrderRefunded},
        payment_failed::PaymentFailed,
        payment_instructions::PaymentInstructions,
        staff_invitation::Invitation,
        staff_password_reset::PasswordReset,
    },
    money::{Currency, Money},
    orders,
    payments::decline_message,
    ports::mailer::Mail,
};

pub(super) fn view(language: &Language) -> OrderView {
    let order = rows::order();
    let link = "https://shop.example/orders/ord_1?token=abc".to_owned();
    let lines = rows::lines(order.id);
    OrderView::new(&rows::profile("Vitrine"), &order, &lines, Currency::EUR, link, language)
}

/// Of each kind one.
pub(super) fn mails(language: &Language, accounts: &[Account]) -> Vec<Mail> {
    let amount = Money::new(133_700, Currency::EUR);
    let number = rows::order().number;
    let of_order: [Mail; 15] = [
        mail(
            &OrderReceived {
                order: view(language),
                in_place: None,
            },
            language,
        ),
        mail(
            &OrderConfirmed {
                order: view(language),
                downloads: Vec::new(),
                unpaid: Some(amount),
                payable_until: chrono::NaiveDate::from_ymd_opt(2026, 11, 30),
            },
            language,
        ),
        mail(
            &PaymentInstructions {
                order: view(language),
                instructions: format!("IBAN DE02 1203 0000 0000 2020 51\n{number}"),
                held_until: held_until(),
            },
            language,
        ),
        mail(
            &PaymentFailed {
                order: view(language),
                reason: decline_message("expired_card"),
                held_until: held_until(),
            },
            language,
        ),
        mail(
            &AccountOverdue {
                shop_name: "Vitrine".to_owned(),
                company: "Analytical Engines".to_owned(),
                number: number.clone(),
                amount,
                due_on: rows::order().placed_at.date_naive().into(),
                is_second: false,
                link: "https://shop.example/orders/ord_1?token=abc".to_owned(),
            },
            language,
        ),
        mail(
            &OrderLink {
                shop_name: "Vitrine".to_owned(),
                number: number.clone(),
                link: "https://shop.example/orders/ord_1?token=abc".to_owned(),
            },
            language,
        ),
        mail(
            &ImportedOrder {
                shop_name: "Vitrine".to_owned(),
                number: "#1001".to_owned(),
                placed: rows::order().placed_at.date_naive().into(),
                lines: vec![messages::mail_draft_line(2, "Walnut tray", amount)],
                total: amount,
            },
            language,
        ),
        mail(
            &DraftOrder {
                shop_name: "Vitrine".to_owned(),
                number: "D-7K3M-9QXT".to_owned(),
                amount,
                is_shipping_open: false,
                lines: vec![messages::mail_draft_line(2, "Walnut tray", amount)],
                remark: Some("As we said.".to_owned()),
                expires: held_until(),
                link: "https://shop.example/drafts/draft_1?token=abc".to_owned(),
            },
            language,
        ),
        mail(
            &Document {
                shop_name: "Vitrine".to_owned(),
                is_credit_note: false,
                number: "R-2026-00017".to_owned(),
                order: number.clone(),
                link: "https://shop.example/orders/ord_1?token=abc".to_owned(),
            },
            language,
        ),
        mail(
            &OrderDispatched {
                order: view(language),
                parcel: Parcel {
                    carrier: Some("DHL".to_owned()),
                    tracking_number: Some("00340434161094021501".to_owned()),
                    tracking_url: None,
                    part: view(language).lines[1..].to_vec(),
                    rest: view(language).lines[..1].to_vec(),
                },
            },
            language,
        ),
        mail(
            &OrderCancelled {
                order: view(language),
                reason: Some(crate::orders::CancelReason::NotPaid.message()),
                money: MoneyBack::Paid(amount),
                credit: vec![messages::mail_cancelled_exchange(), messages::mail_cancelled_credit()],
            },
            language,
        ),
        mail(
            &OrderRefunded {
                order: view(language),
                amount,
                reason: None,
                fee: None,
                whole: true,
                to: MoneyTo::Payment,
            },
            language,
        ),
        mail(
            &OrderEdited {
                order: view(language),
                total: amount,
                changes: vec![
                    messages::mail_edited_added(2, "Walnut tray"),
                    messages::mail_edited_address(),
                ],
                unpaid: Some(amount),
                refund: None,
                reason: Some("As you asked".to_owned()),
            },
            language,
        ),
        mail(
            &OrderDownloads {
                order: view(language),
                downloads: vec![download("song.flac", "")],
            },
            language,
        ),
        mail(
            &BackInStock {
                shop_name: "Vitrine".to_owned(),
                title: "Walnut tray".to_owned(),
                link: Some("https://shop.example/walnut-tray".to_owned()),
                stop: "https://shop.example/stop".to_owned(),
            },
            language,
        ),
    ];
    let of_staff = [
        mail(
            &LowStock {
                shop_name: "Vitrine".to_owned(),
                title: "Walnut tray".to_owned(),
                sku: "TRAY-1".to_owned(),
                threshold: 5,
                places: vec![Place {
                    location: "Lager 1".to_owned(),
                    available: 3,
                }],
            },
            language,
        ),
        mail(
            &Invitation {
                shop_name: "Vitrine".to_owned(),
                link: "https://shop.example/admin/join".to_owned(),
                expires: held_until().unwrap(),
            },
            language,
        ),
        mail(
            &PasswordReset {
                shop_name: "Vitrine".to_owned(),
                name: "Ada".to_owned(),
                link: "https://shop.example/admin/reset".to_owned(),
                expires: held_until().unwrap(),
            },
            language,
        ),
    ];
    let of_accounts = accounts.iter().map(|account| mail(account, language));
    let of_credit = credit::mails(amount, language);
    let after_the_sale = returns::mails(amount, language)
        .into_iter()
        .chain(withdrawals::mails(language));
    let others = of_credit
        .into_iter()
        .chain(of_staff)
        .chain(of_accounts)
        .chain(after_the_sale);
    of_order.into_iter().chain(others).collect()
}

pub(super) fn download(name: &str, terms: &str) -> DownloadView {
    DownloadView {
        name: name.to_owned(),
        link: format!("https://shop.example/downloads/dl_{name}?signature=abc"),
        terms: terms.to_owned(),
    }
}

/// Dollars and dates stand in a mail as in the storefront, wherever the shop is.
#[test]
fn an_order_is_told_of_as_the_country_writes_that_it_goes_to() {
    for (locale, country, tag) in [("en", "US", "en-US"), ("en", "IE", "en-GB"), ("de", "US", "de")] {
        let mut order = rows::order();
        locale.clone_into(&mut order.locale);
        country.clone_into(&mut order.shipping_address.country);
        assert_eq!(orders::language_of(&order).tag(), tag);
    }
}
