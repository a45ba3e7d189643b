//! A row of bars, drawn by the server.

use serde::Serialize;

/// Of the drawing, in its own units.
const WIDTH: u32 = 560;
const HEIGHT: u32 = 120;
/// What is more than nothing can be seen.
const LEAST: u32 = 2;

#[derive(Debug, Serialize)]
pub struct Bar {
    day: String,
    x: u32,
    y: u32,
    width: u32,
    height: u32,
}

/// Of days and their amounts: the highest fills the whole height.
pub fn bars(days: &[(&str, &str)]) -> Vec<Bar> {
    let minor: Vec<u128> = days.iter().map(|(_, amount)| digits(amount)).collect();
    let most = minor.iter().copied().max().unwrap_or(0).max(1);
    let step = WIDTH / u32::try_from(days.len()).unwrap_or(u32::MAX).max(1);
    let bar = |(index, ((day, _), amount)): (usize, (&(&str, &str), &u128))| {
        let height = u32::try_from(amount * u128::from(HEIGHT) / most).unwrap_or(HEIGHT);
        let height = if *amount > 0 { height.max(LEAST) } else { 0 };
        Bar {
            day: (*day).to_owned(),
            x: step * u32::try_from(index).unwrap_or_default(),
            y: HEIGHT - height,
            width: step.saturating_sub(4).max(1),
            height,
        }
    };
    days.iter().zip(&minor).enumerate().map(bar).collect()
}

/// Which of them that is; nothing where nothing was sold.
pub fn highest(days: &[(&str, &str)]) -> Option<usize> {
    let minor = days.iter().map(|(_, amount)| digits(amount)).enumerate();
    let sold = minor.filter(|(_, amount)| *amount > 0);
    sold.max_by_key(|(_, amount)| *amount).map(|(index, _)| index)
}

/// All amounts of a currency have as many decimals, so that their digits compare. What is less than nothing is nothing.
fn digits(amount: &str) -> u128 {
    let digits: String = amount.chars().filter(char::is_ascii_digit).collect();
    let is_less = amount.starts_with('-');
    digits.parse().ok().filter(|_| !is_less).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_fills_it_and_a_little_is_seen() {
        let drawn = bars(&[("a", "100.00"), ("b", "0.00"), ("c", "0.01"), ("d", "50.00")]);
        let heights: Vec<_> = drawn.iter().map(|bar| bar.height).collect();
        assert_eq!(heights, [HEIGHT, 0, LEAST, HEIGHT / 2]);
        assert!(drawn.iter().all(|bar| bar.y + bar.height == HEIGHT));
        assert!(bars(&[]).is_empty());
        assert_eq!(highest(&[("a", "9.00"), ("b", "10.00")]), Some(1));
        assert_eq!(highest(&[("a", "0.00"), ("b", "-5.00")]), None);
    }
}
