//! What the server knows about the addresses and numbers in sight, asked for once for each.

use std::collections::HashMap;

use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{EmailAddress, KnownAddress, Permission, picker::LOOKED_UP};

use crate::session::Session;
use crate::state::recipients::{RecipientField, SHOWN};

/// Answers by normalised address or number; one that is being asked for is empty.
pub(in crate::panels) struct Known<A: 'static>(RwSignal<HashMap<String, A>>);

impl<A: 'static> Clone for Known<A> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<A: 'static> Copy for Known<A> {}

impl<A: Clone + Default + Send + Sync + 'static> Known<A> {
    /// Follows a field: whatever comes into sight, each under its key, is asked about by `load`.
    pub fn follow<I, F>(shown: impl Fn() -> Vec<(String, I)> + 'static, load: impl Fn(Vec<I>) -> F + Copy + 'static) -> Self
    where
        I: Clone + 'static,
        F: Future<Output = Option<Vec<A>>> + 'static,
    {
        let known = Self(RwSignal::new(HashMap::new()));
        let session = Session::find();
        Effect::new(move |_| {
            let mut new = shown();
            new.retain(|it| known.0.with_untracked(|known| !known.contains_key(&it.0)));
            if !new.is_empty() && session.can(Permission::ContactsView) {
                known.ask(&new, load);
            }
        });
        known
    }

    /// What is known under a key, subscribing to changes.
    pub fn of(self, key: &str) -> Option<A> {
        self.0.with(|it| it.get(key).cloned())
    }

    /// Asks, also about what was asked for before.
    pub fn ask<I, F>(self, items: &[(String, I)], load: impl Fn(Vec<I>) -> F)
    where
        I: Clone + 'static,
        F: Future<Output = Option<Vec<A>>> + 'static,
    {
        for piece in items.chunks(LOOKED_UP) {
            let (keys, asked): (Vec<String>, Vec<I>) = piece.iter().cloned().unzip();
            self.0.update_untracked(|it| {
                for key in &keys {
                    it.entry(key.clone()).or_default();
                }
            });
            let coming = load(asked);
            spawn_local(async move {
                // What cannot be asked stays unknown: the chip is still a recipient.
                let Some(answers) = coming.await else { return };
                let _ = self.0.try_update(|it| it.extend(keys.into_iter().zip(answers)));
            });
        }
    }
}

/// What of a field of addresses is in sight.
pub(super) fn in_sight(field: RwSignal<RecipientField>) -> Vec<(String, EmailAddress)> {
    field.with(|it| {
        let shown = it.chips().iter().take(SHOWN).filter_map(|it| it.address.clone().ok());
        shown.map(|it| (it.normalized(), it)).collect()
    })
}

/// Asks about addresses.
pub(super) async fn look_up(emails: Vec<EmailAddress>) -> Option<Vec<KnownAddress>> {
    app::picker::look_up_recipients(emails).await.ok()
}
