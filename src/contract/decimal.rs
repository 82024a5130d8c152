//! Numbers as documents print the ends of ranges: whole ones, and such with a few decimals.

use std::cmp::Ordering;
use std::fmt;

use serde_json::Value;

/// A number that is exactly what its digits say: `0.5` is no nearest fraction of two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Decimal {
    /// The digits, in units of the last place.
    units: i64,
    /// How many of the digits are decimals. The last of them is no zero.
    places: u8,
}

/// No document prints more decimals of a limit, and powers of ten stay small.
const MOST_PLACES: usize = 9;

impl Decimal {
    /// The number that a text prints: `-5.50`, `1,000`.
    pub fn parse(text: &str) -> Option<Decimal> {
        let plain = text.trim().replace(',', "");
        let (whole, decimals) = plain.split_once('.').unwrap_or((&plain, ""));
        let decimals = decimals.trim_end_matches('0');
        let is_number = whole.bytes().any(|byte| byte.is_ascii_digit())
            && decimals.bytes().all(|byte| byte.is_ascii_digit())
            && decimals.len() <= MOST_PLACES;
        let units = is_number.then(|| format!("{whole}{decimals}").parse().ok())?;
        Some(Decimal {
            units: units?,
            places: u8::try_from(decimals.len()).ok()?,
        })
    }

    /// The number as a whole one, if it is one.
    pub fn whole(self) -> Option<i64> {
        (self.places == 0).then_some(self.units)
    }

    /// The greatest whole number that is not above it.
    pub fn floor(self) -> i64 {
        self.units.div_euclid(self.one())
    }

    /// The least whole number that is not below it.
    pub fn ceil(self) -> i64 {
        self.floor() + i64::from(self.places > 0)
    }

    /// The nearest floating-point number.
    #[expect(clippy::cast_precision_loss, reason = "nearest is what is asked for")]
    pub fn as_f64(self) -> f64 {
        self.units as f64 / self.one() as f64
    }

    /// So many whole ones more.
    pub fn plus(self, whole: i64) -> Option<Decimal> {
        let more = whole.checked_mul(self.one())?;
        self.moved(more)
    }

    /// So many of its last place more: what comes after 0.5 is 0.6.
    pub fn steps(self, steps: i64) -> Option<Decimal> {
        self.moved(steps)
    }

    fn moved(self, units: i64) -> Option<Decimal> {
        let units = self.units.checked_add(units)?;
        let places = self.places;
        Decimal::parse(&Decimal { units, places }.to_string())
    }

    /// One, in units of the last place.
    fn one(self) -> i64 {
        10_i64.pow(u32::from(self.places))
    }
}

impl From<i64> for Decimal {
    fn from(units: i64) -> Self {
        Decimal { units, places: 0 }
    }
}

impl From<Decimal> for Value {
    fn from(number: Decimal) -> Value {
        match number.whole() {
            Some(whole) => Value::from(whole),
            None => Value::from(number.as_f64()),
        }
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (one, places) = (self.one().unsigned_abs(), usize::from(self.places));
        let units = self.units.unsigned_abs();
        let sign = if self.units < 0 { "-" } else { "" };
        match places {
            0 => write!(f, "{sign}{units}"),
            _ => write!(f, "{sign}{}.{:0places$}", units / one, units % one),
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let own = i128::from(self.units) * i128::from(other.one());
        own.cmp(&(i128::from(other.units) * i128::from(self.one())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_what_their_digits_say() {
        let read = |text| Decimal::parse(text).map(|number| number.to_string());
        let printed = [
            "0.50", "-5.5", "1,000", "7", "0.0", "-0.05", "x", "1e3", "1.2.3", "",
        ];
        let read: Vec<_> = printed.into_iter().map(read).collect();
        let read: Vec<_> = read
            .iter()
            .map(|text| text.as_deref().unwrap_or("-"))
            .collect();
        assert_eq!(
            read,
            ["0.5", "-5.5", "1000", "7", "0", "-0.05", "-", "-", "-", "-"]
        );
    }

    #[test]
    fn they_are_ordered_and_have_neighbours() {
        let number = |text| Decimal::parse(text).expect("a number");
        assert!(number("0.5") < number("0.51") && number("-5.5") < number("-5"));
        assert_eq!(number("0.9").steps(1), Some(1.into()));
        assert_eq!(number("10").steps(-1), Some(9.into()));
        assert_eq!(number("0.5").plus(2), Some(number("2.5")));
        assert_eq!((number("-5.5").floor(), number("-5.5").ceil()), (-6, -5));
        assert_eq!((number("7").floor(), number("7").ceil()), (7, 7));
        assert_eq!(Value::from(number("42.5")), Value::from(42.5));
        assert_eq!(Decimal::from(i64::MAX).steps(1), None);
    }
}
