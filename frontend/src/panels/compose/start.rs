//! What the page of writing begins with.

use app::Problem;
use model::{Channel, Contact, ContactId, EmailAddress, MessageBody, MessageDraft, MessageId, Purpose, StoredDraft};

/// Where writing begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Start {
    /// A draft, or a prepared message that becomes one again.
    Draft(MessageId),
    /// A new message.
    New {
        /// What it travels by.
        channel: Channel,
        /// The contact it is written from.
        contact: Option<ContactId>,
        /// Recipients that are known already.
        to: String,
    },
}

/// What lies on the desk at the beginning.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Laid {
    /// A stored draft, and the contact it is written from.
    Stored(StoredDraft, Option<Contact>),
    /// A new message, perhaps to a contact.
    Fresh(MessageDraft, Option<Contact>),
}

/// Fetches what the desk begins with.
pub(super) async fn fetch(start: Start) -> Result<Laid, Problem> {
    match start {
        Start::Draft(id) => {
            let stored = app::messages::open_draft(id).await?;
            // Only for more addresses to choose from: the draft stands without it.
            let contact = match stored.draft.contact {
                Some(id) => app::contacts::open_contact(id).await.ok(),
                None => None,
            };
            Ok(Laid::Stored(stored, contact))
        }
        Start::New { channel, contact: None, to } => Ok(Laid::Fresh(fresh(channel, None, to), None)),
        Start::New { channel, contact: Some(id), to } => {
            let contact = app::contacts::open_contact(id).await?;
            let to = match channel {
                Channel::Email => address_of(&contact, &to),
                Channel::Sms => number_of(&contact, &to),
            };
            Ok(Laid::Fresh(fresh(channel, Some(id), to), Some(contact)))
        }
    }
}

fn fresh(channel: Channel, contact: Option<ContactId>, to: String) -> MessageDraft {
    if channel == Channel::Sms {
        return MessageDraft { channel, contact, to, ..MessageDraft::default() };
    }
    MessageDraft { contact, to, body: MessageBody::Html(String::new()), with_signature: true, ..MessageDraft::default() }
}

/// The wanted address of a contact, or its default one, with its name before it.
pub(super) fn address_of(contact: &Contact, wanted: &str) -> String {
    let own = EmailAddress::parse(wanted).ok().map(|it| it.normalized());
    let mut emails = contact.fields.emails.iter().map(|it| it.text.as_str());
    let known = emails.find(|it| own.as_ref().is_some_and(|own| *own == it.to_lowercase()));
    match known.or_else(|| contact.fields.email_for(Purpose::General).filter(|_| wanted.is_empty())) {
        Some(email) => EmailAddress::parse(email)
            .map_or_else(|_| email.to_owned(), |it| model::address::written(&contact.fields.display_name(), &it)),
        None => wanted.to_owned(),
    }
}

/// The wanted number of a contact, or its default one, with its name before it.
pub(super) fn number_of(contact: &Contact, wanted: &str) -> String {
    let number = if wanted.is_empty() { contact.fields.phone_for(Purpose::General).unwrap_or_default() } else { wanted };
    if number.is_empty() { String::new() } else { model::address::written(&contact.fields.display_name(), number) }
}

#[cfg(test)]
mod tests {
    use model::{ContactDraft, Moment};

    use super::*;

    fn contact(emails: &[&str]) -> Contact {
        let fields = ContactDraft {
            first_name: "Eva".into(),
            last_name: "Nová".into(),
            emails: emails.iter().map(|it| (*it).into()).collect(),
            ..ContactDraft::default()
        };
        Contact {
            id: ContactId(1),
            fields,
            parent_name: String::new(),
            owner_name: String::new(),
            has_password: false,
            consents: Vec::new(),
            revision: 1,
            created_at: Moment(0),
            updated_at: Moment(0),
        }
    }

    #[test]
    fn a_contact_is_written_to_at_the_wanted_address_or_the_default_one() {
        let eva = contact(&["eva@x.sk", "eva@y.sk"]);
        assert_eq!(address_of(&eva, ""), "Eva Nová <eva@x.sk>");
        assert_eq!(address_of(&eva, "EVA@y.sk"), "Eva Nová <eva@y.sk>");
        assert_eq!(address_of(&eva, "ina@z.sk"), "ina@z.sk");
        assert_eq!(address_of(&contact(&[]), ""), "");
    }

    #[test]
    fn a_text_message_goes_to_the_number_of_the_contact() {
        let mut eva = contact(&[]);
        eva.fields.phones = vec!["+421 903 622 237".into()];
        assert_eq!(number_of(&eva, ""), "Eva Nová <+421 903 622 237>");
        assert_eq!(number_of(&eva, "0905 123 456"), "Eva Nová <0905 123 456>");
        assert_eq!(number_of(&contact(&[]), ""), "");
    }
}
