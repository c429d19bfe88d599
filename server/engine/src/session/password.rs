//! Hashing passwords, slowly by intent.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{self, PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

use crate::Error;

/// Memory of one hash in KiB (19 MiB), passes and lanes: the OWASP Password Storage Cheat Sheet's least for Argon2id.
const COST: (u32, u32, u32) = (19 * 1024, 2, 1);

/// Two hashes at a time: many sign-ins at once must not take the machine's memory.
static PLACES: Semaphore = Semaphore::const_new(2);

/// What the password of an unknown user is compared with, so that it takes as long as that of a known one. Its value is chosen, no
/// password leads to it.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5LXNpZ25zLWluIQ$bm8gcGFzc3dvcmQgbGVhZHMgdG8gdGhpcyB2YWx1ZS4";

/// Hashes a new password into a PHC string.
pub(crate) async fn hash(password: String) -> Result<String, Error> {
    apart(move || {
        let (memory, passes, lanes) = COST;
        let params = Params::new(memory, passes, lanes, None).map_err(|error| Error::Hash(error.to_string()))?;
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let hash = argon.hash_password(password.as_bytes()).map_err(|error| Error::Hash(error.to_string()))?;
        Ok(hash.to_string())
    })
    .await
}

/// Whether the password is the one of the PHC string. Without one it is not, and takes as long to find out.
pub(crate) async fn verify(password: String, stored: Option<String>) -> Result<bool, Error> {
    apart(move || {
        let text = stored.as_deref().unwrap_or(NOBODY);
        let hash = PasswordHash::new(text).map_err(|error| Error::Hash(error.to_string()))?;
        match Argon2::default().verify_password(password.as_bytes(), &hash) {
            Ok(()) => Ok(stored.is_some()),
            Err(password_hash::Error::PasswordInvalid) => Ok(false),
            Err(error) => Err(Error::Hash(error.to_string())),
        }
    })
    .await
}

/// Works on a thread of its own. The place stays taken when nobody waits for the answer any more, because the memory is.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> Result<T, Error> + Send + 'static) -> Result<T, Error> {
    let place = PLACES.acquire().await.map_err(|error| Error::Hash(error.to_string()))?;
    tokio::task::spawn_blocking(move || {
        let result = work();
        drop(place);
        result
    })
    .await?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_same_password_fits() {
        let stored = hash("správný koník".into()).await.unwrap();
        assert!(verify("správný koník".into(), Some(stored.clone())).await.unwrap());
        assert!(!verify("spravny konik".into(), Some(stored)).await.unwrap());
    }

    #[tokio::test]
    async fn equal_passwords_have_different_hashes() {
        assert_ne!(hash("správný koník".into()).await.unwrap(), hash("správný koník".into()).await.unwrap());
    }

    #[tokio::test]
    async fn nobody_has_no_password_but_the_same_cost() {
        let stored = hash("správný koník".into()).await.unwrap();
        let cost = |text: &str| text.rsplitn(3, '$').last().map(str::to_owned);
        assert_eq!(cost(NOBODY), cost(&stored));
        assert_eq!(NOBODY.len(), stored.len());
        assert!(!verify("no password leads to this value.".into(), None).await.unwrap());
    }

    #[tokio::test]
    async fn a_damaged_hash_is_a_failure_and_no_refusal() {
        assert!(matches!(verify("x".into(), Some("plain".into())).await, Err(Error::Hash(_))));
    }
}
