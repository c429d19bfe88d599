//! What can be done to the ticked templates, each act with its numbers.

use leptos::prelude::*;
use model::{Change, TemplateId, TemplateRow};

use crate::calls::{self, Listing};
use crate::i18n::{t_string, tu_string, use_i18n};
use crate::live::Live;
use crate::parts::{Button, Confirm, Glyph, TickedBar};
use crate::state::selection::Selection;
use crate::toast::Toasts;

/// Appears while templates are ticked.
#[component]
pub(super) fn TickedTemplates(
    /// The rows of the list.
    listing: Listing<TemplateRow>,
    /// The ticked ones.
    selection: RwSignal<Selection>,
) -> impl IntoView {
    let i18n = use_i18n();
    let count = move || selection.with(Selection::len) as u32;
    let words = move || t_string!(i18n, templates.ticked, count = count(), n = count());
    view! {
        <TickedBar selection=selection words=words label=move || t_string!(i18n, templates.ticked_acts)>
            <Acts listing=listing selection=selection />
        </TickedBar>
    }
}

#[component]
fn Acts(listing: Listing<TemplateRow>, selection: RwSignal<Selection>) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let (busy, asks, asks_reset) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false));
    let chosen = move |fits: fn(&TemplateRow) -> bool| {
        Memo::new(move |_| {
            listing.rows().with(|rows| {
                let found = selection.with(|it| it.ids().filter_map(|id| rows.by_id(id).cloned()).collect::<Vec<_>>());
                found.into_iter().filter(fits).map(|it| (it.id, it.revision)).collect::<Vec<_>>()
            })
        })
    };
    let (off, on) = (chosen(|it| it.is_active), chosen(|it| !it.is_active));
    let (gone, delivered) = (chosen(|it| !it.is_delivered), chosen(|it| it.is_delivered));
    let n = |it: Memo<Vec<(TemplateId, i64)>>| it.with(Vec::len) as u32;
    let switch = move |keys: Vec<(TemplateId, i64)>, active: bool| {
        calls::act(busy, app::templates::switch_templates(keys, active), move |()| {
            selection.update(Selection::clear);
            live.note(Change::Templates);
        });
    };
    let reset = move || {
        calls::act(busy, app::templates::reset_templates(delivered.get_untracked()), move |()| {
            asks_reset.set(false);
            selection.update(Selection::clear);
            toasts.done(tu_string!(i18n, templates.reset_done));
            live.note(Change::Templates);
        });
    };
    let delete = move || {
        let ids: Vec<_> = gone.get_untracked().into_iter().map(|it| it.0).collect();
        let count = ids.len() as u32;
        calls::act(busy, app::templates::delete_templates(ids), move |()| {
            asks.set(false);
            selection.update(Selection::clear);
            toasts.done(tu_string!(i18n, templates.deleted_many, count = count, n = count));
            live.note(Change::Templates);
        });
    };
    view! {
        <Show when=move || 0 < n(on)>
            <Button
                label=move || t_string!(i18n, templates.switch_on_many, count = n(on), n = n(on))
                icon=Glyph::CHECK
                busy=busy
                on_press=move || switch(on.get_untracked(), true)
            />
        </Show>
        <Show when=move || 0 < n(off)>
            <Button
                label=move || t_string!(i18n, templates.switch_off_many, count = n(off), n = n(off))
                icon=Glyph::EYE_OFF
                busy=busy
                on_press=move || switch(off.get_untracked(), false)
            />
        </Show>
        <Show when=move || 0 < n(delivered)>
            <Button
                label=move || t_string!(i18n, templates.reset_many, count = n(delivered), n = n(delivered))
                icon=Glyph::ROTATE_CW
                on_press=move || asks_reset.set(true)
            />
        </Show>
        <Show when=move || 0 < n(gone)>
            <Button
                label=move || t_string!(i18n, templates.delete_many, count = n(gone), n = n(gone))
                icon=Glyph::TRASH_2
                on_press=move || asks.set(true)
            />
        </Show>
        <Confirm
            open=asks_reset
            question=move || t_string!(i18n, templates.reset_many_title, count = n(delivered), n = n(delivered))
            text=move || t_string!(i18n, templates.reset_text)
            act=move || t_string!(i18n, templates.reset)
            busy=busy
            on_confirm=reset
        />
        <Confirm
            open=asks
            question=move || t_string!(i18n, templates.delete_many_title, count = n(gone), n = n(gone))
            text=move || t_string!(i18n, templates.delete_text)
            act=move || t_string!(i18n, templates.delete_many, count = n(gone), n = n(gone))
            busy=busy
            on_confirm=delete
        />
    }
}
