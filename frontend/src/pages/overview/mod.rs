//! The overview: what needs me, what runs, what left.

mod accounts;
mod flow;
mod latest;
mod needs;

use leptos::prelude::*;
use model::Change;

use self::accounts::Accounts;
use self::flow::Flow;
use self::latest::Latest;
use self::needs::Needs;
use crate::browser::intl::{self, DateStyle};
use crate::browser::timer;
use crate::calls;
use crate::i18n::{language, t_string, use_i18n};
use crate::live::Live;
use crate::panels::loaded::Loaded;
use crate::parts::Title;

/// The state of things at one glance.
#[component]
pub fn OverviewPage() -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    // The hour moves on even when nothing happens.
    let now = RwSignal::new(timer::now());
    timer::every(60_000, move || now.set(timer::now()));
    let hour = Memo::new(move |_| intl::hour(now.get()));
    let key = move || (live.version(Change::Messages), live.version(Change::Accounts), hour.get());
    let overview = calls::ask(key, |_| app::overview::open_overview(intl::midnight(timer::now()).0));
    view! {
        <Title text=move || t_string!(i18n, overview.title) />
        <div class="page">
            <header class="page-head">
                <div class="page-words">
                    <h1>{move || greeting(i18n, hour.get())}</h1>
                    <p class="lead">
                        {move || intl::date(language(i18n.get_locale()), DateStyle::Weekday, now.get())}
                    </p>
                </div>
            </header>
            <Loaded answer=overview lines=10 let:overview>
                <div class="overview">
                    <div class="column">
                        <Needs overview=overview />
                        <Latest overview=overview />
                    </div>
                    <div class="column">
                        <Flow overview=overview now=now />
                        <Accounts overview=overview />
                    </div>
                </div>
            </Loaded>
        </div>
    }
}

fn greeting(i18n: crate::i18n::I18n, hour: u32) -> &'static str {
    match hour {
        4..=8 => t_string!(i18n, overview.greeting_morning),
        18..=23 => t_string!(i18n, overview.greeting_evening),
        _ => t_string!(i18n, overview.greeting_day),
    }
}
