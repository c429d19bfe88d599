//! The head of a message: subject, state, from whom to whom, when, and what can be done to it.

use leptos::prelude::*;
use model::person::ERASED_ADDRESS;
use model::{
    Copying, MessageDetail, MessageId, MessageState, MessageStep, Moment, Origin, Permission, Recipient, UserId, message::Role,
};

use super::acts::{Acts, CancelDialog};
use super::as_template::AsTemplateDialog;
use super::keeping::KeepingActs;
use super::resend::ResendDialog;
use super::state::ShownBadge;
use super::ticked::right_to;
use crate::browser::print;
use crate::calls;
use crate::i18n::messages::{self as words, small};
use crate::i18n::{t_string, use_i18n};
use crate::panels::accounts::account_name;
use crate::parts::{Button, ButtonKind, ButtonLink, CopyButton, Glyph, Menu, MenuItem, MenuLink, When};
use crate::session::Session;
use crate::state::message_acts::MessageAct;
use crate::state::message_outcome::{can_stop, shown, waits_for_campaign};
use crate::toast::Toasts;

/// What one reads before the text.
#[component]
pub fn MessageHead(
    /// The message.
    message: Signal<MessageDetail>,
    /// Called with a draft to write on: sending was undone, or the message was copied.
    on_undone: Callback<(MessageId,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let subject = move || message.with(|it| it.subject.clone());
    view! {
        <header class="message-head">
            <div class="message-title">
                <h2>
                    {move || match subject() {
                        _ if message.with(|it| it.erased_at.is_some()) => t_string!(i18n, persons.erased_message).to_owned(),
                        it if it.is_empty() => t_string!(i18n, messages.no_subject).to_owned(),
                        it => it,
                    }}
                </h2>
                <ShownBadge shown=Memo::new(move |_| message.with(shown)) pill=true />
            </div>
            <HeadActs message=message on_undone=on_undone />
            <dl class="message-meta">
                <dt>{move || t_string!(i18n, messages.from)}</dt>
                <dd>{move || message.with(|it| it.from.clone())}</dd>
                <People message=message role=Role::To />
                <People message=message role=Role::Cc />
                <People message=message role=Role::Bcc />
            </dl>
            <Details message=message />
        </header>
    }
}

/// The recipients of a role; those who are contacts lead to them.
#[component]
fn People(message: Signal<MessageDetail>, role: Role) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let people =
        Memo::new(move |_| message.with(|it| it.recipients.iter().filter(|it| it.role == role).cloned().collect::<Vec<_>>()));
    let label = move || match role {
        Role::To => t_string!(i18n, messages.to),
        Role::Cc => t_string!(i18n, messages.cc),
        Role::Bcc => t_string!(i18n, messages.bcc),
    };
    view! {
        <Show when=move || people.with(|it| !it.is_empty())>
            <dt>{label}</dt>
            <dd class="people">
                <For each=move || people.get() key=|it| it.address.normalized() let:person>
                    <Person person=person links=Signal::derive(move || session.can(Permission::ContactsView)) />
                </For>
            </dd>
        </Show>
    }
}

#[component]
fn Person(person: Recipient, links: Signal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let Recipient { name, address, contact, .. } = person;
    if address.as_str() == ERASED_ADDRESS {
        return view! { <span class="person faint">{move || t_string!(i18n, persons.erased_person)}</span> }.into_any();
    }
    let address = address.to_string();
    let words = if name.is_empty() { address.clone() } else { name.clone() };
    let aside = (!name.is_empty()).then(|| view! { <span class="meta">{address}</span> });
    let shown = StoredValue::new(words);
    view! {
        <span class="person">
            {move || match contact.filter(|_| links.get()) {
                Some(id) => view! { <a href=format!("/contacts/{id}")>{shown.get_value()}</a> }.into_any(),
                None => view! { <span>{shown.get_value()}</span> }.into_any(),
            }}
            {aside}
        </span>
    }
    .into_any()
}

/// Everything else that is known, folded away.
#[component]
fn Details(message: Signal<MessageDetail>) -> impl IntoView {
    let i18n = use_i18n();
    let text = move |read: fn(&MessageDetail) -> String| Memo::new(move |_| message.with(read));
    let author = Memo::new(move |_| {
        message.with(|it| match &it.author {
            (UserId::SYSTEM, _) => t_string!(i18n, common.system).to_owned(),
            (_, name) => name.clone(),
        })
    });
    let account =
        Memo::new(move |_| message.with(|it| it.account.as_deref().map(|it| account_name(i18n, it)).unwrap_or_default()));
    let header_id = text(|it| it.header_id.clone());
    view! {
        <details class="message-details">
            <summary>{move || t_string!(i18n, messages.details)}</summary>
            <dl class="message-meta">
                <Line label=move || t_string!(i18n, messages.author) value=author />
                <Line label=move || t_string!(i18n, messages.account) value=account />
                <Line label=move || t_string!(i18n, messages.reply_to) value=text(|it| it.reply_to.clone()) />
                <dt>{move || t_string!(i18n, messages.origin)}</dt>
                <dd>{move || words::origin(i18n.get_locale(), message.with(|it| it.origin))}</dd>
                <dt>{move || t_string!(i18n, messages.created)}</dt>
                <dd><When at=Signal::derive(move || message.with(|it| it.created_at)) /></dd>
                <Show when=move || message.with(|it| it.due_at.is_some())>
                    <dt>{move || t_string!(i18n, messages.due)}</dt>
                    <dd><When at=Signal::derive(move || message.with(|it| it.due_at.unwrap_or(Moment(0)))) /></dd>
                </Show>
                <Show when=move || header_id.with(|it| !it.is_empty())>
                    <dt>{move || t_string!(i18n, messages.header_id)}</dt>
                    <dd class="with-copy">
                        <code class="clip">{move || header_id.get()}</code>
                        <CopyButton text=header_id label=move || t_string!(i18n, messages.copy_header_id) />
                    </dd>
                </Show>
            </dl>
        </details>
    }
}

#[component]
fn Line(#[prop(into)] label: TextProp, value: Memo<String>) -> impl IntoView {
    let label = StoredValue::new(label);
    view! {
        <Show when=move || value.with(|it| !it.is_empty())>
            <dt>{move || label.with_value(TextProp::get)}</dt>
            <dd>{move || value.get()}</dd>
        </Show>
    }
}

/// What the state and the person's rights allow.
#[component]
fn HeadActs(message: Signal<MessageDetail>, on_undone: Callback<(MessageId,)>) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let state = Memo::new(move |_| message.with(|it| it.state));
    let id = Memo::new(move |_| message.with(|it| it.id));
    let people = Memo::new(move |_| message.with(|it| it.recipients.len() as u64));
    let (asks_resend, asks_cancel) = (RwSignal::new(false), RwSignal::new(false));
    let acts = Acts::new(move || {
        asks_resend.set(false);
        asks_cancel.set(false);
    });
    let is_binned = Memo::new(move |_| message.with(|it| it.binned_at.is_some()));
    let is_old = Memo::new(move |_| message.with(|it| it.origin == Origin::Archive));
    let is_of_campaign = Memo::new(move |_| message.with(waits_for_campaign));
    let may = move |act: MessageAct| {
        let is_barred =
            is_binned.get() || is_old.get() && act == MessageAct::Resend || is_of_campaign.get() && act == MessageAct::Send;
        act.is_possible(state.get()) && !is_barred && session.can(right_to(act))
    };
    let stops = Memo::new(move |_| message.with(can_stop));
    let is_mine = Memo::new(move |_| session.me().is_some_and(|me| message.with(|it| it.author.0 == me.id)));
    let can_edit = move || {
        let reopens = state.get() == MessageState::Draft || state.get().step(MessageStep::Reopen).is_ok();
        reopens && is_mine.get() && !is_of_campaign.get() && session.can(Permission::MessageWrite)
    };
    let edit = move || {
        if state.get() == MessageState::Draft { t_string!(i18n, messages.write_on) } else { t_string!(i18n, common.edit) }
    };
    let n = move || small(people.get());
    view! {
        <div class="message-acts" role="group" aria-label=move || t_string!(i18n, messages.acts)>
            <Show when=move || may(MessageAct::Send)>
                <Button
                    label=move || t_string!(i18n, messages.send_to, count = n(), n = n())
                    kind=ButtonKind::Primary
                    icon=Glyph::SEND
                    busy=acts.busy()
                    on_press=move || acts.send(vec![id.get_untracked()])
                />
            </Show>
            <UndoButton message=message on_undone=on_undone />
            <Show when=can_edit>
                <ButtonLink label=edit href=Signal::derive(move || format!("/write?draft={}", id.get())) icon=Glyph::PENCIL />
            </Show>
            <Show when=move || may(MessageAct::Resend)>
                <Button
                    label=move || t_string!(i18n, messages.resend)
                    icon=Glyph::ROTATE_CW
                    on_press=move || asks_resend.set(true)
                />
            </Show>
            <Show when=move || stops.get() && session.can(right_to(MessageAct::Cancel))>
                <Button
                    label=move || t_string!(i18n, messages.cancel_waiting)
                    icon=Glyph::BAN
                    on_press=move || asks_cancel.set(true)
                />
            </Show>
            <Show when=move || state.get() != MessageState::Draft && !is_binned.get() && session.can(Permission::MessageWrite)>
                <CopyMenu message=message on_copied=on_undone />
            </Show>
            <KeepingActs message=message />
            <Show when=move || state.get() != MessageState::Draft>
                <Button label=move || t_string!(i18n, messages.print) icon=Glyph::PRINTER on_press=print::page />
            </Show>
        </div>
        <ResendDialog
            open=asks_resend
            ids=Signal::derive(move || vec![id.get()])
            busy=acts.busy()
            on_confirm=Callback::new(move |(ids, to)| acts.resend(ids, to))
        />
        <CancelDialog
            open=asks_cancel
            messages=Signal::stored(1)
            busy=acts.busy()
            on_confirm=move || {
                acts.cancel(vec![id.get_untracked()], move |n| t_string!(i18n, messages.cancelled, count = small(n), n = n));
            }
        />
    }
}

/// Writing the message once more, for the same people or for others.
#[component]
fn CopyMenu(message: Signal<MessageDetail>, on_copied: Callback<(MessageId,)>) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let id = Memo::new(move |_| message.with(|it| it.id));
    let (busy, templating) = (RwSignal::new(false), RwSignal::new(false));
    // What belongs to a campaign carries links of one recipient.
    let may_template = move || {
        session.can(Permission::TemplatesManage) && message.with(|it| it.origin != Origin::Campaign && it.erased_at.is_none())
    };
    let copy = move |way: Copying| {
        calls::act(busy, app::messages::copy_message(id.get_untracked(), way), move |copy| on_copied.run((copy,)));
    };
    view! {
        <Menu label=move || t_string!(i18n, templates.more) glyph=Glyph::ELLIPSIS icon_only=true>
            <MenuItem
                label=move || t_string!(i18n, messages.copy_again)
                glyph=Glyph::PENCIL
                on_press=move || copy(Copying::Again)
            />
            <MenuItem
                label=move || t_string!(i18n, messages.copy_forward)
                glyph=Glyph::SEND
                on_press=move || copy(Copying::Forward)
            />
            <Show when=may_template>
                <MenuItem
                    label=move || t_string!(i18n, messages.save_as_template)
                    glyph=Glyph::FILE_TEXT
                    on_press=move || templating.set(true)
                />
            </Show>
            <Show when=move || session.can(Permission::Export)>
                <MenuLink
                    label=move || t_string!(i18n, archive.mail)
                    href=Signal::derive(move || format!("/messages/{}/mail.eml", id.get()))
                    glyph=Glyph::DOWNLOAD
                    external=true
                />
            </Show>
        </Menu>
        <AsTemplateDialog message=message open=templating />
    }
}

/// Takes one's message back while there is time.
#[component]
fn UndoButton(message: Signal<MessageDetail>, on_undone: Callback<(MessageId,)>) -> impl IntoView {
    let i18n = use_i18n();
    let (session, toasts) = (Session::find(), Toasts::find());
    let busy = RwSignal::new(false);
    let possible = Memo::new(move |_| {
        let mine = session.me().is_some_and(|me| message.with(|it| it.author.0 == me.id));
        mine && message.with(|it| it.undo_until.is_some()) && session.can(Permission::MessageSend)
    });
    let undo = move || {
        let id = message.with_untracked(|it| it.id);
        calls::act(busy, app::messages::undo_send(id), move |()| {
            toasts.done(untrack(|| t_string!(i18n, frame.undone)));
            on_undone.run((id,));
        });
    };
    view! {
        <Show when=move || possible.get()>
            <Button label=move || t_string!(i18n, messages.undo) icon=Glyph::UNDO_2 busy=busy on_press=undo />
        </Show>
    }
}
