//! The TLS handshake and what its failures mean.

use std::{fmt, io, time::Duration};

use rustls::{CertificateError, Error, ProtocolVersion, pki_types::ServerName};
use serde::{Deserialize, Serialize};
use tokio::{net::TcpStream, time::timeout};
use tokio_rustls::{TlsConnector, client::TlsStream};

use super::{Relay, Security, Trust, stream::Stream, wire::Wire};
use crate::{Phase, Trouble, TroubleKind};

/// What both sides agreed on, as evidence of how a message travelled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecurityNote {
    /// `TLS 1.2` or `TLS 1.3`.
    pub version: String,
    /// The cipher suite, e.g. `TLS13_AES_256_GCM_SHA384`.
    pub cipher: String,
}

impl fmt::Display for SecurityNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.version, self.cipher)
    }
}

/// Turns a plain connection into one with TLS whose certificate was checked against the host name.
pub(super) async fn secure(wire: Wire, relay: &Relay) -> Result<(Wire, SecurityNote), Trouble> {
    let tcp = wire.into_plain()?;
    let stream = shake(tcp, &relay.host, &relay.trust, relay.limits.handshake, relay.security).await?;
    let (_, session) = stream.get_ref();
    let note = SecurityNote {
        version: session.protocol_version().map(version).unwrap_or_default(),
        cipher: session.negotiated_cipher_suite().map(|it| format!("{:?}", it.suite())).unwrap_or_default(),
    };
    Ok((Wire::new(Stream::Tls(Box::new(stream))), note))
}

/// Shakes hands with a host whose certificate has to bear its name.
pub(crate) async fn shake(
    tcp: TcpStream,
    host: &str,
    trust: &Trust,
    limit: Duration,
    security: Security,
) -> Result<TlsStream<TcpStream>, Trouble> {
    let trouble = |kind, detail: String| Trouble::new(Phase::Handshake, kind, detail);
    let config = trust.config().map_err(|it| trouble(TroubleKind::NoTrustedRoots, it))?;
    let name = ServerName::try_from(host.to_owned())
        .map_err(|_| trouble(TroubleKind::UnsafeSetting, "the host is not a name that a certificate can bear".to_owned()))?;
    match timeout(limit, TlsConnector::from(config).connect(name, tcp)).await {
        Err(_) => Err(trouble(TroubleKind::TimedOut, String::new())),
        Ok(Err(error)) => Err(trouble(kind_of(&error, security), error.to_string())),
        Ok(Ok(stream)) => Ok(stream),
    }
}

fn version(it: ProtocolVersion) -> String {
    match it {
        ProtocolVersion::TLSv1_2 => "TLS 1.2".to_owned(),
        ProtocolVersion::TLSv1_3 => "TLS 1.3".to_owned(),
        other => format!("{other:?}"),
    }
}

fn kind_of(error: &io::Error, security: Security) -> TroubleKind {
    match error.get_ref().and_then(|it| it.downcast_ref::<Error>()) {
        None => TroubleKind::Closed,
        Some(Error::InvalidCertificate(fault)) => kind_of_certificate(fault),
        // What is no TLS record after STARTTLS came from somebody who knew that the handshake begins.
        Some(Error::InvalidMessage(_)) if security == Security::StartTls => TroubleKind::InjectedText,
        Some(Error::InvalidMessage(_)) => TroubleKind::NotTls,
        Some(_) => TroubleKind::TlsFailed,
    }
}

fn kind_of_certificate(fault: &CertificateError) -> TroubleKind {
    match fault {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => TroubleKind::CertificateExpired,
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => TroubleKind::CertificateNotYetValid,
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => TroubleKind::CertificateWrongName,
        CertificateError::UnknownIssuer => TroubleKind::CertificateUntrusted,
        // A certificate that signed itself as an authority (OpenSSL's default) is untrusted, not broken.
        other if format!("{other:?}").contains("CaUsedAsEndEntity") => TroubleKind::CertificateUntrusted,
        _ => TroubleKind::CertificateInvalid,
    }
}
