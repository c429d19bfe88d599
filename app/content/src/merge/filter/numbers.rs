//! Numbers and money as Slovak, Czech and English write them (CLDR).

use rust_decimal::{Decimal, RoundingStrategy};

use crate::merge::language::{Language, Plural};
use crate::merge::value::Currency;

/// The space that does not break and parts groups of digits.
const HARD: char = '\u{a0}';

/// A number with as many decimal places, or with those it has.
pub fn number(value: Decimal, places: Option<u32>, language: Language) -> String {
    let rounded = match places {
        Some(places) => {
            let mut rounded = value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
            rounded.rescale(places);
            rounded
        }
        None => value.normalize(),
    };
    let digits = rounded.abs().to_string();
    let (whole, part) = digits.split_once('.').unwrap_or((&digits, ""));
    let (group, point) = if language == Language::English { (',', '.') } else { (HARD, ',') };
    let mut text = String::with_capacity(digits.len() * 2);
    if rounded.is_sign_negative() && !rounded.is_zero() {
        text.push('-');
    }
    for (at, digit) in whole.chars().enumerate() {
        if 0 < at && (whole.len() - at).is_multiple_of(3) {
            text.push(group);
        }
        text.push(digit);
    }
    if !part.is_empty() {
        text.push(point);
        text.push_str(part);
    }
    text
}

/// An amount with its currency; with the places of the currency when none are given.
pub(in crate::merge) fn money(amount: Decimal, currency: Currency, places: Option<u32>, language: Language) -> String {
    let text = number(amount, Some(places.unwrap_or(currency.places())), language);
    let sign = sign(currency, language);
    if language != Language::English {
        return format!("{text}{HARD}{sign}");
    }
    let (minus, text) = text.strip_prefix('-').map_or(("", text.as_str()), |it| ("-", it));
    // A sign stands close to the amount, a code does not.
    let space = if sign.chars().all(char::is_alphabetic) { "\u{a0}" } else { "" };
    format!("{minus}{sign}{space}{text}")
}

fn sign(currency: Currency, language: Language) -> String {
    let sign = match (currency.code(), language) {
        ("EUR", _) => "€",
        ("CZK", Language::Slovak | Language::Czech) => "Kč",
        ("GBP", Language::Czech | Language::English) => "£",
        ("USD", Language::English) => "$",
        ("JPY", Language::Czech) => "JP¥",
        ("JPY", Language::English) => "¥",
        ("USD", Language::Czech) => "US$",
        (code, _) => code,
    };
    sign.to_owned()
}

/// Which grammatical number a count asks for (CLDR plural rules).
pub(in crate::merge) fn plural(count: Decimal, language: Language) -> Plural {
    let count = count.abs().normalize();
    let is_one = count == Decimal::ONE;
    match language {
        Language::English if is_one => Plural::One,
        Language::English => Plural::Many,
        _ if 0 < count.scale() => Plural::Fraction,
        _ if is_one => Plural::One,
        _ if Decimal::TWO <= count && count <= Decimal::from(4) => Plural::Few,
        _ => Plural::Many,
    }
}
