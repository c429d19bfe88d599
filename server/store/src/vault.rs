//! The vault: seals what must not be readable on the disk. Nobody else holds a key.
//!
//! A sealed value is zstd, then XChaCha20-Poly1305 under a data key. Data keys lie in the database wrapped by the master key, which
//! lies outside: changing the master key re-wraps them and rewrites nothing else. Each person has a key of their own, wrapped in the same
//! way; when it is destroyed, nobody can read any more what was sealed under it. Table, row and column are bound into each value as
//! associated data, so that none can be moved to another place.

mod file_hash;
mod keys;
mod mark_key;
mod master;
mod places;
mod rotation;
mod signing;

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use model::{DeliveryId, MessageId};
use sha2::Sha256;
use sqlx::SqliteConnection;
use zeroize::Zeroizing;

pub(crate) use self::file_hash::FileHash;
use self::keys::{DataKeys, load};
pub use self::keys::{add_data_key, key_waits};
pub(crate) use self::mark_key::MarkKey;
pub use self::master::MasterKey;
pub use self::places::{Resealed, SealedBy, Step, Walk, is_unfinished, put_resealed, sealed_by, set_resealed, step};
pub use self::rotation::{WrappedKeys, rewrap, wrapped_keys};
use self::signing::Signing;
pub use self::signing::is_signed;
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

/// Where a sealed value lies, or lay first when it was moved with others.
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

    /// That what lies here is damaged.
    pub(crate) fn damaged(self) -> Error {
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
    data_keys: DataKeys,
    data_wrapping: XChaCha20Poly1305,
    person_wrapping: XChaCha20Poly1305,
    hash_key: Zeroizing<[u8; 32]>,
    search_key: Zeroizing<[u8; 32]>,
    return_path_key: Zeroizing<[u8; 32]>,
    link_key: Zeroizing<[u8; 32]>,
    mark_key: MarkKey,
    signing: Signing,
}

impl Vault {
    /// Unwraps the data keys, or makes the first one in an empty database. What is derived, as the key of the index, comes from the first
    /// one, so that it stays when others follow.
    ///
    /// # Errors
    /// Refuses a master key that does not open the data keys.
    pub(crate) async fn open(master: &MasterKey, connection: &mut SqliteConnection) -> Result<Self, Error> {
        let wrapping = data_wrapping(master)?;
        let (data_keys, key) = load(&wrapping, connection).await?;
        let expand = |purpose: &[u8]| -> Result<Zeroizing<[u8; 32]>, Error> {
            let mut derived = Zeroizing::new([0; 32]);
            Hkdf::<Sha256>::new(None, key.as_slice()).expand(purpose, derived.as_mut_slice()).map_err(|_| Error::WrongKey)?;
            Ok(derived)
        };
        Ok(Self {
            data_keys,
            data_wrapping: wrapping,
            person_wrapping: person_wrapping(master)?,
            hash_key: expand(b"hash of files")?,
            search_key: expand(b"search index")?,
            return_path_key: expand(b"return paths")?,
            link_key: expand(b"links in messages")?,
            mark_key: MarkKey::new(expand(b"mark beside the database")?),
            signing: Signing::new(&*expand(b"signatures of evidence")?)?,
        })
    }

    /// What the mark beside the database is known by.
    pub(crate) fn mark_key(&self) -> &MarkKey {
        &self.mark_key
    }

    /// The key of the search index.
    pub fn search_key(&self) -> &[u8; 32] {
        &self.search_key
    }

    /// What makes the return path of a delivery impossible to guess: the first 80 bits of HMAC-SHA-256 over its id.
    pub fn return_path_tag(&self, id: DeliveryId) -> [u8; 10] {
        leading(self.return_path_mac(id))
    }

    /// Whether this is the return path that we made for a delivery; compared in a time that tells nothing.
    pub fn is_return_path_tag(&self, id: DeliveryId, tag: &[u8; 10]) -> bool {
        self.return_path_mac(id).is_some_and(|mac| mac.verify_truncated_left(tag).is_ok())
    }

    fn return_path_mac(&self, id: DeliveryId) -> Option<Hmac<Sha256>> {
        mac(&self.return_path_key, id.0, "")
    }

    /// What makes a link in a message impossible to guess: the first 128 bits of HMAC-SHA-256 over what it is for and the message's id.
    pub fn link_tag(&self, purpose: &str, id: MessageId) -> [u8; 16] {
        leading(self.link_mac(purpose, id))
    }

    /// Whether somebody who knows this tag was given the link; compared in a time that tells nothing.
    pub fn is_link_tag(&self, purpose: &str, id: MessageId, tag: &[u8; 16]) -> bool {
        self.link_mac(purpose, id).is_some_and(|mac| mac.verify_truncated_left(tag).is_ok())
    }

    /// What makes a measured link of a mail impossible to guess: the first 128 bits of HMAC-SHA-256 over what it is for, which link it is and
    /// for which place in the audience.
    pub fn reaction_tag(&self, purpose: &str, link: i64, place: i64) -> [u8; 16] {
        leading(mac(&self.link_key, link, &format!("{purpose} {place}")))
    }

    /// Whether somebody who knows this tag was given the link; compared in a time that tells nothing.
    pub fn is_reaction_tag(&self, purpose: &str, link: i64, place: i64, tag: &[u8; 16]) -> bool {
        let mac = mac(&self.link_key, link, &format!("{purpose} {place}"));
        mac.is_some_and(|mac| mac.verify_truncated_left(tag).is_ok())
    }

    fn link_mac(&self, purpose: &str, id: MessageId) -> Option<Hmac<Sha256>> {
        mac(&self.link_key, id.0, purpose)
    }

    /// The public key by which signatures of this installation are known (Ed25519, RFC 8032).
    pub fn public_key(&self) -> [u8; 32] {
        self.signing.public_key()
    }

    /// Signs what may be shown to anybody.
    pub fn sign(&self, bytes: &[u8]) -> [u8; 64] {
        self.signing.sign(bytes)
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
        self.data_keys.newest().1.seal(place, value)
    }

    /// Opens what was sealed for this place.
    ///
    /// # Errors
    /// Names the place when a bit was changed or the value comes from elsewhere.
    pub(crate) fn open_value(&self, place: Place, sealed: &[u8]) -> Result<Vec<u8>, Error> {
        self.data_keys.opener(place, sealed)?.open_value(place, sealed)
    }

    /// Seals a value packed by a dictionary.
    pub(crate) fn seal_by(&self, place: Place, value: &[u8], dictionary: &Dictionary) -> Result<Vec<u8>, Error> {
        self.data_keys.newest().1.seal_by(place, value, dictionary)
    }

    /// Opens what was sealed for this place, perhaps packed by a dictionary.
    ///
    /// # Errors
    /// Names the place when a bit was changed, the value comes from elsewhere, or the dictionary is missing.
    pub(crate) fn open_by(&self, place: Place, sealed: &[u8], dictionary: Option<&Dictionary>) -> Result<Vec<u8>, Error> {
        self.data_keys.opener(place, sealed)?.open_by(place, sealed, dictionary)
    }

    /// Seals a text.
    pub(crate) fn seal_text(&self, place: Place, text: &str) -> Result<Vec<u8>, Error> {
        self.data_keys.newest().1.seal(place, text.as_bytes())
    }

    /// Opens a text.
    pub(crate) fn open_text(&self, place: Place, sealed: &[u8]) -> Result<String, Error> {
        self.data_keys.opener(place, sealed)?.open_text(place, sealed)
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
        let (packing, body) = self.unseal(place, sealed)?;
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

    /// How a sealed value is packed, and what of it is packed.
    fn unseal(&self, place: Place, sealed: &[u8]) -> Result<(u8, Vec<u8>), Error> {
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
        Ok((packing, body))
    }

    /// Opens a text.
    ///
    /// # Errors
    /// Names the place when a bit was changed or the value comes from elsewhere.
    pub(crate) fn open_text(&self, place: Place, sealed: &[u8]) -> Result<String, Error> {
        String::from_utf8(self.open_value(place, sealed)?).map_err(|_| place.damaged())
    }
}

/// What wraps data keys.
fn data_wrapping(master: &MasterKey) -> Result<XChaCha20Poly1305, Error> {
    Ok(XChaCha20Poly1305::new(&master.sub_key("wrap data keys")?.into()))
}

/// What wraps the keys of persons.
fn person_wrapping(master: &MasterKey) -> Result<XChaCha20Poly1305, Error> {
    Ok(XChaCha20Poly1305::new(&master.sub_key("wrap person keys")?.into()))
}

/// What a wrapped data key is bound to.
fn data_key_at(id: i64) -> String {
    format!("vault_keys.{id}")
}

/// What the wrapped key of a person is bound to.
fn person_key_at(person: i64) -> String {
    format!("person_keys.{person}")
}

/// HMAC-SHA-256 over an id and what it is for.
fn mac(key: &[u8; 32], id: i64, purpose: &str) -> Option<Hmac<Sha256>> {
    // Every length of key will do for HMAC.
    let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
    mac.update(&id.to_be_bytes());
    mac.update(purpose.as_bytes());
    Some(mac)
}

/// The first bytes of a MAC.
fn leading<const N: usize>(mac: Option<Hmac<Sha256>>) -> [u8; N] {
    let mut tag = [0; N];
    if let Some(mac) = mac {
        tag.copy_from_slice(&mac.finalize().into_bytes()[..N]);
    }
    tag
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

pub(crate) fn random<const N: usize>() -> Result<[u8; N], Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| Error::NoRandomness)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests;
