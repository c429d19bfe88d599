//! A one-time link, shown once.

use leptos::prelude::*;
use model::OneTimeLink;

use crate::browser::focus;
use crate::format;
use crate::i18n::{t_string, use_i18n};
use crate::parts::{Button, CopyButton, fresh_id};

/// The link with a way to copy it, until when it works, and a way on.
#[component]
pub fn LinkSheet(
    /// Whom it is for.
    name: String,
    /// The link.
    link: OneTimeLink,
    /// Called when the link was taken.
    #[prop(into)]
    on_done: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let OneTimeLink { url, until } = link;
    let id = fresh_id("link");
    let (field, selected) = (id.clone(), id.clone());
    let shown = url.clone();
    view! {
        <section class="link-sheet" role="status">
            <h2>{move || t_string!(i18n, users.link_title, name = name.clone())}</h2>
            <p>{move || t_string!(i18n, users.link_once)}</p>
            <label class="visually-hidden" for=id>{move || t_string!(i18n, users.link_label)}</label>
            <div class="with-button">
                <input class="input" readonly id=field value=shown on:focus=move |_| focus::select_text(&selected) />
                <CopyButton text=Signal::stored(url) label=move || t_string!(i18n, users.link_copy) />
            </div>
            <p class="hint">
                {move || t_string!(i18n, users.link_until, when = format::exact(i18n.get_locale(), until))}
            </p>
            <footer class="form-end">
                <Button label=move || t_string!(i18n, users.link_done) on_press=on_done />
            </footer>
        </section>
    }
}
