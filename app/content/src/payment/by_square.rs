//! PAY by square, version 1.2.0 of the bysquare container: fields between tabs, a checksum, LZMA, digits of base 32.

use lzma_rust2::{EncodeMode, LzmaOptions, LzmaWriter, MfType, Write};

use super::order::{Payment, Unfit};
use crate::sms::without_diacritics;

/// Kind 0 (PAY), version 2 (1.2.0), document 0 (payment order), reserved 0: four bits each.
const HEADER: [u8; 2] = [0x02, 0x00];

/// Digits of base 32 in which a number sorts as its text does (RFC 4648 §7).
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHIJKLMNOPQRSTUV";

/// The longest message, in characters.
const MAX_MESSAGE: usize = 140;

/// The longest name of who is paid, in characters.
const MAX_PAYEE: usize = 70;

/// The words of the code, for a payment that was checked.
pub(super) fn payload(payment: &Payment) -> Result<String, Unfit> {
    let fields = fields(payment);
    let mut data = crc32fast::hash(fields.as_bytes()).to_le_bytes().to_vec();
    data.extend_from_slice(fields.as_bytes());
    let len = u16::try_from(data.len()).map_err(|_| Unfit::TooLong)?;
    let mut packed = HEADER.to_vec();
    packed.extend_from_slice(&len.to_le_bytes());
    packed.extend_from_slice(&pack(&data).map_err(|_| Unfit::TooLong)?);
    Ok(digits(&packed))
}

/// The fields of one payment order, in the order of the standard.
fn fields(payment: &Payment) -> String {
    let payee = words(&payment.payee, MAX_PAYEE);
    let fields = [
        // No number of an invoice, one payment, and that is an order.
        "",
        "1",
        "1",
        &payment.amount_text().unwrap_or_default(),
        payment.currency.code(),
        &payment.due_text().unwrap_or_default(),
        &payment.variable,
        &payment.constant,
        &payment.specific,
        // No reference of SEPA: it would stand for the symbols.
        "",
        &words(&payment.message, MAX_MESSAGE),
        "1",
        &payment.iban,
        &payment.bic,
        // Neither a standing order nor a direct debit.
        "0",
        "0",
        &payee,
        // No street and no town.
        "",
        "",
    ];
    fields.join("\t")
}

/// Words without diacritics, tabs and line ends.
fn words(text: &str, max: usize) -> String {
    let plain = without_diacritics(text);
    plain.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(max).collect()
}

/// Packs bytes with LZMA as the standard says: 3 literal context bits, no literal position bits, 2 position bits, a dictionary
/// of 128 KiB, no header.
fn pack(data: &[u8]) -> Result<Vec<u8>, lzma_rust2::Error> {
    let options = LzmaOptions {
        dict_size: 128 * 1024,
        lc: 3,
        lp: 0,
        pb: 2,
        mode: EncodeMode::Fast,
        nice_len: 64,
        mf: MfType::Hc4,
        depth_limit: 0,
        preset_dict: None,
    };
    let mut writer = LzmaWriter::new_no_header(Vec::new(), &options, true)?;
    writer.write_all(data)?;
    writer.finish()
}

/// Bits five by five, the last filled up with zeros.
fn digits(bytes: &[u8]) -> String {
    let n_bits = bytes.len() * 8;
    let bit = |at: usize| bytes.get(at / 8).map_or(0, |it| it >> (7 - at % 8) & 1);
    (0..n_bits.div_ceil(5))
        .map(|n| char::from(DIGITS[usize::from((0..5).fold(0, |sum, it| sum << 1 | bit(n * 5 + it)))]))
        .collect()
}
