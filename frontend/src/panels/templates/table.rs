//! All templates.

use leptos::prelude::*;
use model::{Change, Moment, TemplateRow, TemplateSort};

use super::records::{about, records};
use super::ticked::TickedTemplates;
use crate::calls;
use crate::i18n::{t_string, templates as words, use_i18n};
use crate::live::Live;
use crate::panels::listed::Listed;
use crate::parts::{Column, EmptyList, Glyph, Mark, MarkBadge, Slot, Sorting, Table, When, untick_on_escape};
use crate::state::selection::Selection;
use crate::state::template_place::TemplatePlace;

/// The table of templates with its tick boxes and what can be done to the ticked ones.
#[component]
pub fn TemplateTable(
    /// What it shows.
    #[prop(into)]
    place: Signal<TemplatePlace>,
    /// Called with another place.
    #[prop(into)]
    on_change: Callback<(TemplatePlace,)>,
    /// Called with the template to open.
    #[prop(into)]
    on_open: Callback<(i64,)>,
    /// The button of the empty table.
    #[prop(into)]
    begin: ViewFn,
) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let listing = calls::list(
        move || place.get(),
        move || live.version(Change::Templates),
        |it: &TemplateRow| it.id.0,
        |place, after| app::templates::list_templates(place.query(after)),
    );
    let selection = RwSignal::new(Selection::default());
    Effect::new(move |_| selection.update(|it| it.keep(&listing.ids())));
    untick_on_escape(selection, None);
    let records = records();
    let begin = StoredValue::new(begin);
    let clear = Callback::new(move |()| on_change.run((place.get_untracked().unfiltered(),)));
    let nothing = move || {
        view! {
            <EmptyList
                is_everything=Signal::derive(move || place.with(TemplatePlace::is_everything))
                glyph=Glyph::FILE_TEXT
                title=move || t_string!(i18n, templates.empty_title)
                text=move || t_string!(i18n, templates.empty_text)
                begin=Some(begin.get_value())
                nothing_title=move || t_string!(i18n, templates.nothing_title)
                nothing_text=move || t_string!(i18n, templates.nothing_text)
                clear=move || t_string!(i18n, parts.filter_clear)
                on_clear=clear
            />
        }
    };
    let row_about = Callback::new(move |(row,): (TemplateRow,)| about(records, row.record.as_ref()));
    view! {
        <div class="message-list">
            <Listed listing=listing nothing=nothing>
                <Table
                    label=move || t_string!(i18n, templates.title)
                    columns=columns(place, on_change)
                    pages=listing
                    cells=move |id| cells(Memo::new(move |_| listing.row(id)), row_about)
                    row_name=move |id| listing.row(id).map_or_else(String::new, |it| it.name)
                    on_open=on_open
                    selection=selection
                />
            </Listed>
            <TickedTemplates listing=listing selection=selection />
        </div>
    }
}

fn columns(place: Signal<TemplatePlace>, on_change: Callback<(TemplatePlace,)>) -> Vec<Column> {
    let i18n = use_i18n();
    let sorting = move |sort: TemplateSort| Sorting {
        direction: Signal::derive(move || place.with(|it| (it.sort == sort).then_some(it.direction))),
        on_press: Callback::new(move |()| on_change.run((place.with_untracked(|it| it.sorted_by(sort)),))),
    };
    vec![
        Column::new(move || t_string!(i18n, templates.column_name), "minmax(12rem, 1.6fr)", Slot::Title)
            .sorted(sorting(TemplateSort::Name)),
        Column::new(move || t_string!(i18n, templates.column_hint), "minmax(0, 2fr)", Slot::Meta),
        Column::new(move || t_string!(i18n, templates.column_channel), "minmax(4rem, 6rem)", Slot::Hidden),
        Column::new(move || t_string!(i18n, templates.column_about), "minmax(0, 9rem)", Slot::Hidden),
        Column::new(move || t_string!(i18n, templates.column_languages), "minmax(0, 6rem)", Slot::Hidden),
        Column::new(move || t_string!(i18n, templates.column_state), "minmax(6rem, 8rem)", Slot::Mark),
        Column::new(move || t_string!(i18n, templates.column_updated), "minmax(0, 8rem)", Slot::Aside)
            .sorted(sorting(TemplateSort::Updated)),
    ]
}

fn cells(row: Memo<Option<TemplateRow>>, about: Callback<(TemplateRow,), String>) -> Vec<AnyView> {
    let i18n = use_i18n();
    let read = move |read: fn(&TemplateRow) -> String| move || row.with(|it| it.as_ref().map(read));
    let channel = move || row.with(|it| it.as_ref().map(|it| words::channel(i18n.get_locale(), it.channel)));
    let codes = |it: &TemplateRow| it.languages.iter().map(|it| it.code()).collect::<Vec<_>>().join(" ");
    let updated = Signal::derive(move || row.with(|it| it.as_ref().map_or(Moment(0), |it| it.updated_at)));
    let active = Memo::new(move |_| row.with(|it| it.as_ref().is_some_and(|it| it.is_active)));
    let delivered = move || row.with(|it| it.as_ref().is_some_and(|it| it.is_delivered));
    vec![
        view! {
            <span class="template-name">
                <strong class="clip">{read(|it| it.name.clone())}</strong>
                <Show when=delivered>
                    <span class="tag">{move || t_string!(i18n, templates.delivered)}</span>
                </Show>
            </span>
        }
        .into_any(),
        view! { <span class="clip">{read(|it| it.hint.clone())}</span> }.into_any(),
        view! { <span>{channel}</span> }.into_any(),
        view! { <span class="clip">{move || row.get().map(|it| about.run((it,)))}</span> }.into_any(),
        view! { <span class="clip">{read(codes)}</span> }.into_any(),
        view! { <ActiveBadge active=active /> }.into_any(),
        view! { <When at=updated /> }.into_any(),
    ]
}

/// Whether a template is offered.
#[component]
pub(super) fn ActiveBadge(
    /// Whether it is.
    #[prop(into)]
    active: Signal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let mark = Signal::derive(move || if active.get() { Mark::Delivered } else { Mark::Cancelled });
    let word = move || if active.get() { t_string!(i18n, templates.active) } else { t_string!(i18n, templates.inactive) };
    view! { <MarkBadge mark=mark word=word /> }
}
