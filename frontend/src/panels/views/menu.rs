//! The menu of saved views.

use leptos::prelude::*;
use model::{Change, ListColumn, ListView, ListViewDraft, Permission, ViewId};

use super::look::{ListLook, Looked};
use crate::calls;
use crate::i18n::{t_string, use_i18n};
use crate::live::Live;
use crate::parts::{Checkbox, Confirm, Dialog, DialogEnd, Form, FormState, Glyph, Menu, MenuItem, MenuLine, TextField};
use crate::session::Session;
use crate::toast::Toasts;

/// What the dialog of a view is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Naming {
    New,
    Rename(ViewId),
}

/// Opens views, and keeps what the list looks like now.
#[component]
pub fn ViewMenu<W: Looked>(
    /// How the list looks.
    look: ListLook<W>,
    /// What the list is called that shows everything.
    #[prop(into)]
    all: TextProp,
    /// Called with what it should show.
    #[prop(into)]
    on_change: Callback<(W::Place,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let view = Memo::new(move |_| look.view());
    let naming = RwSignal::new(Naming::New);
    let (names, deletes) = (RwSignal::new(false), RwSignal::new(false));
    let face = move || match view.get() {
        Some(it) if look.is_changed() => t_string!(i18n, views.view_changed, name = it.draft.name),
        Some(it) => it.draft.name,
        None => t_string!(i18n, views.views).to_owned(),
    };
    let is_mine = move |it: &ListView<W, W::Column>| {
        let own = session.me().is_some_and(|me| me.id == it.author.0);
        own || (it.draft.shared && session.can(Permission::ListsManage))
    };
    let list = move |own: bool| {
        let me = session.me().map(|it| it.id);
        let all = look.settings().map(|it| it.views).unwrap_or_default();
        all.into_iter().filter(|it| (Some(it.author.0) == me) == own).collect::<Vec<_>>()
    };
    let lines = move |own: bool| {
        list(own)
            .into_iter()
            .map(|it| {
                let (id, place) = (it.id, it.draft.what.place_of(it.id));
                let author = (!own).then(|| format!(" · {}", it.author.1)).unwrap_or_default();
                let words = format!("{}{author}", it.draft.name);
                view! {
                    <MenuItem
                        label=words
                        checked=Signal::derive(move || view.with(|it| it.as_ref().is_some_and(|it| it.id == id)))
                        on_press=move || on_change.run((place.clone(),))
                    />
                }
            })
            .collect_view()
    };
    let name = move |what: Naming| {
        naming.set(what);
        names.set(true);
    };
    view! {
        <Menu label=face glyph=Glyph::CHEVRON_DOWN>
            <MenuItem
                label=all
                checked=Signal::derive(move || view.with(Option::is_none) && look.place() == W::Place::default())
                on_press=move || on_change.run((W::Place::default(),))
            />
            <Show when=move || !list(true).is_empty()>
                <MenuLine label=move || t_string!(i18n, views.view_own) />
                {move || lines(true)}
            </Show>
            <Show when=move || !list(false).is_empty()>
                <MenuLine label=move || t_string!(i18n, views.view_shared) />
                {move || lines(false)}
            </Show>
            <MenuLine />
            <MenuItem
                label=move || t_string!(i18n, views.view_save_as)
                glyph=Glyph::PLUS
                on_press=move || name(Naming::New)
            />
            {move || {
                view.get()
                    .map(|it| {
                        view! { <Own look=look view=it.clone() is_mine=is_mine(&it) on_name=Callback::new(move |(it,)| name(it)) deletes=deletes /> }
                    })
            }}
        </Menu>
        <NameDialog look=look naming=naming open=names on_change=on_change />
        <DeleteDialog look=look open=deletes on_change=on_change />
    }
}

/// What can be done with the view that is open.
#[component]
fn Own<W: Looked>(
    look: ListLook<W>,
    view: ListView<W, W::Column>,
    is_mine: bool,
    on_name: Callback<(Naming,)>,
    deletes: RwSignal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let ListView { id, draft, .. } = view;
    let is_default = Memo::new(move |_| look.settings().is_some_and(|it| it.default_view == Some(id)));
    let save = move || {
        let draft = untrack(|| look.draft(draft.name.clone(), draft.shared));
        let name = draft.name.clone();
        calls::act(RwSignal::new(false), W::keep_view(Some(id), draft), move |_| {
            toasts.done(untrack(|| t_string!(i18n, views.view_saved, name = name)));
            live.note(Change::Settings);
        });
    };
    let set_default = move || {
        let wanted = (!is_default.get_untracked()).then_some(id);
        calls::act(RwSignal::new(false), app::views::set_default_view(<W::Column as ListColumn>::LIST, wanted), move |()| {
            live.note(Change::Settings)
        });
    };
    view! {
        <MenuLine label=move || t_string!(i18n, views.view_acts) />
        {is_mine
            .then(|| {
                view! {
                    <MenuItem
                        label=move || t_string!(i18n, views.view_save)
                        glyph=Glyph::CHECK
                        disabled=Signal::derive(move || !look.is_changed())
                        on_press=save
                    />
                    <MenuItem
                        label=move || t_string!(i18n, views.view_rename)
                        glyph=Glyph::PENCIL
                        on_press=move || on_name.run((Naming::Rename(id),))
                    />
                }
            })}
        <MenuItem
            label=move || t_string!(i18n, views.view_default)
            checked=is_default
            on_press=set_default
        />
        {is_mine
            .then(|| {
                view! {
                    <MenuItem
                        label=move || t_string!(i18n, views.view_delete)
                        glyph=Glyph::TRASH_2
                        danger=true
                        on_press=move || deletes.set(true)
                    />
                }
            })}
    }
}

#[component]
fn NameDialog<W: Looked>(
    look: ListLook<W>,
    naming: RwSignal<Naming>,
    open: RwSignal<bool>,
    on_change: Callback<(W::Place,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let title = move || match naming.get() {
        Naming::New => t_string!(i18n, views.view_title_new),
        Naming::Rename(_) => t_string!(i18n, views.view_title_rename),
    };
    view! {
        <Dialog title=title open=open>
            <NameForm look=look naming=naming.get_untracked() open=open on_change=on_change />
        </Dialog>
    }
}

#[component]
fn NameForm<W: Looked>(
    look: ListLook<W>,
    naming: Naming,
    open: RwSignal<bool>,
    on_change: Callback<(W::Place,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let form = FormState::new();
    let known = untrack(|| look.view()).filter(|_| naming != Naming::New).map(|it| it.draft);
    let name = RwSignal::new(known.as_ref().map(|it| it.name.clone()).unwrap_or_default());
    let shared = RwSignal::new(known.as_ref().is_some_and(|it| it.shared));
    let save = move || {
        let (name, shared) = (name.get_untracked(), shared.get_untracked());
        // Renaming changes the name alone, not what the view keeps.
        let draft = match &known {
            Some(kept) => ListViewDraft { name: name.clone(), shared, ..kept.clone() },
            None => untrack(|| look.draft(name.clone(), shared)),
        };
        let id = match naming {
            Naming::New => None,
            Naming::Rename(id) => Some(id),
        };
        let place = draft.clone();
        form.submit(W::keep_view(id, draft), move |made| {
            open.set(false);
            toasts.done(untrack(|| t_string!(i18n, views.view_saved, name = name)));
            live.note(Change::Settings);
            if id.is_none() {
                on_change.run((place.what.place_of(made),));
            }
        });
    };
    view! {
        <Form state=form on_submit=save>
            <TextField label=move || t_string!(i18n, views.view_name) value=name name="name" autofocus=true />
            <Checkbox label=move || t_string!(i18n, views.view_share) checked=shared />
            <p class="hint">{move || t_string!(i18n, views.view_text)}</p>
            <DialogEnd label=move || t_string!(i18n, common.save) open=open busy=form.busy() />
        </Form>
    }
}

#[component]
fn DeleteDialog<W: Looked>(look: ListLook<W>, open: RwSignal<bool>, on_change: Callback<(W::Place,)>) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let busy = RwSignal::new(false);
    let name = move || look.view().map(|it| it.draft.name).unwrap_or_default();
    let delete = move || {
        let Some(view) = untrack(|| look.view()) else { return };
        calls::act(busy, app::views::delete_view(<W::Column as ListColumn>::LIST, view.id), move |()| {
            open.set(false);
            toasts.done(untrack(|| t_string!(i18n, views.view_deleted, name = view.draft.name)));
            on_change.run((W::Place::default(),));
            live.note(Change::Settings);
        });
    };
    view! {
        <Confirm
            open=open
            question=move || t_string!(i18n, views.view_delete_title, name = name())
            text=move || t_string!(i18n, views.view_delete_text)
            act=move || t_string!(i18n, views.view_delete)
            busy=busy
            on_confirm=delete
        />
    }
}
