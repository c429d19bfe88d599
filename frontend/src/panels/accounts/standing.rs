//! How an account stands: in trouble, paused, or only capturing.

use leptos::prelude::*;
use model::{Account, AccountState, Moment, Transport};

use crate::format;
use crate::i18n::{language, t_string, use_i18n};
use crate::parts::{Banner, Glyph, Icon, Tone};

/// Says what is out of the ordinary about an account, and nothing about one that sends.
#[component]
pub fn AccountStanding(
    /// The account.
    #[prop(into)]
    account: Signal<Account>,
) -> impl IntoView {
    let i18n = use_i18n();
    let standing = Memo::new(move |_| account.with(|it| (it.state.clone(), it.transport == Transport::Capture, it.waiting)));
    move || match standing.get() {
        (AccountState::Trouble { reply, since }, ..) => view! { <Trouble reply=reply since=since /> }.into_any(),
        (AccountState::Paused, _, waiting) => view! { <Paused waiting=waiting /> }.into_any(),
        (AccountState::Active, true, _) => {
            view! { <Banner glyph=Glyph::INBOX text=move || t_string!(i18n, accounts.capture_explained) /> }.into_any()
        }
        (AccountState::Active, false, _) => ().into_any(),
    }
}

/// What the relay said, literally, and what to do.
#[component]
fn Trouble(reply: String, since: Moment) -> impl IntoView {
    let i18n = use_i18n();
    let when = move || format::moment(i18n.get_locale(), since);
    view! {
        <section class="account-trouble" role="alert">
            <Icon glyph=Glyph::CIRCLE_ALERT large=true />
            <div>
                <h2>{move || t_string!(i18n, accounts.trouble_title)}</h2>
                <p>{move || t_string!(i18n, accounts.trouble_since, when = when())}</p>
                <pre class="literal">{reply}</pre>
                <p>{move || t_string!(i18n, accounts.trouble_todo)}</p>
            </div>
        </section>
    }
}

#[component]
fn Paused(waiting: u64) -> impl IntoView {
    let i18n = use_i18n();
    let number = move || format::number(language(i18n.get_locale()), waiting);
    let rest = move || match waiting {
        0 => t_string!(i18n, accounts.waiting_none).to_owned(),
        n => t_string!(i18n, accounts.paused_text, count = n as u32, n = number()),
    };
    let text = move || format!("{}. {}", t_string!(i18n, accounts.paused_title), rest());
    view! { <Banner tone=Tone::Warning glyph=Glyph::PAUSE text=text /> }
}
