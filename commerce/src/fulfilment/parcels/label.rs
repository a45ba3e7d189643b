//! By whom a parcel travels, by which numbers it is followed, and how large and heavy it is.

use std::collections::BTreeSet;

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use vitrine_entity::{ids::ShipmentId, shipment, shipment_tracking};

use crate::{ErrorCode, Refusal, Result, Tx, fulfilment::tracking, language::messages, text};

/// The most numbers of one parcel.
const NUMBERS_MAX: usize = 10;

/// The largest parcel, in grams and millimetres: what a truck carries.
const GRAMS_MAX: i32 = 30_000_000;
const MILLIMETRES_MAX: i32 = 15_000;

/// A number by which a parcel is followed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tracking {
    /// Where it is another one than the parcel's.
    pub carrier: Option<String>,
    pub number: Option<String>,
    /// http or https. That of a known carrier follows from the number.
    pub url: Option<String>,
}

/// How large and heavy a parcel is, in grams and millimetres.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Package {
    pub weight_grams: Option<i32>,
    pub length_mm: Option<i32>,
    pub width_mm: Option<i32>,
    pub height_mm: Option<i32>,
}

impl Package {
    /// # Errors
    /// Refuses what is nothing, and what no truck carries.
    pub(super) fn checked(self) -> Result<Self, Refusal> {
        let Self {
            weight_grams,
            length_mm,
            width_mm,
            height_mm,
        } = self;
        let within = |name: &str, value: Option<i32>, most: i32| match value {
            Some(value) if value < 1 || value > most => {
                let message = messages::parcel_size_range(name, most);
                Err(Refusal::new(ErrorCode::Invalid, message).at(&[name]))
            }
            _ => Ok(()),
        };
        within("weightGrams", weight_grams, GRAMS_MAX)?;
        within("lengthMm", length_mm, MILLIMETRES_MAX)?;
        within("widthMm", width_mm, MILLIMETRES_MAX)?;
        within("heightMm", height_mm, MILLIMETRES_MAX)?;
        Ok(self)
    }
}

/// What stands on a parcel's label, checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::fulfilment) struct Label {
    pub(super) carrier: Option<String>,
    /// Of the first number, or where there is none, of the parcel.
    pub(super) url: Option<String>,
    numbers: Vec<Number>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Number {
    carrier: Option<String>,
    number: String,
    key: String,
    url: Option<String>,
}

impl Label {
    /// With the names of the fields that hold one number alone.
    pub(in crate::fulfilment) fn of_one(carrier: Option<&str>, tracking: &Tracking) -> Result<Self, Refusal> {
        Self::read(carrier, std::slice::from_ref(tracking), |_, name| match name {
            "number" => vec!["trackingNumber".to_owned()],
            _ => vec!["trackingUrl".to_owned()],
        })
    }

    /// # Errors
    /// Refuses too many numbers, the same twice, what is no number, and addresses that are not the web's.
    pub(super) fn of(carrier: Option<&str>, trackings: &[Tracking]) -> Result<Self, Refusal> {
        Self::read(carrier, trackings, |place, name| {
            vec!["trackings".to_owned(), place.to_string(), name.to_owned()]
        })
    }

    fn read(
        carrier: Option<&str>,
        trackings: &[Tracking],
        field: impl Fn(usize, &'static str) -> Vec<String>,
    ) -> Result<Self, Refusal> {
        if trackings.len() > NUMBERS_MAX {
            let message = messages::tracking_numbers_max(NUMBERS_MAX);
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&["trackings"]));
        }
        let carrier = text::optional_line(&["carrier"], carrier, 200)?;
        let (mut numbers, mut first_url, mut keys) = (Vec::new(), None, BTreeSet::new());
        for (place, tracking) in trackings.iter().enumerate() {
            let (own_at, number_at, url_at) = (field(place, "carrier"), field(place, "number"), field(place, "url"));
            let own = text::optional_line(&parts(&own_at), tracking.carrier.as_deref(), 200)?;
            let number = text::optional_line(&parts(&number_at), tracking.number.as_deref(), 200)?;
            let url = text::web_address(&parts(&url_at), tracking.url.as_deref())?;
            let by = own.as_deref().or(carrier.as_deref());
            let url = url.or_else(|| tracking::page(by, number.as_deref()));
            if place == 0 {
                first_url.clone_from(&url);
            }
            let Some(number) = number else { continue };
            let key = number_key(&number);
            if key.is_empty() || !keys.insert(key.clone()) {
                let message = match key.is_empty() {
                    true => messages::tracking_number_form(),
                    false => messages::tracking_number_twice(),
                };
                return Err(Refusal::new(ErrorCode::Invalid, message).at(&parts(&number_at)));
            }
            numbers.push(Number {
                carrier: own,
                number,
                key,
                url,
            });
        }
        Ok(Self {
            carrier,
            url: first_url,
            numbers,
        })
    }

    pub(super) fn number(&self) -> Option<&str> {
        self.numbers.first().map(|first| first.number.as_str())
    }

    /// As they were typed: without the pages that follow from a carrier and a number.
    pub(super) fn trackings(&self) -> Vec<Tracking> {
        let typed = |by: Option<&str>, number: Option<&str>, url: &Option<String>| {
            url.clone()
                .filter(|url| tracking::page(by, number).as_ref() != Some(url))
        };
        if self.numbers.is_empty() {
            let url = self.url.clone();
            return url
                .map(|url| Tracking {
                    url: Some(url),
                    ..Tracking::default()
                })
                .into_iter()
                .collect();
        }
        let numbers = self.numbers.iter().map(|number| Tracking {
            carrier: number.carrier.clone(),
            number: Some(number.number.clone()),
            url: typed(
                number.carrier.as_deref().or(self.carrier.as_deref()),
                Some(&number.number),
                &number.url,
            ),
        });
        numbers.collect()
    }

    /// A number as it was typed: a form that shows a page which followed from the carrier gives it back.
    pub(super) fn as_typed(&self, given: &Tracking) -> Tracking {
        let by = given.carrier.as_deref().or(self.carrier.as_deref());
        let followed = tracking::page(by, given.number.as_deref());
        let url = given.url.clone().filter(|url| followed.as_ref() != Some(url));
        Tracking { url, ..given.clone() }
    }

    pub(super) fn keys(&self) -> Vec<String> {
        self.numbers.iter().map(|number| number.key.clone()).collect()
    }

    /// Whether it stands on this parcel.
    pub(in crate::fulfilment) fn is_of(&self, parcel: &shipment::Model) -> bool {
        let of_parcel = (&parcel.carrier, parcel.tracking_number.as_deref(), &parcel.tracking_url);
        (&self.carrier, self.number(), &self.url) == of_parcel
    }

    /// Puts it into a parcel's row.
    pub(super) fn fill(&self, row: &mut shipment::ActiveModel) {
        row.carrier = Set(self.carrier.clone());
        row.tracking_number = Set(self.number().map(str::to_owned));
        row.tracking_url = Set(self.url.clone());
    }

    /// Writes a parcel's numbers, in the place of those that it had.
    pub(super) async fn write(&self, tx: &Tx, parcel: ShipmentId) -> Result<()> {
        shipment_tracking::Entity::delete_many()
            .filter(shipment_tracking::Column::ShipmentId.eq(parcel))
            .exec(tx.db())
            .await?;
        if self.numbers.is_empty() {
            return Ok(());
        }
        let rows = (0..)
            .zip(&self.numbers)
            .map(|(position, number)| shipment_tracking::ActiveModel {
                shipment_id: Set(parcel),
                position: Set(position),
                carrier: Set(number.carrier.clone()),
                number: Set(number.number.clone()),
                number_key: Set(number.key.clone()),
                url: Set(number.url.clone()),
            });
        shipment_tracking::Entity::insert_many(rows)
            .exec_without_returning(tx.db())
            .await?;
        Ok(())
    }

    /// What stands on a parcel's label now.
    pub(super) async fn load(tx: &Tx, parcel: &shipment::Model) -> Result<Self> {
        let rows = shipment_tracking::Entity::find()
            .filter(shipment_tracking::Column::ShipmentId.eq(parcel.id))
            .order_by_asc(shipment_tracking::Column::Position)
            .all(tx.db())
            .await?;
        let numbers = rows.into_iter().map(|row| Number {
            carrier: row.carrier,
            number: row.number,
            key: row.number_key,
            url: row.url,
        });
        Ok(Self {
            carrier: parcel.carrier.clone(),
            url: parcel.tracking_url.clone(),
            numbers: numbers.collect(),
        })
    }
}

/// A number without what people put between its characters, in capitals: as carriers and shops both write it.
pub(super) fn number_key(number: &str) -> String {
    let plain = number.chars().filter(|c| c.is_alphanumeric());
    plain.flat_map(char::to_uppercase).collect()
}

fn parts(field: &[String]) -> Vec<&str> {
    field.iter().map(String::as_str).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbered(number: &str) -> Tracking {
        Tracking {
            number: Some(number.to_owned()),
            ..Tracking::default()
        }
    }

    #[test]
    fn a_number_is_one_however_it_is_written() {
        assert_eq!(number_key(" 0034-0434 1610x"), "003404341610X");
        let twice = Label::of(Some("DHL"), &[numbered("12 3"), numbered("1-23")]).unwrap_err();
        assert_eq!(twice.field, ["trackings", "1", "number"]);
        assert!(Label::of(None, &[numbered("--")]).is_err());
    }

    #[test]
    fn each_number_has_the_page_of_its_own_carrier() {
        let other = Tracking {
            carrier: Some("UPS".to_owned()),
            ..numbered("1Z9")
        };
        let label = Label::of(Some("DHL"), &[numbered("123"), other]).unwrap();
        assert!(label.url.as_deref().is_some_and(|url| url.contains("dhl.de")));
        assert!(
            label.numbers[1]
                .url
                .as_deref()
                .is_some_and(|url| url.contains("ups.com"))
        );
        assert_eq!(label.number(), Some("123"));
    }

    #[test]
    fn a_parcel_has_a_size_or_none() {
        assert!(Package::default().checked().is_ok());
        let flat = Package {
            height_mm: Some(0),
            ..Package::default()
        };
        assert_eq!(flat.checked().unwrap_err().field, ["heightMm"]);
    }
}
