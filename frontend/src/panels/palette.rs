//! The palette: one field that finds pages, acts and things of every kind.

mod things;

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use model::{Language, Permission};

use crate::browser::location::encode;
use crate::browser::{dialog, document, focus, pointer, timer};
use crate::frame::{places, settings_places};
use crate::i18n::{I18n, t_string, use_i18n, words};
use crate::parts::{Glyph, Icon, Kbd};
use crate::session::Session;
use crate::state::commands::{Command, Offer, answer};

/// The palette in a dialog.
#[component]
pub fn Palette(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Called with what was chosen.
    #[prop(into)]
    on_command: Callback<(Command,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let Some(element) = node.get() else { return };
        if open.get() {
            dialog::open(&element);
        } else {
            dialog::close(&element);
        }
    });
    let choose = Callback::new(move |(command,): (Command,)| {
        // Closed before it is taken away, so that the focus returns to where it was.
        if let Some(element) = node.get_untracked() {
            dialog::close(&element);
        }
        open.set(false);
        on_command.run((command,));
    });
    view! {
        <dialog
            class="palette"
            node_ref=node
            aria-label=move || t_string!(i18n, frame.palette_title)
            on:close=move |_| open.set(false)
            on:click=move |event| {
                if pointer::click_is_on_itself(&event) {
                    open.set(false);
                }
            }
        >
            <Show when=move || open.get()>
                <Finder on_choose=choose />
            </Show>
        </dialog>
    }
}

#[component]
fn Finder(on_choose: Callback<(Command,)>) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let typed = RwSignal::new(String::new());
    let place = RwSignal::new(0_usize);
    let things = things::find(typed);
    let offers = Memo::new(move |_| {
        let words = typed.get();
        let words = words.trim();
        if words.is_empty() {
            return fixed_offers(i18n, session);
        }
        let fixed = fixed_offers(i18n, session).into_iter().chain(settings_offers(i18n, session)).collect();
        let mut offers = answer(fixed, words);
        offers.iter_mut().for_each(|it| t_string!(i18n, frame.palette_pages).clone_into(&mut it.group));
        things.with(|it| offers.extend(it.iter().flat_map(|group| things::offers(i18n, group))));
        offers.extend(search_offers(i18n, session, words));
        offers
    });
    let list = NodeRef::<html::Ul>::new();
    let step = move |by: isize| {
        let n = offers.with_untracked(Vec::len);
        if 0 < n {
            place.update(|it| *it = (*it as isize + by).rem_euclid(n as isize) as usize);
            timer::after(0, move || {
                if let Some(list) = list.get_untracked() {
                    focus::reveal_within(&list, "[aria-selected=true]");
                }
            });
        }
    };
    let choose = move || {
        if let Some(offer) = offers.with_untracked(|it| it.get(place.get_untracked()).cloned()) {
            on_choose.run((offer.command,));
        }
    };
    let press_key = move |event: ev::KeyboardEvent| {
        match event.key().as_str() {
            "ArrowDown" => step(1),
            "ArrowUp" => step(-1),
            "Enter" => choose(),
            _ => return,
        }
        event.prevent_default();
    };
    view! {
        <div class="palette-field">
            <Icon glyph=Glyph::SEARCH large=true />
            <input
                type="text"
                role="combobox"
                autofocus
                autocomplete="off"
                spellcheck="false"
                aria-expanded="true"
                aria-controls="palette-list"
                aria-autocomplete="list"
                aria-activedescendant=move || format!("palette-{}", place.get())
                aria-label=move || t_string!(i18n, frame.palette_title)
                placeholder=move || t_string!(i18n, frame.palette_hint)
                prop:value=move || typed.get()
                on:input=move |event| {
                    place.set(0);
                    typed.set(event_target_value(&event));
                }
                on:keydown=press_key
            />
        </div>
        <ul class="palette-list" id="palette-list" role="listbox" aria-label=move || t_string!(i18n, frame.palette_title) node_ref=list>
            {move || {
                let offers = offers.get();
                let begins = begins_of_groups(&offers);
                offers
                    .into_iter()
                    .enumerate()
                    .map(|(n, offer)| {
                        let command = offer.command.clone();
                        let heading = begins.contains(&n).then(|| {
                            view! { <li class="palette-group" role="presentation">{offer.group}</li> }
                        });
                        view! {
                            {heading}
                            <li
                                role="option"
                                id=format!("palette-{n}")
                                aria-selected=move || (place.get() == n).to_string()
                                on:mousemove=move |_| if place.get_untracked() != n { place.set(n) }
                                on:click=move |_| on_choose.run((command.clone(),))
                            >
                                <Icon glyph=offer.icon />
                                <span class="offer-label">{offer.label}</span>
                                <span class="offer-aside">{offer.aside}</span>
                            </li>
                        }
                    })
                    .collect_view()
            }}
        </ul>
        <Show when=move || offers.with(Vec::is_empty)>
            <p class="palette-nothing">{move || t_string!(i18n, frame.palette_nothing)}</p>
        </Show>
        <footer class="palette-keys" aria-hidden="true">
            <span><Kbd keys="↑ ↓" />{move || t_string!(i18n, frame.palette_keys)}</span>
            <span><Kbd keys="Enter" />{move || t_string!(i18n, frame.palette_keys_open)}</span>
            <span><Kbd keys="Esc" />{move || t_string!(i18n, frame.palette_keys_close)}</span>
        </footer>
    }
}

/// Which offers stand first under a heading.
fn begins_of_groups(offers: &[Offer]) -> Vec<usize> {
    let is_begin = |n: &usize| !offers[*n].group.is_empty() && (*n == 0 || offers[*n - 1].group != offers[*n].group);
    (0..offers.len()).filter(is_begin).collect()
}

/// Pages and acts that the person may use.
fn fixed_offers(i18n: I18n, session: Session) -> Vec<Offer> {
    let offer =
        |label: &str, icon, command| Offer { group: String::new(), label: label.to_owned(), aside: String::new(), icon, command };
    let mut offers = Vec::new();
    if session.can(Permission::MessageWrite) {
        offers.push(offer(t_string!(i18n, frame.write), Glyph::PENCIL, Command::Go("/write".to_owned())));
    }
    if session.can(Permission::ContactsEdit) {
        let command = Command::Go("/contacts/new".to_owned());
        offers.push(offer(t_string!(i18n, frame.new_contact), Glyph::USER_PLUS, command));
    }
    if session.can(Permission::TemplatesManage) {
        let command = Command::Go("/templates/new".to_owned());
        offers.push(offer(t_string!(i18n, frame.new_template), Glyph::FILE_TEXT, command));
    }
    for place in places::open_to(session) {
        offers.push(Offer {
            aside: place.keys.to_owned(),
            ..offer((place.name)(i18n), place.glyph, Command::Go(place.path.to_owned()))
        });
    }
    let (theme, glyph) = match document::is_dark() {
        true => (t_string!(i18n, frame.theme_light), Glyph::SUN),
        false => (t_string!(i18n, frame.theme_dark), Glyph::MOON),
    };
    offers.push(offer(theme, glyph, Command::SwitchTheme));
    for language in Language::ALL {
        let label = t_string!(i18n, frame.switch_language, language = words::language(language));
        offers.push(offer(&label, Glyph::LANGUAGES, Command::Speak(language)));
    }
    offers.push(offer(t_string!(i18n, frame.profile), Glyph::USER, Command::Go("/settings/profile".to_owned())));
    offers.push(offer(t_string!(i18n, frame.shortcuts), Glyph::KEYBOARD, Command::Help));
    offers.push(offer(t_string!(i18n, frame.sign_out), Glyph::LOG_OUT, Command::SignOut));
    offers
}

/// The pages of the settings that the person may see.
fn settings_offers(i18n: I18n, session: Session) -> impl Iterator<Item = Offer> {
    let entries = settings_places::GROUPS.into_iter().flat_map(|it| it.entries).filter(move |it| it.is_open_to(session));
    // One's own profile is among the acts.
    entries.filter(|it| it.path != "/settings/profile").map(move |it| Offer {
        group: String::new(),
        label: (it.name)(i18n).to_owned(),
        aside: t_string!(i18n, frame.settings).to_owned(),
        icon: it.glyph,
        command: Command::Go(it.path.to_owned()),
    })
}

/// The searches that the words can be given to.
fn search_offers(i18n: I18n, session: Session, words: &str) -> Vec<Offer> {
    let offer = |label: String, path: &str| Offer {
        group: t_string!(i18n, frame.palette_find).to_owned(),
        label,
        aside: String::new(),
        icon: Glyph::SEARCH,
        command: Command::Go(format!("{path}?q={}", encode(words))),
    };
    let mut offers = Vec::new();
    if session.can_any(places::MESSAGE_RIGHTS) {
        offers.push(offer(t_string!(i18n, frame.palette_find_messages, words = words.to_owned()), "/messages"));
    }
    if session.can(Permission::ContactsView) {
        offers.push(offer(t_string!(i18n, frame.palette_find_contacts, words = words.to_owned()), "/contacts"));
    }
    offers
}
