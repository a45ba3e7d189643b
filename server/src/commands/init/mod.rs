//! `vitrine init`: a merchant's own shop, all of it or nothing.

mod ask;
mod file;
mod fresh;
mod interrupt;
mod password;

use std::{io::IsTerminal, path::PathBuf, process::ExitCode};

use anyhow::{Context as _, bail};
use clap::Args;
use vitrine_adapters::{
    boot::{self, Booted},
    config::Config,
    telemetry,
};
use vitrine_commerce::{
    Context, Error,
    address::{AddressInput, is_country},
    money::{Currency, Money},
    settings::{countries, language},
    setup::{self, Opening, ShippingPrices, vat},
    staff::NewStaff,
};
use vitrine_entity::staff_member::StaffRole;

use self::{file::ConfigFile, fresh::Fresh, interrupt::EndsByInterrupt};
use super::print;

/// Opens your own shop: its settings, shipping zones and methods, tax rates, a location, and whoever works there
/// first. No demo goods, no demo staff.
///
/// Asks for what is not given as a flag, where there is a terminal. All of it is written, or nothing. Where there is
/// no vitrine.toml, one is written, too.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Init {
    /// What the shop is called.
    #[arg(long)]
    name: Option<String>,
    /// Where it is: a country's two letters, as in DE.
    #[arg(long)]
    country: Option<String>,
    /// What it sells in, as in EUR; by default the country's currency.
    #[arg(long)]
    currency: Option<String>,
    /// Its languages, as in `de` or `de,en`, the default one first; by default the country's.
    #[arg(long, value_delimiter = ',')]
    language: Vec<String>,
    /// Where the shop is and goods lie: street and number. With it come --postal-code and --city, and goods can be
    /// picked up there.
    #[arg(long, value_name = "TEXT")]
    street: Option<String>,
    /// The postal code of --street.
    #[arg(long, value_name = "CODE")]
    postal_code: Option<String>,
    /// The town of --street.
    #[arg(long, value_name = "TEXT")]
    city: Option<String>,
    /// The state or province of --street, where addresses have one.
    #[arg(long, value_name = "TEXT")]
    region: Option<String>,
    /// Whom staff and shoppers know: the first administrator's mail address.
    #[arg(long, value_name = "ADDRESS")]
    admin_email: Option<String>,
    /// What the first administrator is called; by default the part of the address before the @.
    #[arg(long, value_name = "NAME")]
    admin_name: Option<String>,
    /// A file whose first line is the first administrator's password. The variable VITRINE_ADMIN_PASSWORD holds it,
    /// too.
    #[arg(long, value_name = "FILE", conflicts_with = "admin_password_stdin")]
    admin_password_file: Option<PathBuf>,
    /// Reads the password from standard input: its first line.
    #[arg(long)]
    admin_password_stdin: bool,
    /// What a parcel costs at home, as in 4.90.
    #[arg(long, value_name = "AMOUNT")]
    shipping_price: Option<String>,
    /// What a parcel costs at home that comes on the next working day.
    #[arg(long, value_name = "AMOUNT")]
    express_price: Option<String>,
    /// From which worth of goods on the parcel at home costs nothing; `never`.
    #[arg(long, value_name = "AMOUNT")]
    free_from: Option<String>,
    /// What a parcel to the rest of the European Union costs, from a country in it.
    #[arg(long, value_name = "AMOUNT")]
    eu_price: Option<String>,
    /// What a parcel to the rest of the world costs; without it, nothing is sent there.
    #[arg(long, value_name = "AMOUNT")]
    world_price: Option<String>,
    /// Asks nothing: takes what is proposed for whatever is not given.
    #[arg(long, short)]
    yes: bool,
}

const EXAMPLES: &str = "\
Examples:
  vitrine init                                  asks for everything
  vitrine init --name 'Lina & Sons' --country AT --admin-email lina@example.com --admin-password-file secret.txt --yes";

impl Init {
    pub(super) async fn run(mut self, config_path: Option<PathBuf>) -> anyhow::Result<ExitCode> {
        let file = ConfigFile::plan(config_path)?;
        let asking = EndsByInterrupt::begin();
        if !self.yes && std::io::stdin().is_terminal() {
            // Nobody answers a dozen questions to hear that there is a shop already.
            file.refuse_open().await?;
            print::line("Opens a shop of your own. Until the last answer nothing is written; Ctrl-C ends it.")?;
            ask::fill(&mut self)?;
        }
        let opening = self.opening()?;
        refused(setup::check(&opening))?;
        drop(asking);
        let text = file.text(&opening);
        let config = file.config(text.as_deref())?;
        let _log = telemetry::start(&config, "vitrine")?;
        let fresh = Fresh::look(config.database.url.expose());
        let draft = file.write_draft(text.as_deref())?;
        // Whoever interrupts it finds what they had before.
        tokio::select! {
            written = write(&config, &opening) => written?,
            interrupted = tokio::signal::ctrl_c() => {
                interrupted.context("listening for Ctrl-C")?;
                bail!("nothing was written: it was interrupted");
            }
        }
        fresh.keep();
        let written = draft.map(file::Draft::keep).transpose()?;
        for line in told(&config, &opening, written.as_deref()) {
            print::line(line)?;
        }
        Ok(ExitCode::SUCCESS)
    }

    fn opening(&self) -> anyhow::Result<Opening> {
        let missing: Vec<_> = [
            ("--name", self.name.is_none()),
            ("--country", self.country.is_none()),
            ("--admin-email", self.admin_email.is_none()),
        ]
        .into_iter()
        .filter_map(|(flag, is_missing)| is_missing.then_some(flag))
        .collect();
        let (Some(name), Some(country), Some(email)) = (&self.name, &self.country, &self.admin_email) else {
            bail!("give {}: there is no terminal to ask at", missing.join(", "));
        };
        let country = country.trim().to_ascii_uppercase();
        if !is_country(&country) {
            bail!("--country cannot be {country}: write a country's two letters by ISO 3166-1, as in DE");
        }
        let currency = self.currency(&country)?;
        let local_part = email.split('@').next().unwrap_or_default();
        Ok(Opening {
            name: name.clone(),
            prices: self.prices(&country, currency)?,
            languages: self.languages(&country)?,
            address: self.address(name, &country)?,
            country,
            currency,
            administrator: NewStaff {
                email: email.clone(),
                name: self.admin_name.clone().unwrap_or_else(|| local_part.to_owned()),
                password: password::given(self.admin_password_file.as_deref(), self.admin_password_stdin)?,
                role: StaffRole::Administrator,
            },
        })
    }

    fn address(&self, name: &str, country: &str) -> anyhow::Result<Option<AddressInput>> {
        let Some(line1) = given(&self.street) else {
            if [&self.postal_code, &self.city, &self.region]
                .into_iter()
                .any(|part| given(part).is_some())
            {
                bail!("give --street, too: --postal-code, --city and --region are parts of an address");
            }
            return Ok(None);
        };
        let Some(city) = given(&self.city) else {
            bail!("give --city, too: it is a part of the address");
        };
        Ok(Some(AddressInput {
            name: name.to_owned(),
            line1,
            city,
            region: given(&self.region),
            postal_code: given(&self.postal_code).unwrap_or_default(),
            country: country.to_owned(),
            ..AddressInput::default()
        }))
    }

    fn currency(&self, country: &str) -> anyhow::Result<Currency> {
        let proposed = || countries::proposal(country).map(|proposal| proposal.currency);
        match &self.currency {
            Some(code) => match code.trim().to_ascii_uppercase().parse() {
                Ok(currency) => Ok(currency),
                Err(_) => bail!("--currency cannot be {code}: write a code of ISO 4217, as in EUR"),
            },
            None => match proposed() {
                Some(currency) => Ok(currency),
                None => bail!("give --currency: none is known for {country}"),
            },
        }
    }

    fn languages(&self, country: &str) -> anyhow::Result<Vec<String>> {
        if self.language.is_empty() {
            let proposal = countries::proposal(country);
            return Ok(proposal.map_or_else(|| vec!["en".to_owned()], |proposal| proposal.languages.clone()));
        }
        let tags = self.language.iter().map(|tag| match language(&["language"], tag) {
            Ok(tag) => Ok(tag),
            Err(_) => bail!("--language cannot be {tag}: write a tag of BCP 47, as in de or pt-BR"),
        });
        tags.collect()
    }

    fn prices(&self, country: &str, currency: Currency) -> anyhow::Result<ShippingPrices> {
        let proposed = setup::proposed(currency);
        let read = |flag: &str, given: &Option<String>| match given {
            None => Ok(None),
            Some(text) => match Money::parse(text.trim(), currency) {
                Ok(money) if money.minor >= 0 => Ok(Some(money.minor)),
                Ok(_) => bail!("{flag} cannot be {text}: it is negative"),
                Err(error) => bail!("{flag}: {error}"),
            },
        };
        if self.eu_price.is_some() && !vat::is_in_eu(country) {
            bail!("--eu-price is for countries of the European Union, and {country} is none: give --world-price");
        }
        let free_from_minor = match &self.free_from {
            Some(text) if text.trim() == "never" => None,
            given => read("--free-from", given)?.or(proposed.free_from_minor),
        };
        Ok(ShippingPrices {
            standard_minor: read("--shipping-price", &self.shipping_price)?.unwrap_or(proposed.standard_minor),
            express_minor: read("--express-price", &self.express_price)?.unwrap_or(proposed.express_minor),
            free_from_minor,
            union_minor: read("--eu-price", &self.eu_price)?.unwrap_or(proposed.union_minor),
            world_minor: read("--world-price", &given(&self.world_price))?,
        })
    }
}

/// Makes the database, where there is none, and the shop in it.
async fn write(config: &Config, opening: &Opening) -> anyhow::Result<()> {
    let booted = boot_empty(config).await?;
    let context = Context::system(&booted.shop, "init");
    refused(setup::open(&booted.shop, &context, opening).await)
}

/// The database, which holds no shop yet.
async fn boot_empty(config: &Config) -> anyhow::Result<Booted> {
    boot::migrate(config).await?;
    let booted = boot::boot(config).await?;
    if let Some(found) = setup::is_open(&booted.shop).await? {
        bail!(
            "There is a shop here already: {found}. Open it with `vitrine`; begin another one in an empty folder, or \
             with another `database.url`. `vitrine demo remove` makes the demo an empty shop of your own."
        );
    }
    Ok(booted)
}

/// What was said, and is not empty.
fn given(text: &Option<String>) -> Option<String> {
    text.clone().filter(|text| !text.trim().is_empty())
}

fn refused<T>(outcome: Result<T, Error>) -> anyhow::Result<T> {
    match outcome {
        Err(Error::Refused(refusals)) => {
            let said: Vec<_> = refusals
                .into_iter()
                .map(|refusal| refusal.message.to_string())
                .collect();
            bail!("nothing was written: {}", said.join(" "))
        }
        outcome => Ok(outcome?),
    }
}

fn told(config: &Config, opening: &Opening, written: Option<&str>) -> Vec<String> {
    let money = |minor| Money::new(minor, opening.currency);
    let prices = &opening.prices;
    let mut lines = vec![
        format!(
            "{} is there, in {} ({}).",
            opening.name, opening.country, opening.currency
        ),
        format!(
            "  Shipping   at home {} (express {}{}){}{}{}",
            money(prices.standard_minor),
            money(prices.express_minor),
            if opening.address.is_some() { ", pickup 0" } else { "" },
            prices
                .free_from_minor
                .map_or_else(String::new, |from| format!(", free from {}", money(from))),
            match vat::is_in_eu(&opening.country) {
                true => format!("; European Union {}", money(prices.union_minor)),
                false => String::new(),
            },
            prices
                .world_minor
                .map_or_else(String::new, |price| format!("; elsewhere {}", money(price))),
        ),
        match vat::is_in_eu(&opening.country) {
            true => format!(
                "  Taxes      the rates of every country of the European Union, as of {}",
                vat::date()
            ),
            false => "  Taxes      one rate, which you must confirm: it may be wrong".to_owned(),
        },
        format!(
            "  Staff      {} signs in {}",
            opening.administrator.email,
            super::staff::where_to_sign_in(config)
        ),
    ];
    if let Some(written) = written {
        lines.push(format!(
            "  Written    {written}: how it is run; a mail server and payment go there"
        ));
    }
    lines.push("Next: `vitrine import products.csv` for your goods, and `vitrine` to open it.".to_owned());
    lines
}

/// The configuration that a file's text, or the file that is there, says.
fn load(path: Option<&std::path::Path>, text: Option<&str>) -> anyhow::Result<Config> {
    Ok(match text {
        Some(text) => Config::load_text(text)?,
        None => Config::load(path)?,
    })
}
