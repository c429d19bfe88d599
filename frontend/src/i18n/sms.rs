//! Words about text messages.

use model::{SmsGatewayKind, SmsState};

use super::{Locale, td_string};

/// The name of a kind of gateway.
pub fn gateway_kind(locale: Locale, kind: SmsGatewayKind) -> &'static str {
    match kind {
        SmsGatewayKind::EuroSms => "EuroSMS",
        SmsGatewayKind::GoSms => "GoSMS",
        SmsGatewayKind::Http => td_string!(locale, sms_accounts.kind_http),
        SmsGatewayKind::Smpp => "SMPP",
        SmsGatewayKind::Capture => td_string!(locale, sms_accounts.kind_capture),
    }
}

/// What a kind of gateway is.
pub fn gateway_explained(locale: Locale, kind: SmsGatewayKind) -> &'static str {
    match kind {
        SmsGatewayKind::EuroSms => td_string!(locale, sms_accounts.kind_eurosms_hint),
        SmsGatewayKind::GoSms => td_string!(locale, sms_accounts.kind_gosms_hint),
        SmsGatewayKind::Http => td_string!(locale, sms_accounts.kind_http_hint),
        SmsGatewayKind::Smpp => td_string!(locale, sms_accounts.kind_smpp_hint),
        SmsGatewayKind::Capture => td_string!(locale, sms_accounts.kind_capture_hint),
    }
}

/// What a secret is called; one that a description names is called as it names it.
pub fn secret(locale: Locale, name: &str) -> String {
    match name {
        "key" => td_string!(locale, sms_accounts.secret_key).to_owned(),
        "client_secret" => td_string!(locale, sms_accounts.secret_client).to_owned(),
        "password" => td_string!(locale, sms_accounts.secret_password).to_owned(),
        name => td_string!(locale, sms_accounts.secret_named, name = name.to_owned()).to_string(),
    }
}

/// How far a part of a text message has come.
pub fn part_state(locale: Locale, state: SmsState) -> &'static str {
    match state {
        SmsState::Taken => td_string!(locale, sms_parts.taken),
        SmsState::EnRoute => td_string!(locale, sms_parts.en_route),
        SmsState::Deleted => td_string!(locale, sms_parts.deleted),
        SmsState::Refused => td_string!(locale, sms_parts.refused),
        SmsState::Expired => td_string!(locale, sms_parts.expired),
        SmsState::Undeliverable => td_string!(locale, sms_parts.undeliverable),
        SmsState::Delivered => td_string!(locale, sms_parts.delivered),
        SmsState::Seen => td_string!(locale, sms_parts.seen),
    }
}
