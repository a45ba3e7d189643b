//! What is typed, or read by a scanner, as lines of SKUs and numbers.

/// More at once are too many for one request to the API.
const LINES_MAX: usize = 250;

/// A SKU and a number in each line, with space, a comma, a semicolon or a tab between; without a number it is one. A SKU that
/// stands there more than once is added up, as a scanner writes it. Nothing where a line is none, or there are too many.
pub fn lines(text: &str) -> Option<Vec<(String, i64)>> {
    let mut read: Vec<(String, i64)> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let mut parts = line.split([' ', ',', ';', '\t']).filter(|part| !part.is_empty());
        let sku = parts.next()?;
        let number: i64 = parts.next().map_or(Some(1), |number| number.parse().ok())?;
        if parts.next().is_some() || number < 0 {
            return None;
        }
        match read.iter_mut().find(|(known, _)| known == sku) {
            Some((_, sum)) => *sum = sum.checked_add(number)?,
            None => read.push((sku.to_owned(), number)),
        }
    }
    (1..=LINES_MAX).contains(&read.len()).then_some(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_as_people_and_scanners_write_them() {
        let read = lines("MUG 3\n\nLAMP;2\nMUG\n").expect("lines");
        assert_eq!(read, [("MUG".to_owned(), 4), ("LAMP".to_owned(), 2)]);
        for wrong in ["", "MUG three", "MUG 3 4", "MUG -1"] {
            assert_eq!(lines(wrong), None, "{wrong}");
        }
    }
}
