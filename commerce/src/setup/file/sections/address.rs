//! A postal address, as it stands in the file.

use serde::{Deserialize, Serialize};
use vitrine_entity::address::Address;

use crate::address::AddressInput;

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AddressEntry {
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    company: Option<String>,
    line1: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    line2: Option<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    city: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    region: Option<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    postal_code: String,
    country: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    phone: Option<String>,
}

impl From<Address> for AddressEntry {
    fn from(address: Address) -> Self {
        Self {
            name: address.name,
            company: address.company,
            line1: address.line1,
            line2: address.line2,
            city: address.city,
            region: address.region,
            postal_code: address.postal_code,
            country: address.country,
            phone: address.phone,
        }
    }
}

impl From<AddressEntry> for AddressInput {
    fn from(entry: AddressEntry) -> Self {
        Self {
            name: entry.name,
            company: entry.company,
            line1: entry.line1,
            line2: entry.line2,
            city: entry.city,
            region: entry.region,
            postal_code: entry.postal_code,
            country: entry.country,
            phone: entry.phone,
        }
    }
}
