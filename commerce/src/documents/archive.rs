//! The documents of a period in one archive, with a table of them: for whoever keeps the books.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use async_stream::try_stream;
use chrono::NaiveDate;
use futures::Stream;
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};
use vitrine_entity::document::{self, Column as C};
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use super::{
    address::{check, kind_name, of_archive},
    cii,
    content::read,
    file::pdf,
    find::{DocumentFilter, filtered},
    format::Format,
};
use crate::{Error, Fault, Result, Shop, money::Money, table::csv};

/// Documents that are read at a time.
const PAGE: u64 = 50;

/// The most documents of one archive: a busy shop asks for a month, or a kind.
const DOCUMENTS_MAX: usize = 50_000;

/// The archive behind an address, piece by piece: each document's PDF, and a table of all, which names the file of each. It is made
/// as it is read, so that it takes no room.
///
/// # Errors
/// `FORBIDDEN` where the signature is wrong or the time is over.
pub fn open(
    shop: Shop,
    filter: DocumentFilter,
    expires: i64,
    signature: &str,
) -> Result<impl Stream<Item = Result<Vec<u8>>> + Send + 'static> {
    check(&shop, &of_archive(&filter, expires), expires, signature)?;
    Ok(try_stream! {
        let written = Written::default();
        let mut archive = ZipWriter::new_stream(written.clone());
        let mut rows: Vec<Vec<String>> = vec![HEADER.map(str::to_owned).to_vec()];
        let mut last = None;
        loop {
            let page = page(&shop, &filter, last).await?;
            let Some(end) = page.last() else { break };
            last = Some(end.id);
            for document in &page {
                let file = file_of(&shop, document).await?;
                rows.push(row(document, file.as_ref().map_or("", |(name, _)| name.as_str())));
                if let Some((name, content)) = file {
                    add(&mut archive, &name, document.issued_on, &content)?;
                    yield written.take();
                }
            }
            expect_room(rows.len())?;
        }
        add(&mut archive, "documents.csv", shop.profile().date(shop.now()), &csv(rows)?)?;
        archive.finish().map_err(|error| Fault::other("ending an archive", error))?;
        yield written.take();
    })
}

/// A document's PDF; where no font has one of its letters, its XML, so that one document keeps nobody from all the others. `None`
/// of a delivery note then, and of what was kept for as long as it had to be: the table alone names them.
async fn file_of(shop: &Shop, document: &document::Model) -> Result<Option<(String, Vec<u8>)>> {
    if document.content.is_none() {
        return Ok(None);
    }
    let named = |format: Format| format!("{}.{}", document.number, format.extension());
    match pdf(shop, document).await {
        Ok(content) => Ok(Some((named(Format::Pdf), content))),
        Err(error @ Error::Refused(_)) => {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                document = %document.number,
                "an archive has a document without its PDF"
            );
            let trade = read(document)?.trade;
            Ok(trade.map(|trade| (named(Format::Cii), cii::write(&trade).into_bytes())))
        }
        Err(error) => Err(error),
    }
}

fn expect_room(rows: usize) -> Result<(), Fault> {
    match rows > DOCUMENTS_MAX {
        true => Err(Fault::Other(
            "an archive has more documents than one may have: ask for a shorter period".to_owned(),
            None,
        )),
        false => Ok(()),
    }
}

const HEADER: [&str; 10] = [
    "number",
    "kind",
    "issued_on",
    "order",
    "currency",
    "net",
    "tax",
    "total",
    "sha256",
    "file",
];

fn row(document: &document::Model, file: &str) -> Vec<String> {
    let money = |minor| Money::new(minor, document.currency).decimal();
    vec![
        document.number.clone(),
        kind_name(document.kind).to_owned(),
        document.issued_on.to_string(),
        document.order_number.clone(),
        document.currency.code().to_owned(),
        money(document.total_minor - document.tax_minor),
        money(document.tax_minor),
        money(document.total_minor),
        document
            .content_sha256
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect(),
        file.to_owned(),
    ]
}

async fn page(
    shop: &Shop,
    filter: &DocumentFilter,
    last: Option<vitrine_entity::ids::DocumentId>,
) -> Result<Vec<document::Model>> {
    let query = filtered(filter).order_by_asc(C::Id).limit(PAGE);
    let query = match last {
        Some(last) => query.filter(C::Id.gt(last)),
        None => query,
    };
    Ok(query.all(&shop.db).await?)
}

/// PDFs are compressed already.
fn add<W: Write>(
    archive: &mut ZipWriter<zip::write::StreamWriter<W>>,
    name: &str,
    day: NaiveDate,
    content: &[u8],
) -> Result<(), Fault> {
    use chrono::Datelike;
    let at = DateTime::from_date_and_time(
        day.year().clamp(1980, 2107) as u16,
        day.month() as u8,
        day.day() as u8,
        0,
        0,
        0,
    );
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(at.unwrap_or_default());
    let started = archive.start_file(name, options);
    started.map_err(|error| Fault::other("writing into an archive", error))?;
    let written = archive.write_all(content);
    written.map_err(|error| Fault::other("writing into an archive", error))
}

/// What was written and not yet taken away.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Written {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
