//! Certificates of every kind for the scripted server.
#![allow(clippy::expect_used, reason = "certificates made of constants; a test has to stop if they cannot be made")]

use std::sync::{Arc, OnceLock};

use rcgen::{BasicConstraints, Certificate, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::{
    ServerConfig,
    crypto::ring,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
};

use super::HOST;

/// What kind of certificate a server shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CertificateKind {
    /// Issued by [`authority`] for [`HOST`].
    Good,
    /// Issued by nobody.
    SelfSigned,
    /// Issued for another name.
    WrongName,
    /// No longer valid.
    Expired,
    /// Not valid yet.
    NotYetValid,
}

struct Authority {
    pem: String,
    issuer: Issuer<'static, KeyPair>,
}

fn made() -> &'static Authority {
    static MADE: OnceLock<Authority> = OnceLock::new();
    MADE.get_or_init(|| {
        let mut params = CertificateParams::new(Vec::new()).expect("no names");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(DnType::CommonName, "Test authority");
        let key = KeyPair::generate().expect("a key");
        let pem = params.self_signed(&key).expect("a certificate").pem();
        Authority { pem, issuer: Issuer::new(params, key) }
    })
}

/// The certificate of the authority that issues the good certificates, as PEM.
pub fn authority() -> &'static str {
    &made().pem
}

/// A good certificate and its key as PEM, for servers of other programs.
pub fn identity() -> (String, String) {
    let (certificate, key) = issued(CertificateKind::Good);
    (certificate.pem(), key.serialize_pem())
}

fn issued(kind: CertificateKind) -> (Certificate, KeyPair) {
    let name = if kind == CertificateKind::WrongName { "other.test" } else { HOST };
    let mut params = CertificateParams::new(vec![name.to_owned()]).expect("a valid name");
    match kind {
        CertificateKind::Expired => params.not_after = date_time_ymd(2001, 1, 1),
        CertificateKind::NotYetValid => params.not_before = date_time_ymd(3000, 1, 1),
        _ => {}
    }
    let key = KeyPair::generate().expect("a key");
    let certificate = match kind {
        CertificateKind::SelfSigned => params.self_signed(&key),
        _ => params.signed_by(&key, &made().issuer),
    };
    (certificate.expect("a certificate"), key)
}

/// TLS settings of a server with such a certificate.
pub(super) fn server_config(kind: CertificateKind) -> Arc<ServerConfig> {
    let (certificate, key) = issued(kind);
    let chain = vec![certificate.der().clone()];
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("TLS 1.2 and 1.3")
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .expect("a matching key");
    Arc::new(config)
}
