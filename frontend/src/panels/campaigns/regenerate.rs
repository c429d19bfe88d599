//! What was changed after the messages had been made, and what making them anew would do.

use leptos::prelude::*;
use model::{Campaign, CampaignId, Change, Permission, Regeneration};

use crate::calls;
use crate::i18n::messages::small;
use crate::i18n::{campaigns as words, t_string, tu_string, use_i18n};
use crate::live::Live;
use crate::panels::loaded::Loaded;
use crate::parts::{Banner, Button, ButtonKind, Dialog, Tone};
use crate::session::Session;
use crate::toast::Toasts;

/// A word for each difference, with its remedy.
#[component]
pub(super) fn Regenerate(
    /// The campaign.
    campaign: Signal<Campaign>,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let (live, toasts) = (Live::find(), Toasts::find());
    let (open, busy) = (RwSignal::new(false), RwSignal::new(false));
    let id = campaign.with_untracked(|it| it.id);
    let differs = move |read: fn(&model::campaign::PreparedFrom) -> bool| {
        Memo::new(move |_| session.can(Permission::CampaignWrite) && campaign.with(|it| it.prepared.as_ref().is_some_and(read)))
    };
    let (text, files) = (differs(|it| it.is_edited), differs(|it| it.attachments_edited));
    let update = move || {
        calls::act(busy, app::campaigns::update_unsent_attachments(id), move |n| {
            toasts.done(tu_string!(i18n, campaigns.files_updated, count = n, n = n));
            live.note(Change::Campaigns);
        });
    };
    view! {
        <Show when=move || text.get()>
            <Banner tone=Tone::Warning text=move || t_string!(i18n, campaigns.text_edited) />
            <div>
                <Button label=move || t_string!(i18n, campaigns.regenerate) on_press=move || open.set(true) />
            </div>
        </Show>
        <Show when=move || files.get()>
            <Banner tone=Tone::Warning text=move || t_string!(i18n, campaigns.files_edited) />
            <div>
                <Button label=move || t_string!(i18n, campaigns.files_update) busy=busy on_press=update />
            </div>
        </Show>
        <Dialog title=move || t_string!(i18n, campaigns.regenerate_title) open=open wide=true>
            <Asking id=id open=open />
        </Dialog>
    }
}

#[component]
fn Asking(id: CampaignId, open: RwSignal<bool>) -> impl IntoView {
    let answer = calls::ask(|| (), move |()| app::campaigns::preview_regeneration(id));
    view! {
        <Loaded answer=answer lines=3 let:found>
            <Found id=id found=found open=open />
        </Loaded>
    }
}

#[component]
fn Found(id: CampaignId, found: Signal<Regeneration>, open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let busy = RwSignal::new(false);
    let n = move |n: u64| words::number(i18n.get_locale(), n);
    let go = move || {
        calls::act(busy, app::campaigns::regenerate_unsent(id), move |()| {
            open.set(false);
            live.note(Change::Campaigns);
        });
    };
    let text = move || {
        found.with(|it| {
            t_string!(
                i18n,
                campaigns.regenerate_text,
                change = n(it.would_change),
                looked = n(it.looked_at),
                unsent = n(it.unsent)
            )
        })
    };
    let kept = move || {
        found.with(|it| (0 < it.kept).then(|| t_string!(i18n, campaigns.regenerate_kept, count = small(it.kept), n = n(it.kept))))
    };
    let examples = move || {
        let rows = found.with(|it| it.examples.clone());
        let row = |(_, name, now, then): (_, String, String, String)| {
            view! { <li><strong>{name}</strong><del>{now}</del><ins>{then}</ins></li> }
        };
        rows.into_iter().map(row).collect_view()
    };
    view! {
        <p>{text}</p>
        {move || kept().map(|it| view! { <p class="meta">{it}</p> })}
        <ul class="campaign-examples">{examples}</ul>
        <footer class="dialog-end">
            <Button label=move || t_string!(i18n, common.cancel) on_press=move || open.set(false) />
            <Button label=move || t_string!(i18n, campaigns.regenerate) kind=ButtonKind::Primary busy=busy on_press=go />
        </footer>
    }
}
