//! A file's bytes as rows in UTF-8, whatever separates its columns.

use std::io::{self, Cursor, Read};

use csv::ByteRecord;
use encoding_rs_io::DecodeReaderBytesBuilder;

use super::header::is_known;

/// How much of a file is looked at to tell what separates its columns.
const HEAD_BYTES_MAX: u64 = 64 * 1024;

/// What spreadsheets put between columns, a comma first.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// A row that is put behind a file's end: it is read as a row of its own unless a quote is still open there.
const END: &str = "\u{1}the end of the file\u{1}";

/// A file that is being read.
pub(crate) struct Source<'a> {
    pub(super) csv: csv::Reader<Box<dyn Read + 'a>>,
    pub(super) separator: char,
}

/// What stands next in a file.
pub(crate) enum Next {
    Row,
    /// A row in which a quote is opened and never closed, with all that follows.
    Unclosed,
    End,
}

impl<'a> Source<'a> {
    /// What a spreadsheet saves as Unicode text (UTF-16 with a byte-order mark) is decoded as it is read; anything else
    /// is taken for UTF-8.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(super) fn open(reader: impl Read + 'a) -> io::Result<Self> {
        Self::open_knowing(reader, is_known)
    }

    /// As [`open`](Self::open), of a file with other columns: `is_known` says whether a header's cell names one.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(crate) fn open_knowing(reader: impl Read + 'a, is_known: impl Fn(&str) -> bool) -> io::Result<Self> {
        let mut decoded = DecodeReaderBytesBuilder::new()
            .utf8_passthru(true)
            .strip_bom(true)
            .build(reader);
        let mut head = Vec::new();
        decoded.by_ref().take(HEAD_BYTES_MAX).read_to_end(&mut head)?;
        let separator = match told_separator(&head) {
            Some((separator, length)) => {
                head.drain(..length);
                separator
            }
            None => separator(&head, is_known),
        };
        let end = Cursor::new(format!("\n{END}\n"));
        let whole: Box<dyn Read + 'a> = Box::new(Cursor::new(head).chain(decoded).chain(end));
        Ok(Self {
            csv: reading(separator).from_reader(whole),
            separator: char::from(separator),
        })
    }

    /// # Errors
    /// When the file cannot be read further.
    pub(crate) fn read(&mut self, record: &mut ByteRecord) -> csv::Result<Next> {
        let last = |record: &ByteRecord| record.iter().next_back().is_some_and(holds_end);
        Ok(match self.csv.read_byte_record(record)? {
            false => Next::End,
            true if record.len() == 1 && &record[0] == END.as_bytes() => Next::End,
            true if last(record) => Next::Unclosed,
            true => Next::Row,
        })
    }
}

fn reading(separator: u8) -> csv::ReaderBuilder {
    let mut builder = csv::ReaderBuilder::new();
    builder.has_headers(false).flexible(true).delimiter(separator);
    builder
}

fn holds_end(cell: &[u8]) -> bool {
    cell.windows(END.len()).any(|part| part == END.as_bytes())
}

/// What the first line says, which spreadsheets read and do not show: `sep=;`. With the line's length.
fn told_separator(head: &[u8]) -> Option<(u8, usize)> {
    let line = head.split_inclusive(|byte| *byte == b'\n').next()?;
    match line.strip_prefix(b"sep=")?.trim_ascii_end() {
        // A tab at the end of the line is no blank.
        [] if line.get(4) == Some(&b'\t') => Some((b'\t', line.len())),
        [separator] if separator.is_ascii_punctuation() && *separator != b'"' => Some((*separator, line.len())),
        _ => None,
    }
}

/// By which the header has the most columns that are known; of equals, the first.
fn separator(head: &[u8], is_known: impl Fn(&str) -> bool) -> u8 {
    let known = |separator: &u8| {
        let mut record = ByteRecord::new();
        let read = reading(*separator).from_reader(head).read_byte_record(&mut record);
        let cells = record.iter().filter_map(|cell| std::str::from_utf8(cell).ok());
        read.map_or(0, |_| cells.filter(|cell| is_known(cell)).count())
    };
    SEPARATORS.into_iter().rev().max_by_key(known).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(file: &[u8]) -> (char, Vec<Vec<String>>, bool) {
        let mut source = Source::open(file).expect("opened");
        let (mut rows, mut record) = (Vec::new(), ByteRecord::new());
        loop {
            match source.read(&mut record).expect("read") {
                Next::Row => rows.push(
                    record
                        .iter()
                        .map(|cell| String::from_utf8_lossy(cell).into_owned())
                        .collect(),
                ),
                Next::Unclosed => return (source.separator, rows, true),
                Next::End => return (source.separator, rows, false),
            }
        }
    }

    #[test]
    fn columns_are_parted_by_what_the_file_has() {
        for (separator, between) in [(',', ","), (';', ";"), ('\t', "\t"), ('|', "|")] {
            let file = ["Handle", "Title, or name", "Variant Price\r\na", "B", "1"].join(between);
            let file = match separator {
                ',' => file.replace("Title, or name", "Title"),
                _ => file,
            };
            let (found, rows, _) = rows(file.as_bytes());
            assert_eq!((found, rows.len(), rows[1].len()), (separator, 2, 3), "{file}");
        }
        let (found, told, _) = rows(b"\xEF\xBB\xBFsep=;\r\nHandle;Title\r\na;A\r\n");
        assert_eq!((found, told.len(), told[0][0].as_str()), (';', 2, "Handle"));
        assert_eq!(rows(b"").1.len(), 0);
    }

    #[test]
    fn what_a_spreadsheet_saves_as_unicode_is_read() {
        let text = "Handle\tTitle\r\npot\tTöpf 急須\r\n";
        let little: Vec<u8> = "\u{FEFF}"
            .encode_utf16()
            .chain(text.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        let big: Vec<u8> = "\u{FEFF}"
            .encode_utf16()
            .chain(text.encode_utf16())
            .flat_map(u16::to_be_bytes)
            .collect();
        for file in [little, big] {
            let (separator, rows, _) = rows(&file);
            assert_eq!((separator, rows[1][1].as_str()), ('\t', "Töpf 急須"));
        }
    }

    #[test]
    fn a_quote_that_is_never_closed_is_seen() {
        for (file, unclosed) in [
            ("Handle,Title\na,\"A\nb,B\n", true),
            ("Handle,Title\na,A\nb,\"", true),
            ("Handle,Title\na,\"A \"\"1\"\"\"\nb,\"B\"", false),
            ("Handle,Title\na,10\" pan\nb,B", false),
        ] {
            assert_eq!(rows(file.as_bytes()).2, unclosed, "{file:?}");
        }
    }
}
