//! A company with its branches and contact persons.

use leptos::prelude::*;
use leptos_router::components::A;
use model::{Change, ContactId, ContactRow, Kin, Nature, Permission};

use crate::calls;
use crate::format;
use crate::i18n::{t_string, use_i18n};
use crate::live::Live;
use crate::panels::loaded::Loaded;
use crate::parts::{Avatar, ButtonLink, Glyph};
use crate::session::Session;

/// What belongs to the contact, with ways to add more.
#[component]
pub fn ContactKin(
    /// Which contact.
    id: ContactId,
) -> impl IntoView {
    let live = Live::find();
    let answer = calls::ask(move || (id, live.version(Change::Contacts)), |(id, _)| app::contacts::open_kin(id));
    view! {
        <Loaded answer=answer lines=3 let:kin>
            <Drawn id=id kin=kin />
        </Loaded>
    }
}

#[component]
fn Drawn(id: ContactId, kin: Signal<Kin>) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let is_empty = move || kin.with(|it| it.count == 0);
    let has_more = move || kin.with(|it| (it.branches.len() + it.people.len()) < it.count as usize);
    view! {
        <div class="kin">
            <Show when=is_empty>
                <p class="faint">{move || t_string!(i18n, persons.kin_none)}</p>
            </Show>
            <Rows title=move || t_string!(i18n, persons.branches) rows=Signal::derive(move || kin.with(|it| it.branches.clone())) />
            <Rows title=move || t_string!(i18n, persons.people) rows=Signal::derive(move || kin.with(|it| it.people.clone())) />
            <Show when=has_more>
                <p class="faint">{move || t_string!(i18n, persons.kin_more)}</p>
            </Show>
            <Show when=move || session.can(Permission::ContactsEdit)>
                <div class="kin-acts">
                    <ButtonLink
                        label=move || t_string!(i18n, persons.kin_add_person)
                        href=format!("/contacts/new?parent={id}")
                        icon=Glyph::PLUS
                    />
                    <ButtonLink
                        label=move || t_string!(i18n, persons.kin_add_branch)
                        href=format!("/contacts/new?parent={id}&as=branch")
                        icon=Glyph::PLUS
                    />
                </div>
            </Show>
        </div>
    }
}

#[component]
fn Rows(#[prop(into)] title: TextProp, rows: Signal<Vec<ContactRow>>) -> impl IntoView {
    let title = StoredValue::new(title);
    view! {
        <Show when=move || rows.with(|it| !it.is_empty())>
            <section>
                <h3>{move || title.with_value(TextProp::get)}</h3>
                <ul class="kin-rows">
                    <For each=move || rows.get() key=|it| (it.id, it.updated_at) let:row>
                        <Row row=row />
                    </For>
                </ul>
            </section>
        </Show>
    }
}

#[component]
fn Row(row: ContactRow) -> impl IntoView {
    let phone = format::phone(&row.phone);
    let reached = [row.email.as_str(), phone.as_str(), row.city.as_str()]
        .into_iter()
        .filter(|it| !it.is_empty())
        .collect::<Vec<_>>()
        .join(" · ");
    view! {
        <li>
            <A href=format!("/contacts/{}", row.id)>
                <Avatar name=Signal::stored(row.name.clone()) square=row.nature == Nature::Company />
                <span class="kin-words">
                    <strong>{row.name}</strong>
                    <span class="meta">{reached}</span>
                </span>
            </A>
        </li>
    }
}
