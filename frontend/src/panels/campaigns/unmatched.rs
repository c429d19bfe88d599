//! What a campaign that came from a file names and nobody here is called; a person decides about each before anything is checked.

use leptos::prelude::*;
use model::{Unmatched, UnmatchedKind};

use super::desk::Desk;
use crate::i18n::campaigns::number;
use crate::i18n::{Locale, t_string, td_string, use_i18n};
use crate::parts::{Button, ButtonKind, Glyph, Icon};

/// How many are shown at once; the next ones come up when these are decided.
const SHOWN: usize = 20;

/// The names, each with a button that goes on without it.
#[component]
pub(super) fn UnmatchedPart(
    /// What is typed.
    desk: Desk,
) -> impl IntoView {
    let i18n = use_i18n();
    let all = Memo::new(move |_| desk.draft.with(|it| it.unmatched.clone()));
    let decide = move |one: Unmatched| desk.change("unmatched", |it| it.unmatched.retain(|it| *it != one));
    let is_contact = |it: &Unmatched| it.kind == UnmatchedKind::Contact;
    let contacts = Memo::new(move |_| all.with(|it| it.iter().filter(|it| is_contact(it)).count()));
    let count = move || number(i18n.get_locale(), contacts.get() as u64);
    let drop_contacts = move || desk.change("unmatched", |it| it.unmatched.retain(|it| !is_contact(it)));
    let row = move |one: Unmatched| {
        let (told, gone) = (one.clone(), one);
        view! {
            <li>
                <Icon glyph=Glyph::TRIANGLE_ALERT />
                <span>{move || unmatched_words(i18n.get_locale(), &told)}</span>
                <Button
                    label=move || t_string!(i18n, campaigns.unmatched_without)
                    kind=ButtonKind::Quiet
                    on_press=move || decide(gone.clone())
                />
            </li>
        }
    };
    view! {
        <Show when=move || all.with(|it| !it.is_empty())>
            <section class="campaign-hindrances">
                <strong>{move || t_string!(i18n, campaigns.unmatched)}</strong>
                <p class="meta">{move || t_string!(i18n, campaigns.unmatched_text)}</p>
                <ul>
                    <For
                        each=move || all.with(|it| it.iter().take(SHOWN).cloned().collect::<Vec<_>>())
                        key=|it| it.clone()
                        let:one
                    >
                        {row(one)}
                    </For>
                </ul>
                <Show when=move || 1 < contacts.get()>
                    <Button
                        label=move || t_string!(i18n, campaigns.unmatched_without_contacts, n = count())
                        kind=ButtonKind::Quiet
                        on_press=drop_contacts
                    />
                </Show>
            </section>
        </Show>
    }
}

/// The kind and the name of something that nobody here is called.
pub(super) fn unmatched_words(locale: Locale, it: &Unmatched) -> String {
    let name = it.name.clone();
    let what = match it.kind {
        UnmatchedKind::Template => td_string!(locale, campaigns.unmatched_template, name = name),
        UnmatchedKind::Account => td_string!(locale, campaigns.unmatched_account, name = name),
        UnmatchedKind::List => td_string!(locale, campaigns.unmatched_list, name = name),
        UnmatchedKind::Segment => td_string!(locale, campaigns.unmatched_segment, name = name),
        UnmatchedKind::Campaign => td_string!(locale, campaigns.unmatched_campaign, name = name),
        UnmatchedKind::Contact => td_string!(locale, campaigns.unmatched_contact, name = name),
        UnmatchedKind::Filter => td_string!(locale, campaigns.unmatched_filter, name = name),
    };
    if it.is_excluded { td_string!(locale, campaigns.unmatched_excluded, what = what) } else { what }
}
