//! The Short Payment Descriptor, version 1.0 (standard No. 26 of the Czech Banking Association): keys and values between stars.

use super::order::Payment;
use crate::sms::without_diacritics;

/// The longest message, in characters.
const MAX_MESSAGE: usize = 60;

/// The longest name of who is paid, in characters.
const MAX_PAYEE: usize = 35;

/// The words of the code, for a payment that was checked.
pub(super) fn payload(payment: &Payment) -> String {
    let account = if payment.bic.is_empty() { payment.iban.clone() } else { format!("{}+{}", payment.iban, payment.bic) };
    let mut payload = String::from("SPD*1.0");
    let mut add = |key: &str, value: &str| {
        if !value.is_empty() {
            payload.push_str(&format!("*{key}:{value}"));
        }
    };
    add("ACC", &account);
    add("AM", &payment.amount_text().unwrap_or_default());
    add("CC", payment.currency.code());
    add("RN", &words(&payment.payee, MAX_PAYEE));
    add("DT", &payment.due_text().unwrap_or_default());
    add("MSG", &words(&payment.message, MAX_MESSAGE));
    add("X-VS", &payment.variable);
    add("X-KS", &payment.constant);
    add("X-SS", &payment.specific);
    payload
}

/// Words as capital letters of ASCII, which need the smallest code and which each bank reads alike; stars and percent signs
/// mean something and are encoded.
fn words(text: &str, max: usize) -> String {
    let plain = without_diacritics(text).to_uppercase();
    let short = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut words = String::new();
    for it in short.chars().filter(char::is_ascii).take(max) {
        match it {
            '*' => words.push_str("%2A"),
            '%' => words.push_str("%25"),
            _ => words.push(it),
        }
    }
    words
}
