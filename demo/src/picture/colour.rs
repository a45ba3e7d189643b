//! A colour that can be mixed: the shades of a thing are made from the one colour it is sold in.

use std::fmt;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Colour(u8, u8, u8);

impl Colour {
    pub(super) const WHITE: Self = Self(255, 255, 255);
    /// What shadows tend to: a warm black, which greys a colour less than pure black does.
    pub(super) const NIGHT: Self = Self(34, 28, 36);

    pub(super) const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self(red, green, blue)
    }

    /// Reads `#rrggbb`.
    pub(super) fn parse(hex: &str) -> Option<Self> {
        let digits = hex
            .strip_prefix('#')
            .filter(|digits| digits.len() == 6 && digits.is_ascii())?;
        let channel = |from: usize| u8::from_str_radix(&digits[from..from + 2], 16).ok();
        Some(Self(channel(0)?, channel(2)?, channel(4)?))
    }

    /// This colour with `percent` of another in it.
    pub(super) fn mix(self, other: Self, percent: u16) -> Self {
        let channel = |own: u8, others: u8| {
            let mixed = (u16::from(own) * (100 - percent) + u16::from(others) * percent) / 100;
            u8::try_from(mixed).unwrap_or(u8::MAX)
        };
        Self(
            channel(self.0, other.0),
            channel(self.1, other.1),
            channel(self.2, other.2),
        )
    }

    /// How far apart two colours are, from 0 to 765.
    pub(super) fn distance(self, other: Self) -> u16 {
        let channel = |own: u8, others: u8| u16::from(own.abs_diff(others));
        channel(self.0, other.0) + channel(self.1, other.1) + channel(self.2, other.2)
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}
