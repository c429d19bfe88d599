//! Looking at the chain from an account to a mailbox, link by link.

mod link;

use app::Problem;
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{AccountId, ReadinessCheck, Refusal};

use self::link::Link;
use crate::i18n::{readiness as words, refusals, t_string, use_i18n};
use crate::parts::{Banner, Button, ButtonKind, Glyph, Progress, Tone};
use crate::session::Session;
use crate::state::readiness::{Chain, Summary};

/// The button, how far it has come, what is missing, and the links with their evidence.
#[component]
pub fn ReadinessPanel(
    /// Whose chain.
    id: AccountId,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let chain = RwSignal::new(Chain::default());
    let problem = RwSignal::new(None::<Problem>);
    let busy = Memo::new(move |_| chain.with(|it| it.running.is_some()));
    let run = move || {
        problem.set(None);
        chain.set(Chain { found: Vec::new(), running: Some(ReadinessCheck::Account) });
        spawn_local(async move {
            for check in ReadinessCheck::ALL {
                let _ = chain.try_update(|it| it.running = Some(check));
                match app::accounts::check_readiness(id, check).await {
                    // Nobody looks any more: the page was left.
                    Ok(found) => match chain.try_update(|it| it.found.push(found)) {
                        Some(()) => {}
                        None => return,
                    },
                    Err(Problem::Refused(Refusal::SignedOut)) => return session.end(),
                    Err(it) => {
                        let _ = problem.try_set(Some(it));
                        break;
                    }
                }
            }
            let _ = chain.try_update(|it| it.running = None);
        });
    };
    let label = move || match chain.with(|it| it.found.is_empty()) {
        true => t_string!(i18n, readiness.run),
        false => t_string!(i18n, readiness.run_again),
    };
    let progress = move || {
        chain.with(|it| {
            let link = it.running.map(|check| words::check(i18n.get_locale(), check))?;
            let (done, all) = (it.found.len() + 1, ReadinessCheck::ALL.len());
            Some(t_string!(i18n, readiness.progress, done = done, all = all, link = link))
        })
    };
    let trouble = move || {
        let words = problem.with(|it| it.as_ref().map(|it| refusals::problem(i18n.get_locale(), it)))?;
        Some(format!("{} {words}", t_string!(i18n, readiness.stopped)))
    };
    view! {
        <div class="readiness-head">
            <Button label=label kind=ButtonKind::Primary icon=Glyph::LIST_CHECKS busy=busy on_press=run />
            <p class="hint">{move || t_string!(i18n, readiness.run_hint)}</p>
        </div>
        <div class="readiness-state" role="status">
            {move || {
                progress().map(|it| view! {
                    <p>{it.clone()}</p>
                    <Progress label=it share=Signal::derive(move || chain.with(Chain::share)) />
                })
            }}
            {move || chain.with(Chain::summary).map(|it| view! { <SummaryBanner summary=it /> })}
            {move || trouble().map(|it| view! { <Banner tone=Tone::Bad text=it /> })}
        </div>
        <ol class="readiness">
            {ReadinessCheck::ALL.map(|it| view! { <Link check=it chain=chain /> }).into_iter().collect_view()}
        </ol>
    }
}

#[component]
fn SummaryBanner(summary: Summary) -> impl IntoView {
    let i18n = use_i18n();
    let tone = match &summary {
        Summary::Whole => Tone::Good,
        Summary::Weak(_) => Tone::Warning,
        Summary::Missing(_) => Tone::Bad,
    };
    let text = move || {
        let locale = i18n.get_locale();
        match &summary {
            Summary::Whole => t_string!(i18n, readiness.all_good).to_owned(),
            Summary::Weak(it) => {
                let (link, words) = (words::check(locale, it.check), words::finding(locale, it));
                t_string!(i18n, readiness.missing_weak, link = link, words = words)
            }
            Summary::Missing(it) => {
                let (link, words) = (words::check(locale, it.check), words::finding(locale, it));
                t_string!(i18n, readiness.missing_bad, link = link, words = words)
            }
        }
    };
    view! { <Banner tone=tone text=text /> }
}
