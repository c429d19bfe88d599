//! One list with what can be done to it.

use leptos::prelude::*;
use model::{BulkStep, Change, Chosen, ContactFilter, ContactId, Permission, RecipientList, RecipientListId};

use super::form::ListDialog;
use super::members::{AddDialog, Members};
use super::run::Run;
use super::takeover::TakeoverDialog;
use crate::calls;
use crate::i18n::{lists as words, t_string, tu_string, use_i18n};
use crate::live::Live;
use crate::panels::export::ExportMenu;
use crate::panels::loaded::Loaded;
use crate::parts::{Button, ButtonKind, Confirm, Glyph, Menu, MenuItem, MenuLink, Title, When};
use crate::session::Session;
use crate::toast::Toasts;

/// A list: its head, and its members.
#[component]
pub fn ListPanel(
    /// The list.
    id: RecipientListId,
    /// Called with the contact to open.
    #[prop(into)]
    on_open: Callback<(ContactId,)>,
    /// Called when it was deleted.
    #[prop(into)]
    on_deleted: Callback<()>,
) -> impl IntoView {
    let live = Live::find();
    let answer = calls::ask(move || live.version(Change::Lists), move |_| app::recipient_lists::open_list(id));
    let run = Run::new();
    let (adding, taking) = (RwSignal::new(false), RwSignal::new(false));
    view! {
        <Loaded answer=answer let:list>
            <Head list=list run=run adding=adding taking=taking on_deleted=on_deleted />
            <Members list=id run=run on_open=on_open begin=move || view! { <Fill adding=adding taking=taking /> } />
        </Loaded>
        <AddDialog open=adding list=id />
        <TakeoverDialog open=taking list=id run=run />
    }
}

#[component]
fn Head(
    #[prop(into)] list: Signal<RecipientList>,
    run: Run,
    adding: RwSignal<bool>,
    taking: RwSignal<bool>,
    on_deleted: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let name = Memo::new(move |_| list.with(|it| it.name.clone()));
    let facts = move || {
        list.with(|it| {
            let members = words::members(i18n.get_locale(), it.members);
            format!("{members} · {} · {}", words::origin(i18n.get_locale(), it.origin), it.author)
        })
    };
    let updated = Signal::derive(move || list.with(|it| it.updated_at));
    view! {
        <Title text=move || name.get() />
        <header class="page-head">
            <div class="page-words">
                <h1>{move || name.get()}</h1>
                <p class="lead">{move || list.with(|it| it.description.clone())}</p>
                <p class="meta" role="status">{facts}" · "<When at=updated /></p>
            </div>
            <div class="page-actions"><Acts list=list adding=adding taking=taking on_deleted=on_deleted /></div>
        </header>
        <Going run=run />
    }
}

/// How far a run over many contacts is.
#[component]
fn Going(run: Run) -> impl IntoView {
    let i18n = use_i18n();
    let seen = move |it: BulkStep| words::members(i18n.get_locale(), u64::from(it.done + it.left));
    view! {
        {move || {
            run.going
                .get()
                .map(|it| view! {
                    <div class="ticked-members" role="status">
                        <span>{t_string!(i18n, lists.going, members = seen(it))}</span>
                        <Button label=move || t_string!(i18n, lists.stop) icon=Glyph::PAUSE on_press=move || run.stop() />
                    </div>
                })
        }}
    }
}

#[component]
fn Acts(list: Signal<RecipientList>, adding: RwSignal<bool>, taking: RwSignal<bool>, on_deleted: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let id = list.with_untracked(|it| it.id);
    let (editing, deleting) = (RwSignal::new(false), RwSignal::new(false));
    let may = move || session.can(Permission::ListsManage);
    let chosen =
        move || Chosen::Matching { filter: ContactFilter { list: Some(id), ..ContactFilter::default() }, except: Vec::new() };
    view! {
        <Show when=may>
            <Button
                label=move || t_string!(i18n, lists.add)
                kind=ButtonKind::Primary
                icon=Glyph::PLUS
                on_press=move || adding.set(true)
            />
        </Show>
        <ExportMenu chosen=chosen name=Signal::derive(move || list.with(|it| it.name.clone())) />
        <Menu label=move || t_string!(i18n, lists.more) glyph=Glyph::ELLIPSIS icon_only=true>
            <Show when=move || session.can(Permission::CampaignWrite)>
                <MenuLink
                    label=move || t_string!(i18n, bulk.campaign)
                    href=format!("/campaigns/new?list={id}")
                    glyph=Glyph::MEGAPHONE
                />
            </Show>
            <MenuLink label=move || t_string!(i18n, lists.in_contacts) href=format!("/contacts?list={id}") glyph=Glyph::USERS />
            <Show when=may>
                <MenuItem label=move || t_string!(i18n, lists.takeover) glyph=Glyph::USER on_press=move || taking.set(true) />
                <MenuItem label=move || t_string!(i18n, lists.edit) glyph=Glyph::PENCIL on_press=move || editing.set(true) />
                <MenuItem
                    label=move || t_string!(i18n, lists.delete)
                    glyph=Glyph::TRASH_2
                    danger=true
                    on_press=move || deleting.set(true)
                />
            </Show>
        </Menu>
        <ListDialog open=editing list=Signal::derive(move || Some(list.get())) on_saved=move |_: RecipientListId| () />
        <Delete list=list open=deleting on_deleted=on_deleted />
    }
}

#[component]
fn Delete(list: Signal<RecipientList>, open: RwSignal<bool>, on_deleted: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let busy = RwSignal::new(false);
    let name = move || list.with(|it| it.name.clone());
    let delete = move || {
        let (id, named) = list.with_untracked(|it| (it.id, it.name.clone()));
        calls::act(busy, app::recipient_lists::delete_list(id), move |()| {
            open.set(false);
            toasts.done(tu_string!(i18n, lists.deleted, name = named));
            on_deleted.run(());
            live.note(Change::Lists);
        });
    };
    view! {
        <Confirm
            open=open
            question=move || t_string!(i18n, lists.delete_title, name = name())
            text=move || t_string!(i18n, lists.delete_text)
            act=move || t_string!(i18n, lists.delete)
            busy=busy
            on_confirm=delete
        />
    }
}

/// The ways to fill an empty list.
#[component]
fn Fill(adding: RwSignal<bool>, taking: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    view! {
        <Show when=move || session.can(Permission::ListsManage)>
            <Button
                label=move || t_string!(i18n, lists.add)
                kind=ButtonKind::Primary
                icon=Glyph::PLUS
                on_press=move || adding.set(true)
            />
            <Button label=move || t_string!(i18n, lists.takeover) icon=Glyph::USER on_press=move || taking.set(true) />
        </Show>
    }
}
