//! Mails about goods that come back.

use super::{mails::view, rows::mail};
use crate::{
    language::Language,
    mail::{
        order_refunded::{MoneyTo, OrderRefunded},
        order_return::{OrderReturn, Told, Way},
    },
    money::Money,
    ports::mailer::Mail,
};

/// Of each kind one.
pub(super) fn mails(amount: Money, language: &Language) -> Vec<Mail> {
    let way = Way {
        address: ["Vitrine", "Dock 4", "20457 Hamburg"].map(str::to_owned).to_vec(),
        instructions: Some("In its box, please.".to_owned()),
        label_url: Some("https://carrier.example/label/1".to_owned()),
    };
    let told = [
        Told::Requested,
        Told::Approved(way),
        Told::Refused("It was worn.".to_owned()),
        Told::Received,
    ];
    let exchanged = OrderRefunded {
        order: view(language),
        amount,
        reason: None,
        fee: None,
        whole: false,
        to: MoneyTo::Exchange,
    };
    let returned = told.map(|told| {
        let shown = OrderReturn {
            order: view(language),
            number: "V-7K3M-9QXT-R1".to_owned(),
            goods: view(language).lines[..1].to_vec(),
            told,
        };
        mail(&shown, language)
    });
    returned.into_iter().chain([mail(&exchanged, language)]).collect()
}
