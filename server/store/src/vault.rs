//! The vault: seals what must not be readable on the disk. Nobody else holds a key.
//!
//! A sealed value is zstd, then XChaCha20-Poly1305 under a data key. Data keys lie in the database wrapped by the master key, which
//! lies outside: changing the master key re-wraps them and rewrites nothing else. Each person has a key of their own, wrapped in the same
//! way; when it is destroyed, nobody can read any more what was sealed under it. Table, row and column are bound into each value as
//! associated data, so that none can be moved to another place.

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use model::{DeliveryId, MessageId};
use sha2::Sha256;
use sqlx::SqliteConnection;
use zeroize::Zeroizing;

use crate::error::Error;

/// Sealed under the data key.
const COMMON: u8 = 1;
/// Sealed under the key of one person.
const PERSONAL: u8 = 2;
const PLAIN: u8 = 0;
const ZSTD: u8 = 1;
/// zstd by a dictionary that lies elsewhere.
const ZSTD_BY_DICTIONARY: u8 = 2;
/// Version, packing, key (data key and dictionary, which is none; or the person), nonce.
const HEADER: usize = 1 + 1 + 8 + 24;
/// Values below this length gain nothing by compression.
const WORTH_PACKING: usize = 96;
/// No sealed value is longer than this when opened; a damaged length must not fill the memory.
const OPENED_MAX: usize = 128 * 1024 * 1024;

/// The key that everything hangs on: 32 random bytes kept outside the database.
pub struct MasterKey(Zeroizing<[u8; 32]>);

impl MasterKey {
    /// Takes the 32 bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Makes a new one.
    ///
    /// # Errors
    /// Fails when the system has no randomness.
    pub fn generate() -> Result<Self, Error> {
        Ok(Self(Zeroizing::new(random()?)))
    }

    /// The bytes in hexadecimal, for the key file.
    pub fn to_hex(&self) -> Zeroizing<String> {
        Zeroizing::new(self.0.iter().map(|it| format!("{it:02x}")).collect())
    }

    /// Reads 64 hexadecimal digits; white space around them is ignored.
    pub fn from_hex(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() != 64 || !text.is_ascii() {
            return None;
        }
        let mut bytes = Zeroizing::new([0; 32]);
        for (n, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(text.get(2 * n..2 * n + 2)?, 16).ok()?;
        }
        Some(Self(bytes))
    }

    fn sub_key(&self, purpose: &str) -> Result<[u8; 32], Error> {
        let mut key = [0; 32];
        Hkdf::<Sha256>::new(None, self.0.as_slice()).expand(purpose.as_bytes(), &mut key).map_err(|_| Error::NoRandomness)?;
        Ok(key)
    }
}

/// Where a sealed value lies.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    /// Table.
    pub table: &'static str,
    /// Column.
    pub column: &'static str,
    /// Id of the row.
    pub row: i64,
}

impl Place {
    fn bytes(self) -> Vec<u8> {
        format!("{}.{}.{}", self.table, self.column, self.row).into_bytes()
    }

    fn damaged(self) -> Error {
        Error::Damaged { table: self.table, column: self.column, row: self.row }
    }
}

/// What many values have in common: whatever of a value stands in it too takes no room.
pub struct Dictionary {
    encoder: zstd::dict::EncoderDictionary<'static>,
    decoder: zstd::dict::DecoderDictionary<'static>,
}

impl Dictionary {
    /// Prepares it for use.
    pub fn new(common: &[u8]) -> Self {
        Self { encoder: zstd::dict::EncoderDictionary::copy(common, 3), decoder: zstd::dict::DecoderDictionary::copy(common) }
    }

    fn pack(&self, value: &[u8]) -> std::io::Result<Vec<u8>> {
        zstd::bulk::Compressor::with_prepared_dictionary(&self.encoder)?.compress(value)
    }

    fn unpack(&self, packed: &[u8], length: usize) -> std::io::Result<Vec<u8>> {
        zstd::bulk::Decompressor::with_prepared_dictionary(&self.decoder)?.decompress(packed, length)
    }
}

/// A key with what the values sealed under it begin with.
pub(crate) struct Seal {
    version: u8,
    id: [u8; 8],
    cipher: XChaCha20Poly1305,
}

/// Seals and opens values.
pub struct Vault {
    data_key: Seal,
    person_wrapping: XChaCha20Poly1305,
    hash_key: Zeroizing<[u8; 32]>,
    search_key: Zeroizing<[u8; 32]>,
    return_path_key: Zeroizing<[u8; 32]>,
    link_key: Zeroizing<[u8; 32]>,
}

impl Vault {
    /// Unwraps the data key, or makes the first one in an empty database.
    ///
    /// # Errors
    /// Refuses a master key that does not open the data key.
    pub(crate) async fn open(master: &MasterKey, connection: &mut SqliteConnection) -> Result<Self, Error> {
        let wrapping = XChaCha20Poly1305::new(&master.sub_key("wrap data keys")?.into());
        let stored: Option<(i64, Vec<u8>)> = sqlx::query_as("SELECT id, wrapped FROM vault_keys ORDER BY id DESC LIMIT 1")
            .fetch_optional(&mut *connection)
            .await?;
        let (id, key) = match stored {
            Some((id, wrapped)) => (id, unwrap_key(&wrapping, &data_key_at(id), &wrapped)?),
            None => {
                let key = Zeroizing::new(random::<32>()?);
                sqlx::query("INSERT INTO vault_keys (id, wrapped, created_at) VALUES (1, $1, 0)")
                    .bind(wrap_key(&wrapping, &data_key_at(1), &key)?)
                    .execute(connection)
                    .await?;
                (1, key)
            }
        };
        let expand = |purpose: &[u8]| -> Result<Zeroizing<[u8; 32]>, Error> {
            let mut derived = Zeroizing::new([0; 32]);
            Hkdf::<Sha256>::new(None, key.as_slice()).expand(purpose, derived.as_mut_slice()).map_err(|_| Error::WrongKey)?;
            Ok(derived)
        };
        Ok(Self {
            data_key: Seal::common(id as u32, &key),
            person_wrapping: XChaCha20Poly1305::new(&master.sub_key("wrap person keys")?.into()),
            hash_key: expand(b"hash of files")?,
            search_key: expand(b"search index")?,
            return_path_key: expand(b"return paths")?,
            link_key: expand(b"links in messages")?,
        })
    }

    /// The key of the search index.
    pub fn search_key(&self) -> &[u8; 32] {
        &self.search_key
    }

    /// What makes the return path of a delivery impossible to guess: the first 80 bits of HMAC-SHA-256 over its id.
    pub fn return_path_tag(&self, id: DeliveryId) -> [u8; 10] {
        let mut tag = [0; 10];
        // Every length of key will do for HMAC.
        if let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(self.return_path_key.as_slice()) {
            mac.update(&id.0.to_be_bytes());
            tag.copy_from_slice(&mac.finalize().into_bytes()[..10]);
        }
        tag
    }

    /// What makes a link in a message impossible to guess: the first 128 bits of HMAC-SHA-256 over what it is for and the message's id.
    pub fn link_tag(&self, purpose: &str, id: MessageId) -> [u8; 16] {
        let mut tag = [0; 16];
        if let Some(mac) = self.link_mac(purpose, id) {
            tag.copy_from_slice(&mac.finalize().into_bytes()[..16]);
        }
        tag
    }

    /// Whether somebody who knows this tag was given the link; compared in a time that tells nothing.
    pub fn is_link_tag(&self, purpose: &str, id: MessageId, tag: &[u8; 16]) -> bool {
        self.link_mac(purpose, id).is_some_and(|mac| mac.verify_truncated_left(tag).is_ok())
    }

    fn link_mac(&self, purpose: &str, id: MessageId) -> Option<Hmac<Sha256>> {
        // Every length of key will do for HMAC.
        let mut mac = Hmac::<Sha256>::new_from_slice(self.link_key.as_slice()).ok()?;
        mac.update(&id.0.to_be_bytes());
        mac.update(purpose.as_bytes());
        Some(mac)
    }

    /// A hash by which equal files are found, and which tells nothing to whoever lacks the key.
    pub(crate) fn file_hash(&self, content: &[u8]) -> Vec<u8> {
        use sha2::Digest;
        // The key in front and a fixed-length digest behind: HMAC's construction for one block, so that no length extension helps.
        let inner = Sha256::new().chain_update(self.hash_key.as_slice()).chain_update(content).finalize();
        Sha256::new().chain_update(self.hash_key.as_slice()).chain_update(inner).finalize().to_vec()
    }

    /// Makes the key of a person, wrapped for the database.
    pub(crate) fn make_person_key(&self, person: i64) -> Result<Vec<u8>, Error> {
        let key = Zeroizing::new(random::<32>()?);
        wrap_key(&self.person_wrapping, &person_key_at(person), &key)
    }

    /// Unwraps the key of a person.
    ///
    /// # Errors
    /// Names the place when it was changed or is the key of somebody else.
    pub(crate) fn person_key(&self, person: i64, wrapped: &[u8]) -> Result<Seal, Error> {
        let key = unwrap_key(&self.person_wrapping, &person_key_at(person), wrapped).map_err(|_| Error::Damaged {
            table: "person_keys",
            column: "wrapped",
            row: person,
        })?;
        Ok(Seal { version: PERSONAL, id: person.to_le_bytes(), cipher: XChaCha20Poly1305::new((&*key).into()) })
    }

    /// Seals a value for its place.
    pub(crate) fn seal(&self, place: Place, value: &[u8]) -> Result<Vec<u8>, Error> {
        self.data_key.seal(place, value)
    }

    /// Opens what was sealed for this place.
    ///
    /// # Errors
    /// Names the place when a bit was changed or the value comes from elsewhere.
    pub(crate) fn open_value(&self, place: Place, sealed: &[u8]) -> Result<Vec<u8>, Error> {
        self.data_key.open_value(place, sealed)
    }

    /// Seals a value packed by a dictionary.
    pub(crate) fn seal_by(&self, place: Place, value: &[u8], dictionary: &Dictionary) -> Result<Vec<u8>, Error> {
        self.data_key.seal_by(place, value, dictionary)
    }

    /// Opens what was sealed for this place, perhaps packed by a dictionary.
    ///
    /// # Errors
    /// Names the place when a bit was changed, the value comes from elsewhere, or the dictionary is missing.
    pub(crate) fn open_by(&self, place: Place, sealed: &[u8], dictionary: Option<&Dictionary>) -> Result<Vec<u8>, Error> {
        self.data_key.open_by(place, sealed, dictionary)
    }

    /// Seals a text.
    pub(crate) fn seal_text(&self, place: Place, text: &str) -> Result<Vec<u8>, Error> {
        self.data_key.seal(place, text.as_bytes())
    }

    /// Opens a text.
    pub(crate) fn open_text(&self, place: Place, sealed: &[u8]) -> Result<String, Error> {
        self.data_key.open_text(place, sealed)
    }
}

impl Seal {
    fn common(id: u32, key: &[u8; 32]) -> Self {
        let [a, b, c, d] = id.to_le_bytes();
        Self { version: COMMON, id: [a, b, c, d, 0, 0, 0, 0], cipher: XChaCha20Poly1305::new(key.into()) }
    }

    /// Seals a value for its place.
    pub(crate) fn seal(&self, place: Place, value: &[u8]) -> Result<Vec<u8>, Error> {
        let packed = if value.len() < WORTH_PACKING { None } else { zstd::bulk::compress(value, 3).ok() };
        match &packed {
            Some(packed) if packed.len() < value.len() => self.close(place, ZSTD, packed),
            _ => self.close(place, PLAIN, value),
        }
    }

    /// Seals a value for its place, packed by what it has in common with others.
    pub(crate) fn seal_by(&self, place: Place, value: &[u8], dictionary: &Dictionary) -> Result<Vec<u8>, Error> {
        self.close(place, ZSTD_BY_DICTIONARY, &dictionary.pack(value).map_err(|_| place.damaged())?)
    }

    fn close(&self, place: Place, packing: u8, body: &[u8]) -> Result<Vec<u8>, Error> {
        let nonce = random::<24>()?;
        let mut sealed = Vec::with_capacity(HEADER + body.len() + 16);
        sealed.extend([self.version, packing]);
        sealed.extend(self.id);
        sealed.extend(nonce);
        let aad = [sealed.as_slice(), &place.bytes()].concat();
        let closed = self.cipher.encrypt(&XNonce::from(nonce), Payload { msg: body, aad: &aad }).map_err(|_| place.damaged())?;
        sealed.extend(closed);
        Ok(sealed)
    }

    /// Opens what was sealed for this place.
    ///
    /// # Errors
    /// Names the place when a bit was changed or the value comes from elsewhere.
    pub(crate) fn open_value(&self, place: Place, sealed: &[u8]) -> Result<Vec<u8>, Error> {
        self.open_by(place, sealed, None)
    }

    /// Opens what was sealed for this place, perhaps packed by a dictionary.
    ///
    /// # Errors
    /// Names the place when a bit was changed, the value comes from elsewhere, or the dictionary is missing.
    pub(crate) fn open_by(&self, place: Place, sealed: &[u8], dictionary: Option<&Dictionary>) -> Result<Vec<u8>, Error> {
        let damaged = || place.damaged();
        let (header, closed) = sealed.split_at_checked(HEADER).ok_or_else(damaged)?;
        let (packing, nonce) = match header {
            [version, packing, rest @ ..] if *version == self.version => {
                (*packing, <[u8; 24]>::try_from(&rest[8..]).map_err(|_| damaged())?)
            }
            _ => return Err(damaged()),
        };
        let aad = [header, &place.bytes()].concat();
        let body = self.cipher.decrypt(&XNonce::from(nonce), Payload { msg: closed, aad: &aad }).map_err(|_| damaged())?;
        if packing == PLAIN {
            return Ok(body);
        }
        let length = zstd::zstd_safe::get_frame_content_size(&body).ok().flatten().ok_or_else(damaged)?;
        let length = usize::try_from(length).ok().filter(|it| *it <= OPENED_MAX).ok_or_else(damaged)?;
        match (packing, dictionary) {
            (ZSTD, _) => zstd::bulk::decompress(&body, length).map_err(|_| damaged()),
            (ZSTD_BY_DICTIONARY, Some(dictionary)) => dictionary.unpack(&body, length).map_err(|_| damaged()),
            _ => Err(damaged()),
        }
    }

    /// Opens a text.
    ///
    /// # Errors
    /// Names the place when a bit was changed or the value comes from elsewhere.
    pub(crate) fn open_text(&self, place: Place, sealed: &[u8]) -> Result<String, Error> {
        String::from_utf8(self.open_value(place, sealed)?).map_err(|_| place.damaged())
    }
}

/// What a wrapped data key is bound to.
fn data_key_at(id: i64) -> String {
    format!("vault_keys.{id}")
}

/// What the wrapped key of a person is bound to.
fn person_key_at(person: i64) -> String {
    format!("person_keys.{person}")
}

fn wrap_key(wrapping: &XChaCha20Poly1305, place: &str, key: &[u8; 32]) -> Result<Vec<u8>, Error> {
    let nonce = random::<24>()?;
    let closed =
        wrapping.encrypt(&XNonce::from(nonce), Payload { msg: key, aad: place.as_bytes() }).map_err(|_| Error::WrongKey)?;
    Ok([nonce.as_slice(), &closed].concat())
}

fn unwrap_key(wrapping: &XChaCha20Poly1305, place: &str, wrapped: &[u8]) -> Result<Zeroizing<[u8; 32]>, Error> {
    let (nonce, closed) = wrapped.split_first_chunk::<24>().ok_or(Error::WrongKey)?;
    let key =
        wrapping.decrypt(&XNonce::from(*nonce), Payload { msg: closed, aad: place.as_bytes() }).map_err(|_| Error::WrongKey)?;
    Ok(Zeroizing::new(<[u8; 32]>::try_from(key.as_slice()).map_err(|_| Error::WrongKey)?))
}

fn random<const N: usize>() -> Result<[u8; N], Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| Error::NoRandomness)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PLACE: Place = Place { table: "messages", column: "subject", row: 7 };

    fn vault(byte: u8) -> Vault {
        let key = [byte; 32];
        Vault {
            data_key: Seal::common(1, &key),
            person_wrapping: XChaCha20Poly1305::new(&key.into()),
            hash_key: Zeroizing::new(key),
            search_key: Zeroizing::new(key),
            return_path_key: Zeroizing::new(key),
            link_key: Zeroizing::new(key),
        }
    }

    proptest! {
        #[test]
        fn what_was_sealed_comes_back(value in proptest::collection::vec(any::<u8>(), 0..2_000)) {
            let sealed = vault(1).seal(PLACE, &value).unwrap();
            prop_assert_eq!(vault(1).open_value(PLACE, &sealed).unwrap(), value);
        }

        #[test]
        fn no_changed_bit_goes_unnoticed(at in 0_usize..4_000, bit in 0_u8..8) {
            let mut sealed = vault(1).seal(PLACE, "Vážená pani Nová, ".repeat(60).as_bytes()).unwrap();
            let at = at % sealed.len();
            sealed[at] ^= 1 << bit;
            let is_damaged = matches!(vault(1).open_value(PLACE, &sealed), Err(Error::Damaged { row: 7, .. }));
            prop_assert!(is_damaged);
        }
    }

    #[test]
    fn a_value_opens_only_at_its_place_and_with_its_key() {
        let sealed = vault(1).seal_text(PLACE, "tajné").unwrap();
        assert_eq!(vault(1).open_text(PLACE, &sealed).unwrap(), "tajné");
        assert!(vault(1).open_text(Place { row: 8, ..PLACE }, &sealed).is_err());
        assert!(vault(1).open_text(Place { column: "body_text", ..PLACE }, &sealed).is_err());
        assert!(vault(2).open_text(PLACE, &sealed).is_err());
        assert!(vault(1).open_text(PLACE, &sealed[..20]).is_err());
    }

    #[test]
    fn the_key_of_a_person_opens_nothing_of_anybody_else() {
        let vault = vault(1);
        let wrapped = vault.make_person_key(7).unwrap();
        let sealed = vault.person_key(7, &wrapped).unwrap().seal(PLACE, "tajné".as_bytes()).unwrap();
        assert_eq!(vault.person_key(7, &wrapped).unwrap().open_text(PLACE, &sealed).unwrap(), "tajné");
        assert!(vault.open_text(PLACE, &sealed).is_err());
        let other = vault.person_key(8, &vault.make_person_key(8).unwrap()).unwrap();
        assert!(other.open_text(PLACE, &sealed).is_err());
        assert!(vault.person_key(8, &wrapped).is_err());
        assert!(vault.person_key(7, &[0; 72]).is_err());
    }

    #[test]
    fn a_link_leads_to_one_message_for_one_purpose() {
        let tag = vault(1).link_tag("view", MessageId(7));
        assert!(vault(1).is_link_tag("view", MessageId(7), &tag));
        assert!(!vault(1).is_link_tag("view", MessageId(8), &tag));
        assert!(!vault(1).is_link_tag("unsubscribe", MessageId(7), &tag));
        assert!(!vault(2).is_link_tag("view", MessageId(7), &tag));
        assert!(!vault(1).is_link_tag("view", MessageId(7), &[0; 16]));
    }

    #[test]
    fn what_is_common_takes_no_room_and_a_missing_dictionary_is_damage() {
        let common: String = (0..900).map(|n| format!("<p>Veta číslo {n} o niečom inom.</p>")).collect();
        let (dictionary, key) = (Dictionary::new(common.as_bytes()), Seal::common(1, &[1; 32]));
        let value = common.replace("číslo 450", "pre pani Novú");
        let sealed = key.seal_by(PLACE, value.as_bytes(), &dictionary).unwrap();
        let alone = key.seal(PLACE, value.as_bytes()).unwrap();
        assert!(2 * sealed.len() < alone.len(), "{} of {}", sealed.len(), alone.len());
        assert_eq!(key.open_by(PLACE, &sealed, Some(&dictionary)).unwrap(), value.as_bytes());
        assert!(key.open_by(PLACE, &sealed, None).is_err());
        assert!(key.open_by(PLACE, &sealed, Some(&Dictionary::new("niečo iné".as_bytes()))).is_err());
    }

    #[test]
    fn long_values_are_packed() {
        let text = "Dobrý deň, ďakujeme za objednávku. ".repeat(500);
        assert!(vault(1).seal_text(PLACE, &text).unwrap().len() < 400);
    }

    #[test]
    fn a_master_key_survives_its_file() {
        let key = MasterKey::generate().unwrap();
        let read = MasterKey::from_hex(&format!("{}\n", key.to_hex().as_str())).unwrap();
        assert_eq!(*key.0, *read.0);
        assert!(MasterKey::from_hex("abc").is_none());
        assert!(MasterKey::from_hex(&"ž".repeat(32)).is_none());
    }
}
