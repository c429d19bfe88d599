//! What the files are found by: words, folder, kind, order.

use leptos::prelude::*;
use model::{Change, LibrarySort};

use crate::calls;
use crate::i18n::{t_string, use_i18n};
use crate::live::Live;
use crate::parts::{RadioGroup, SearchField, Select};
use crate::state::library_place::{LibraryPlace, Look};

/// The value of the choice that leaves all folders.
const ALL: &str = "*";

/// Words, folder, kind, order and look.
#[component]
pub(super) fn LibraryBar(place: Signal<LibraryPlace>, on_change: Callback<(LibraryPlace,)>) -> impl IntoView {
    let i18n = use_i18n();
    let change = move |edit: &dyn Fn(&mut LibraryPlace)| {
        let mut next = place.get_untracked();
        edit(&mut next);
        if place.with_untracked(|it| *it != next) {
            on_change.run((next,));
        }
    };
    let kind = chosen(place, |it| it.pictures.map_or("all", |it| if it { "pictures" } else { "files" }).to_owned());
    Effect::new(move |_| {
        let pictures = kind.with(|it| match it.as_str() {
            "pictures" => Some(true),
            "files" => Some(false),
            _ => None,
        });
        change(&|it: &mut LibraryPlace| it.pictures = pictures);
    });
    let sort = chosen(place, |it| if it.sort == LibrarySort::Name { "name" } else { "newest" }.to_owned());
    Effect::new(move |_| {
        let sort = sort.with(|it| if it == "name" { LibrarySort::Name } else { LibrarySort::Newest });
        change(&|it: &mut LibraryPlace| it.sort = sort);
    });
    let look = chosen(place, |it| if it.look == Look::List { "list" } else { "grid" }.to_owned());
    Effect::new(move |_| {
        let look = look.with(|it| if it == "list" { Look::List } else { Look::Grid });
        change(&|it: &mut LibraryPlace| it.look = look);
    });
    let into_folder = move |folder: Option<String>| change(&|it: &mut LibraryPlace| it.folder.clone_from(&folder));
    let search = move |words: String| change(&|it: &mut LibraryPlace| it.words.clone_from(&words));
    view! {
        <div class="library-bar">
            <SearchField
                label=move || t_string!(i18n, library.search)
                hint=move || t_string!(i18n, library.search_hint)
                words=Signal::derive(move || place.with(|it| it.words.clone()))
                on_search=search
            />
            <FolderSelect
                folder=Signal::derive(move || place.with(|it| it.folder.clone()))
                on_change=into_folder
            />
            <RadioGroup
                label=move || t_string!(i18n, library.kind)
                options=vec![
                    ("all", (move || t_string!(i18n, library.kind_all)).into()),
                    ("pictures", (move || t_string!(i18n, library.kind_pictures)).into()),
                    ("files", (move || t_string!(i18n, library.kind_files)).into()),
                ]
                value=kind
                segmented=true
            />
            <RadioGroup
                label=move || t_string!(i18n, library.sort)
                options=vec![
                    ("newest", (move || t_string!(i18n, library.sort_newest)).into()),
                    ("name", (move || t_string!(i18n, library.sort_name)).into()),
                ]
                value=sort
                segmented=true
            />
            <RadioGroup
                label=move || t_string!(i18n, library.look)
                options=vec![
                    ("grid", (move || t_string!(i18n, library.look_grid)).into()),
                    ("list", (move || t_string!(i18n, library.look_list)).into()),
                ]
                value=look
                segmented=true
            />
        </div>
    }
}

/// One of the folders there are, all of them, or none.
#[component]
pub(super) fn FolderSelect(
    folder: Signal<Option<String>>,
    #[prop(into)] on_change: Callback<(Option<String>,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let folders = folders();
    let options = Signal::derive(move || {
        let mut options = vec![
            (ALL.to_owned(), t_string!(i18n, library.folder_all).to_owned()),
            (String::new(), t_string!(i18n, library.folder_none).to_owned()),
        ];
        options.extend(folders.get().into_iter().map(|it| (it.clone(), it)));
        options
    });
    let code = |it: Option<String>| it.unwrap_or_else(|| ALL.to_owned());
    let value = RwSignal::new(code(folder.get_untracked()));
    Effect::new(move |_| value.set(code(folder.get())));
    Effect::new(move |before: Option<String>| {
        let now = value.get();
        if before.is_some_and(|it| it != now) && now != code(folder.get_untracked()) {
            on_change.run(((now != ALL).then(|| now.clone()),));
        }
        now
    });
    view! { <Select label=move || t_string!(i18n, library.folder) options=options value=value /> }
}

/// The folders there are.
pub(super) fn folders() -> Signal<Vec<String>> {
    let live = Live::find();
    let answer = calls::ask(move || live.version(Change::Library), |_| app::library::list_library_folders());
    Signal::derive(move || answer.get().unwrap_or_default())
}

/// What is chosen, kept in step with the place.
fn chosen(place: Signal<LibraryPlace>, read: fn(&LibraryPlace) -> String) -> RwSignal<String> {
    let value = RwSignal::new(place.with_untracked(read));
    Effect::new(move |_| {
        let now = place.with(read);
        if value.with_untracked(|it| *it != now) {
            value.set(now);
        }
    });
    value
}
