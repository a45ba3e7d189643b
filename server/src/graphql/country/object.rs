use async_graphql::{Object, SimpleObject};
use vitrine_commerce::address;

use crate::graphql::shared::CountryCode;

/// A country, and the language in which it was asked for.
#[derive(Debug)]
pub struct Country {
    pub country: &'static address::Country,
    pub language: String,
}

/// A country, and what an address there needs.
#[Object]
impl Country {
    /// ISO 3166-1 alpha-2: `DE`. Kosovo is `XK`.
    async fn code(&self) -> CountryCode {
        CountryCode(self.country.code.to_owned())
    }

    /// What it is called in the language that was asked for; in English where that is not known.
    async fn name(&self) -> &str {
        self.country.name(&self.language)
    }

    /// Whether an address without a postal code is refused.
    async fn requires_postal_code(&self) -> bool {
        self.country.needs_postal_code()
    }

    /// What postal codes are called there: `postal`, `zip`, `pin`, `eircode`. Null where there are none: leave the field
    /// out.
    async fn postal_code_kind(&self) -> Option<&str> {
        self.country.postal_code_kind
    }

    /// A regular expression for the whole of a postal code, in capitals. Spaces and hyphens may be left out.
    async fn postal_code_pattern(&self) -> Option<&str> {
        self.country.postal_code.as_ref().map(|code| code.pattern)
    }

    /// A postal code as they are written there.
    async fn postal_code_example(&self) -> Option<&str> {
        self.country.postal_code.as_ref().map(|code| code.example)
    }

    /// Whether an address without a town is refused.
    async fn requires_city(&self) -> bool {
        self.country.needs_city()
    }

    /// Whether the post there asks for a region: ask for it, too. An address without one is taken all the same.
    async fn requires_region(&self) -> bool {
        self.country.needs_region()
    }

    /// What regions are called there: `state`, `province`, `prefecture`. Null where addresses name none: leave the field
    /// out.
    async fn region_kind(&self) -> Option<&str> {
        self.country.region_kind
    }

    /// The regions that an address may name, in the order of the post's list; empty where there is no such list.
    #[graphql(complexity = "5 * child_complexity")]
    async fn regions(&self) -> Vec<CountryRegion> {
        self.country.regions.iter().map(CountryRegion::from).collect()
    }
}

/// A state, province or prefecture.
#[derive(Debug, SimpleObject)]
pub struct CountryRegion {
    /// As an address's `region` has it: `CA`.
    pub code: &'static str,
    /// Its name in its country: `California`, `東京都`.
    pub name: &'static str,
    /// Its name in Latin letters: `Tokyo`.
    pub latin_name: &'static str,
    /// Its code by ISO 3166-2, as zones and tax rates name it: `US-CA`. Null where it has none.
    pub iso_code: Option<&'static str>,
}

impl From<&address::Region> for CountryRegion {
    fn from(region: &address::Region) -> Self {
        Self {
            code: region.key,
            name: region.name,
            latin_name: region.latin_name,
            iso_code: region.iso,
        }
    }
}
