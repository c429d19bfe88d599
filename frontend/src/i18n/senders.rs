//! Words about senders and the keys of their domains.

use model::{DkimAlgorithm, DkimFound, DkimState, SenderState};

use super::{Locale, td_string};
use crate::format;

/// Why an address may be used, or what it waits for.
pub fn state(locale: Locale, state: &SenderState) -> String {
    match state {
        SenderState::OfAccount(name) if name.is_empty() => {
            td_string!(locale, senders.state_account, name = td_string!(locale, accounts.capture))
        }
        SenderState::OfAccount(name) => td_string!(locale, senders.state_account, name = name.clone()),
        SenderState::Vouched => td_string!(locale, senders.state_vouched).to_owned(),
        SenderState::Confirmed(at) => td_string!(locale, senders.state_confirmed, when = format::moment(locale, *at)),
        SenderState::Asked(until) => td_string!(locale, senders.state_asked, when = format::moment(locale, *until)),
        SenderState::Expired => td_string!(locale, senders.state_expired).to_owned(),
    }
}

/// How far a key has come.
pub fn key_state(locale: Locale, state: DkimState) -> &'static str {
    match state {
        DkimState::New => td_string!(locale, senders.key_new),
        DkimState::Active => td_string!(locale, senders.key_active),
        DkimState::Retired => td_string!(locale, senders.key_retired),
    }
}

/// By which algorithm a key signs.
pub fn algorithm(locale: Locale, algorithm: DkimAlgorithm) -> &'static str {
    match algorithm {
        DkimAlgorithm::Rsa => td_string!(locale, senders.algorithm_rsa),
        DkimAlgorithm::Ed25519 => td_string!(locale, senders.algorithm_ed25519),
    }
}

/// What DNS said about a key.
pub fn found(locale: Locale, found: DkimFound) -> &'static str {
    match found {
        DkimFound::Matches => td_string!(locale, senders.found_matches),
        DkimFound::Missing => td_string!(locale, senders.found_missing),
        DkimFound::Differs => td_string!(locale, senders.found_differs),
        DkimFound::Revoked => td_string!(locale, senders.found_revoked),
        DkimFound::NoAnswer => td_string!(locale, senders.found_no_answer),
    }
}
