//! Signing in by OAuth 2.0 (RFC 6749): at which provider, as which application, and how it stands. Tokens and secrets never come here.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use crate::{AccountId, Fault, Faults, Moment, Refusal, Required};

/// What an account signs in to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum OauthUse {
    /// Its relay.
    Relay,
    /// Its bounce mailbox.
    Mailbox,
}

/// Where a person agrees and tokens come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OauthProvider {
    /// Microsoft 365.
    Microsoft {
        /// The directory: a domain, an identifier, or `organizations` for any.
        tenant: String,
    },
    /// Google Workspace and Gmail.
    Google,
    /// Another one that speaks RFC 6749.
    Other(OauthEndpoints),
}

/// A provider that is described.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OauthEndpoints {
    /// Where the person is sent to agree.
    pub authorize_url: String,
    /// Where tokens come from.
    pub token_url: String,
    /// What is asked for, separated by spaces.
    pub scope: String,
    /// How the application says who it is.
    pub client_auth: ClientAuth,
}

/// How an application with a secret says who it is (RFC 6749 §2.3.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ClientAuth {
    /// In the body of the request.
    #[default]
    Body,
    /// In the header, as HTTP Basic.
    Basic,
}

/// At which provider, and as which application; nothing in it is secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OauthSettings {
    /// The provider.
    pub provider: OauthProvider,
    /// What the provider calls this application.
    pub client_id: String,
}

/// What is typed to set signing in up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OauthDraft {
    /// The settings.
    pub settings: OauthSettings,
    /// A new secret of the application; nothing keeps the stored one, an empty one forgets it.
    pub client_secret: Option<String>,
}

/// How signing in stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OauthLogin {
    /// At which provider, as which application.
    pub settings: OauthSettings,
    /// Whether a secret of the application is stored.
    pub has_secret: bool,
    /// Whether it can be used, or waits for a person.
    pub state: OauthState,
    /// Who agreed, as the provider says; empty when it does not.
    pub signed_in_as: String,
    /// When that was.
    pub signed_in_at: Option<Moment>,
    /// Until when the present token is good.
    pub valid_until: Option<Moment>,
    /// What last went wrong, unless it has worked since.
    pub fault: Option<OauthFault>,
}

/// Whether signing in can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum OauthState {
    /// Nobody has signed in at the provider yet, or somebody has signed out.
    SignedOut,
    /// Tokens are there and renewed by themselves.
    SignedIn,
    /// The provider renews no more; somebody has to sign in again.
    Ended,
}

/// What went wrong at the provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OauthFault {
    /// What it means.
    pub kind: OauthFaultKind,
    /// The provider's literal words or the technical detail; untrusted text, at most 2 KB.
    pub words: String,
    /// When.
    pub at: Moment,
}

/// What a fault at the provider means for a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum OauthFaultKind {
    /// Whoever was asked did not agree.
    Denied,
    /// The consent was taken back, ran out, or needs something more: sign in again.
    ConsentEnded,
    /// The provider does not know the application: client id, secret, redirect address or scope is wrong.
    Application,
    /// The provider gave no token by which signing in could be renewed.
    NotRenewable,
    /// The provider could not be asked, or its answer makes no sense; it is tried again.
    Unreachable,
}

/// What the screen needs to set signing in up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OauthPage {
    /// Our address that the provider sends people back to; it is entered there.
    pub redirect_uri: String,
    /// How it stands; nothing as long as the account signs in with a password.
    pub login: Option<OauthLogin>,
}

/// What a person came back from the provider with (RFC 6749 §4.1.2).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OauthReturn {
    /// What we gave along.
    pub state: String,
    /// What tokens are fetched with; empty when the provider said no.
    pub code: String,
    /// The provider's word for no; empty when it agreed.
    pub error: String,
    /// What it says about that.
    pub error_description: String,
}

/// What came of coming back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OauthOutcome {
    /// Whose signing in it was.
    pub account: AccountId,
    /// To what.
    pub used_for: OauthUse,
    /// What went wrong, if something did.
    pub fault: Option<OauthFaultKind>,
}

/// What was done to signing in by OAuth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OauthDeed {
    /// Provider or application were set or changed.
    Changed,
    /// Somebody signed in at the provider.
    SignedIn,
    /// The tokens were destroyed.
    SignedOut,
    /// The account signs in with a password again.
    Removed,
}

impl Default for OauthSettings {
    fn default() -> Self {
        Self { provider: OauthProvider::Microsoft { tenant: "organizations".to_owned() }, client_id: String::new() }
    }
}

impl OauthSettings {
    /// Where a person is sent to agree.
    pub fn authorize_url(&self) -> String {
        match &self.provider {
            OauthProvider::Microsoft { tenant } => microsoft(tenant, "authorize"),
            OauthProvider::Google => "https://accounts.google.com/o/oauth2/v2/auth".to_owned(),
            OauthProvider::Other(it) => it.authorize_url.trim().to_owned(),
        }
    }

    /// Where tokens come from.
    pub fn token_url(&self) -> String {
        match &self.provider {
            OauthProvider::Microsoft { tenant } => microsoft(tenant, "token"),
            OauthProvider::Google => "https://oauth2.googleapis.com/token".to_owned(),
            OauthProvider::Other(it) => it.token_url.trim().to_owned(),
        }
    }

    /// What is asked for. `openid email` tells who agreed.
    pub fn scope(&self, used_for: OauthUse) -> String {
        match (&self.provider, used_for) {
            (OauthProvider::Microsoft { .. }, OauthUse::Relay) => {
                "openid email offline_access https://outlook.office.com/SMTP.Send".to_owned()
            }
            (OauthProvider::Microsoft { .. }, OauthUse::Mailbox) => {
                "openid email offline_access https://outlook.office.com/IMAP.AccessAsUser.All \
                 https://outlook.office.com/POP.AccessAsUser.All"
                    .to_owned()
            }
            (OauthProvider::Google, _) => "openid email https://mail.google.com/".to_owned(),
            (OauthProvider::Other(it), _) => it.scope.split_whitespace().collect::<Vec<_>>().join(" "),
        }
    }

    /// What the address is given along besides what every provider wants: Google renews only what was asked for in this way.
    pub fn extras(&self) -> &'static [(&'static str, &'static str)] {
        match self.provider {
            OauthProvider::Google => &[("access_type", "offline"), ("prompt", "consent")],
            OauthProvider::Microsoft { .. } => &[("prompt", "select_account"), ("response_mode", "query")],
            OauthProvider::Other(_) => &[],
        }
    }

    /// How the application says who it is.
    pub fn client_auth(&self) -> ClientAuth {
        match &self.provider {
            OauthProvider::Other(it) => it.client_auth,
            OauthProvider::Microsoft { .. } | OauthProvider::Google => ClientAuth::Body,
        }
    }

    /// Whether tokens and secrets that were given for the one may be used with the other: same provider, same application.
    pub fn is_same_application(&self, other: &Self) -> bool {
        self.token_url() == other.token_url()
            && self.authorize_url() == other.authorize_url()
            && self.client_id.trim() == other.client_id.trim()
    }
}

fn microsoft(tenant: &str, end: &str) -> String {
    format!("https://login.microsoftonline.com/{}/oauth2/v2.0/{end}", tenant.trim())
}

impl OauthDraft {
    /// Checks the fields.
    ///
    /// # Errors
    /// Names each wrong field.
    pub fn check(&self) -> Result<(), Refusal> {
        let mut faults = Faults::default();
        match &self.settings.provider {
            OauthProvider::Microsoft { tenant } => {
                faults.line("settings.provider.tenant", tenant, Required::Yes, 100);
                if tenant.trim().chars().any(|it| !it.is_ascii_alphanumeric() && !matches!(it, '.' | '-')) {
                    faults.add("settings.provider.tenant", Fault::Character);
                }
            }
            OauthProvider::Google => {}
            OauthProvider::Other(it) => {
                check_url(&mut faults, "settings.provider.authorize_url", &it.authorize_url);
                check_url(&mut faults, "settings.provider.token_url", &it.token_url);
                faults.line("settings.provider.scope", &it.scope, Required::No, 1_000);
            }
        }
        faults.line("settings.client_id", &self.settings.client_id, Required::Yes, 300);
        if let Some(secret) = &self.client_secret {
            faults.line("client_secret", secret, Required::No, 1_000);
        }
        faults.finish()
    }
}

/// Tokens travel over TLS alone (RFC 6749 §1.6), except on this machine.
fn check_url(faults: &mut Faults, field: &str, text: &str) {
    faults.line(field, text, Required::Yes, 500);
    let text = text.trim();
    let host_of = |rest: &str| {
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let host = if authority.starts_with('[') { authority.split_inclusive(']').next() } else { authority.split(':').next() };
        host.unwrap_or_default().trim_matches(['[', ']']).to_owned()
    };
    let lower = text.to_ascii_lowercase();
    let is_fine = match (lower.strip_prefix("https://"), lower.strip_prefix("http://")) {
        (Some(rest), _) => crate::account::is_host(&host_of(rest)) && !host_of(rest).is_empty(),
        (None, Some(rest)) => is_this_machine(&host_of(rest)),
        (None, None) => false,
    };
    if !text.is_empty() && (!is_fine || text.contains(['#', '@', ' '])) {
        faults.add(field, Fault::NoHttps);
    }
}

fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|it| it.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn other(authorize_url: &str, token_url: &str) -> OauthDraft {
        let endpoints =
            OauthEndpoints { authorize_url: authorize_url.into(), token_url: token_url.into(), ..OauthEndpoints::default() };
        let settings = OauthSettings { provider: OauthProvider::Other(endpoints), client_id: "posel".into() };
        OauthDraft { settings, client_secret: None }
    }

    fn fields(draft: &OauthDraft) -> Vec<String> {
        match draft.check() {
            Err(Refusal::Invalid(faults)) => faults.into_iter().map(|it| it.field).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn tokens_travel_over_tls_except_on_this_machine() {
        for fine in ["https://id.firma.sk/a", "http://127.0.0.1:8081/a", "http://localhost/a", "HTTPS://[2001:db8::1]:8443/a"] {
            assert!(other(fine, fine).check().is_ok(), "{fine}");
        }
        let wrong =
            ["http://id.firma.sk/a", "id.firma.sk", "https://", "ftp://x", "https://eva@firma.sk/", "http://localhost.zle.sk/"];
        for wrong in wrong {
            assert_eq!(fields(&other(wrong, "https://a.sk")), ["settings.provider.authorize_url"], "{wrong}");
        }
    }

    #[test]
    fn a_tenant_cannot_lead_elsewhere() {
        let draft = |tenant: &str| OauthDraft {
            settings: OauthSettings { provider: OauthProvider::Microsoft { tenant: tenant.into() }, client_id: "posel".into() },
            client_secret: None,
        };
        assert_eq!(fields(&draft("firma.sk")), Vec::<String>::new());
        for wrong in ["../zle", "a/b", "a?b", "", "a#b"] {
            assert_eq!(fields(&draft(wrong)), ["settings.provider.tenant"], "{wrong}");
        }
    }

    #[test]
    fn each_use_asks_for_what_it_needs_and_for_renewing() {
        let microsoft = OauthSettings::default();
        assert!(microsoft.scope(OauthUse::Relay).ends_with("offline_access https://outlook.office.com/SMTP.Send"));
        assert!(microsoft.scope(OauthUse::Mailbox).contains("/IMAP.AccessAsUser.All https://outlook.office.com/POP."));
        let google = OauthSettings { provider: OauthProvider::Google, client_id: String::new() };
        assert!(google.extras().contains(&("access_type", "offline")));
        assert_eq!(microsoft.token_url(), "https://login.microsoftonline.com/organizations/oauth2/v2.0/token");
    }
}
