//! The bar below the list: what can be done to the ticked messages, each act with its numbers.

use leptos::prelude::*;
use model::{Change, ChosenMessages, MessageId, MessageRow, Permission};

use super::acts::{Acts, CancelDialog};
use super::keeping::{Deleting, ProofMenu, tell_proofs};
use super::resend::ResendDialog;
use crate::calls::{self, Listing};
use crate::i18n::messages::{small, to_people};
use crate::i18n::{t_string, use_i18n};
use crate::live::Live;
use crate::panels::archive::MessageExportMenu;
use crate::parts::{Button, ButtonKind, Glyph, TickedBar};
use crate::session::Session;
use crate::state::message_acts::{MessageAct, Reached};
use crate::state::selection::Selection;
use crate::toast::Toasts;

/// Appears while messages are ticked.
#[component]
pub fn TickedMessages(
    /// The rows of the list.
    listing: Listing<MessageRow>,
    /// The ticked ones.
    selection: RwSignal<Selection>,
) -> impl IntoView {
    let i18n = use_i18n();
    let count = move || selection.with(Selection::len) as u32;
    let words = move || t_string!(i18n, messages.ticked, count = count(), n = count());
    view! {
        <TickedBar selection=selection words=words label=move || t_string!(i18n, messages.ticked_acts)>
            <TickedActs listing=listing selection=selection />
        </TickedBar>
    }
}

#[component]
fn TickedActs(listing: Listing<MessageRow>, selection: RwSignal<Selection>) -> impl IntoView {
    let i18n = use_i18n();
    let acts = Acts::new(move || selection.update(Selection::clear));
    let (live, toasts, keeping) = (Live::find(), Toasts::find(), RwSignal::new(false));
    let keep = reached(listing, selection, MessageAct::Keep);
    let (send, resend, exclude, cancel, delete) = (
        reached(listing, selection, MessageAct::Send),
        reached(listing, selection, MessageAct::Resend),
        reached(listing, selection, MessageAct::Exclude),
        reached(listing, selection, MessageAct::Cancel),
        reached(listing, selection, MessageAct::Delete),
    );
    let (asks_resend, asks_cancel, deleting) = (RwSignal::new(false), RwSignal::new(false), Deleting::new());
    let n = |it: Memo<Reached>| it.with(|it| it.messages() as u32);
    let people = move |it: Memo<Reached>| to_people(i18n.get_locale(), it.with(|it| it.people));
    let excluded = move |n: u32| t_string!(i18n, query.excluded, count = n, n = n);
    let stopped = move |n| t_string!(i18n, messages.cancelled, count = small(n), n = n);
    view! {
        <Show when=move || 0 < n(send)>
            <Button
                label=move || {
                    format!("{} {}", t_string!(i18n, messages.send_messages, count = n(send), n = n(send)), people(send))
                }
                kind=ButtonKind::Primary
                icon=Glyph::SEND
                busy=acts.busy()
                on_press=move || acts.send(send.get_untracked().ids)
            />
        </Show>
        <Show when=move || 0 < n(resend)>
            <Button
                label=move || t_string!(i18n, messages.resend_messages, count = n(resend), n = n(resend))
                icon=Glyph::ROTATE_CW
                on_press=move || asks_resend.set(true)
            />
        </Show>
        <Show when=move || 0 < n(exclude)>
            <Button
                label=move || t_string!(i18n, query.exclude, count = n(exclude), n = n(exclude))
                icon=Glyph::CIRCLE_MINUS
                busy=acts.busy()
                on_press=move || acts.exclude(exclude.get_untracked().ids, excluded)
            />
        </Show>
        <Show when=move || 0 < n(cancel)>
            <Button
                label=move || t_string!(i18n, messages.cancel_messages, count = n(cancel), n = n(cancel))
                icon=Glyph::BAN
                on_press=move || asks_cancel.set(true)
            />
        </Show>
        <Show when=move || 0 < n(delete)>
            <Button
                label=move || t_string!(i18n, retention.delete_many, count = n(delete), n = n(delete))
                icon=Glyph::TRASH_2
                busy=deleting.busy()
                on_press=move || deleting.delete(delete.get_untracked().ids, move || selection.update(Selection::clear))
            />
        </Show>
        <Show when=move || 0 < n(keep)>
            <ProofMenu
                busy=keeping
                messages=Signal::derive(move || Some(keep.with(Reached::messages)))
                on_choose=move |is_proof: bool| {
                    let ids = keep.get_untracked().ids;
                    let n = ids.len() as u64;
                    calls::act(keeping, app::retention::keep_messages_as_proof(ids, is_proof), move |()| {
                        tell_proofs(i18n, toasts, is_proof, n);
                        live.note(Change::Messages);
                        selection.update(Selection::clear);
                    });
                }
            />
        </Show>
        <MessageExportMenu
            label=move || t_string!(i18n, archive.export)
            chosen=move || ChosenMessages::These(selection.with_untracked(|it| it.ids().map(MessageId).collect()))
        />
        <ResendDialog
            open=asks_resend
            ids=Signal::derive(move || resend.with(|it| it.ids.clone()))
            busy=acts.busy()
            on_confirm=Callback::new(move |(ids, to)| acts.resend(ids, to))
        />
        <CancelDialog
            open=asks_cancel
            messages=Signal::derive(move || cancel.with(Reached::messages))
            busy=acts.busy()
            on_confirm=move || acts.cancel(cancel.get_untracked().ids, stopped)
        />
    }
}

/// The ticked messages that allow an act, when the person has the right to it.
fn reached(listing: Listing<MessageRow>, selection: RwSignal<Selection>, act: MessageAct) -> Memo<Reached> {
    let session = Session::find();
    let right = right_to(act);
    Memo::new(move |_| {
        if !session.can(right) {
            return Reached::default();
        }
        listing.rows().with(|rows| selection.with(|it| Reached::by(act, it.ids().filter_map(|id| rows.by_id(id)))))
    })
}

/// The right that an act asks for.
pub fn right_to(act: MessageAct) -> Permission {
    match act {
        MessageAct::Send => Permission::MessageSend,
        MessageAct::Resend => Permission::MessageResend,
        MessageAct::Cancel => Permission::MessageCancel,
        MessageAct::Exclude => Permission::CampaignWrite,
        MessageAct::Delete => Permission::MessageDelete,
        MessageAct::Keep => Permission::RetentionManage,
    }
}
