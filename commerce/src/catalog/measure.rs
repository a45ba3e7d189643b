//! Numbers with units, exactly: decimals of six places as whole millionths, and units that become each other
//! by whole factors. Pure.

use std::fmt;

/// Millionths in one.
pub const MICRO: i64 = 1_000_000;
const DECIMALS: usize = 6;
/// The greatest number, so that sums and products of two stay within bounds.
const WHOLE_MAX: i64 = 1_000_000_000_000;

/// What is measured: units of one dimension become each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dimension {
    Mass,
    Volume,
    Length,
    Area,
    Power,
    Voltage,
    Time,
    Temperature,
    Data,
    Count,
}

macro_rules! units {
    ($($(#[$doc:meta])* $unit:ident = $code:literal $symbol:literal, $factor:literal $dimension:ident;)*) => {
        /// A unit of measurement.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Unit { $($(#[$doc])* $unit,)* }

        impl Unit {
            pub const ALL: &[Self] = &[$(Self::$unit,)*];

            /// As it is stored and stands in the API.
            pub fn code(self) -> &'static str {
                match self { $(Self::$unit => $code,)* }
            }

            /// As it is shown: `kg`.
            pub fn symbol(self) -> &'static str {
                match self { $(Self::$unit => $symbol,)* }
            }

            pub fn dimension(self) -> Dimension {
                match self { $(Self::$unit => Dimension::$dimension,)* }
            }

            /// How many of the dimension's smallest unit it is.
            pub fn factor(self) -> i64 {
                match self { $(Self::$unit => $factor,)* }
            }
        }
    };
}

units! {
    Milligram = "MG" "mg", 1 Mass;
    Gram = "G" "g", 1_000 Mass;
    Kilogram = "KG" "kg", 1_000_000 Mass;
    Millilitre = "ML" "ml", 1 Volume;
    Centilitre = "CL" "cl", 10 Volume;
    Litre = "L" "l", 1_000 Volume;
    CubicMetre = "M3" "m³", 1_000_000 Volume;
    Millimetre = "MM" "mm", 1 Length;
    Centimetre = "CM" "cm", 10 Length;
    Metre = "M" "m", 1_000 Length;
    SquareCentimetre = "CM2" "cm²", 1 Area;
    SquareMetre = "M2" "m²", 10_000 Area;
    Watt = "W" "W", 1 Power;
    Kilowatt = "KW" "kW", 1_000 Power;
    Volt = "V" "V", 1 Voltage;
    Second = "S" "s", 1 Time;
    Minute = "MIN" "min", 60 Time;
    Hour = "H" "h", 3_600 Time;
    Day = "D" "d", 86_400 Time;
    Celsius = "CELSIUS" "°C", 1 Temperature;
    Megabyte = "MB" "MB", 1 Data;
    Gigabyte = "GB" "GB", 1_000 Data;
    Terabyte = "TB" "TB", 1_000_000 Data;
    Piece = "PIECE" "pcs", 1 Count;
}

impl Unit {
    /// By its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|unit| unit.code() == code)
    }

    /// By its code or symbol, as people write it: `kg`, `KG`, `m²`, `m2`.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let is = |unit: &Unit| unit.symbol() == text || unit.code().eq_ignore_ascii_case(text);
        Self::ALL.iter().copied().find(is)
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.symbol())
    }
}

/// Reads a decimal of at most six places as millionths: `12.5`, `-3`. `None` for any other text.
pub fn parse(text: &str) -> Option<i64> {
    let text = text.trim();
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let fraction = fraction.trim_end_matches('0');
    if whole.is_empty()
        || digits.ends_with('.')
        || !all_digits(whole)
        || !all_digits(fraction)
        || fraction.len() > DECIMALS
    {
        return None;
    }
    let whole: i64 = whole.parse().ok().filter(|whole| *whole <= WHOLE_MAX)?;
    let fraction: i64 = format!("{fraction:0<DECIMALS$}").parse().ok()?;
    let micro = whole * MICRO + fraction;
    Some(if negative { -micro } else { micro })
}

/// Writes millionths as a decimal without needless zeros: `12.5`.
pub fn decimal(micro: i64) -> String {
    let sign = if micro < 0 { "-" } else { "" };
    let (whole, fraction) = (micro.unsigned_abs() / MICRO as u64, micro.unsigned_abs() % MICRO as u64);
    if fraction == 0 {
        return format!("{sign}{whole}");
    }
    let fraction = format!("{fraction:06}");
    format!("{sign}{whole}.{}", fraction.trim_end_matches('0'))
}

/// The same amount in another unit of the dimension; `None` where it is not one, or cannot be written in six
/// places.
pub fn convert(micro: i64, from: Unit, to: Unit) -> Option<i64> {
    if from.dimension() != to.dimension() {
        return None;
    }
    let scaled = i128::from(micro) * i128::from(from.factor());
    let to = i128::from(to.factor());
    let converted = i64::try_from(scaled / to).ok()?;
    (scaled % to == 0).then_some(converted)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn decimals_are_exact() {
        for (text, micro) in [
            ("12.5", 12_500_000),
            ("-0.000001", -1),
            ("7", 7_000_000),
            ("1.10", 1_100_000),
        ] {
            assert_eq!(parse(text), Some(micro), "{text}");
        }
        for text in [
            "",
            "-",
            ".5",
            "5.",
            "1e3",
            "1,5",
            "0.0000001",
            "99999999999999",
            "NaN",
            "٣",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn units_become_each_other_exactly_or_not_at_all() {
        assert_eq!(convert(1_500 * MICRO, Unit::Gram, Unit::Kilogram), Some(1_500_000));
        assert_eq!(convert(1, Unit::Gram, Unit::Kilogram), None);
        assert_eq!(convert(MICRO, Unit::Gram, Unit::Litre), None);
        assert_eq!(Unit::read(" m2 "), Some(Unit::SquareMetre));
        assert_eq!(Unit::read("m²"), Some(Unit::SquareMetre));
        assert_eq!(Unit::read("stone"), None);
    }

    #[test]
    fn codes_are_distinct() {
        for unit in Unit::ALL {
            assert_eq!(Unit::from_code(unit.code()), Some(*unit));
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(micro in -1_000_000_000_000_000i64..1_000_000_000_000_000) {
            prop_assert_eq!(parse(&decimal(micro)), Some(micro));
        }

        #[test]
        fn there_and_back_is_the_same(micro in -1_000_000_000i64..1_000_000_000, from in 0usize..24, to in 0usize..24) {
            let (from, to) = (Unit::ALL[from], Unit::ALL[to]);
            if let Some(converted) = convert(micro, from, to) {
                prop_assert_eq!(convert(converted, to, from), Some(micro));
            }
        }

        #[test]
        fn any_text_is_read_or_not(text in ".{0,30}") {
            let _ = parse(&text);
            let _ = Unit::read(&text);
        }
    }
}
