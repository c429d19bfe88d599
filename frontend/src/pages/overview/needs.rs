//! What waits for the person.

use leptos::prelude::*;
use model::{Overview, Permission, Trouble};

use crate::format;
use crate::i18n::{I18n, language, t_string, use_i18n};
use crate::live::Live;
use crate::parts::{ButtonLink, Glyph, Icon, Mark, MarkBadge};
use crate::session::Session;
use crate::state::needs::{Need, needs};

/// The list, or the good news that there is none.
#[component]
pub(super) fn Needs(overview: Signal<Overview>) -> impl IntoView {
    let i18n = use_i18n();
    let (session, live) = (Session::find(), Live::find());
    let list = Memo::new(move |_| {
        let capture_only = session.me().is_some_and(|me| me.capture_only);
        let may_set_up = session.can(Permission::AccountsManage);
        overview.with(|it| needs(it, live.pulse().trouble, capture_only, may_set_up))
    });
    view! {
        <section class="card needs">
            <h2>{move || t_string!(i18n, overview.needs_me)}</h2>
            <Show
                when=move || list.with(|it| !it.is_empty())
                fallback=move || view! {
                    <p class="nothing">
                        <Icon glyph=Glyph::CIRCLE_CHECK large=true />
                        {move || t_string!(i18n, overview.nothing_needs_me)}
                    </p>
                }
            >
                <ul>{move || list.get().into_iter().map(|it| view! { <Line need=it /> }).collect_view()}</ul>
            </Show>
        </section>
    }
}

#[component]
fn Line(need: Need) -> impl IntoView {
    let i18n = use_i18n();
    let need = StoredValue::new(need);
    let mark = need.with_value(|it| match it {
        Need::Disk(_) | Need::AccountInTrouble { .. } | Need::Failed(_) | Need::Credit { is_stopped: true, .. } => Mark::Failed,
        Need::Credit { is_stopped: false, .. } => Mark::Deferred,
        Need::Unknown(_) => Mark::Unknown,
        Need::Prepared(_) => Mark::Prepared,
        Need::Drafts(_) => Mark::Draft,
        Need::NoAccount => Mark::Suppressed,
    });
    let what = move || need.with_value(|it| what(i18n, it));
    // A disk is mended where the program runs.
    let href = need.with_value(|it| (!matches!(it, Need::Disk(_))).then(|| address(it)));
    let hint = move || need.with_value(|it| hint(i18n, it));
    view! {
        <li>
            <MarkBadge mark=mark word="" />
            <div>
                {what}
                {move || hint().map(|it| view! { <p>{it}</p> })}
            </div>
            {href.map(|href| view! { <ButtonLink label=move || need.with_value(|it| act(i18n, it)) href=href /> })}
        </li>
    }
}

fn what(i18n: I18n, need: &Need) -> String {
    let number = |n: u64| format::number(language(i18n.get_locale()), n);
    let form = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
    match need {
        Need::Disk(Trouble::DiskFull) => t_string!(i18n, overview.disk_full).to_owned(),
        Need::Disk(Trouble::Halted) => t_string!(i18n, overview.disk_failed).to_owned(),
        Need::AccountInTrouble { name, .. } => t_string!(i18n, overview.account_trouble, name = name.clone()),
        Need::Credit { name, is_stopped: true, .. } => t_string!(i18n, overview.credit_stopped, name = name.clone()),
        Need::Credit { name, is_stopped: false, .. } => t_string!(i18n, overview.credit_low, name = name.clone()),
        Need::Unknown(n) => t_string!(i18n, overview.unknown, count = form(*n), n = number(*n)),
        Need::Failed(n) => t_string!(i18n, overview.failed, count = form(*n), n = number(*n)),
        Need::Prepared(n) => t_string!(i18n, overview.prepared, count = form(*n), n = number(*n)),
        Need::Drafts(n) => t_string!(i18n, overview.drafts, count = form(*n), n = number(*n)),
        Need::NoAccount => t_string!(i18n, overview.no_account).to_owned(),
    }
}

fn hint(i18n: I18n, need: &Need) -> Option<String> {
    match need {
        Need::AccountInTrouble { reply, .. } => Some(reply.clone()),
        Need::Disk(Trouble::DiskFull) => Some(t_string!(i18n, overview.disk_full_hint).to_owned()),
        Need::Disk(Trouble::Halted) => Some(t_string!(i18n, overview.disk_failed_hint).to_owned()),
        Need::Unknown(_) => Some(t_string!(i18n, overview.unknown_hint).to_owned()),
        Need::NoAccount => Some(t_string!(i18n, overview.no_account_hint).to_owned()),
        Need::Credit { .. } => Some(t_string!(i18n, overview.credit_hint).to_owned()),
        Need::Failed(_) | Need::Prepared(_) | Need::Drafts(_) => None,
    }
}

fn act(i18n: I18n, need: &Need) -> &'static str {
    match need {
        Need::AccountInTrouble { .. } => t_string!(i18n, overview.fix),
        Need::Disk(_) | Need::Credit { .. } => t_string!(i18n, overview.look),
        Need::Unknown(_) => t_string!(i18n, overview.decide),
        Need::Failed(_) => t_string!(i18n, overview.look),
        Need::Prepared(_) => t_string!(i18n, overview.review),
        Need::Drafts(_) => t_string!(i18n, overview.write_on),
        Need::NoAccount => t_string!(i18n, overview.set_up),
    }
}

fn address(need: &Need) -> String {
    match need {
        Need::AccountInTrouble { id, .. } | Need::Credit { id, .. } => format!("/settings/accounts/{id}"),
        Need::Disk(_) => "/".to_owned(),
        Need::Unknown(_) => "/messages?unknown=1".to_owned(),
        Need::Failed(_) => "/messages?state=failed".to_owned(),
        Need::Prepared(_) => "/messages?state=prepared&origin=manual".to_owned(),
        Need::Drafts(_) => "/messages?state=draft".to_owned(),
        Need::NoAccount => "/settings/accounts/new".to_owned(),
    }
}
