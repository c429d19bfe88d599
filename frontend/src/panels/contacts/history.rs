//! What was done to one contact.

use leptos::prelude::*;
use model::{AuditEntry, AuditQuery, Change, ContactId, Subject};

use crate::calls;
use crate::i18n::{t_string, use_i18n};
use crate::live::Live;
use crate::panels::timeline::Timeline;
use crate::parts::{Button, ButtonKind, ErrorState, Skeleton};

/// Who did what to the contact, newest first.
#[component]
pub fn ContactHistory(
    /// Which contact.
    id: ContactId,
) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let listing = calls::list(
        || (),
        move || live.version(Change::Contacts),
        |it: &AuditEntry| it.id.0,
        move |(), after| {
            app::audit::list_audit(AuditQuery { subject: Some(Subject::Contact(id)), after, ..AuditQuery::default() })
        },
    );
    let entries = Signal::derive(move || listing.rows().with(|it| it.all().to_vec()));
    let problem = move || listing.problem().filter(|_| listing.is_first());
    let shown = move || {
        view! {
            <Timeline entries=entries empty=move || t_string!(i18n, contacts.no_history) />
            <Show when=move || listing.has_more()>
                <Button
                    label=move || t_string!(i18n, parts.load_more)
                    kind=ButtonKind::Quiet
                    on_press=move || listing.more()
                />
            </Show>
        }
    };
    view! {
        {move || problem().map(|it| view! { <ErrorState problem=Signal::stored(it) on_retry=move || listing.ask_again() /> })}
        <Show when=move || listing.is_first() && listing.is_pending()>
            <Skeleton lines=3 />
        </Show>
        <Show when=move || !listing.is_first()>{shown}</Show>
    }
}
