//! Keys: made here, kept as PKCS #8, used by ring.

use model::DkimAlgorithm;
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use rsa::pkcs8::{EncodePrivateKey, EncodePublicKey};
use rsa::rand_core::OsRng;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::DkimFault;

/// The length of RSA keys: shorter ones are refused by large receivers, longer ones do not fit into one answer of DNS.
const RSA_BITS: usize = 2048;

/// A key that was made.
pub struct NewKey {
    /// The private half, PKCS #8 in DER.
    pub private: Zeroizing<Vec<u8>>,
    /// The public half as its record holds it: the SubjectPublicKeyInfo of RSA, the bare 32 bytes of Ed25519.
    pub public: Vec<u8>,
}

/// A key that signs.
pub enum SigningKey {
    /// RSA with SHA-256.
    Rsa(Box<RsaKeyPair>),
    /// Ed25519 over SHA-256.
    Ed25519(Ed25519KeyPair),
}

/// Makes a key. RSA takes a moment of one processor: call it where that does not hold up others.
///
/// # Errors
/// The machine has no randomness.
pub fn generate(algorithm: DkimAlgorithm) -> Result<NewKey, DkimFault> {
    match algorithm {
        DkimAlgorithm::Rsa => {
            let key = rsa::RsaPrivateKey::new(&mut OsRng, RSA_BITS).map_err(|_| DkimFault::Signing)?;
            let private = key.to_pkcs8_der().map_err(|_| DkimFault::Signing)?;
            let public = key.to_public_key().to_public_key_der().map_err(|_| DkimFault::Signing)?;
            Ok(NewKey { private: Zeroizing::new(private.as_bytes().to_vec()), public: public.as_bytes().to_vec() })
        }
        DkimAlgorithm::Ed25519 => {
            let private = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).map_err(|_| DkimFault::Signing)?;
            let pair = Ed25519KeyPair::from_pkcs8(private.as_ref()).map_err(|_| DkimFault::Key)?;
            Ok(NewKey { private: Zeroizing::new(private.as_ref().to_vec()), public: pair.public_key().as_ref().to_vec() })
        }
    }
}

impl SigningKey {
    /// Reads a private key.
    ///
    /// # Errors
    /// It is not one of this algorithm.
    pub(super) fn read(algorithm: DkimAlgorithm, private: &[u8]) -> Result<Self, DkimFault> {
        match algorithm {
            DkimAlgorithm::Rsa => RsaKeyPair::from_pkcs8(private).map(|it| Self::Rsa(Box::new(it))).map_err(|_| DkimFault::Key),
            DkimAlgorithm::Ed25519 => Ed25519KeyPair::from_pkcs8(private).map(Self::Ed25519).map_err(|_| DkimFault::Key),
        }
    }

    /// The name of the algorithm in a signature.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Rsa(_) => "rsa-sha256",
            Self::Ed25519(_) => "ed25519-sha256",
        }
    }

    /// Signs; Ed25519 signs the hash (RFC 8463 §3), RSA hashes by itself.
    pub(super) fn sign(&self, data: &[u8]) -> Result<Vec<u8>, DkimFault> {
        match self {
            Self::Rsa(key) => {
                let mut signature = vec![0; key.public().modulus_len()];
                key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), data, &mut signature).map_err(|_| DkimFault::Signing)?;
                Ok(signature)
            }
            Self::Ed25519(key) => Ok(key.sign(&Sha256::digest(data)).as_ref().to_vec()),
        }
    }
}
