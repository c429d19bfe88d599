//! Words for signing in by OAuth.

use model::{OauthDeed, OauthFaultKind, OauthState};

use super::{Locale, td_string};

/// How it stands.
pub fn state(locale: Locale, state: OauthState) -> &'static str {
    match state {
        OauthState::SignedIn => td_string!(locale, oauth.state_signed_in),
        OauthState::SignedOut => td_string!(locale, oauth.state_signed_out),
        OauthState::Ended => td_string!(locale, oauth.state_ended),
    }
}

/// What went wrong and what to do about it.
pub fn fault(locale: Locale, kind: OauthFaultKind) -> &'static str {
    match kind {
        OauthFaultKind::Denied => td_string!(locale, oauth.fault_denied),
        OauthFaultKind::ConsentEnded => td_string!(locale, oauth.fault_consent_ended),
        OauthFaultKind::Application => td_string!(locale, oauth.fault_application),
        OauthFaultKind::NotRenewable => td_string!(locale, oauth.fault_not_renewable),
        OauthFaultKind::Unreachable => td_string!(locale, oauth.fault_unreachable),
    }
}

/// What was done, without who did it.
pub fn deed(locale: Locale, deed: OauthDeed) -> &'static str {
    match deed {
        OauthDeed::Changed => td_string!(locale, oauth.deed_changed),
        OauthDeed::SignedIn => td_string!(locale, oauth.deed_signed_in),
        OauthDeed::SignedOut => td_string!(locale, oauth.deed_signed_out),
        OauthDeed::Removed => td_string!(locale, oauth.deed_removed),
    }
}
