//! The columns of the list of contacts: heads, widths, and what stands in them.

use leptos::prelude::*;
use model::{ContactColumn, ContactLine, ContactSort, FieldDefinition, FieldId, Moment, Nature};

use super::look::Look;
use crate::format;
use crate::i18n::{contact_list as words, contacts as contact_words, t_string, use_i18n};
use crate::panels::views::heads::{head, slot};
use crate::parts::{Avatar, Column, Slot, Sorting, When};
use crate::state::contact_place::ContactPlace;

/// The heads of the name and of the columns behind it.
pub(super) fn columns(
    look: Look,
    shown: &[ContactColumn],
    fields: &[FieldDefinition],
    on_change: Callback<(ContactPlace,)>,
) -> Vec<Column> {
    let i18n = use_i18n();
    let name = head(look.list(), None, move || t_string!(i18n, contacts.column_name), Slot::Title);
    let mut columns = vec![name.sorted(sorting(look, ContactSort::Name, on_change))];
    for (place, column) in shown.iter().copied().enumerate() {
        let fields = fields.to_vec();
        let title = move || words::column(i18n.get_locale(), column, &fields);
        let column_head = head(look.list(), Some(column), title, slot(place));
        columns.push(match sort_of(column) {
            Some(sort) => column_head.sorted(sorting(look, sort, on_change)),
            None => column_head,
        });
    }
    columns
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
