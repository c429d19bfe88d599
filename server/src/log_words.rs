//! What deeds are called: the words of the screens, for files that leave and for finding entries by them.

use std::collections::HashMap;
use std::sync::LazyLock;

use engine::audit::Telling;
use model::{Deed, Language, OauthUse};

/// The words of the screens by file and key, such as `log.deed_account_changed`.
type Words = HashMap<String, String>;

macro_rules! files {
    ($language:literal) => {
        [
            ("log", include_str!(concat!("../../frontend/locales/", $language, "/log.json"))),
            ("old_archive", include_str!(concat!("../../frontend/locales/", $language, "/old_archive.json"))),
            ("retention", include_str!(concat!("../../frontend/locales/", $language, "/retention.json"))),
            ("oauth", include_str!(concat!("../../frontend/locales/", $language, "/oauth.json"))),
        ]
    };
}

static SK: LazyLock<Words> = LazyLock::new(|| read(&files!("sk")));
static CS: LazyLock<Words> = LazyLock::new(|| read(&files!("cs")));
static EN: LazyLock<Words> = LazyLock::new(|| read(&files!("en")));

/// How the log is told in a language.
pub fn telling(language: Language) -> Telling {
    let title = |key: &str| of(language).get(key).cloned().unwrap_or_default();
    Telling { when: title("log.column_when"), what: title("log.column_what"), words: Box::new(move |it| deed(language, it)) }
}

/// What deeds are called in any language, by the keys of their words.
pub fn all() -> Vec<(String, String)> {
    [Language::Sk, Language::Cs, Language::En]
        .into_iter()
        .flat_map(|it| of(it).iter())
        .filter(|(key, _)| key.contains(".deed_"))
        .map(|(key, words)| (without_form(key).to_owned(), words.clone()))
        .collect()
}

/// What was done, in words; a deed without words is told by the key that they would have.
fn deed(language: Language, deed: &Deed) -> String {
    let wording = deed.wording();
    let words = of(language);
    let form = format!("{}_{}", wording.key, plural(language, wording.n.unwrap_or(0)));
    let mut told = words.get(&wording.key).or_else(|| words.get(&form)).cloned().unwrap_or_else(|| wording.key.clone());
    let n = wording.n.map(|it| ("n", it.to_string()));
    for (name, value) in wording.values.into_iter().chain(n) {
        told = told.replace(&format!("{{{{ {name} }}}}"), &value);
    }
    if let Deed::Oauth(_, used_for, _) = deed {
        let key = if *used_for == OauthUse::Relay { "oauth.use_relay" } else { "oauth.use_mailbox" };
        told = told.replace("{{ what }}", words.get(key).map(String::as_str).unwrap_or_default());
    }
    told
}

fn of(language: Language) -> &'static Words {
    match language {
        Language::Sk => &SK,
        Language::Cs => &CS,
        Language::En => &EN,
    }
}

/// The form in which a number is told (CLDR, whole numbers).
fn plural(language: Language, n: u64) -> &'static str {
    match (language, n) {
        (_, 1) => "one",
        (Language::Sk | Language::Cs, 2..=4) => "few",
        _ => "other",
    }
}

/// The key without the form of its plural.
fn without_form(key: &str) -> &str {
    ["_one", "_few", "_other"].iter().find_map(|it| key.strip_suffix(it)).unwrap_or(key)
}

fn read(files: &[(&str, &str)]) -> Words {
    let of_file = |(name, json): &(&str, &str)| {
        let words: HashMap<String, String> = serde_json::from_str(json).unwrap_or_default();
        words.into_iter().map(|(key, it)| (format!("{name}.{key}"), it)).collect::<Vec<_>>()
    };
    files.iter().flat_map(of_file).collect()
}

#[cfg(test)]
mod tests {
    use model::{CampaignDeed, CampaignId, ConsentState, ContactId, MessageId, RetentionDeed, TemplateId};

    use super::*;

    #[test]
    fn deeds_are_told_as_on_the_screen() {
        assert_eq!(deed(Language::Sk, &Deed::MessageReleased(MessageId(1), 1)), "Odoslanie správy na 1 adresu");
        assert_eq!(deed(Language::Cs, &Deed::MessageReleased(MessageId(1), 3)), "Odeslání zprávy na 3 adresy");
        assert_eq!(deed(Language::En, &Deed::MessageReleased(MessageId(1), 5)), "Sent a message to 5 addresses");
        assert_eq!(deed(Language::Sk, &Deed::Campaign(CampaignId(1), CampaignDeed::Released(12))), "Uvoľnenie správ: 12");
    }

    #[test]
    fn every_deed_has_words_in_every_language() {
        let deeds = [
            Deed::SignedIn,
            Deed::LogMailChanged,
            Deed::TemplateSwitched(TemplateId(1), false),
            Deed::ConsentNoted(ContactId(1), model::Channel::Email, ConsentState::Asked),
            Deed::Retention(RetentionDeed::Switched(true)),
            Deed::Retention(RetentionDeed::Forgotten(ContactId(1), 2)),
            Deed::ContactsNoBulk(false, 4),
            Deed::ContactsMerged(ContactId(1), ContactId(2)),
        ];
        for it in deeds {
            for language in [Language::Sk, Language::Cs, Language::En] {
                let told = deed(language, &it);
                assert!(!told.contains("deed_") && !told.contains("{{"), "{told}");
            }
        }
    }

    #[test]
    fn forms_of_the_plural_stand_for_one_deed() {
        let all = all();
        let keys: Vec<&str> = all.iter().filter(|it| it.0 == "log.deed_message_released").map(|it| it.1.as_str()).collect();
        assert!(keys.contains(&"Odoslanie správy na {{ n }} adresu") && keys.contains(&"Sent a message to {{ n }} addresses"));
        assert!(all.iter().all(|it| !it.0.ends_with("_few")));
    }
}
