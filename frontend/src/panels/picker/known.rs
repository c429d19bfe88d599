//! What the server knows about the addresses in sight, asked for once for each.

use std::collections::HashMap;

use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{EmailAddress, KnownAddress, Permission, picker::LOOKED_UP};

use crate::session::Session;
use crate::state::recipients::{RecipientField, SHOWN};

/// Answers by normalised address; one that is being asked for is empty.
#[derive(Clone, Copy)]
pub(super) struct Known(RwSignal<HashMap<String, KnownAddress>>);

impl Known {
    /// Follows a field: whatever comes into sight is asked about.
    pub fn follow(field: RwSignal<RecipientField>) -> Self {
        let known = Self(RwSignal::new(HashMap::new()));
        let session = Session::find();
        Effect::new(move |_| {
            let emails: Vec<EmailAddress> = field.with(|it| {
                let shown = it.chips().iter().take(SHOWN).filter_map(|it| it.address.clone().ok());
                shown.filter(|it| known.0.with_untracked(|known| !known.contains_key(&it.normalized()))).collect()
            });
            if !emails.is_empty() && session.can(Permission::ContactsView) {
                known.ask(emails);
            }
        });
        known
    }

    /// What is known about an address, subscribing to changes.
    pub fn of(self, address: &EmailAddress) -> Option<KnownAddress> {
        self.0.with(|it| it.get(&address.normalized()).cloned())
    }

    /// Asks again about an address, because something about it was changed.
    pub fn ask_again(self, address: &EmailAddress) {
        self.ask(vec![address.clone()]);
    }

    fn ask(self, emails: Vec<EmailAddress>) {
        for piece in emails.chunks(LOOKED_UP) {
            let piece = piece.to_vec();
            self.0.update_untracked(|it| {
                for email in &piece {
                    it.entry(email.normalized()).or_default();
                }
            });
            spawn_local(async move {
                // What cannot be asked stays unknown: the chip is still a recipient.
                let Ok(answers) = app::picker::look_up_recipients(piece.clone()).await else { return };
                let found = piece.iter().map(EmailAddress::normalized).zip(answers);
                let _ = self.0.try_update(|it| it.extend(found));
            });
        }
    }
}
