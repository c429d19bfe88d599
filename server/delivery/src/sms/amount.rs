//! Prices and credit, exactly as the gateway wrote them.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An amount in the gateway's own unit, be it euro, koruna or credits, in millionths of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Amount(pub i64);

/// How many millionths make a whole.
const WHOLE: i64 = 1_000_000;

impl Amount {
    /// Reads a decimal number such as `0.0265`, `-12,5` or `100`; places behind the sixth are cut off.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, part) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
        let plain = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
        if (whole.is_empty() && part.is_empty()) || !plain(whole) || !plain(part) || 12 < whole.len() {
            return None;
        }
        let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
        let places: String = part.chars().chain(std::iter::repeat('0')).take(6).collect();
        let millionths = whole * WHOLE + places.parse::<i64>().ok()?;
        Some(Self(if negative { -millionths } else { millionths }))
    }

    /// Reads a number or a text of JSON, without the detour over binary fractions.
    pub(crate) fn of_json(value: &serde_json::Value) -> Option<Self> {
        match value {
            serde_json::Value::Number(it) => Self::parse(&it.to_string()),
            serde_json::Value::String(it) => Self::parse(it),
            _ => None,
        }
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, part) = (self.0.unsigned_abs() / WHOLE.unsigned_abs(), self.0.unsigned_abs() % WHOLE.unsigned_abs());
        let part = format!("{part:06}");
        match part.trim_end_matches('0') {
            "" => write!(f, "{sign}{whole}"),
            places => write!(f, "{sign}{whole}.{places}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_exact() {
        for (text, millionths, shown) in
            [("0.0265", 26_500, "0.0265"), ("-12,5", -12_500_000, "-12.5"), ("100", 100_000_000, "100"), (".5", 500_000, "0.5")]
        {
            assert_eq!(Amount::parse(text), Some(Amount(millionths)), "{text}");
            assert_eq!(Amount(millionths).to_string(), shown);
        }
        for text in ["", "-", ".", "x", "1.2.3", "1e5", "9999999999999"] {
            assert_eq!(Amount::parse(text), None, "{text}");
        }
        assert_eq!(Amount::of_json(&serde_json::json!(0.1)), Some(Amount(100_000)));
    }
}
