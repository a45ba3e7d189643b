//! Each country's numbers: what follows the prefix has its form, and its check digits are right. Pure.

use super::digits::{digits, exactly, luhn, mod_11_10, number, weighted};

pub(super) fn austria(text: &str) -> bool {
    let Some(own) = text.strip_prefix('U').and_then(|rest| exactly(rest, 8)) else {
        return false;
    };
    let doubled = |(index, digit): (usize, &u32)| match index % 2 {
        1 => digit * 2 / 10 + digit * 2 % 10,
        _ => *digit,
    };
    let sum: u32 = own[..7].iter().enumerate().map(doubled).sum();
    (10 - (sum + 4) % 10) % 10 == own[7]
}

pub(super) fn belgium(text: &str) -> bool {
    exactly(text, 10).is_some_and(|own| own[0] <= 1 && 97 - number(&own[..8]) % 97 == number(&own[8..]))
}

pub(super) fn bulgaria(text: &str) -> bool {
    if let Some(own) = exactly(text, 9) {
        let first = weighted(&own[..8], &[1, 2, 3, 4, 5, 6, 7, 8]) % 11;
        let second = weighted(&own[..8], &[3, 4, 5, 6, 7, 8, 9, 10]) % 11 % 10;
        return own[8] == if first == 10 { second } else { first };
    }
    let Some(own) = exactly(text, 10) else { return false };
    // A citizen, a foreigner, anybody else.
    let citizen = weighted(&own[..9], &[2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11 % 10;
    let foreigner = weighted(&own[..9], &[21, 19, 17, 13, 11, 9, 7, 3, 1]) % 10;
    let other = (11 - weighted(&own[..9], &[4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11;
    [citizen, foreigner, other].contains(&own[9])
}

pub(super) fn croatia(text: &str) -> bool {
    exactly(text, 11).is_some_and(|own| mod_11_10(&own))
}

pub(super) fn cyprus(text: &str) -> bool {
    const ODD: [u32; 10] = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21];
    let Some((head, letter)) = split_letter(text) else {
        return false;
    };
    let Some(own) = exactly(head, 8) else { return false };
    let value = |(index, digit): (usize, &u32)| match index % 2 {
        0 => ODD[*digit as usize],
        _ => *digit,
    };
    let sum: u32 = own.iter().enumerate().map(value).sum();
    !head.starts_with("12") && u32::from(letter) == u32::from('A') + sum % 26
}

pub(super) fn czechia(text: &str) -> bool {
    if let Some(own) = exactly(text, 8) {
        return own[0] != 9 && (11 - weighted(&own[..7], &[8, 7, 6, 5, 4, 3, 2]) % 11) % 10 == own[7];
    }
    if let Some(own) = exactly(text, 9) {
        // Persons born before 1954 have no check digit; the sixes are companies in a special register.
        let rest = weighted(&own[1..8], &[8, 7, 6, 5, 4, 3, 2]) % 11;
        let is_special = own[0] == 6 && (8 + 10 - (10 - rest) % 11) % 10 == own[8];
        return is_special || (own[0] < 6 && is_birth_date(&own));
    }
    exactly(text, 10).is_some_and(|own| is_birth_date(&own) && number(&own).is_multiple_of(11))
}

/// `YYMMDD`, where women's months have 50 added, and some of both 20.
fn is_birth_date(own: &[u32]) -> bool {
    let month = number(&own[2..4]) % 50 % 20;
    (1..=12).contains(&month) && (1..=31).contains(&number(&own[4..6]))
}

pub(super) fn germany(text: &str) -> bool {
    exactly(text, 9).is_some_and(|own| own[0] != 0 && mod_11_10(&own))
}

pub(super) fn denmark(text: &str) -> bool {
    exactly(text, 8).is_some_and(|own| own[0] != 0 && weighted(&own, &[2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11))
}

pub(super) fn estonia(text: &str) -> bool {
    exactly(text, 9).is_some_and(|own| weighted(&own, &[3, 7, 1, 3, 7, 1, 3, 7, 1]).is_multiple_of(10))
}

pub(super) fn greece(text: &str) -> bool {
    exactly(text, 9).is_some_and(|own| weighted(&own[..8], &[256, 128, 64, 32, 16, 8, 4, 2]) % 11 % 10 == own[8])
}

pub(super) fn spain(text: &str) -> bool {
    const LETTERS: &[u8; 23] = b"TRWAGMYFPDXBNJZSQVHLCKE";
    let is_plain = text.len() == 9 && text.is_ascii();
    let Some((first, last)) = text.chars().next().zip(text.chars().last()).filter(|_| is_plain) else {
        return false;
    };
    let middle = &text[1..8];
    let person = |leading: Option<u32>| {
        let own = digits(middle)
            .zip(leading)
            .map(|(own, leading)| u64::from(leading) * 10_000_000 + number(&own));
        own.is_some_and(|own| char::from(LETTERS[(own % 23) as usize]) == last)
    };
    match first {
        '0'..='9' => person(first.to_digit(10)),
        'X' | 'K' | 'L' | 'M' => person(Some(0)),
        'Y' => person(Some(1)),
        'Z' => person(Some(2)),
        _ => exactly(middle, 7).is_some_and(|own| spanish_company(first, &own, last)),
    }
}

fn spanish_company(kind: char, own: &[u32], last: char) -> bool {
    let doubled = |(index, digit): (usize, &u32)| match index % 2 {
        0 => digit * 2 / 10 + digit * 2 % 10,
        _ => *digit,
    };
    let check = (10 - own.iter().enumerate().map(doubled).sum::<u32>() % 10) % 10;
    let is_digit = last.to_digit(10) == Some(check);
    let is_letter = last == char::from(b"JABCDEFGHI"[check as usize]);
    match kind {
        'A' | 'B' | 'E' | 'H' => is_digit,
        'N' | 'P' | 'Q' | 'R' | 'S' | 'W' => is_letter,
        'C' | 'D' | 'F' | 'G' | 'J' | 'U' | 'V' => is_digit || is_letter,
        _ => false,
    }
}

pub(super) fn finland(text: &str) -> bool {
    exactly(text, 8).is_some_and(|own| weighted(&own, &[7, 9, 10, 5, 8, 4, 2, 1]).is_multiple_of(11))
}

pub(super) fn france(text: &str) -> bool {
    const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    if text.len() != 11 || !text.is_ascii() {
        return false;
    }
    let (key, siren) = text.split_at(2);
    let Some(own) = exactly(siren, 9) else { return false };
    // Monaco's have no SIREN.
    if !siren.starts_with("000") && !luhn(&own) {
        return false;
    }
    let siren = number(&own);
    if let Some(key) = exactly(key, 2) {
        return (siren * 100 + 12) % 97 == number(&key);
    }
    let mut places = key.chars().map(|c| ALPHABET.find(c).map(|place| place as u64));
    let (Some(Some(first)), Some(Some(second))) = (places.next(), places.next()) else {
        return false;
    };
    let check = match first {
        0..=9 => (first * 24 + second).checked_sub(10),
        _ => (first * 34 + second).checked_sub(100),
    };
    check.is_some_and(|check| (siren + 1 + check / 11) % 11 == check % 11)
}

pub(super) fn hungary(text: &str) -> bool {
    exactly(text, 8).is_some_and(|own| weighted(&own, &[9, 7, 3, 1, 9, 7, 3, 1]).is_multiple_of(10))
}

pub(super) fn ireland(text: &str) -> bool {
    const LETTERS: &str = "WABCDEFGHIJKLMNOPQRSTUV";
    if !text.is_ascii() || !(8..=9).contains(&text.len()) {
        return false;
    }
    let (head, tail) = text.split_at(7);
    let sum = |seven: &str| exactly(seven, 7).map(|own| weighted(&own, &[8, 7, 6, 5, 4, 3, 2]));
    let (sum, letters) = match head.as_bytes()[1] {
        b'0'..=b'9' => (sum(head), tail),
        // The older kind has a letter in second place, and is checked as `0` with the first digit last.
        b'A'..=b'Z' | b'+' | b'*' if tail.len() == 1 => (sum(&format!("0{}{}", &head[2..7], &head[..1])), tail),
        _ => return false,
    };
    let place = |c: char| LETTERS.find(c).map(|place| place as u32);
    let mut letters = letters.chars();
    let check = letters.next().and_then(place);
    let second = letters.next().map_or(Some(0), place);
    match (sum, check, second) {
        (Some(sum), Some(check), Some(second)) => (sum + second * 9) % 23 == check,
        _ => false,
    }
}

pub(super) fn italy(text: &str) -> bool {
    exactly(text, 11).is_some_and(|own| {
        let province = number(&own[7..10]);
        let is_known = (1..=100).contains(&province) || matches!(province, 120 | 121 | 888 | 999);
        number(&own[..7]) > 0 && is_known && luhn(&own)
    })
}

pub(super) fn latvia(text: &str) -> bool {
    exactly(text, 11).is_some_and(|own| match own[0] {
        // A company; a person's begins with the day of their birth.
        4..=9 => weighted(&own, &[9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1]) % 11 == 3,
        _ => (1 + weighted(&own[..10], &[10, 5, 8, 4, 2, 1, 6, 3, 7, 9])) % 11 % 10 == own[10],
    })
}

pub(super) fn lithuania(text: &str) -> bool {
    let Some(own) = digits(text).filter(|own| matches!(own.len(), 9 | 12)) else {
        return false;
    };
    let (last, rest) = (own[own.len() - 1], &own[..own.len() - 1]);
    let sum = |shift: usize| {
        let weights: Vec<_> = (0..rest.len()).map(|index| 1 + ((index + shift) % 9) as u32).collect();
        weighted(rest, &weights) % 11
    };
    let check = match sum(0) {
        10 => sum(2) % 10,
        check => check,
    };
    rest.last() == Some(&1) && check == last
}

pub(super) fn luxembourg(text: &str) -> bool {
    exactly(text, 8).is_some_and(|own| number(&own[..6]) % 89 == number(&own[6..]))
}

pub(super) fn malta(text: &str) -> bool {
    exactly(text, 8).is_some_and(|own| weighted(&own, &[3, 4, 6, 7, 8, 9, 10, 1]).is_multiple_of(37))
}

pub(super) fn netherlands(text: &str) -> bool {
    if text.len() != 12 || !text.is_ascii() || &text[9..10] != "B" {
        return false;
    }
    let (Some(own), Some(branch)) = (exactly(&text[..9], 9), exactly(&text[10..], 2)) else {
        return false;
    };
    let by_eleven = (weighted(&own[..8], &[9, 8, 7, 6, 5, 4, 3, 2]) + 11 - own[8]).is_multiple_of(11);
    // Sole traders: ISO 7064, MOD 97,10 of the whole, in which N is 23, L is 21 and B is 11.
    let whole = [2, 3, 2, 1].into_iter().chain(own).chain([1, 1]).chain(branch);
    let by_97 = whole.fold(0, |rest, digit| (rest * 10 + digit) % 97) == 1;
    by_eleven || by_97
}

pub(super) fn poland(text: &str) -> bool {
    exactly(text, 10).is_some_and(|own| weighted(&own[..9], &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 == own[9])
}

pub(super) fn portugal(text: &str) -> bool {
    exactly(text, 9).is_some_and(|own| {
        let check = (11 - weighted(&own[..8], &[9, 8, 7, 6, 5, 4, 3, 2]) % 11) % 11 % 10;
        own[0] != 0 && check == own[8]
    })
}

pub(super) fn romania(text: &str) -> bool {
    let Some(own) = digits(text).filter(|own| (2..=10).contains(&own.len()) && own[0] != 0) else {
        return false;
    };
    let (last, rest) = (own[own.len() - 1], &own[..own.len() - 1]);
    let weights = [7, 5, 3, 2, 1, 7, 5, 3, 2];
    weighted(rest, &weights[9 - rest.len()..]) * 10 % 11 % 10 == last
}

pub(super) fn sweden(text: &str) -> bool {
    exactly(text, 12).is_some_and(|own| luhn(&own[..10]) && number(&own[10..]) > 0)
}

pub(super) fn slovenia(text: &str) -> bool {
    exactly(text, 8).is_some_and(|own| {
        let check = (11 - weighted(&own[..7], &[8, 7, 6, 5, 4, 3, 2]) % 11) % 11;
        own[0] != 0 && check % 10 == own[7]
    })
}

pub(super) fn slovakia(text: &str) -> bool {
    exactly(text, 10).is_some_and(|own| {
        let is_company = own[0] != 0 && matches!(own[2], 2 | 3 | 4 | 7 | 8 | 9);
        number(&own).is_multiple_of(11) && (is_company || is_birth_date(&own))
    })
}

/// As in Great Britain.
pub(super) fn northern_ireland(text: &str) -> bool {
    // Departments of the government, and health authorities.
    for (prefix, range) in [("GD", 0..=499), ("HA", 500..=999)] {
        if let Some(own) = text.strip_prefix(prefix).and_then(|rest| exactly(rest, 3)) {
            return range.contains(&number(&own));
        }
    }
    let Some(own) = digits(text).filter(|own| matches!(own.len(), 9 | 12)) else {
        return false;
    };
    let rest = weighted(&own[..9], &[8, 7, 6, 5, 4, 3, 2, 10, 1]) % 97;
    number(&own[..7]) > 0 && matches!(rest, 0 | 42)
}

/// What stands before the last letter, and that letter.
fn split_letter(text: &str) -> Option<(&str, char)> {
    let letter = text.chars().last().filter(char::is_ascii_uppercase)?;
    Some((&text[..text.len() - 1], letter))
}
