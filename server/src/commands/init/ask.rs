//! Asks for what no flag has said.

use anyhow::Context as _;
use dialoguer::Input;
use vitrine_commerce::{
    address::is_country,
    money::{Currency, Money},
    settings::{countries, language},
    setup::{self, vat},
    text,
};

use super::Init;

pub(super) fn fill(init: &mut Init) -> anyhow::Result<()> {
    let is_name = |text: &String| match text::line(&["name"], text, 100) {
        Ok(_) => Ok(()),
        Err(_) => Err("Write a name of at most 100 characters."),
    };
    ask(&mut init.name, "Name of the shop", None, is_name)?;
    ask(
        &mut init.country,
        "Country (its two letters, as in DE)",
        None,
        |code| match is_country(&code.trim().to_ascii_uppercase()) {
            true => Ok(()),
            false => Err("Write a country's two letters, as in DE."),
        },
    )?;
    let country = init.country.clone().unwrap_or_default().trim().to_ascii_uppercase();
    let proposal = countries::proposal(&country);
    let currency = proposal.map(|proposal| proposal.currency.code().to_owned());
    ask(&mut init.currency, "Currency", currency, |code| {
        match code.trim().to_ascii_uppercase().parse::<Currency>() {
            Ok(_) => Ok(()),
            Err(_) => Err("Write a code of ISO 4217, as in EUR."),
        }
    })?;
    if init.language.is_empty() {
        let (mut languages, proposed) = (None, proposal.map(|proposal| proposal.languages.join(",")));
        ask(
            &mut languages,
            "Languages (the default one first, as in de,en)",
            proposed,
            |tags| match tags.split(',').all(|tag| language(&["language"], tag).is_ok()) {
                true => Ok(()),
                false => Err("Write tags of BCP 47, as in de,en."),
            },
        )?;
        let languages = languages.unwrap_or_default();
        init.language = languages.split(',').map(|tag| tag.trim().to_owned()).collect();
    }
    prices(init, &country)?;
    address(init)?;
    let is_email = |text: &String| match text::email(&["email"], text) {
        Ok(_) => Ok(()),
        Err(_) => Err("Write one mail address, like ada@example.com."),
    };
    ask(
        &mut init.admin_email,
        "Mail address of the first administrator",
        None,
        is_email,
    )
}

/// Where the shop is, if it is to be told now.
fn address(init: &mut Init) -> anyhow::Result<()> {
    let question = "Street and number, where goods can be picked up (empty: nowhere yet)";
    optional(&mut init.street, question, |_| Ok(()))?;
    if init.street.as_deref().is_some_and(|street| street.trim().is_empty()) {
        return Ok(());
    }
    ask(&mut init.postal_code, "Postal code", None, |_| Ok(()))?;
    ask(&mut init.city, "Town", None, |_| Ok(()))
}

fn prices(init: &mut Init, country: &str) -> anyhow::Result<()> {
    let code = init.currency.as_deref().unwrap_or("EUR").trim().to_ascii_uppercase();
    let currency: Currency = code.parse().context("reading the currency")?;
    let proposed = setup::proposed(currency);
    let amount = |minor: i64| Some(Money::new(minor, currency).decimal());
    let is_amount = |text: &String| match Money::parse(text.trim(), currency) {
        Ok(money) if money.minor >= 0 => Ok(()),
        _ => Err("Write an amount, as in 4.90."),
    };
    let standard = amount(proposed.standard_minor);
    ask(
        &mut init.shipping_price,
        &format!("A parcel at home, in {currency}"),
        standard,
        is_amount,
    )?;
    let express = amount(proposed.express_minor);
    ask(
        &mut init.express_price,
        "One that comes on the next working day",
        express,
        is_amount,
    )?;
    let free = proposed.free_from_minor.and_then(amount);
    ask(&mut init.free_from, "Free from goods worth (or never)", free, |text| {
        if text.trim() == "never" {
            Ok(())
        } else {
            is_amount(text)
        }
    })?;
    if vat::is_in_eu(country) {
        let union = amount(proposed.union_minor);
        ask(
            &mut init.eu_price,
            "A parcel to the rest of the European Union",
            union,
            is_amount,
        )?;
    }
    let question = format!("A parcel to the rest of the world, in {currency} (empty: nothing is sent there)");
    optional(&mut init.world_price, &question, |text| match text.trim() {
        "" => Ok(()),
        _ => is_amount(text),
    })
}

fn ask(
    answer: &mut Option<String>,
    question: &str,
    proposed: Option<String>,
    check: impl Fn(&String) -> Result<(), &'static str>,
) -> anyhow::Result<()> {
    if answer.is_some() {
        return Ok(());
    }
    let mut input = Input::<String>::new()
        .with_prompt(question)
        .validate_with(|text: &String| check(text));
    if let Some(proposed) = proposed {
        input = input.default(proposed);
    }
    *answer = Some(input.interact_text().context("asking")?);
    Ok(())
}

/// Asks for what may be left empty.
fn optional(
    answer: &mut Option<String>,
    question: &str,
    check: impl Fn(&String) -> Result<(), &'static str>,
) -> anyhow::Result<()> {
    if answer.is_none() {
        let input = Input::<String>::new()
            .with_prompt(question)
            .allow_empty(true)
            .validate_with(|text: &String| check(text));
        *answer = Some(input.interact_text().context("asking")?);
    }
    Ok(())
}
