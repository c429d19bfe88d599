//! Signatures (chapter 4.2 of the interface): the hexadecimal HMAC over the values, one after another without separators.

use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha1::Sha1;
use sha2::Sha256;

/// The digest of a signature.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum EuroSmsDigest {
    /// SHA-256.
    #[default]
    Sha256,
    /// SHA-1, which the interface began with.
    Sha1,
}

/// Signs values with the integration key.
pub(super) fn sign<'a>(digest: EuroSmsDigest, key: &SecretString, values: impl IntoIterator<Item = &'a str>) -> String {
    let key = key.expose_secret().as_bytes();
    match digest {
        EuroSmsDigest::Sha256 => hex(Hmac::<Sha256>::new_from_slice(key), values),
        EuroSmsDigest::Sha1 => hex(Hmac::<Sha1>::new_from_slice(key), values),
    }
}

/// HMAC takes keys of any length, so the absence of one never happens; an empty signature would be refused.
fn hex<'a, M: Mac, E>(mac: Result<M, E>, values: impl IntoIterator<Item = &'a str>) -> String {
    let Ok(mut mac) = mac else { return String::new() };
    values.into_iter().for_each(|it| mac.update(it.as_bytes()));
    mac.finalize().into_bytes().iter().map(|it| format!("{it:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_the_one_that_the_gateway_expects() {
        let key = SecretString::from("Gh-s7-J6");
        let values = ["RZi", "421903622237", "Testovacia sprava"];
        assert_eq!(sign(EuroSmsDigest::Sha1, &key, values), "6f56060b6b7db97ca25782b771cca0a65077bd5b");
    }

    #[test]
    fn sha_256_is_that_of_rfc_4231() {
        let key = SecretString::from("Jefe");
        let expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert_eq!(sign(EuroSmsDigest::Sha256, &key, ["what do ya want ", "for nothing?"]), expected);
    }
}
