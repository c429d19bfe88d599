//! Words for what *Test connection* found.

use model::{ProbeHint, ProbeStage};

use super::{Locale, td_string};

/// What is tried.
pub fn stage(locale: Locale, stage: ProbeStage) -> &'static str {
    match stage {
        ProbeStage::Resolve => td_string!(locale, accounts.stage_resolve),
        ProbeStage::Connect => td_string!(locale, accounts.stage_connect),
        ProbeStage::Greeting => td_string!(locale, accounts.stage_greeting),
        ProbeStage::Hello => td_string!(locale, accounts.stage_hello),
        ProbeStage::StartTls => td_string!(locale, accounts.stage_start_tls),
        ProbeStage::Certificate => td_string!(locale, accounts.stage_certificate),
        ProbeStage::Login => td_string!(locale, accounts.stage_login),
        ProbeStage::Sender => td_string!(locale, accounts.stage_sender),
    }
}

/// What is probably wrong and what to do about it.
pub fn hint(locale: Locale, hint: ProbeHint) -> &'static str {
    match hint {
        ProbeHint::HostNotFound => td_string!(locale, accounts.hint_host_not_found),
        ProbeHint::Refused => td_string!(locale, accounts.hint_refused),
        ProbeHint::Unreachable => td_string!(locale, accounts.hint_unreachable),
        ProbeHint::TimedOut => td_string!(locale, accounts.hint_timed_out),
        ProbeHint::Closed => td_string!(locale, accounts.hint_closed),
        ProbeHint::TlsExpected => td_string!(locale, accounts.hint_tls_expected),
        ProbeHint::PlainExpected => td_string!(locale, accounts.hint_plain_expected),
        ProbeHint::NotSmtp => td_string!(locale, accounts.hint_not_smtp),
        ProbeHint::RelayRefuses => td_string!(locale, accounts.hint_relay_refuses),
        ProbeHint::RelayBusy => td_string!(locale, accounts.hint_relay_busy),
        ProbeHint::HelloRefused => td_string!(locale, accounts.hint_hello_refused),
        ProbeHint::TlsNotOffered => td_string!(locale, accounts.hint_tls_not_offered),
        ProbeHint::TlsFailed => td_string!(locale, accounts.hint_tls_failed),
        ProbeHint::CertificateUntrusted => td_string!(locale, accounts.hint_certificate_untrusted),
        ProbeHint::CertificateWrongName => td_string!(locale, accounts.hint_certificate_wrong_name),
        ProbeHint::CertificateExpired => td_string!(locale, accounts.hint_certificate_expired),
        ProbeHint::CertificateNotYetValid => td_string!(locale, accounts.hint_certificate_not_yet_valid),
        ProbeHint::CertificateInvalid => td_string!(locale, accounts.hint_certificate_invalid),
        ProbeHint::NoTrustedRoots => td_string!(locale, accounts.hint_no_trusted_roots),
        ProbeHint::InjectedText => td_string!(locale, accounts.hint_injected_text),
        ProbeHint::WrongPassword => td_string!(locale, accounts.hint_wrong_password),
        ProbeHint::AppPasswordNeeded => td_string!(locale, accounts.hint_app_password_needed),
        ProbeHint::SubmissionDisabled => td_string!(locale, accounts.hint_submission_disabled),
        ProbeHint::PasswordsNotAccepted => td_string!(locale, accounts.hint_passwords_not_accepted),
        ProbeHint::TokenRefused => td_string!(locale, accounts.hint_token_refused),
        ProbeHint::LoginNotNow => td_string!(locale, accounts.hint_login_not_now),
        ProbeHint::LoginNotOffered => td_string!(locale, accounts.hint_login_not_offered),
        ProbeHint::LoginMethodMissing => td_string!(locale, accounts.hint_login_method_missing),
        ProbeHint::LoginNeeded => td_string!(locale, accounts.hint_login_needed),
        ProbeHint::SenderRefused => td_string!(locale, accounts.hint_sender_refused),
        ProbeHint::PasswordInClear => td_string!(locale, accounts.hint_password_in_clear),
    }
}
