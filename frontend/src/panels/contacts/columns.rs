//! The columns of the list of contacts: heads, widths, and what stands in them.

use leptos::prelude::*;
use model::{COLUMN_WIDTH, ContactColumn, ContactLine, ContactSort, FieldDefinition, FieldId, Moment, Nature};

use super::look::Look;
use crate::format;
use crate::i18n::{contact_list as words, contacts as contact_words, t_string, use_i18n};
use crate::parts::{Avatar, Column, Sizing, Slot, Sorting, When};
use crate::state::contact_place::ContactPlace;

/// The heads of the name and of the columns behind it.
pub(super) fn columns(
    look: Look,
    shown: &[ContactColumn],
    fields: &[FieldDefinition],
    on_change: Callback<(ContactPlace,)>,
) -> Vec<Column> {
    let i18n = use_i18n();
    let name = Column::new(move || t_string!(i18n, contacts.column_name), track(look, None), Slot::Title);
    let mut columns = vec![sized(name, look, None).sorted(sorting(look, ContactSort::Name, on_change))];
    for (place, column) in shown.iter().copied().enumerate() {
        let fields = fields.to_vec();
        let title = move || words::column(i18n.get_locale(), column, &fields);
        let slot = match place {
            0 => Slot::Meta,
            1 => Slot::Mark,
            2 => Slot::Aside,
            _ => Slot::Hidden,
        };
        let mut head = sized(Column::new(title, track(look, Some(column)), slot), look, Some(column));
        if let Some(sort) = sort_of(column) {
            head = head.sorted(sorting(look, sort, on_change));
        }
        columns.push(head);
    }
    columns
}

/// The width of a column against the others; all shrink where there is little room.
fn track(look: Look, column: Option<ContactColumn>) -> impl Fn() -> String + Send + Sync + 'static {
    move || format!("minmax(0, {}fr)", width(look, column))
}

fn width(look: Look, column: Option<ContactColumn>) -> u16 {
    look.columns().with(|it| match column {
        Some(column) => it.shown.iter().find(|it| it.column == column).map_or(128, |it| it.width),
        None => it.name_width,
    })
}

fn sized(head: Column, look: Look, column: Option<ContactColumn>) -> Column {
    let own = RwSignal::new(untrack(|| width(look, column)));
    // While it is dragged the list follows; it is kept when the drag ends.
    Effect::new(move |_| {
        let wanted = own.get();
        if untrack(|| width(look, column)) != wanted {
            look.columns().update(|it| match column {
                Some(column) => it.shown.iter_mut().filter(|it| it.column == column).for_each(|it| it.width = wanted),
                None => it.name_width = wanted,
            });
        }
    });
    let on_done = Callback::new(move |()| look.set_width(column, own.get_untracked()));
    head.sized(Sizing { width: own, range: COLUMN_WIDTH, on_done })
}

fn sort_of(column: ContactColumn) -> Option<ContactSort> {
    match column {
        ContactColumn::Company => Some(ContactSort::Company),
        ContactColumn::City => Some(ContactSort::City),
        ContactColumn::Updated => Some(ContactSort::Updated),
        _ => None,
    }
}

fn sorting(look: Look, sort: ContactSort, on_change: Callback<(ContactPlace,)>) -> Sorting {
    Sorting {
        direction: Signal::derive(move || {
            let place = look.place();
            (place.sort == sort).then_some(place.direction)
        }),
        on_press: Callback::new(move |()| {
            let mut next = untrack(|| look.place());
            next.sort_by(sort);
            on_change.run((next,));
        }),
    }
}

/// What stands in a column.
pub(super) fn cell(column: ContactColumn, line: Memo<Option<ContactLine>>, fields: &[FieldDefinition]) -> AnyView {
    let i18n = use_i18n();
    let text = move |read: fn(&ContactLine) -> String| {
        view! { <span class="clip">{move || line.with(|it| it.as_ref().map(read))}</span> }.into_any()
    };
    let time = move |read: fn(&ContactLine) -> Moment| {
        view! { <When at=Signal::derive(move || line.with(|it| it.as_ref().map_or(Moment(0), read))) /> }.into_any()
    };
    match column {
        ContactColumn::Email => text(|it| it.row.email.clone()),
        ContactColumn::Phone => text(|it| format::phone(&it.row.phone)),
        ContactColumn::Company => text(|it| it.row.company_name.clone()),
        ContactColumn::City => text(|it| it.row.city.clone()),
        ContactColumn::Owner => text(|it| it.owner.clone()),
        ContactColumn::RegistrationNumber => text(|it| it.registration_number.clone()),
        ContactColumn::Created => time(|it| it.created_at),
        ContactColumn::Updated => time(|it| it.row.updated_at),
        ContactColumn::Kind => {
            let kind = move || line.with(|it| it.as_ref().map(|it| contact_words::kind(i18n.get_locale(), it.row.kind)));
            view! { <span>{kind}</span> }.into_any()
        }
        ContactColumn::Obtained => {
            let way = move || line.with(|it| it.as_ref().and_then(|it| it.obtained).map(|it| words::way(i18n.get_locale(), it)));
            view! { <span>{way}</span> }.into_any()
        }
        ContactColumn::NoBulk => {
            let none = move || line.with(|it| it.as_ref().is_some_and(|it| it.no_bulk));
            view! { <span>{move || none().then(|| t_string!(i18n, contact_list.no_bulk))}</span> }.into_any()
        }
        ContactColumn::Tags => {
            let tags = move || line.with(|it| it.as_ref().map(|it| it.tags.clone()).unwrap_or_default());
            view! {
                <span class="clip tag-words">
                    {move || tags().into_iter().map(|it| view! { <span class="tag">{it}</span> }).collect_view()}
                </span>
            }
            .into_any()
        }
        ContactColumn::Own(id) => own(id, line, fields),
    }
}

fn own(id: FieldId, line: Memo<Option<ContactLine>>, fields: &[FieldDefinition]) -> AnyView {
    let definition = fields.iter().find(|it| it.id == id).cloned();
    let text = move || {
        let definition = definition.as_ref()?;
        line.with(|it| it.as_ref()?.values.iter().find(|it| it.field == id).map(|it| definition.show(&it.value)))
    };
    view! { <span class="clip">{text}</span> }.into_any()
}

/// Who it is.
pub(super) fn name_cell(line: Memo<Option<ContactLine>>) -> AnyView {
    view! { <Name line=line /> }.into_any()
}

#[component]
fn Name(line: Memo<Option<ContactLine>>) -> impl IntoView {
    let name = Memo::new(move |_| line.with(|it| it.as_ref().map(|it| it.row.name.clone()).unwrap_or_default()));
    let square = line.with_untracked(|it| it.as_ref().is_some_and(|it| it.row.nature == Nature::Company));
    let company = move || line.with(|it| it.as_ref().map(|it| it.row.company_name.clone()).filter(|it| !it.is_empty()));
    view! {
        <span class="contact-name">
            <Avatar name=name square=square />
            <span class="clip">
                {move || name.get()}
                {move || company().map(|it| view! { <span class="meta">{it}</span> })}
            </span>
        </span>
    }
}
