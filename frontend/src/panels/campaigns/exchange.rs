//! Campaigns as a file for another installation, and those that come from one.

use leptos::prelude::*;
use model::{CampaignFilter, CampaignId, CampaignImported, Change, ChosenCampaigns, Permission};

use super::unmatched::unmatched_words;
use crate::browser::upload;
use crate::i18n::messages::small;
use crate::i18n::{campaigns as words, t_string, td_string, use_i18n};
use crate::live::Live;
use crate::panels::export::{ExportGoing, ExportRun};
use crate::panels::one_file::OneFile;
use crate::parts::{Banner, Button, Dialog, Glyph, Menu, MenuItem, Tone};
use crate::session::Session;

/// How many unknown names of one campaign are told.
const TOLD: usize = 12;

/// Takes what the list shows out, and others in.
#[component]
pub fn CampaignsExchange(
    /// What the list shows.
    #[prop(into)]
    filter: Signal<CampaignFilter>,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let run = ExportRun::idle();
    let open = RwSignal::new(false);
    let out = move || take_out(run, i18n.get_locale_untracked(), ChosenCampaigns::Matching(filter.get_untracked()), None);
    let may_take_in = move || session.can(Permission::CampaignWrite);
    view! {
        <Show when=move || may_take_in() || session.can(Permission::Export)>
            <Menu label=move || t_string!(i18n, campaigns.exchange) glyph=Glyph::ELLIPSIS icon_only=true>
                <Show when=move || session.can(Permission::Export)>
                    <MenuItem label=move || t_string!(i18n, campaigns.to_file_all) glyph=Glyph::DOWNLOAD on_press=out />
                </Show>
                <Show when=may_take_in>
                    <MenuItem label=move || t_string!(i18n, campaigns.take_in) glyph=Glyph::FILE on_press=move || open.set(true) />
                </Show>
            </Menu>
        </Show>
        <ExportGoing run=run />
        <Dialog title=move || t_string!(i18n, campaigns.take_in_title) open=open wide=true>
            <TakeIn open=open />
        </Dialog>
    }
}

/// The item of a menu that takes one campaign out.
#[component]
pub(super) fn TakeOutItem(
    /// Which one.
    id: CampaignId,
    /// Its name.
    #[prop(into)]
    name: Signal<String>,
    /// The file on its way.
    run: ExportRun,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let out = move || {
        take_out(run, i18n.get_locale_untracked(), ChosenCampaigns::These(vec![id]), Some(name.get_untracked()));
    };
    view! {
        <Show when=move || session.can(Permission::Export)>
            <MenuItem label=move || t_string!(i18n, campaigns.to_file) glyph=Glyph::DOWNLOAD on_press=out />
        </Show>
    }
}

fn take_out(run: ExportRun, locale: crate::i18n::Locale, chosen: ChosenCampaigns, name: Option<String>) {
    let name = name.filter(|it| !it.trim().is_empty()).unwrap_or_else(|| td_string!(locale, campaigns.file_name).to_owned());
    run.fetch("/campaigns/export.xml", &chosen, format!("{}.xml", name.trim()));
}

/// The place for the file, and then what came in.
#[component]
fn TakeIn(open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let came = RwSignal::new(None::<Vec<CampaignImported>>);
    let taken = Callback::new(move |(all,): (Vec<CampaignImported>,)| {
        came.set(Some(all));
        live.note(Change::Campaigns);
    });
    view! {
        {move || match came.get() {
            None => view! {
                <p>{move || t_string!(i18n, campaigns.take_in_text)}</p>
                <OneFile
                    label=move || t_string!(i18n, campaigns.take_in_pick)
                    hint=move || t_string!(i18n, campaigns.take_in_hint)
                    accept=".xml"
                    start=|file, progress, end| upload::start_campaigns(file, progress, end)
                    on_ready=taken
                />
            }
            .into_any(),
            Some(all) => view! { <Came all=all open=open /> }.into_any(),
        }}
    }
}

#[component]
fn Came(all: Vec<CampaignImported>, open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let n = all.len() as u64;
    let lost: u64 = all.iter().map(|it| it.unmatched.len() as u64).sum();
    let row = move |it: CampaignImported| {
        let more = it.unmatched.len().saturating_sub(TOLD) as u64;
        let unmatched = it.unmatched.into_iter().take(TOLD).map(|it| {
            view! { <li>{move || unmatched_words(i18n.get_locale(), &it)}</li> }
        });
        view! {
            <li>
                <a href=format!("/campaigns/{}/edit", it.id) on:click=move |_| open.set(false)>{it.name}</a>
                <ul class="meta">
                    {unmatched.collect_view()}
                    {(0 < more).then(|| view! { <li>{move || t_string!(i18n, campaigns.take_in_more, n = words::number(i18n.get_locale(), more))}</li> })}
                </ul>
            </li>
        }
    };
    view! {
        <Banner
            tone=Tone::Good
            text=move || t_string!(i18n, campaigns.took_in, count = small(n), n = words::number(i18n.get_locale(), n))
        />
        {(0 < lost).then(|| view! { <Banner tone=Tone::Warning text=move || t_string!(i18n, campaigns.took_in_lost) /> })}
        <ul class="campaign-came">{all.into_iter().map(row).collect_view()}</ul>
        <footer class="dialog-end">
            <Button label=move || t_string!(i18n, common.close) on_press=move || open.set(false) />
        </footer>
    }
}
