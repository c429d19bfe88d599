//! The form of signing in by OAuth: what is typed, what follows from it, what the call gets.

use model::{ClientAuth, OauthDraft, OauthEndpoints, OauthLogin, OauthProvider, OauthSettings, Refusal};

/// The keys of the providers among the choices.
pub const MICROSOFT: &str = "microsoft";
/// See [`MICROSOFT`].
pub const GOOGLE: &str = "google";
/// See [`MICROSOFT`].
pub const OTHER: &str = "other";
/// The key of the secret in the header among the choices.
pub const BASIC: &str = "basic";
/// The key of the secret in the body among the choices.
pub const BODY: &str = "body";

/// The form as it is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OauthForm {
    /// The chosen provider, by its key.
    pub provider: String,
    /// The directory at Microsoft.
    pub tenant: String,
    /// Where a person agrees, at another provider.
    pub authorize_url: String,
    /// Where tokens come from, at another provider.
    pub token_url: String,
    /// What another provider is asked for.
    pub scope: String,
    /// How another provider is told who the application is, by its key.
    pub auth: String,
    /// What the provider calls the application.
    pub client_id: String,
    /// A new secret of the application; empty keeps the stored one.
    pub client_secret: String,
}

impl OauthForm {
    /// The form of what is stored; an empty one for the provider whose server it is.
    pub fn of(login: Option<&OauthLogin>, host: &str) -> Self {
        let stored = login.map(|it| it.settings.clone()).unwrap_or_default();
        let mut form = Self {
            provider: if login.is_none() { provider_of(host) } else { MICROSOFT }.to_owned(),
            tenant: "organizations".to_owned(),
            authorize_url: String::new(),
            token_url: String::new(),
            scope: String::new(),
            auth: BODY.to_owned(),
            client_id: stored.client_id,
            client_secret: String::new(),
        };
        match (login.is_some(), stored.provider) {
            (false, _) => {}
            (true, OauthProvider::Microsoft { tenant }) => form.tenant = tenant,
            (true, OauthProvider::Google) => form.provider = GOOGLE.to_owned(),
            (true, OauthProvider::Other(it)) => {
                form.provider = OTHER.to_owned();
                form.authorize_url = it.authorize_url;
                form.token_url = it.token_url;
                form.scope = it.scope;
                form.auth = if it.client_auth == ClientAuth::Basic { BASIC } else { BODY }.to_owned();
            }
        }
        form
    }

    /// What the call gets.
    ///
    /// # Errors
    /// Names each wrong field, all at once.
    pub fn draft(&self) -> Result<OauthDraft, Refusal> {
        let secret = self.client_secret.trim();
        let draft = OauthDraft { settings: self.settings(), client_secret: (!secret.is_empty()).then(|| secret.to_owned()) };
        draft.check()?;
        Ok(draft)
    }

    fn settings(&self) -> OauthSettings {
        let provider = match self.provider.as_str() {
            GOOGLE => OauthProvider::Google,
            OTHER => OauthProvider::Other(OauthEndpoints {
                authorize_url: self.authorize_url.trim().to_owned(),
                token_url: self.token_url.trim().to_owned(),
                scope: self.scope.trim().to_owned(),
                client_auth: if self.auth == BASIC { ClientAuth::Basic } else { ClientAuth::Body },
            }),
            _ => OauthProvider::Microsoft { tenant: self.tenant.trim().to_owned() },
        };
        OauthSettings { provider, client_id: self.client_id.trim().to_owned() }
    }
}

fn provider_of(host: &str) -> &'static str {
    let host = host.trim().to_ascii_lowercase();
    let belongs = |domain: &str| host == domain || host.ends_with(&format!(".{domain}"));
    match () {
        () if belongs("gmail.com") || belongs("google.com") => GOOGLE,
        () if host.is_empty() || belongs("office365.com") || belongs("outlook.com") => MICROSOFT,
        () => OTHER,
    }
}

/// What to say at the field of the secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretNote {
    /// None is stored.
    None,
    /// One is stored and stays when the field stays empty.
    Stored,
    /// Something is stored for another application: it is not given away to this one.
    Again,
}

/// What to say at the field of the secret, beside what is stored.
pub fn secret_note(form: &OauthForm, stored: Option<&OauthLogin>) -> SecretNote {
    match stored {
        None => SecretNote::None,
        Some(it) if !it.settings.is_same_application(&form.settings()) => SecretNote::Again,
        Some(it) if it.has_secret => SecretNote::Stored,
        Some(_) => SecretNote::None,
    }
}

/// Whether somebody else agreed than the one whose name is signed in with; it may be right, as with shared mailboxes.
pub fn is_somebody_else(login: &OauthLogin, user: &str) -> bool {
    !login.signed_in_as.is_empty() && !user.is_empty() && !login.signed_in_as.eq_ignore_ascii_case(user.trim())
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::OauthState;

    fn login(provider: OauthProvider) -> OauthLogin {
        OauthLogin {
            settings: OauthSettings { provider, client_id: "posel".into() },
            has_secret: true,
            state: OauthState::SignedOut,
            signed_in_as: String::new(),
            signed_in_at: None,
            valid_until: None,
            fault: None,
        }
    }

    #[test]
    fn the_provider_is_known_by_its_server() {
        let providers = ["smtp.gmail.com", "SMTP.office365.com ", "", "mail.firma.sk", "notgmail.com"];
        let found = providers.map(|it| OauthForm::of(None, it).provider);
        assert_eq!(found, [GOOGLE, MICROSOFT, MICROSOFT, OTHER, OTHER]);
    }

    #[test]
    fn what_is_stored_comes_back_as_it_was_typed() {
        let endpoints = OauthEndpoints {
            authorize_url: "https://id.firma.sk/a".into(),
            token_url: "https://id.firma.sk/t".into(),
            scope: "mail offline_access".into(),
            client_auth: ClientAuth::Basic,
        };
        let providers =
            [OauthProvider::Google, OauthProvider::Microsoft { tenant: "firma.sk".into() }, OauthProvider::Other(endpoints)];
        for provider in providers {
            let login = login(provider);
            let draft = OauthForm::of(Some(&login), "smtp.gmail.com").draft().unwrap();
            assert_eq!((draft.settings, draft.client_secret), (login.settings, None));
        }
    }

    #[test]
    fn a_secret_belongs_to_its_application() {
        let stored = login(OauthProvider::Google);
        let form = OauthForm::of(Some(&stored), "");
        assert_eq!(secret_note(&form, Some(&stored)), SecretNote::Stored);
        assert_eq!(secret_note(&OauthForm { client_id: "other".into(), ..form.clone() }, Some(&stored)), SecretNote::Again);
        assert_eq!(secret_note(&form, None), SecretNote::None);
    }

    #[test]
    fn somebody_else_is_told() {
        let login = OauthLogin { signed_in_as: "Obchod@firma.sk".into(), ..login(OauthProvider::Google) };
        assert!(!is_somebody_else(&login, "obchod@firma.sk"));
        assert!(is_somebody_else(&login, "info@firma.sk"));
    }
}
