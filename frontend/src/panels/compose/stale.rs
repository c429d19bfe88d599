//! What to do when the draft was changed elsewhere: both versions are named, a person chooses.

use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{DraftKey, MessageId};

use super::desk::Desk;
use super::keeper::Keeper;
use crate::calls;
use crate::i18n::{t_string, use_i18n};
use crate::parts::{Banner, Button, Tone};
use crate::state::saving::{Kept, Trouble};

/// The line with both choices; only while there is something to choose.
#[component]
pub(super) fn StaleChoice(
    /// What is written.
    desk: Desk,
    /// What keeps it.
    keeper: StoredValue<Keeper>,
) -> impl IntoView {
    let i18n = use_i18n();
    let status = keeper.with_value(Keeper::status);
    let is_stale = Memo::new(move |_| status.with(|it| *it == Kept::Trouble(Trouble::Stale)));
    let busy = RwSignal::new(false);
    let id = move || keeper.with_value(Keeper::key).map(|it| it.id);
    let load = move || {
        let Some(id) = id() else { return };
        calls::act(busy, app::messages::open_draft(id), move |stored| {
            desk.lay(&stored);
            let key = DraftKey { id: stored.id, revision: stored.revision };
            keeper.with_value(|it| it.reset(stored.draft, key));
        });
    };
    let insist = move || {
        let Some(id) = id() else { return };
        busy.set(true);
        spawn_local(async move {
            let key = newest_key(id).await;
            let _ = busy.try_set(false);
            keeper.try_with_value(|it| it.insist(key));
        });
    };
    view! {
        <Show when=move || is_stale.get()>
            <Banner tone=Tone::Warning text=move || t_string!(i18n, messages.stale_text)>
                <Button label=move || t_string!(i18n, messages.stale_theirs) busy=busy on_press=load />
                <Button label=move || t_string!(i18n, messages.stale_mine) busy=busy on_press=insist />
            </Banner>
        </Show>
    }
}

/// The revision to write over; nothing when the message has left or is gone, so that one's own text becomes a new draft.
async fn newest_key(id: MessageId) -> Option<DraftKey> {
    let stored = app::messages::open_draft(id).await.ok()?;
    Some(DraftKey { id: stored.id, revision: stored.revision })
}
