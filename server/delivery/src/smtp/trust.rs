//! Which certificates are believed, and the TLS settings made of it once.

use std::sync::{Arc, OnceLock};

use rustls::{
    ClientConfig, RootCertStore,
    crypto::{CryptoProvider, ring},
    pki_types::{CertificateDer, pem::PemObject},
};
use rustls_platform_verifier::Verifier;

/// Which certificate authorities are believed. Clones share the prepared TLS settings and its session tickets.
#[derive(Clone, Debug)]
pub struct Trust(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    system: bool,
    extra: Vec<CertificateDer<'static>>,
    config: OnceLock<Result<Arc<ClientConfig>, String>>,
}

/// Why a text is not a list of certificates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TrustFault {
    /// The text has no PEM block `CERTIFICATE`.
    #[error("there is no certificate in the text")]
    Empty,
    /// A block cannot be read.
    #[error("a certificate cannot be read")]
    Unreadable,
}

impl Default for Trust {
    fn default() -> Self {
        Self::system()
    }
}

impl Trust {
    /// Believes what the operating system believes.
    pub fn system() -> Self {
        static SYSTEM: OnceLock<Trust> = OnceLock::new();
        SYSTEM.get_or_init(|| Self::made_of(true, Vec::new())).clone()
    }

    /// Believes only the authorities in a PEM text.
    ///
    /// # Errors
    /// The text holds no certificate, or one that cannot be read.
    pub fn only(pem: &str) -> Result<Self, TrustFault> {
        Ok(Self::made_of(false, certificates(pem)?))
    }

    /// Believes the operating system and the authorities in a PEM text, e.g. of a company.
    ///
    /// # Errors
    /// The text holds no certificate, or one that cannot be read.
    pub fn system_and(pem: &str) -> Result<Self, TrustFault> {
        Ok(Self::made_of(true, certificates(pem)?))
    }

    fn made_of(system: bool, extra: Vec<CertificateDer<'static>>) -> Self {
        Self(Arc::new(Inner { system, extra, config: OnceLock::new() }))
    }

    /// The TLS settings: ring, TLS 1.2 and 1.3.
    pub(crate) fn config(&self) -> Result<Arc<ClientConfig>, String> {
        self.0.config.get_or_init(|| self.0.prepare()).clone()
    }
}

impl Inner {
    fn prepare(&self) -> Result<Arc<ClientConfig>, String> {
        let provider = Arc::new(ring::default_provider());
        let builder = ClientConfig::builder_with_provider(provider.clone())
            .with_safe_default_protocol_versions()
            .map_err(|it| it.to_string())?;
        let config = if self.system {
            builder.dangerous().with_custom_certificate_verifier(self.verifier(provider)?)
        } else {
            builder.with_root_certificates(self.roots()?)
        };
        Ok(Arc::new(config.with_no_client_auth()))
    }

    fn verifier(&self, provider: Arc<CryptoProvider>) -> Result<Arc<Verifier>, String> {
        Verifier::new_with_extra_roots(self.extra.clone(), provider).map(Arc::new).map_err(|it| it.to_string())
    }

    fn roots(&self) -> Result<RootCertStore, String> {
        let mut roots = RootCertStore::empty();
        for certificate in &self.extra {
            roots.add(certificate.clone()).map_err(|it| it.to_string())?;
        }
        Ok(roots)
    }
}

fn certificates(pem: &str) -> Result<Vec<CertificateDer<'static>>, TrustFault> {
    let list: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem.as_bytes()).collect();
    let list = list.map_err(|_| TrustFault::Unreadable)?;
    let mut roots = RootCertStore::empty();
    for certificate in &list {
        roots.add(certificate.clone()).map_err(|_| TrustFault::Unreadable)?;
    }
    if list.is_empty() { Err(TrustFault::Empty) } else { Ok(list) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_without_a_certificate_is_refused() {
        assert_eq!(Trust::only("hello").err(), Some(TrustFault::Empty));
        let broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        assert_eq!(Trust::only(broken).err(), Some(TrustFault::Unreadable));
    }
}
