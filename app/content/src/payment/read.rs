//! Reads a payment from the address of its picture.

use super::order::{Payment, Standard, Unfit};
use crate::merge::{Currency, Date};

/// How the address of a payment begins.
pub const ADDRESS: &str = "cid:payment?";

/// The longest address that is read, in bytes.
const MAX_ADDRESS: usize = 4096;

/// Reads an address such as `cid:payment?standard=spayd&iban=CZ…&amount=450.00+CZK`, whose parts are percent-encoded.
///
/// # Errors
/// Says which part cannot be read; what banks do not understand is found by [`Payment::check`].
pub fn read(address: &str) -> Result<Payment, Unfit> {
    let parts = address.strip_prefix(ADDRESS).filter(|it| it.len() <= MAX_ADDRESS).ok_or(Unfit::Address)?;
    let mut payment = Payment {
        standard: Standard::PayBySquare,
        iban: String::new(),
        bic: String::new(),
        amount: None,
        currency: Currency::EUR,
        due: None,
        variable: String::new(),
        constant: String::new(),
        specific: String::new(),
        message: String::new(),
        payee: String::new(),
    };
    for part in parts.split('&') {
        let (key, value) = part.split_once('=').ok_or(Unfit::Address)?;
        let value = decoded(value).ok_or(Unfit::Address)?;
        let value = value.trim();
        match key {
            "standard" => payment.standard = standard(value).ok_or(Unfit::Address)?,
            "iban" => payment.iban = compact(value),
            "bic" => payment.bic = compact(value),
            "amount" if value.is_empty() => {}
            "amount" => (payment.amount, payment.currency) = amount(value).map(|(it, of)| (Some(it), of)).ok_or(Unfit::Amount)?,
            "due" if value.is_empty() => {}
            "due" => payment.due = Some(day(value).ok_or(Unfit::Due)?),
            "variable" => payment.variable = symbol(value),
            "constant" => payment.constant = symbol(value),
            "specific" => payment.specific = symbol(value),
            "message" => payment.message = value.to_owned(),
            "payee" => payment.payee = value.to_owned(),
            _ => return Err(Unfit::Address),
        }
    }
    Ok(payment)
}

fn standard(name: &str) -> Option<Standard> {
    match name {
        "pay-by-square" => Some(Standard::PayBySquare),
        "spayd" => Some(Standard::Spayd),
        _ => None,
    }
}

/// Capital letters and digits without the spaces that are only for the eye.
fn compact(text: &str) -> String {
    text.chars().filter(|it| !it.is_whitespace()).map(|it| it.to_ascii_uppercase()).collect()
}

/// The digits of a number such as `2026/0017`, which is how a document's number becomes a symbol; letters are left for the check.
fn symbol(text: &str) -> String {
    text.chars().filter(|it| !it.is_whitespace() && !matches!(it, '/' | '-' | '.')).collect()
}

/// An amount such as `1234.50 EUR`, in hundredths.
fn amount(text: &str) -> Option<(u64, Currency)> {
    let (number, code) = text.split_once(' ')?;
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let is_number = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
    if whole.is_empty() || 12 < whole.len() || 2 < part.len() || !is_number(whole) || !is_number(part) {
        return None;
    }
    let hundredths = format!("{part:0<2}").parse::<u64>().ok()?;
    Some((whole.parse::<u64>().ok()? * 100 + hundredths, Currency::parse(code)?))
}

/// A day such as `20260528`.
fn day(text: &str) -> Option<Date> {
    if text.len() != 8 || !text.bytes().all(|it| it.is_ascii_digit()) {
        return None;
    }
    Date::new(text[..4].parse().ok()?, text[4..6].parse().ok()?, text[6..].parse().ok()?).ok()
}

/// A percent-encoded text.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            bytes.push((high * 16 + low) as u8);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}
