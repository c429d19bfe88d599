//! Words that stand in cells for one of a few things, in three languages and as our own export writes them.

use crate::fold::fold;
use crate::{ConsentWay, ContactKind, Gender, Language, Nature, ObtainedWay};

/// Person or company.
pub(super) fn nature_of(text: &str) -> Option<Nature> {
    match fold(text).as_str() {
        "company" | "firma" | "spolocnost" | "spolecnost" | "organizacia" | "organizace" | "pravnicka osoba" | "po" => {
            Some(Nature::Company)
        }
        "person" | "osoba" | "clovek" | "fyzicka osoba" | "fo" => Some(Nature::Person),
        _ => None,
    }
}

/// What it is to us.
pub(super) fn kind_of(text: &str) -> Option<ContactKind> {
    match fold(text).as_str() {
        "client" | "customer" | "klient" | "zakaznik" | "odberatel" => Some(ContactKind::Client),
        "partner" | "supplier" | "dodavatel" => Some(ContactKind::Partner),
        "employee" | "zamestnanec" | "zamestnankyna" => Some(ContactKind::Employee),
        "other" | "iny" | "jiny" | "ostatne" | "ostatni" => Some(ContactKind::Other),
        _ => None,
    }
}

/// The language to write in.
pub(super) fn language_of(text: &str) -> Option<Language> {
    match fold(text).get(..2)? {
        "sk" | "sl" => Some(Language::Sk),
        "cs" | "cz" | "ce" => Some(Language::Cs),
        "en" | "an" => Some(Language::En),
        _ => None,
    }
}

/// How a person is addressed.
pub(super) fn gender_of(text: &str) -> Gender {
    match fold(text).trim_end_matches('.') {
        "woman" | "female" | "f" | "zena" | "z" | "pani" | "mrs" | "ms" => Gender::Woman,
        "man" | "male" | "m" | "muz" | "pan" | "mr" => Gender::Man,
        _ => Gender::Unknown,
    }
}

/// In which way it was obtained; nothing for a word that is none of them.
pub(super) fn way_of(text: &str) -> Option<ObtainedWay> {
    match fold(text).as_str() {
        "purchase" | "nakup" | "objednavka" | "zmluva" | "smlouva" => Some(ObtainedWay::Purchase),
        "registration" | "registracia" | "registrace" => Some(ObtainedWay::Registration),
        "inquiry" | "dopyt" | "poptavka" | "dotaz" => Some(ObtainedWay::Inquiry),
        "event" | "veltrh" | "veletrh" | "podujatie" | "akce" => Some(ObtainedWay::Event),
        "referral" | "odporucanie" | "doporuceni" => Some(ObtainedWay::Referral),
        "public_register" | "public register" | "register" | "verejny register" | "verejny rejstrik" => {
            Some(ObtainedWay::PublicRegister)
        }
        "import" => Some(ObtainedWay::Import),
        "other" | "iny" | "jiny" | "inak" | "jinak" => Some(ObtainedWay::Other),
        _ => None,
    }
}

/// Whether a cell says no; anything else that stands there says yes.
pub(super) fn is_no(text: &str) -> bool {
    matches!(fold(text.trim()).as_str(), "" | "no" | "nie" | "ne" | "n" | "false" | "0" | "-")
}

/// What a cell says about a consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// The person agreed.
    Given,
    /// The person agreed no more.
    Withdrawn,
    /// The person was not heard.
    Nothing,
}

/// Whether somebody agreed; nothing for a word that is none of ours.
pub(super) fn consent_of(text: &str) -> Option<Said> {
    match fold(text).as_str() {
        "given" | "confirmed" | "yes" | "ano" | "a" | "y" | "true" | "1" | "x" | "ok" | "suhlas" | "suhlasi" | "udeleny"
        | "souhlas" | "souhlasi" | "udelen" | "agreed" | "opt-in" | "subscribed" => Some(Said::Given),
        "withdrawn" | "odvolany" | "odvolal" | "odvolala" | "odvolan" | "nesuhlas" | "nesuhlasi" | "nesouhlas" | "nesouhlasi"
        | "opt-out" | "unsubscribed" | "odhlaseny" | "odhlasen" => Some(Said::Withdrawn),
        text => (is_no(text) || matches!(text, "unknown" | "asked")).then_some(Said::Nothing),
    }
}

/// How it was said. What only a link can say is of another way when a file says it.
pub(super) fn consent_way_of(text: &str) -> ConsentWay {
    match fold(text).as_str() {
        "paper" | "papier" | "papir" | "pisomne" | "pisemne" => ConsentWay::Paper,
        "web" | "formular" | "form" => ConsentWay::Web,
        "email" | "e-mail" | "mail" => ConsentWay::Email,
        "phone" | "telefon" | "telefonicky" => ConsentWay::Phone,
        "person" | "osobne" => ConsentWay::Person,
        "contract" | "zmluva" | "smlouva" => ConsentWay::Contract,
        _ => ConsentWay::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_three_languages_are_known() {
        assert_eq!(["Žena", "pan", "?"].map(gender_of), [Gender::Woman, Gender::Man, Gender::Unknown]);
        assert_eq!(["Veľtrh", "smlouva", "náhodou"].map(way_of), [Some(ObtainedWay::Event), Some(ObtainedWay::Purchase), None]);
        assert!(
            ["Nie", "ne", "0", " "].iter().all(|it| is_no(it)) && ["áno", "x", "1", "neposielať"].iter().all(|it| !is_no(it))
        );
    }
}
