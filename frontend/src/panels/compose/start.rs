//! What the page of writing begins with.

use app::Problem;
use model::{Contact, ContactId, EmailAddress, MessageDraft, MessageId, Purpose, StoredDraft};

/// Where writing begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Start {
    /// A draft, or a prepared message that becomes one again.
    Draft(MessageId),
    /// A new message.
    New {
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
        Start::New { contact: None, to } => Ok(Laid::Fresh(fresh(None, to), None)),
        Start::New { contact: Some(id), to } => {
            let contact = app::contacts::open_contact(id).await?;
            let to = address_of(&contact, &to);
            Ok(Laid::Fresh(fresh(Some(id), to), Some(contact)))
        }
    }
}

fn fresh(contact: Option<ContactId>, to: String) -> MessageDraft {
    MessageDraft { contact, to, with_signature: true, ..MessageDraft::default() }
}

/// The wanted address of a contact, or its default one, with its name before it.
fn address_of(contact: &Contact, wanted: &str) -> String {
    let own = EmailAddress::parse(wanted).ok().map(|it| it.normalized());
    let mut emails = contact.fields.emails.iter().map(|it| it.text.as_str());
    let known = emails.find(|it| own.as_ref().is_some_and(|own| *own == it.to_lowercase()));
    match known.or_else(|| contact.fields.email_for(Purpose::General).filter(|_| wanted.is_empty())) {
        Some(email) => EmailAddress::parse(email)
            .map_or_else(|_| email.to_owned(), |it| model::address::written(&contact.fields.display_name(), &it)),
        None => wanted.to_owned(),
    }
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
}
