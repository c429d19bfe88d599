//! A contact that is to be made, with everything thought out that its rows hold.

use std::sync::Arc;

use model::{
    Channel, ConsentDraft, ConsentState, ContactAddresses, ContactDraft, EmailAddress, FieldValue, OwnValue, Purpose, collate,
    duplicate,
};

use super::words;

/// A contact ready to be written. Everything that takes thought is done when it is made, away from the writing connection.
#[derive(Debug)]
pub struct NewContact {
    pub(super) draft: ContactDraft,
    name: String,
    pub(super) texts: [Option<Arc<str>>; TEXTS],
    pub(super) tags: Vec<String>,
    pub(super) addresses: Vec<NewAddress>,
    consents: Vec<ConsentDraft>,
}

/// An address of a contact that is to be written.
#[derive(Debug)]
pub(super) struct NewAddress {
    pub channel: Channel,
    pub value: Arc<str>,
    pub normalized: Arc<str>,
    pub purpose: Purpose,
}

impl NewContact {
    /// Prepares a contact without a parent. `choice` names the choices of own fields.
    pub fn new(draft: ContactDraft, addresses: &ContactAddresses, choice: &dyn Fn(&OwnValue) -> Option<String>) -> Self {
        let tags = draft.tag_names();
        let emails = addresses
            .emails
            .iter()
            .map(|it| NewAddress::new(Channel::Email, it.address.as_str(), &it.address.normalized(), it.purpose));
        let phones =
            addresses.phones.iter().map(|it| NewAddress::new(Channel::Sms, it.number.as_str(), it.number.as_str(), it.purpose));
        let lines: Vec<_> = emails.chain(phones).collect();
        let words = words::of(&text(&draft, &tags, &lines, choice));
        Self {
            name: draft.display_name(),
            texts: texts(&draft, addresses, &words),
            tags,
            addresses: lines,
            consents: Vec::new(),
            draft,
        }
    }

    /// The same with what the person said about being written to. Its log is written by [`crate::consents::put_many`].
    pub fn with_consents(self, consents: Vec<ConsentDraft>) -> Self {
        Self { consents, ..self }
    }

    /// What the person said about being written to.
    pub fn consents(&self) -> &[ConsentDraft] {
        &self.consents
    }

    /// What was said about a channel.
    pub(super) fn consent(&self, channel: Channel) -> ConsentState {
        self.consents.iter().find(|it| it.channel == channel).map(|it| it.state).unwrap_or_default()
    }

    /// What was typed.
    pub fn draft(&self) -> &ContactDraft {
        &self.draft
    }

    /// The name that lists show.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl NewAddress {
    fn new(channel: Channel, value: &str, normalized: &str, purpose: Purpose) -> Self {
        let shared: Arc<str> = Arc::from(value);
        let normalized = if normalized == value { shared.clone() } else { Arc::from(normalized) };
        Self { channel, value: shared, normalized, purpose }
    }
}

/// How many of the columns are texts that may be empty.
pub(super) const TEXTS: usize = 29;

/// The texts of a contact in the order of the columns in which [`create_many`](super::create_many) writes them. What is bound is shared
/// with the statement, not copied.
fn texts(draft: &ContactDraft, addresses: &ContactAddresses, words: &str) -> [Option<Arc<str>>; TEXTS] {
    let [first_name, last_name, company_name] = [&draft.first_name, &draft.last_name, &draft.company_name].map(|it| it.trim());
    let texts: [&str; TEXTS] = [
        &draft.display_name(),
        &draft.sort_name(),
        draft.title_before.trim(),
        first_name,
        last_name,
        draft.title_after.trim(),
        company_name,
        draft.position.trim(),
        draft.salutation.trim(),
        draft.billing.street.trim(),
        draft.billing.city.trim(),
        draft.billing.postcode.trim(),
        draft.billing.country.trim(),
        draft.delivery.street.trim(),
        draft.delivery.city.trim(),
        draft.delivery.postcode.trim(),
        draft.delivery.country.trim(),
        draft.registration_number.trim(),
        draft.tax_number.trim(),
        draft.vat_number.trim(),
        draft.obtained.note.trim(),
        draft.note.trim(),
        addresses.email_for(Purpose::General).map_or("", EmailAddress::as_str),
        addresses.phone_for(Purpose::General).map_or("", |it| it.as_str()),
        words,
        &collate::key(company_name),
        &collate::key(draft.billing.city.trim()),
        &duplicate::name_key(draft.nature, first_name, last_name, company_name),
        &duplicate::registration_key(draft.registration_number.trim()),
    ];
    texts.map(|it| (!it.is_empty()).then(|| Arc::from(it)))
}

/// What the words of a contact are made of, in the order of [`words::refresh`].
fn text(draft: &ContactDraft, tags: &[String], addresses: &[NewAddress], choice: &dyn Fn(&OwnValue) -> Option<String>) -> String {
    let mut text = String::with_capacity(240);
    for it in [
        &draft.first_name,
        &draft.last_name,
        &draft.company_name,
        &draft.position,
        &draft.billing.city,
        &draft.registration_number,
        &draft.tax_number,
        &draft.vat_number,
    ] {
        add(&mut text, it);
    }
    for NewAddress { channel, value, .. } in addresses {
        match channel {
            Channel::Email => add(&mut text, value),
            Channel::Sms => {
                add(&mut text, value.get(1..).unwrap_or_default());
                text.push('0');
                add(&mut text, value.get(4..).unwrap_or_default());
            }
        }
    }
    tags.iter().for_each(|it| add(&mut text, it));
    for own in &draft.values {
        match &own.value {
            FieldValue::Text(it) => add(&mut text, it),
            FieldValue::Choice(_) => add(&mut text, &choice(own).unwrap_or_default()),
            FieldValue::Number(_) | FieldValue::Date(_) => {}
        }
    }
    text
}

fn add(text: &mut String, it: &str) {
    text.push_str(it);
    text.push(' ');
}
