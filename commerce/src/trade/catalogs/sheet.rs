//! A catalog's prices as a table that people edit in a spreadsheet: a row for each variant, currency and quantity.

use std::collections::{BTreeMap, HashMap};

use csv::{ReaderBuilder, StringRecord};
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter};
use vitrine_entity::{
    currency::Currency,
    ids::{CatalogId, VariantId},
    variant,
};

use super::{
    change::{sold_in, touch},
    locked,
    prices::{Prices, steps, write},
};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop,
    language::{Message, messages},
    money::Money,
    sql,
    staff::{Permission, permission::require_or_system},
    table::{csv, undefused},
    text,
};

const COLUMNS: [&str; 4] = ["sku", "currency", "from", "price"];

/// The most rows of a table.
const ROWS_MAX: usize = 20_000;

/// The longest table that is read, in bytes.
const BYTES_MAX: usize = 1_000_000;

/// The most rows that are told to be wrong.
const ERRORS_MAX: usize = 100;

#[derive(FromQueryResult)]
struct Row {
    sku: String,
    currency: Currency,
    from_quantity: i32,
    amount_minor: i64,
}

/// What was read of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// How many prices it has set.
    pub prices: usize,
    /// How many variants have them.
    pub variants: usize,
    /// What is wrong, row by row: with any, nothing was set.
    pub errors: Vec<RowError>,
}

/// A row that is wrong; the heading is row 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowError {
    pub row: usize,
    pub message: Message,
}

/// The table of what a catalog fixes, as CSV (RFC 4180) in UTF-8: `sku`, `currency`, `from`, `price`.
///
/// # Errors
/// Refuses whoever may not, and a catalog that there is not.
pub async fn export(shop: &Shop, context: &Context, id: CatalogId) -> Result<String> {
    require_or_system(context, Permission::Catalog)?;
    super::by_id(shop, context, id)
        .await?
        .ok_or_else(|| Refusal::not_found("catalog").at(&["id"]))?;
    let sql = format!(
        "select v.sku, p.currency, p.from_quantity, p.amount_minor from catalog_price p join variant v \
         on v.id = p.variant_id where p.catalog_id = $1 and v.deleted_at is null \
         order by v.sku, p.currency, p.from_quantity limit {ROWS_MAX}"
    );
    let rows = sql::all::<Row>(&shop.db, &sql, [id.into()]).await?;
    let heading = COLUMNS.map(str::to_owned);
    let told = rows.into_iter().map(|row| {
        [
            row.sku,
            row.currency.code().to_owned(),
            row.from_quantity.to_string(),
            Money::new(row.amount_minor, row.currency).decimal(),
        ]
    });
    let bytes = csv(std::iter::once(heading).chain(told))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Sets what a table says: for each variant and currency that it names, all prices by quantity. Those that it does not name
/// stay. Where any row is wrong, nothing is set; and nothing with `dry_run`.
///
/// # Errors
/// Refuses whoever may not, a table without its heading, and one that is too long.
pub async fn import(shop: &Shop, context: &Context, id: CatalogId, table: &str, dry_run: bool) -> Result<Imported> {
    require_or_system(context, Permission::Catalog)?;
    let records = &records(table)?;
    shop.transact(context, |tx| async move {
        let row = locked(&tx, id).await?;
        let skus = records.iter().map(|(_, cells)| cells[0].clone());
        let variants = variant::Entity::find()
            .filter(sql::among(tx.db(), variant::Column::Sku, skus))
            .filter(variant::Column::DeletedAt.is_null())
            .all(tx.db())
            .await?;
        let known: HashMap<_, _> = variants.into_iter().map(|row| (row.sku, row.id)).collect();
        let (prices, errors) = read(shop, records, &known);
        let imported = Imported {
            prices: prices.values().map(|(_, steps)| steps.len()).sum(),
            variants: prices
                .keys()
                .map(|(variant, _)| variant)
                .collect::<std::collections::BTreeSet<_>>()
                .len(),
            errors,
        };
        if dry_run || !imported.errors.is_empty() || prices.is_empty() {
            return Ok(imported);
        }
        write(&tx, id, &prices).await?;
        touch(&tx, row, "prices_import").await?;
        Ok(imported)
    })
    .await
}

/// The rows of a table with their numbers, each cell in its normal form.
fn records(table: &str) -> Result<Vec<(usize, [String; 4])>, Refusal> {
    let refuse = |message: Message| Refusal::new(ErrorCode::Invalid, message).at(&["csv"]);
    if table.len() > BYTES_MAX {
        return Err(refuse(messages::table_bytes_max(BYTES_MAX)));
    }
    let table = table.trim_start_matches('\u{FEFF}');
    let separator = match table.lines().next().is_some_and(|heading| heading.contains(';')) {
        true => b';',
        false => b',',
    };
    let mut reader = ReaderBuilder::new()
        .delimiter(separator)
        .flexible(true)
        .from_reader(table.as_bytes());
    let unreadable = |error: csv::Error| refuse(error.to_string().into());
    let heading = reader.headers().map_err(unreadable)?;
    let places = COLUMNS.map(|name| heading.iter().position(|cell| cell.trim().eq_ignore_ascii_case(name)));
    let [Some(sku), Some(currency), Some(from), Some(price)] = places else {
        return Err(refuse(messages::table_columns(COLUMNS.join(", "))));
    };
    let mut records = Vec::new();
    for (place, record) in reader.records().enumerate() {
        let record = record.map_err(unreadable)?;
        if records.len() >= ROWS_MAX {
            return Err(refuse(messages::table_rows_max(ROWS_MAX)));
        }
        let cell = |at: usize| cell(&record, at);
        let cells = [cell(sku), cell(currency), cell(from), cell(price)];
        if cells.iter().any(|cell| !cell.is_empty()) {
            records.push((place + 2, cells));
        }
    }
    Ok(records)
}

fn cell(record: &StringRecord, at: usize) -> String {
    text::normal(undefused(record.get(at).unwrap_or_default().trim()))
}

/// Prices of a variant by the quantity that they begin at, as they are written, and the number of the first row.
type Given = (Currency, Vec<(i32, String)>, usize);

/// The prices that rows say, and which rows say none.
fn read(shop: &Shop, records: &[(usize, [String; 4])], known: &HashMap<String, VariantId>) -> (Prices, Vec<RowError>) {
    let mut errors = Vec::new();
    let mut given: BTreeMap<(VariantId, &'static str), Given> = BTreeMap::new();
    for (number, [sku, code, from, price]) in records {
        let one = || {
            let variant = known.get(sku).ok_or_else(|| messages::sku_unknown(sku))?;
            let currency = sold_in(shop, code).map_err(|refusal| refusal.message)?;
            let from: i32 = match from.as_str() {
                "" => 1,
                from => from.parse().map_err(|_| messages::quantity_unreadable(from))?,
            };
            steps(currency, &[(from, price.clone())]).map_err(|refusal| refusal.message)?;
            Ok::<_, Message>((*variant, currency, from))
        };
        match one() {
            Ok((variant, currency, from)) => {
                let of = given.entry((variant, currency.code()));
                of.or_insert_with(|| (currency, Vec::new(), *number))
                    .1
                    .push((from, price.clone()));
            }
            Err(message) => errors.push(RowError { row: *number, message }),
        }
    }
    let mut prices = Prices::new();
    for (key, (currency, given, row)) in given {
        match steps(currency, &given) {
            Ok(steps) => {
                prices.insert(key, (currency, steps));
            }
            Err(refusal) => errors.push(RowError {
                row,
                message: refusal.message,
            }),
        }
    }
    errors.sort_by_key(|error| error.row);
    errors.truncate(ERRORS_MAX);
    (prices, errors)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_as_people_save_it() {
        let rows =
            |table: &str| records(table).map(|rows| rows.into_iter().map(|(_, cells)| cells).collect::<Vec<_>>());
        let expected = Ok(vec![["MUG", "EUR", "10", "8.90"].map(str::to_owned)]);
        assert_eq!(rows("sku,currency,from,price\r\nMUG,EUR,10,8.90\r\n"), expected);
        assert_eq!(
            rows("\u{FEFF}SKU;Currency;From;Price\nMUG;EUR;10;8.90\n;;;\n"),
            expected
        );
        assert_eq!(rows("price,note,sku,from,currency\n8.90,x,MUG,10,EUR"), expected);
        assert!(rows("sku,price\nMUG,8.90").is_err());
    }
}
