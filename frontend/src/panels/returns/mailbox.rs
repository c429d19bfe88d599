//! The bounce mailbox of one account: how it stands, what it brought, its settings.

use leptos::prelude::*;
use model::{AccountId, BounceCounts, BounceMailbox, Change, MailboxSettings, OauthUse};

use super::form::MailboxForm;
use super::remove::RemoveMailbox;
use crate::calls::{self, Answer};
use crate::format;
use crate::i18n::{language, t_string, use_i18n};
use crate::live::Live;
use crate::panels::loaded::Loaded;
use crate::panels::oauth::{OauthPanel, is_by_oauth, oauth_of};
use crate::parts::{Mark, MarkBadge};

/// The bounce mailbox of an account, if it has one.
pub(super) fn mailbox_of(id: AccountId) -> Answer<Option<BounceMailbox>> {
    let live = Live::find();
    calls::ask(move || live.version(Change::Accounts), move |_| app::bounces::open_bounce_mailbox(id))
}

/// State, counts, form and the act that ends it.
#[component]
pub fn MailboxPanel(
    /// Whose mailbox.
    id: AccountId,
) -> impl IntoView {
    let mailbox = mailbox_of(id);
    let oauth = oauth_of(id, OauthUse::Mailbox);
    let is_dirty = RwSignal::new(false);
    view! {
        <Loaded answer=mailbox lines=10 let:mailbox>
            {
                let there = Memo::new(move |_| mailbox.with(Option::is_some));
                let first = mailbox.get_untracked();
                let settings = move |read: fn(&MailboxSettings) -> String| {
                    mailbox.with(|it| it.as_ref().map(|it| read(&it.settings)).unwrap_or_default())
                };
                view! {
                    <Show when=move || there.get()>
                        <Standing mailbox=mailbox />
                    </Show>
                    <Show when=move || there.get()>
                        <OauthPanel
                            account=id
                            used_for=OauthUse::Mailbox
                            page=oauth
                            host=Signal::derive(move || settings(|it| it.host.clone()))
                            user=Signal::derive(move || settings(|it| it.user_name.clone()))
                            is_dirty=is_dirty
                        />
                    </Show>
                    <MailboxForm id=id first=first stored=mailbox by_oauth=is_by_oauth(oauth) is_dirty=is_dirty />
                    <Show when=move || there.get()>
                        <RemoveMailbox id=id mailbox=mailbox />
                    </Show>
                }
            }
        </Loaded>
    }
}

/// How it stands, in a word and the time it was last read.
#[component]
pub(super) fn MailboxState(mailbox: Signal<Option<BounceMailbox>>) -> impl IntoView {
    let i18n = use_i18n();
    let mark = Signal::derive(move || {
        mailbox.with(|it| match it {
            None => Mark::Cancelled,
            Some(it) if !it.trouble.is_empty() => Mark::Failed,
            Some(it) if it.read_at.is_none() => Mark::Waiting,
            Some(_) => Mark::Delivered,
        })
    });
    let word = move || match mark.get() {
        Mark::Failed => t_string!(i18n, returns.state_trouble),
        Mark::Waiting => t_string!(i18n, returns.state_fresh),
        Mark::Delivered => t_string!(i18n, returns.state_reads),
        _ => t_string!(i18n, returns.state_none),
    };
    let read = move || {
        let at = mailbox.with(|it| it.as_ref().and_then(|it| it.read_at))?;
        Some(t_string!(i18n, returns.read_at, when = format::moment(i18n.get_locale(), at)))
    };
    view! {
        <span class="mailbox-state">
            <MarkBadge mark=mark word=word />
            <span class="meta">{read}</span>
        </span>
    }
}

#[component]
fn Standing(mailbox: Signal<Option<BounceMailbox>>) -> impl IntoView {
    let i18n = use_i18n();
    let trouble = Memo::new(move |_| mailbox.with(|it| it.as_ref().map(|it| it.trouble.clone())).unwrap_or_default());
    let counts = Memo::new(move |_| mailbox.with(|it| it.as_ref().map(|it| it.counts)).unwrap_or_default());
    let figure = move |title: TextProp, read: fn(&BounceCounts) -> u64| {
        let n = move || format::number(language(i18n.get_locale()), counts.with(read));
        view! {
            <div>
                <dt>{move || title.get()}</dt>
                <dd>{n}</dd>
            </div>
        }
    };
    view! {
        <section class="mailbox-standing">
            <MailboxState mailbox=mailbox />
            <Show when=move || trouble.with(|it| !it.is_empty())>
                <div role="alert">
                    <p>{move || t_string!(i18n, returns.trouble)}</p>
                    <pre class="literal">{move || trouble.get()}</pre>
                </div>
            </Show>
            <h2>{move || t_string!(i18n, returns.counts)}</h2>
            <dl class="figures">
                {figure((move || t_string!(i18n, returns.count_hard)).into(), |it| it.hard)}
                {figure((move || t_string!(i18n, returns.count_soft)).into(), |it| it.soft)}
                {figure((move || t_string!(i18n, returns.count_delayed)).into(), |it| it.delayed)}
                {figure((move || t_string!(i18n, returns.count_complaints)).into(), |it| it.complaints)}
            </dl>
        </section>
    }
}
