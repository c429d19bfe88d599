//! What a payment says, and what banks understand.

pub use model::template::PaymentFault as Unfit;

use crate::merge::{Currency, Date};

/// Whose bankers read the code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standard {
    /// PAY by square, standard of the Slovak Banking Association.
    #[default]
    PayBySquare,
    /// Short Payment Descriptor, standard No. 26 of the Czech Banking Association.
    Spayd,
}

/// A payment order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    /// The kind of code.
    pub standard: Standard,
    /// The account that gets the money (ISO 13616), without spaces.
    pub iban: String,
    /// The bank that keeps it (ISO 9362); may be empty.
    pub bic: String,
    /// How much, in hundredths; none leaves it to who pays.
    pub amount: Option<u64>,
    /// Of what.
    pub currency: Currency,
    /// Until when.
    pub due: Option<Date>,
    /// The variable symbol, at most ten digits; may be empty.
    pub variable: String,
    /// The constant symbol, at most four digits in Slovakia and ten in Czechia; may be empty.
    pub constant: String,
    /// The specific symbol, at most ten digits; may be empty.
    pub specific: String,
    /// Words for who is paid; may be empty.
    pub message: String,
    /// Who is paid.
    pub payee: String,
}

/// The greatest amount, in hundredths: ten places with the decimal point.
const MAX_AMOUNT: u64 = 999_999_999;

impl Payment {
    /// Whether banks understand it.
    ///
    /// # Errors
    /// Names what they would not.
    pub fn check(&self) -> Result<(), Unfit> {
        if !is_iban(&self.iban) {
            return Err(Unfit::Iban);
        }
        let is_bic = matches!(self.bic.len(), 8 | 11) && self.bic.bytes().all(|it| it.is_ascii_alphanumeric());
        if !self.bic.is_empty() && !is_bic {
            return Err(Unfit::Bic);
        }
        if self.amount.is_some_and(|it| MAX_AMOUNT < it) {
            return Err(Unfit::Amount);
        }
        let constant = if self.standard == Standard::Spayd { 10 } else { 4 };
        let symbols = [(&self.variable, 10), (&self.constant, constant), (&self.specific, 10)];
        if symbols.iter().any(|(it, max)| *max < it.len() || !it.bytes().all(|it| it.is_ascii_digit())) {
            return Err(Unfit::Symbol);
        }
        if self.standard == Standard::PayBySquare && self.payee.trim().is_empty() {
            return Err(Unfit::Payee);
        }
        Ok(())
    }

    /// The amount with a decimal point: `1234.50`.
    pub(super) fn amount_text(&self) -> Option<String> {
        self.amount.map(|it| format!("{}.{:02}", it / 100, it % 100))
    }

    /// The day as `20260528`.
    pub(super) fn due_text(&self) -> Option<String> {
        self.due.map(|it| format!("{:04}{:02}{:02}", it.year(), it.month(), it.day()))
    }
}

/// Whether an account number has the right check digits (ISO 13616, ISO 7064 MOD 97-10).
pub(crate) fn is_iban(text: &str) -> bool {
    let is_right = (15..=34).contains(&text.len())
        && text.bytes().take(2).all(|it| it.is_ascii_uppercase())
        && text.bytes().skip(2).take(2).all(|it| it.is_ascii_digit())
        && text.bytes().all(|it| it.is_ascii_uppercase() || it.is_ascii_digit());
    if !is_right {
        return false;
    }
    let turned = text[4..].bytes().chain(text[..4].bytes());
    let rest = turned.fold(0_u32, |rest, it| match it {
        b'0'..=b'9' => (rest * 10 + u32::from(it - b'0')) % 97,
        _ => (rest * 100 + u32::from(it - b'A') + 10) % 97,
    });
    rest == 1
}
