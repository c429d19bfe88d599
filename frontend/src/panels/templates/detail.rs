//! One template: what it says, its versions, what uses it, its history.

use leptos::prelude::*;
use model::{Change, Template, TemplateId};

use super::acts::TemplateActs;
use super::records::{about, records};
use super::table::ActiveBadge;
use super::text::TemplateTexts;
use super::uses::TemplateUses;
use super::versions::TemplateVersions;
use crate::calls;
use crate::i18n::{t_string, templates as words, use_i18n};
use crate::live::Live;
use crate::panels::loaded::Loaded;
use crate::panels::timeline::Timeline;
use crate::parts::{Tab, TabPanel, Tabs, Title, When};

/// The keys of the tabs, as they stand in the address; the first is the open one without any.
pub const TABS: [&str; 4] = ["text", "versions", "uses", "history"];

/// A template with its tabs.
#[component]
pub fn TemplatePanel(
    /// The template.
    id: TemplateId,
    /// The key of the open tab.
    #[prop(into)]
    tab: Signal<String>,
    /// Called with the key of the chosen tab.
    #[prop(into)]
    on_tab: Callback<(&'static str,)>,
    /// Called with a template to open: a copy.
    #[prop(into)]
    on_open: Callback<(TemplateId,)>,
    /// Called when it was deleted.
    #[prop(into)]
    on_deleted: Callback<()>,
) -> impl IntoView {
    let live = Live::find();
    let answer = calls::ask(move || live.version(Change::Templates), move |_| app::templates::open_template(id));
    view! {
        <Loaded answer=answer let:template>
            <Head template=template on_open=on_open on_deleted=on_deleted />
            <Body template=template tab=tab on_tab=on_tab />
        </Loaded>
    }
}

#[component]
fn Head(template: Signal<Template>, on_open: Callback<(TemplateId,)>, on_deleted: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let records = records();
    let name = Memo::new(move |_| template.with(|it| it.draft.name.clone()));
    let facts = move || {
        template.with(|it| {
            let channel = words::channel(i18n.get_locale(), it.draft.channel);
            let about = about(records, it.draft.record.as_ref());
            format!("{channel} · {about} · {}", words::languages(&it.draft.languages()))
        })
    };
    let hint = move || template.with(|it| it.draft.hint.clone());
    let description = move || template.with(|it| it.draft.description.clone());
    let active = Signal::derive(move || template.with(|it| it.draft.is_active));
    let is_delivered = move || template.with(|it| it.delivered.is_some());
    let updated = Signal::derive(move || template.with(|it| it.updated_at));
    let by = move || template.with(|it| it.changed_by.clone());
    view! {
        <Title text=move || name.get() />
        <header class="page-head">
            <div class="page-words">
                <h1>{move || name.get()}</h1>
                <p class="lead">{hint}</p>
                <p>{description}</p>
                <p class="meta template-facts">
                    <ActiveBadge active=active />
                    <Show when=is_delivered>
                        <span class="tag">{move || t_string!(i18n, templates.delivered)}</span>
                    </Show>
                    <span>{facts}</span>
                    <span>{by}" "<When at=updated /></span>
                </p>
            </div>
            <div class="page-actions"><TemplateActs template=template on_open=on_open on_deleted=on_deleted /></div>
        </header>
    }
}

#[component]
fn Body(template: Signal<Template>, tab: Signal<String>, on_tab: Callback<(&'static str,)>) -> impl IntoView {
    let i18n = use_i18n();
    let uses = Signal::derive(move || template.with(|it| (!it.uses.is_empty()).then(|| it.uses.len().to_string())));
    let version = Signal::derive(move || Some(template.with(|it| it.version.to_string())));
    let tabs = vec![
        Tab::new(TABS[0], move || t_string!(i18n, templates.tab_text)),
        Tab::new(TABS[1], move || t_string!(i18n, templates.tab_versions)).counting(version),
        Tab::new(TABS[2], move || t_string!(i18n, templates.tab_uses)).counting(uses),
        Tab::new(TABS[3], move || t_string!(i18n, templates.tab_history)),
    ];
    view! {
        <Tabs label=move || t_string!(i18n, templates.tabs) tabs=tabs current=tab on_choose=on_tab />
        <TabPanel key=TABS[0] current=tab><TemplateTexts template=template /></TabPanel>
        <TabPanel key=TABS[1] current=tab><TemplateVersions template=template /></TabPanel>
        <TabPanel key=TABS[2] current=tab><TemplateUses template=template /></TabPanel>
        <TabPanel key=TABS[3] current=tab><History template=template /></TabPanel>
    }
}

#[component]
fn History(template: Signal<Template>) -> impl IntoView {
    let i18n = use_i18n();
    let key = Memo::new(move |_| template.with(|it| (it.id, it.revision)));
    let answer = calls::ask(move || key.get(), |(id, _)| app::templates::list_template_history(id));
    view! {
        <Loaded answer=answer let:entries>
            <Timeline entries=entries empty=move || t_string!(i18n, templates.no_history) />
        </Loaded>
    }
}
