//! Return paths of their own for each delivery (VERP): `bounce+TOKEN@firma.sk`, where the token names the delivery and cannot be guessed.

use model::{DeliveryId, EmailAddress};

/// Bytes of the delivery's id and of what proves that we gave it out.
const TOKEN: usize = 8 + 10;
/// The longest part before the `@` (RFC 5321 §4.5.3.1.1).
const LONGEST_LOCAL: usize = 64;
/// RFC 4648 §6 in small letters: relays may change the case of what stands before the `@`.
const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// The return path of a delivery: the mailbox's address with a token behind a `+`. Nothing when the address leaves no room for it.
pub fn return_path(mailbox: &EmailAddress, delivery: DeliveryId, tag: [u8; 10]) -> Option<EmailAddress> {
    let mut token = [0; TOKEN];
    token[..8].copy_from_slice(&delivery.0.to_be_bytes());
    token[8..].copy_from_slice(&tag);
    let local = format!("{}+{}", mailbox.local(), encoded(&token));
    (local.len() <= LONGEST_LOCAL).then(|| EmailAddress::parse(&format!("{local}@{}", mailbox.domain())).ok()).flatten()
}

/// The delivery and the proof in a return path; the proof has still to be compared.
pub fn read_return_path(address: &str) -> Option<(DeliveryId, [u8; 10])> {
    let (local, _) = address.rsplit_once('@')?;
    let (_, token) = local.rsplit_once('+')?;
    let bytes = decoded(token)?;
    let (id, tag) = bytes.split_first_chunk::<8>()?;
    Some((DeliveryId(i64::from_be_bytes(*id)), tag.try_into().ok()?))
}

fn encoded(bytes: &[u8; TOKEN]) -> String {
    let mut out = String::new();
    let (mut bits, mut n) = (0_u32, 0);
    for byte in bytes {
        bits = (bits << 8) | u32::from(*byte);
        n += 8;
        while 5 <= n {
            n -= 5;
            out.push(char::from(ALPHABET[(bits >> n) as usize & 31]));
        }
        bits &= (1 << n) - 1;
    }
    out.push(char::from(ALPHABET[(bits << (5 - n)) as usize & 31]));
    out
}

fn decoded(text: &str) -> Option<[u8; TOKEN]> {
    let mut out = [0; TOKEN];
    let (mut bits, mut n, mut at) = (0_u32, 0, 0);
    if text.len() != (TOKEN * 8).div_ceil(5) {
        return None;
    }
    for letter in text.bytes() {
        let value = ALPHABET.iter().position(|it| *it == letter.to_ascii_lowercase())?;
        bits = (bits << 5) | value as u32;
        n += 5;
        if 8 <= n {
            n -= 8;
            *out.get_mut(at)? = (bits >> n) as u8;
            at += 1;
            bits &= (1 << n) - 1;
        }
    }
    (at == TOKEN && bits == 0).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> EmailAddress {
        EmailAddress::parse(text).unwrap()
    }

    #[test]
    fn a_return_path_leads_back_to_its_delivery_also_in_capitals() {
        for id in [0, 1, 77, 1 << 40, i64::MAX] {
            let made = return_path(&address("vratene@firma.sk"), DeliveryId(id), *b"0123456789").unwrap();
            assert_eq!(read_return_path(made.as_str()), Some((DeliveryId(id), *b"0123456789")));
            assert_eq!(read_return_path(&made.as_str().to_uppercase()), Some((DeliveryId(id), *b"0123456789")));
            assert!(made.as_str().split('@').next().unwrap().len() <= 64);
        }
    }

    #[test]
    fn an_address_without_room_gets_no_token() {
        assert!(return_path(&address(&format!("{}@firma.sk", "a".repeat(34))), DeliveryId(1), [0; 10]).is_some());
        assert!(return_path(&address(&format!("{}@firma.sk", "a".repeat(35))), DeliveryId(1), [0; 10]).is_none());
    }

    #[test]
    fn what_is_no_token_is_not_read() {
        for text in
            ["bounce@firma.sk", "bounce+@firma.sk", "bounce+abc@firma.sk", "bounce+", "", "a+1111111111111111111111111111@b"]
        {
            assert_eq!(read_return_path(text), None, "{text}");
        }
    }
}
