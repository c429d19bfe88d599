//! One file: what it is, where it is used, and what can be done to it.

use leptos::html;
use leptos::prelude::*;
use model::library::LibraryKind;
use model::{Change, LibraryDraft, LibraryItem, LibraryUses, Permission};

use super::bar::folders;
use super::rising::Rising;
use super::uses::{UsesList, changed};
use crate::browser::files::{self, PickedFile};
use crate::calls;
use crate::format;
use crate::i18n::{t_string, tu_string, use_i18n};
use crate::live::Live;
use crate::parts::{Button, ButtonKind, Confirm, Dialog, Form, FormState, Glyph, Icon, TextField};
use crate::session::Session;
use crate::toast::Toasts;

/// How many folders are offered below the field.
const OFFERS: usize = 8;

/// The dialog of the file that is opened.
#[component]
pub(super) fn ItemDialog(item: RwSignal<Option<LibraryItem>>, rising: Rising) -> impl IntoView {
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(item.with(Option::is_some)));
    Effect::new(move |_| {
        if !open.get() && item.with_untracked(Option::is_some) {
            item.set(None);
        }
    });
    let title = move || item.with(|it| it.as_ref().map(|it| it.name.clone()).unwrap_or_default());
    view! {
        <Dialog title=title open=open wide=true>
            {move || item.get_untracked().map(|it| view! { <Item item=it opened=item rising=rising /> })}
        </Dialog>
    }
}

#[component]
fn Item(item: LibraryItem, opened: RwSignal<Option<LibraryItem>>, rising: Rising) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let live = Live::find();
    let may = session.can(Permission::TemplatesManage);
    let id = item.id;
    let answer = calls::ask(move || live.version(Change::Library), move |_| app::library::list_library_uses(id));
    let uses = Signal::derive(move || answer.get());
    let picture = item.kind.is_picture().then(|| format!("/library/files/{id}/picture?v={}", item.version));
    let (size, kind) = (item.size, item.kind);
    let facts = move || {
        let size = format::size(i18n.get_locale(), size);
        match kind {
            LibraryKind::Picture { width, height } => {
                format!("{} · {size}", t_string!(i18n, library.pixels, width = width, height = height))
            }
            LibraryKind::File => size,
        }
    };
    let meta = format!("{} · {}", item.media_type, item.changed_by);
    let shown = StoredValue::new(item);
    view! {
        <div class="library-item">
            {picture.map(|src| view! { <figure class="library-picture"><img src=src alt=shown.with_value(|it| it.name.clone()) /></figure> })}
            <div class="library-about">
                <p class="meta">{facts}" · "{meta}</p>
                <Show when=move || may fallback=move || view! { <p>{shown.with_value(|it| it.folder.clone())}</p> }>
                    <ItemForm item=shown.get_value() opened=opened />
                </Show>
                <UsesList uses=uses />
                <div class="library-acts">
                    <a class="button" data-kind="plain" href=format!("/library/files/{id}") download=shown.with_value(|it| it.name.clone())>
                        <Icon glyph=Glyph::DOWNLOAD />
                        <span class="label">{move || t_string!(i18n, library.download)}</span>
                    </a>
                    <Show when=move || may>
                        <Replace item=shown.get_value() uses=uses opened=opened rising=rising />
                        <Delete item=shown.get_value() uses=uses opened=opened />
                    </Show>
                </div>
            </div>
        </div>
    }
}

/// Name and folder.
#[component]
fn ItemForm(item: LibraryItem, opened: RwSignal<Option<LibraryItem>>) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let form = FormState::new();
    let (id, revision) = (item.id, item.revision);
    let (name, folder) = (RwSignal::new(item.name), RwSignal::new(item.folder));
    let folders = folders();
    let submit = move || {
        let draft = LibraryDraft { name: name.get_untracked(), folder: folder.get_untracked() };
        let named = draft.name.trim().to_owned();
        form.submit(app::library::change_library_item(id, revision, draft), move |()| {
            live.note(Change::Library);
            toasts.done(tu_string!(i18n, library.saved, name = named));
            opened.set(None);
        });
    };
    view! {
        <Form state=form on_submit=submit>
            <TextField label=move || t_string!(i18n, library.name) value=name name="name" />
            <TextField
                label=move || t_string!(i18n, library.folder)
                value=folder
                name="folder"
                optional=true
                hint=move || t_string!(i18n, library.folder_hint)
            />
            <Offers folders=folders folder=folder />
            <Button label=move || t_string!(i18n, library.save) kind=ButtonKind::Primary busy=form.busy() submit=true />
        </Form>
    }
}

/// Folders that are there already, to be chosen instead of typed.
#[component]
fn Offers(folders: Signal<Vec<String>>, folder: RwSignal<String>) -> impl IntoView {
    let offers = move || folders.get().into_iter().take(OFFERS).filter(|it| folder.with(|now| now != it)).collect::<Vec<_>>();
    view! {
        <div class="library-offers">
            <For each=offers key=String::clone let:name>
                <Button
                    label=name.clone()
                    kind=ButtonKind::Quiet
                    on_press=move || folder.set(name.clone())
                />
            </For>
        </div>
    }
}

/// Another content in the same place, after a look at what that changes.
#[component]
fn Replace(
    item: LibraryItem,
    uses: Signal<Option<LibraryUses>>,
    opened: RwSignal<Option<LibraryItem>>,
    rising: Rising,
) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let node = NodeRef::<html::Input>::new();
    let picked = RwSignal::new(None::<PickedFile>);
    let (asking, busy) = (RwSignal::new(false), RwSignal::new(false));
    let (id, revision, name) = (item.id, item.revision, StoredValue::new(item.name));
    let accept = if item.kind.is_picture() { "image/png,image/jpeg,image/gif,image/webp" } else { "" };
    let choose = move || {
        if let Some(input) = node.get_untracked() {
            input.click();
        }
    };
    let take = move |event| {
        let file = files::chosen(&event).into_iter().next();
        asking.set(file.is_some());
        picked.set(file);
    };
    let replace = move || {
        let Some(file) = picked.get_untracked() else { return };
        asking.set(false);
        opened.set(None);
        rising.replace(&file, id, revision, move |item| {
            live.note(Change::Library);
            toasts.done(tu_string!(i18n, library.replaced, name = item.name));
        });
    };
    let text = move || {
        let file = picked.with(|it| it.as_ref().map(PickedFile::name).unwrap_or_default());
        t_string!(i18n, library.replace_text, file = file, uses = changed(i18n, uses.get().as_ref()))
    };
    view! {
        <Button label=move || t_string!(i18n, library.replace) icon=Glyph::REFRESH_CW on_press=choose />
        <input
            type="file"
            hidden
            tabindex="-1"
            accept=accept
            node_ref=node
            aria-label=move || t_string!(i18n, library.replace)
            on:change=take
        />
        <Confirm
            open=asking
            question=move || t_string!(i18n, library.replace_title, name = name.get_value())
            text=text
            act=move || t_string!(i18n, library.replace_act)
            busy=busy
            on_confirm=replace
        />
    }
}

#[component]
fn Delete(item: LibraryItem, uses: Signal<Option<LibraryUses>>, opened: RwSignal<Option<LibraryItem>>) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let (asking, busy) = (RwSignal::new(false), RwSignal::new(false));
    let (id, name) = (item.id, StoredValue::new(item.name));
    let is_used = Signal::derive(move || uses.with(|it| it.as_ref().is_none_or(LibraryUses::is_in_use)));
    let hint = move || if uses.with(Option::is_some) && is_used.get() { t_string!(i18n, library.delete_used) } else { "" };
    let delete = move || {
        calls::act(busy, app::library::delete_library_item(id), move |()| {
            asking.set(false);
            live.note(Change::Library);
            toasts.done(tu_string!(i18n, library.deleted, name = name.get_value()));
            opened.set(None);
        });
    };
    view! {
        <Button
            label=move || t_string!(i18n, library.delete)
            kind=ButtonKind::Danger
            icon=Glyph::TRASH_2
            disabled=is_used
            hint=hint
            on_press=move || asking.set(true)
        />
        <Confirm
            open=asking
            question=move || t_string!(i18n, library.delete_title, name = name.get_value())
            text=move || t_string!(i18n, library.delete_text)
            act=move || t_string!(i18n, library.delete)
            busy=busy
            on_confirm=delete
        />
    }
}
