//! Texts as bytes of SMPP: the alphabet of GSM 03.38 with one septet in each byte, Latin 1, or UTF-16.

use content::sms::Alphabet;

use super::Encoding;
use crate::sms::SmsKind;

/// The basic table of GSM 03.38 in the order of its codes; `\u{1b}` stands for the escape.
const BASIC: &str = concat!(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u{1b}ÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?",
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
/// The extension table: what follows the escape.
const EXTENSION: [(char, u8); 10] = [
    ('\u{c}', 0x0a),
    ('^', 0x14),
    ('{', 0x28),
    ('}', 0x29),
    ('\\', 0x2f),
    ('[', 0x3c),
    ('~', 0x3d),
    (']', 0x3e),
    ('|', 0x40),
    ('€', 0x65),
];
const ESCAPE: u8 = 0x1b;

/// How one text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coding {
    Gsm,
    Latin1,
    Unicode,
}

impl Coding {
    /// The narrowest that the whole text fits into. What shows at once on the screen is never in Latin 1, which has no code for that.
    pub fn of(text: &str, encoding: Encoding, kind: SmsKind) -> Self {
        let in_latin1 = encoding == Encoding::Latin1 && kind == SmsKind::Normal;
        match Alphabet::as_written(text, in_latin1) {
            Alphabet::Unicode => Self::Unicode,
            Alphabet::Gsm7 if in_latin1 => Self::Latin1,
            Alphabet::Gsm7 => Self::Gsm,
        }
    }

    /// By which alphabet the text is cut.
    pub fn alphabet(self) -> Alphabet {
        match self {
            Self::Gsm | Self::Latin1 => Alphabet::Gsm7,
            Self::Unicode => Alphabet::Unicode,
        }
    }

    /// `data_coding` (SMPP 3.4 §5.2.19).
    pub fn code(self, is_flash: bool) -> u8 {
        let class = if is_flash { 0x10 } else { 0 };
        match self {
            Self::Gsm => class,
            Self::Latin1 => 0x03,
            Self::Unicode => 0x08 | class,
        }
    }

    /// The text in bytes.
    pub fn encoded(self, text: &str) -> Vec<u8> {
        match self {
            Self::Gsm | Self::Unicode => encoded(text, self.alphabet()),
            Self::Latin1 => text.chars().map(|it| u8::try_from(u32::from(it)).unwrap_or(b'?')).collect(),
        }
    }
}

/// A text in its alphabet. Characters that the alphabet lacks become `?`; there are none if it was chosen for the whole text.
pub(crate) fn encoded(text: &str, alphabet: Alphabet) -> Vec<u8> {
    match alphabet {
        Alphabet::Unicode => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        Alphabet::Gsm7 => {
            let mut out = Vec::new();
            for it in text.chars() {
                match (BASIC.chars().position(|basic| basic == it), EXTENSION.iter().find(|found| found.0 == it)) {
                    (Some(code), _) => out.push(code as u8),
                    (None, Some((_, code))) => out.extend([ESCAPE, *code]),
                    (None, None) => out.push(b'?'),
                }
            }
            out
        }
    }
}

/// Bytes as text by their `data_coding`: UTF-16, Latin 1, or GSM 03.38 for everything else.
pub(crate) fn decoded(bytes: &[u8], coding: u8) -> String {
    match coding {
        8 | 0x18 => {
            let units = bytes.chunks_exact(2).map(|it| u16::from_be_bytes([it[0], it[1]]));
            char::decode_utf16(units).map(|it| it.unwrap_or('\u{fffd}')).collect()
        }
        1 | 3 => bytes.iter().map(|it| char::from(*it)).collect(),
        _ => septets(bytes),
    }
}

fn septets(bytes: &[u8]) -> String {
    let mut out = String::new();
    let mut bytes = bytes.iter();
    while let Some(&code) = bytes.next() {
        let it = match code {
            ESCAPE => bytes.next().and_then(|code| EXTENSION.iter().find(|it| it.1 == *code)).map(|it| it.0),
            _ => BASIC.chars().nth(usize::from(code)),
        };
        out.push(it.unwrap_or('\u{fffd}'));
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn texts_are_read_back(text in "[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !-Z{}€~|\\\\^\\[\\]a-zäöñüà§¿]{0,80}|\\PC{0,60}") {
            let alphabet = Alphabet::of(&text);
            let coding = if alphabet == Alphabet::Unicode { 8 } else { 0 };
            let bytes = encoded(&text, alphabet);
            prop_assert_eq!(decoded(&bytes, coding), text.clone());
            let units: usize = text.chars().filter_map(|it| alphabet.width(it)).sum();
            prop_assert_eq!(bytes.len(), if coding == 8 { 2 * units } else { units });
        }
    }

    #[test]
    fn codes_are_those_of_the_standard() {
        assert_eq!(encoded("@Aaà€?", Alphabet::Gsm7), [0x00, 0x41, 0x61, 0x7f, 0x1b, 0x65, 0x3f]);
        assert_eq!(encoded("č", Alphabet::Unicode), [0x01, 0x0d]);
        assert_eq!(decoded(&[0x1b], 0), "\u{fffd}");
        assert_eq!(decoded(&[0xd8, 0x00, 0x41], 8), "\u{fffd}");
        assert_eq!(decoded(b"caf\xe9", 3), "café");
    }
}
