//! Mails that the program itself writes. Their words stand in files, one for each kind and language: the subject, an empty line, the text;
//! what stands in braces is filled in.

use std::collections::BTreeMap;

use content::merge::literal;
use model::{Language, MessageDraft, NoticeTo, Origin, UserState};
use render::{Body, Content};
use store::Tx;

use crate::messages::{self, Ready};
use crate::{Ctx, Error};

/// What is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Notice {
    /// The credit for text messages is low.
    CreditLow,
    /// Text messages wait because the credit is used up.
    CreditStopped,
    /// Where the action log ended.
    LogAnchor,
}

/// Puts a notice into the queue for whoever is chosen, within the transaction of what it tells; one message for each language. Values are
/// filled in by their names. Tells to how many addresses it goes: to none when everybody chosen is gone or locked out.
///
/// # Errors
/// Refuses when there is no account for mails.
pub(crate) async fn send(
    ctx: &Ctx,
    tx: &mut Tx,
    to: &NoticeTo,
    notice: Notice,
    values: &[(&str, String)],
) -> Result<usize, Error> {
    let mut n = 0;
    for (language, to) in readers(tx, to).await?.into_values() {
        let (subject, text) = filled(words(notice, language), values);
        let content = Content { subject: &subject, body: Body::Text(&text), signature: "", language: language.code() };
        let rendered = render::email(&content)?;
        let draft = MessageDraft {
            to: to.join(", "),
            subject: literal(&subject).into_owned(),
            body: literal(&text).as_ref().into(),
            ..MessageDraft::default()
        };
        let ready = Ready {
            origin: Origin::Notification,
            draft: &draft,
            sender_name: "",
            sender_address: "",
            text: &rendered.text,
            html: &rendered.html,
        };
        messages::send_ready(ctx, tx, &ready).await?;
        n += to.len();
    }
    Ok(n)
}

/// The addresses by the language they are written to in.
async fn readers(tx: &mut Tx, to: &NoticeTo) -> Result<BTreeMap<&'static str, (Language, Vec<String>)>, Error> {
    let mut readers: BTreeMap<&'static str, (Language, Vec<String>)> = BTreeMap::new();
    let mut add = |language: Language, address: String| {
        let (_, addresses) = readers.entry(language.code()).or_insert_with(|| (language, Vec::new()));
        if !addresses.contains(&address) {
            addresses.push(address);
        }
    };
    for user in store::users::list(tx).await?.into_iter().filter(|it| to.users.contains(&it.id) && it.state == UserState::Active)
    {
        let language = store::users::get(tx, user.id).await?.preferences.language;
        add(language, user.email);
    }
    let office = store::company::get(tx).await?.map_or(Language::default(), |it| it.language);
    for address in model::address::parse_list(&to.addresses).into_iter().filter_map(|it| it.address.ok()) {
        add(office, address.to_string());
    }
    Ok(readers)
}

fn filled(words: &str, values: &[(&str, String)]) -> (String, String) {
    let mut filled = words.to_owned();
    for (name, value) in values {
        filled = filled.replace(&format!("{{{name}}}"), value);
    }
    let (subject, text) = filled.split_once("\n\n").unwrap_or((&filled, ""));
    (subject.trim().to_owned(), text.trim().to_owned())
}

fn words(notice: Notice, language: Language) -> &'static str {
    match (notice, language) {
        (Notice::CreditLow, Language::Sk) => include_str!("notices/credit_low.sk.txt"),
        (Notice::CreditLow, Language::Cs) => include_str!("notices/credit_low.cs.txt"),
        (Notice::CreditLow, Language::En) => include_str!("notices/credit_low.en.txt"),
        (Notice::CreditStopped, Language::Sk) => include_str!("notices/credit_stopped.sk.txt"),
        (Notice::CreditStopped, Language::Cs) => include_str!("notices/credit_stopped.cs.txt"),
        (Notice::CreditStopped, Language::En) => include_str!("notices/credit_stopped.en.txt"),
        (Notice::LogAnchor, Language::Sk) => include_str!("notices/log_anchor.sk.txt"),
        (Notice::LogAnchor, Language::Cs) => include_str!("notices/log_anchor.cs.txt"),
        (Notice::LogAnchor, Language::En) => include_str!("notices/log_anchor.en.txt"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_notice_fills_the_same_values_in_every_language() {
        let named = |text: &str| {
            let mut names: Vec<String> =
                text.split('{').skip(1).filter_map(|it| Some(it.split_once('}')?.0.to_owned())).collect();
            names.sort();
            names.dedup();
            names
        };
        for notice in [Notice::CreditLow, Notice::CreditStopped, Notice::LogAnchor] {
            let [sk, cs, en] = [Language::Sk, Language::Cs, Language::En].map(|it| named(words(notice, it)));
            assert!(!sk.is_empty() && sk == cs && cs == en, "{notice:?}");
        }
    }

    #[test]
    fn the_first_line_is_the_subject() {
        let (subject, text) =
            filled("Credit of {account}\n\n{credit} is left.\n", &[("account", "A".into()), ("credit", "5".into())]);
        assert_eq!((subject.as_str(), text.as_str()), ("Credit of A", "5 is left."));
    }
}
