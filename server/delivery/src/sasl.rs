//! The mechanisms of SASL that carry an OAuth token: OAUTHBEARER (RFC 7628) and XOAUTH2, its forerunner at Google and Microsoft.

use base64::{Engine, prelude::BASE64_STANDARD};
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use crate::visible::visible;

/// A mechanism that carries a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bearer {
    /// OAUTHBEARER.
    Standard,
    /// XOAUTH2.
    Forerunner,
}

impl Bearer {
    /// By which servers offer it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Standard => "OAUTHBEARER",
            Self::Forerunner => "XOAUTH2",
        }
    }

    /// What the client says first, before it is encoded. In the header of the standard a name must not have its two separators.
    pub fn response(self, user: &str, token: &SecretString, host: &str, port: u16) -> Zeroizing<String> {
        let token = token.expose_secret();
        Zeroizing::new(match self {
            Self::Standard => {
                let user = user.replace('=', "=3D").replace(',', "=2C");
                format!("n,a={user},\u{1}host={host}\u{1}port={port}\u{1}auth=Bearer {token}\u{1}\u{1}")
            }
            Self::Forerunner => format!("user={user}\u{1}auth=Bearer {token}\u{1}\u{1}"),
        })
    }

    /// What the client says to a fault that came as a challenge: U+0001 in the standard (RFC 7628 §3.2.3), nothing before it.
    pub fn acknowledgement(self) -> &'static str {
        match self {
            Self::Standard => "AQ==",
            Self::Forerunner => "",
        }
    }
}

/// The status in a fault that came as a challenge (RFC 7628 §3.2.2): `invalid_token`, `401`, …; empty when there is none.
pub(crate) fn status(challenge: &str) -> String {
    let encoded = challenge.split_ascii_whitespace().next_back().unwrap_or_default();
    let decoded = BASE64_STANDARD.decode(encoded).unwrap_or_default();
    let json: serde_json::Value = serde_json::from_slice(&decoded).unwrap_or_default();
    let status = json["status"].as_str().map(str::to_owned).or_else(|| json["status"].as_u64().map(|it| it.to_string()));
    visible(status.unwrap_or_default().as_bytes(), 100)
}

/// Whether the token is good but does not go far enough, so that another one of the same kind does not help.
pub(crate) fn lacks_right(status: &str) -> bool {
    matches!(status, "insufficient_scope" | "403")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_response_is_that_of_the_standards() {
        let token = SecretString::from("vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==");
        // RFC 7628 §4.1.
        let standard = Bearer::Standard.response("user@example.com", &token, "server.example.com", 143);
        assert_eq!(
            BASE64_STANDARD.encode(standard.as_bytes()),
            "bixhPXVzZXJAZXhhbXBsZS5jb20sAWhvc3Q9c2VydmVyLmV4YW1wbGUuY29tAXBvcnQ9MTQzAWF1dGg9QmVhcmVyIHZGOWRmdDRxbVRjMk52YjNSbGNrQm\
             hiSFJoZG1semRHRXVZMjl0Q2c9PQEB"
        );
        let name = Bearer::Standard.response("a=b,c", &token, "h", 1);
        assert!(name.starts_with("n,a=a=3Db=2Cc,\u{1}"));
        let forerunner = Bearer::Forerunner.response("someuser@example.com", &SecretString::from("ya29.x"), "h", 1);
        assert_eq!(*forerunner, "user=someuser@example.com\u{1}auth=Bearer ya29.x\u{1}\u{1}");
    }

    #[test]
    fn the_status_is_read_from_the_challenge() {
        let challenge = |json: &str| format!("334 {}", BASE64_STANDARD.encode(json));
        assert_eq!(status(&challenge(r#"{"status":"invalid_token","scope":"mail"}"#)), "invalid_token");
        assert_eq!(status(&challenge(r#"{"status":"401","schemes":"bearer"}"#)), "401");
        assert_eq!(status(&challenge(r#"{"status":403}"#)), "403");
        for senseless in ["334 ", "334 !!", "334 e30=", &challenge("[]")] {
            assert_eq!(status(senseless), "");
        }
        assert!(lacks_right("403") && lacks_right("insufficient_scope") && !lacks_right("401"));
    }
}
