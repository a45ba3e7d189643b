//! The file of a bulk operation, in the store of objects: its lines, from any place on.

use futures::TryStreamExt;
use uuid::Uuid;

use crate::{
    ErrorCode, Fault, Refusal, Result, Shop,
    language::{Message, messages},
    ports::{MediaStore, media_store::ByteRange},
};

/// The longest line.
pub(super) const LINE_BYTES_MAX: usize = 256 * 1024;

/// How much is read at once: several of the longest lines.
const WINDOW: u64 = 1024 * 1024;

/// A line, and where the next one begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) end: u64,
}

pub(super) fn object(key: Uuid) -> String {
    format!("bulk/{}.jsonl", key.simple())
}

/// Counts the lines of a file that is to be taken.
///
/// # Errors
/// Refuses a file that is empty or too large, and a line that is too long.
pub(super) fn check(shop: &Shop, content: &[u8]) -> Result<i64, Refusal> {
    let invalid = |message: Message| Refusal::new(ErrorCode::Invalid, message).at(&["file"]);
    let settings = shop.settings.bulk;
    if content.len() as u64 > settings.bytes_max {
        let message = messages::bulk_file_bytes_max(settings.bytes_max);
        return Err(invalid(message));
    }
    if content.trim_ascii().is_empty() {
        let example = r#"{"op": "productDelete", "slug": "mug"}"#;
        return Err(invalid(messages::bulk_file_empty(example)));
    }
    let mut lines = 0;
    for line in content
        .strip_suffix(b"\n")
        .unwrap_or(content)
        .split(|byte| *byte == b'\n')
    {
        lines += 1;
        if line.len() > LINE_BYTES_MAX {
            let message = messages::bulk_line_bytes_max(lines, LINE_BYTES_MAX);
            return Err(invalid(message));
        }
    }
    if lines as u64 > settings.lines_max {
        let message = messages::bulk_file_lines_max(settings.lines_max);
        return Err(invalid(message));
    }
    Ok(lines)
}

/// The next lines behind `offset`, at most `count`; none at the end of the file. `None` where there is no file.
pub(super) async fn lines(
    store: &dyn MediaStore,
    key: Uuid,
    offset: u64,
    size: u64,
    count: usize,
) -> Result<Option<Vec<Line>>> {
    if offset >= size {
        return Ok(Some(Vec::new()));
    }
    let range = ByteRange::Between(offset, offset + WINDOW - 1);
    let Some(object) = store.get(&object(key), Some(range)).await.map_err(Fault::from)? else {
        return Ok(None);
    };
    let bytes: Vec<u8> = object
        .content
        .try_fold(Vec::new(), |mut all, piece| async move {
            all.extend_from_slice(&piece);
            Ok(all)
        })
        .await
        .map_err(Fault::from)?;
    let is_last = offset + bytes.len() as u64 >= size;
    Ok(Some(split(&bytes, offset, is_last, count)))
}

/// The whole lines of a part of the file.
fn split(bytes: &[u8], offset: u64, is_last: bool, count: usize) -> Vec<Line> {
    let (mut lines, mut start) = (Vec::new(), 0);
    while lines.len() < count && start < bytes.len() {
        let rest = &bytes[start..];
        let end = match rest.iter().position(|byte| *byte == b'\n') {
            Some(place) => start + place + 1,
            None if is_last => bytes.len(),
            None => break,
        };
        let text = bytes[start..end].trim_ascii();
        let text = text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(text);
        lines.push(Line {
            text: String::from_utf8_lossy(text).into_owned(),
            end: offset + end as u64,
        });
        start = end;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_lines_are_read_from_any_place() {
        let file = b"a\r\n\nbb\nccc";
        let texts = |lines: Vec<Line>| lines.into_iter().map(|line| (line.text, line.end)).collect::<Vec<_>>();
        let line = |text: &str, end| (text.to_owned(), end);
        assert_eq!(
            texts(split(file, 0, true, 10)),
            [line("a", 3), line("", 4), line("bb", 7), line("ccc", 10)]
        );
        assert_eq!(texts(split(file, 0, false, 10)).last(), Some(&line("bb", 7)));
        assert_eq!(texts(split(&file[4..], 4, true, 1)), [line("bb", 7)]);
    }
}
