//! Copies of sent mails: the mailbox they are put into, how it stands, its settings.

mod form;
mod standing;

use leptos::prelude::*;
use model::{AccountId, Change};

use self::form::CopyForm;
use self::standing::{CopyStanding, RemoveCopies};
use crate::calls;
use crate::live::Live;
use crate::panels::loaded::Loaded;

/// State, form and the act that ends it.
#[component]
pub fn CopiesPanel(
    /// Of whose mails.
    id: AccountId,
) -> impl IntoView {
    let live = Live::find();
    let mailbox = calls::ask(move || live.version(Change::Accounts), move |_| app::copies::open_copy_mailbox(id));
    view! {
        <Loaded answer=mailbox lines=10 let:mailbox>
            {
                let there = Memo::new(move |_| mailbox.with(Option::is_some));
                let first = mailbox.get_untracked();
                view! {
                    <Show when=move || there.get()>
                        <CopyStanding id=id mailbox=mailbox />
                    </Show>
                    <CopyForm id=id first=first stored=mailbox />
                    <Show when=move || there.get()>
                        <RemoveCopies id=id />
                    </Show>
                }
            }
        </Loaded>
    }
}
