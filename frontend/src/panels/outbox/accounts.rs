//! The accounts that something waits for: why it waits and when it will have left.

use leptos::prelude::*;
use model::{AccountId, Answers, Change, Hold, Outbox, OutboxAccount, OutboxWay, Permission};

use crate::calls::{Answer, act};
use crate::format;
use crate::i18n::{I18n, language, t_string, use_i18n};
use crate::live::Live;
use crate::panels::accounts::account_name;
use crate::parts::{Button, Glyph};
use crate::session::Session;

/// A row for each account.
#[component]
pub fn OutboxAccounts(
    /// The outbox.
    outbox: Answer<Outbox>,
) -> impl IntoView {
    let paused = Memo::new(move |_| outbox.with(|it| it.is_some_and(|it| it.paused.is_some() || it.put_back.is_some())));
    let accounts = Memo::new(move |_| outbox.with(|it| it.map(|it| it.accounts.clone()).unwrap_or_default()));
    view! {
        <ul class="outbox-accounts">
            <For each=move || accounts.get() key=|it| it.id let:first>
                <AccountLine first=first accounts=accounts paused=paused />
            </For>
        </ul>
    }
}

#[component]
fn AccountLine(first: OutboxAccount, accounts: Memo<Vec<OutboxAccount>>, paused: Memo<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let id = first.id;
    // The row stays while its numbers change, and with it the place of the keyboard.
    let account = Memo::new(move |before: Option<&OutboxAccount>| {
        let now = accounts.with(|it| it.iter().find(|it| it.id == id).cloned());
        now.unwrap_or_else(|| before.unwrap_or(&first).clone())
    });
    let number = move |n: u64| format::number(language(i18n.get_locale()), n);
    let name = move || account.with(|it| account_name(i18n, &it.name));
    let waiting = move || {
        let n = account.with(|it| it.waiting);
        t_string!(i18n, outbox.waiting, count = n as u32, n = number(n))
    };
    let used = move || {
        account.with(|it| {
            let sent = number(it.sent_last_hour);
            match it.hourly_limit {
                Some(limit) => t_string!(i18n, outbox.used_of, n = sent, limit = number(u64::from(limit))),
                None => t_string!(i18n, outbox.used, n = sent),
            }
        })
    };
    // While everything is held, an account without a trouble of its own has nothing to say.
    let hold =
        move || account.with(|it| if paused.get() && it.hold == Hold::None { String::new() } else { hold_words(i18n, &it.hold) });
    let done = move || {
        let at = account.with(|it| it.done_at)?;
        Some(t_string!(i18n, outbox.done_at, when = format::moment(i18n.get_locale(), at)))
    };
    let stopped = Memo::new(move |_| account.with(|it| matches!(it.hold, Hold::Paused | Hold::Trouble(_) | Hold::Credit)));
    let reply =
        Memo::new(move |_| account.with(|it| if let Hold::Trouble(reply) = &it.hold { Some(reply.clone()) } else { None }));
    let answers = Memo::new(move |_| account.with(|it| it.answers.clone()));
    let ways = Memo::new(move |_| account.with(|it| it.ways.clone()));
    view! {
        <li class="outbox-account" data-held=move || if stopped.get() { "yes" } else { "no" }>
            <div>
                <strong class="clip">{name}</strong>
                <span class="meta">{waiting}</span>
                <span class="meta">{used}</span>
            </div>
            <p>{hold} " " {done}</p>
            {move || view! { <Speed answers=answers.get() /> }}
            {move || view! { <Ways ways=ways.get() /> }}
            {move || reply.get().map(|it| view! { <pre class="literal" tabindex="0" aria-label=move || t_string!(i18n, messages.reply)>{it}</pre> })}
            <Show when=move || session.can(Permission::AccountsManage)>
                <PauseOne id=id stopped=stopped />
            </Show>
        </li>
    }
}

/// How long answers take, and which domains are slow.
#[component]
fn Speed(answers: Answers) -> impl IntoView {
    let i18n = use_i18n();
    // Below a second nobody waits for; it is told in tenths.
    let time = move |ms: u32| t_string!(i18n, outbox.seconds, n = format::tenths(i18n.get_locale(), u64::from(ms.div_ceil(100))));
    answers.ms.map(|ms| {
        let slow = move || {
            let domain = |it: &(String, u32, u32)| t_string!(i18n, outbox.slow_domain, domain = it.0.clone(), time = time(it.1));
            let domains = answers.slow.iter().map(domain).collect::<Vec<_>>().join(", ");
            (!domains.is_empty()).then(|| t_string!(i18n, outbox.slow, domains = domains))
        };
        view! { <p class="outbox-speed">{move || t_string!(i18n, outbox.answers, time = time(ms))} " " <strong>{slow}</strong></p> }
    })
}

/// By whom it leaves, where others stand in.
#[component]
fn Ways(ways: Vec<OutboxWay>) -> impl IntoView {
    let i18n = use_i18n();
    let line = move |way: OutboxWay| {
        let words = move || match (way.carries, &way.hold) {
            (true, _) => t_string!(i18n, outbox.way_carries).to_owned(),
            (false, Hold::None) => t_string!(i18n, outbox.way_ready).to_owned(),
            (false, hold) => hold_words(i18n, hold),
        };
        view! {
            <li data-carries=if way.carries { "yes" } else { "no" }>
                <strong class="clip">{way.name.clone()}</strong>
                <span>{words}</span>
            </li>
        }
    };
    let is_shown = !ways.is_empty();
    is_shown.then(|| {
        view! {
            <ul class="outbox-ways" aria-label=move || t_string!(i18n, outbox.ways)>
                {ways.into_iter().map(line).collect_view()}
            </ul>
        }
    })
}

/// Stops one account, or lets it go.
#[component]
fn PauseOne(id: AccountId, stopped: Memo<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let busy = RwSignal::new(false);
    let done = move |()| {
        live.note(Change::Accounts);
        live.note(Change::Messages);
    };
    let resume = move || act(busy, app::accounts::resume_account(id), done);
    let pause = move || act(busy, app::accounts::pause_account(id), done);
    view! {
        <Show
            when=move || stopped.get()
            fallback=move || view! { <Button label=move || t_string!(i18n, accounts.pause) icon=Glyph::PAUSE busy=busy on_press=pause /> }
        >
            <Button label=move || t_string!(i18n, accounts.resume) icon=Glyph::PLAY busy=busy on_press=resume />
        </Show>
    }
}

fn hold_words(i18n: I18n, hold: &Hold) -> String {
    let when = |at| format::moment(i18n.get_locale(), at);
    match hold {
        Hold::None => t_string!(i18n, outbox.hold_none).to_owned(),
        Hold::Paused => t_string!(i18n, outbox.hold_paused).to_owned(),
        Hold::Trouble(_) => t_string!(i18n, outbox.hold_trouble).to_owned(),
        Hold::Rests(at) => t_string!(i18n, outbox.hold_rests, when = when(*at)),
        Hold::Limit(at) => t_string!(i18n, outbox.hold_limit, when = when(*at)),
        Hold::Credit => t_string!(i18n, outbox.hold_credit).to_owned(),
        Hold::Closed(at) => t_string!(i18n, outbox.hold_closed, when = when(*at)),
    }
}
