//! OAuth 2.0 as it takes to sign in to relays and mailboxes: the address where a person agrees (RFC 6749 §4.1 with PKCE, RFC 7636), and
//! the tokens that come of it, fetched once and renewed. No clock is asked: how long a token is good is told in seconds.
//!
//! Whatever a provider says is untrusted text, and our own secrets are taken out of it before it is kept.

mod answer;

use std::time::Duration;

use base64::{Engine, prelude::BASE64_STANDARD, prelude::BASE64_URL_SAFE_NO_PAD};
use model::{ClientAuth, OauthFaultKind};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use url::{Url, form_urlencoded};
use zeroize::Zeroizing;

use crate::http::{HttpWay, Request, open, ready};
use crate::sms::cleaned;
use crate::{Phase, Trouble, TroubleKind};

/// A person may wait for it, and a token is short: no phase takes longer, no honest answer is longer.
const PATIENCE: Duration = Duration::from_secs(10);
const ANSWER_BYTES: usize = 64 << 10;

/// An application at a provider.
pub struct OauthClient {
    /// Where tokens come from.
    pub token_url: String,
    /// What the provider calls the application.
    pub client_id: String,
    /// Its secret, if it has one.
    pub client_secret: Option<SecretString>,
    /// How it says who it is.
    pub auth: ClientAuth,
    /// How the provider is reached.
    pub way: HttpWay,
}

/// What tokens are asked for with.
pub enum Grant<'a> {
    /// What a person came back with.
    Code {
        /// The code.
        code: &'a SecretString,
        /// What the challenge was made of.
        verifier: &'a SecretString,
        /// The address that the person was sent back to.
        redirect_uri: &'a str,
    },
    /// What an earlier answer brought.
    Refresh(&'a SecretString),
}

/// What a provider gave.
pub struct Tokens {
    /// What relays and mailboxes are shown.
    pub access: SecretString,
    /// What it is renewed by; where a provider gives none, the one before stays.
    pub refresh: Option<SecretString>,
    /// For how many seconds the access token is good.
    pub good_for_s: u32,
    /// Who agreed, as the provider says.
    pub who: Option<String>,
}

/// Why there is no token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenFault {
    /// What it means; [`OauthFaultKind::Unreachable`] may be tried again.
    pub kind: OauthFaultKind,
    /// The provider's words or the technical detail, at most 2 KB.
    pub words: String,
}

/// Where a person agrees.
pub struct Question<'a> {
    /// The address of the provider.
    pub authorize_url: &'a str,
    /// What the provider calls the application.
    pub client_id: &'a str,
    /// Where the person is sent back to.
    pub redirect_uri: &'a str,
    /// What is asked for.
    pub scope: &'a str,
    /// What comes back with the person.
    pub state: &'a str,
    /// What only we know until tokens are fetched.
    pub verifier: &'a SecretString,
    /// Who should agree.
    pub login_hint: &'a str,
    /// What this provider wants besides.
    pub extras: &'a [(&'a str, &'a str)],
}

impl Question<'_> {
    /// The address to open; nothing in it is secret.
    ///
    /// # Errors
    /// The provider's address cannot be used.
    pub fn url(&self) -> Result<String, TokenFault> {
        let mut url = usable(self.authorize_url)?;
        let challenge = challenge(self.verifier);
        {
            let mut query = url.query_pairs_mut();
            query.append_pair("response_type", "code").append_pair("client_id", self.client_id);
            query.append_pair("redirect_uri", self.redirect_uri).append_pair("state", self.state);
            query.append_pair("code_challenge", &challenge).append_pair("code_challenge_method", "S256");
            for (name, value) in [("scope", self.scope), ("login_hint", self.login_hint)] {
                if !value.is_empty() {
                    query.append_pair(name, value);
                }
            }
            query.extend_pairs(self.extras);
        }
        Ok(url.into())
    }
}

impl OauthClient {
    /// Asks for tokens, once.
    ///
    /// # Errors
    /// Says whether asking again can help.
    pub async fn ask(&self, grant: &Grant<'_>) -> Result<Tokens, TokenFault> {
        let mut limits = self.way.limits.at_most(PATIENCE);
        limits.body_bytes = limits.body_bytes.min(ANSWER_BYTES);
        let way = HttpWay { limits, ..self.way.clone() };
        let request = ready(self.request(grant)?).map_err(unasked)?;
        let line = open(&way, &request).await.map_err(unasked)?;
        let heard = line.ask(request).await.map_err(unasked)?;
        let mut secrets: Vec<&SecretString> = self.client_secret.iter().collect();
        match grant {
            Grant::Code { code, verifier, .. } => secrets.extend([*code, *verifier]),
            Grant::Refresh(token) => secrets.push(token),
        }
        answer::read(&heard, &secrets)
    }

    fn request(&self, grant: &Grant<'_>) -> Result<Request, TokenFault> {
        let mut form = form_urlencoded::Serializer::new(String::new());
        match grant {
            Grant::Code { code, verifier, redirect_uri } => {
                form.append_pair("grant_type", "authorization_code").append_pair("code", code.expose_secret());
                form.append_pair("redirect_uri", redirect_uri).append_pair("code_verifier", verifier.expose_secret());
            }
            Grant::Refresh(token) => {
                form.append_pair("grant_type", "refresh_token").append_pair("refresh_token", token.expose_secret());
            }
        }
        let basic = match (&self.client_secret, self.auth) {
            (Some(secret), ClientAuth::Basic) => Some(self.basic(secret)),
            (Some(secret), ClientAuth::Body) => {
                form.append_pair("client_id", &self.client_id).append_pair("client_secret", secret.expose_secret());
                None
            }
            (None, _) => {
                form.append_pair("client_id", &self.client_id);
                None
            }
        };
        let url = usable(&self.token_url)?;
        let body = form.finish().into_bytes();
        let request = Request::post(url, "application/x-www-form-urlencoded", body).accepting_json();
        Ok(match basic {
            Some(basic) => request.authorized("Basic", &basic),
            None => request,
        })
    }

    /// RFC 6749 §2.3.1: both parts are encoded as in a form before they are joined.
    fn basic(&self, secret: &SecretString) -> SecretString {
        let encoded = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        let joined = Zeroizing::new(format!("{}:{}", encoded(&self.client_id), encoded(secret.expose_secret())));
        SecretString::from(BASE64_STANDARD.encode(joined.as_bytes()))
    }
}

impl TokenFault {
    /// A fault in words of our own.
    pub fn new(kind: OauthFaultKind, words: &str) -> Self {
        Self { kind, words: words.to_owned() }
    }

    /// A fault in words that came from outside.
    pub fn said(kind: OauthFaultKind, words: &str) -> Self {
        Self { kind, words: cleaned(words.as_bytes(), answer::KEPT, &[]) }
    }

    /// Whether only a person can help.
    pub fn needs_a_person(&self) -> bool {
        self.kind != OauthFaultKind::Unreachable
    }

    /// What it means for a connection that was to be made.
    pub fn trouble(&self) -> Trouble {
        let kind = if self.needs_a_person() { TroubleKind::ConsentEnded } else { TroubleKind::TokenNotNow };
        Trouble::new(Phase::Login, kind, self.words.clone())
    }
}

/// `BASE64URL(SHA256(verifier))`, RFC 7636 §4.2.
fn challenge(verifier: &SecretString) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.expose_secret().as_bytes()))
}

fn usable(url: &str) -> Result<Url, TokenFault> {
    let unusable = || TokenFault::new(OauthFaultKind::Application, "the address of the provider cannot be used");
    Url::parse(url).ok().filter(|it| it.host().is_some()).ok_or_else(unusable)
}

fn unasked(trouble: Trouble) -> TokenFault {
    TokenFault { kind: OauthFaultKind::Unreachable, words: trouble.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_challenge_is_that_of_the_standard() {
        // RFC 7636, appendix B.
        let verifier = SecretString::from("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        assert_eq!(challenge(&verifier), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    #[test]
    fn nothing_secret_stands_in_the_address_where_a_person_agrees() {
        let verifier = SecretString::from("only-we-know");
        let question = Question {
            authorize_url: "https://id.firma.sk/authorize?realm=a",
            client_id: "posel & co",
            redirect_uri: "https://posel.firma.sk/oauth/callback",
            scope: "mail.send offline_access",
            state: "abc",
            verifier: &verifier,
            login_hint: "",
            extras: &[("prompt", "consent")],
        };
        let url = question.url().unwrap();
        assert!(url.starts_with("https://id.firma.sk/authorize?realm=a&response_type=code&client_id=posel+%26+co&"), "{url}");
        assert!(url.ends_with("&code_challenge_method=S256&scope=mail.send+offline_access&prompt=consent"), "{url}");
        assert!(!url.contains("only-we-know"));
    }
}
