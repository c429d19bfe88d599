//! What narrows the list of contacts, as chips: some always in sight, others when they are wanted or count.

use leptos::prelude::*;
use model::{ConsentState, ContactKind, FieldCondition, FieldDefinition, FieldId, FieldKind, ListQuery, Nature};

use super::look::Look;
use crate::calls;
use crate::i18n::{Locale, contact_list as words, contacts as contact_words, t_string, td_string, use_i18n};
use crate::parts::{Button, ButtonKind, Dialog, FilterMenu, Form, FormState, Glyph, Icon, Menu, MenuItem, Select, TextField};
use crate::state::contact_facet::Facet;
use crate::state::contact_place::{ContactPlace, WAYS, YES_NO, consent_code, kind_code, nature_code};
use crate::state::field_test;

type Options = Vec<(String, String)>;

/// The chips of all filters.
#[component]
pub fn ContactFilters(
    /// How the list looks.
    look: Look,
    /// Called with what it should show.
    #[prop(into)]
    on_change: Callback<(ContactPlace,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let revealed = RwSignal::new(Vec::<Facet>::new());
    let fields = Memo::new(move |_| look.fields());
    let is_on = move |facet: Facet| facet.value(&look.place()).is_some();
    let seen = Memo::new(move |_| {
        let revealed = revealed.get();
        let further = Facet::further(&fields.get());
        let wanted = further.into_iter().chain([Facet::Parent]).filter(|it| is_on(*it) || revealed.contains(it));
        Facet::FIRST.into_iter().chain(wanted).collect::<Vec<_>>()
    });
    let hidden = Memo::new(move |_| {
        let seen = seen.get();
        Facet::further(&fields.get()).into_iter().filter(|it| !seen.contains(it)).collect::<Vec<_>>()
    });
    let filtered = Memo::new(move |_| {
        let place = look.place();
        !place.unfiltered().eq(&ContactPlace { filter: model::ContactFilter { words: String::new(), ..place.filter() }, ..place })
    });
    let clear = move || {
        let place = untrack(|| look.place());
        let words = place.filter.words.clone();
        let mut next = place.unfiltered();
        next.filter.words = words;
        revealed.set(Vec::new());
        on_change.run((next,));
    };
    view! {
        <div class="filters" role="group" aria-label=move || t_string!(i18n, contacts.filters)>
            <For each=move || seen.get() key=|it| *it let:facet>
                <FacetChip facet=facet look=look on_change=on_change />
            </For>
            <Show when=move || hidden.with(|it| !it.is_empty())>
                <Menu label=move || t_string!(i18n, contact_list.filter_more) class="chip chip-quiet" glyph=Glyph::PLUS>
                    {move || {
                        hidden
                            .get()
                            .into_iter()
                            .map(|facet| {
                                let fields = fields.get();
                                view! {
                                    <MenuItem
                                        label=move || label(i18n.get_locale(), facet, &fields)
                                        on_press=move || revealed.update(|it| it.push(facet))
                                    />
                                }
                            })
                            .collect_view()
                    }}
                </Menu>
            </Show>
            <Show when=move || filtered.get()>
                <button type="button" class="chip chip-quiet" on:click=move |_| clear()>
                    {move || t_string!(i18n, contacts.filter_clear)}
                </button>
            </Show>
        </div>
    }
}

#[component]
fn FacetChip(facet: Facet, look: Look, on_change: Callback<(ContactPlace,)>) -> impl IntoView {
    let i18n = use_i18n();
    if let Facet::Field(id) = facet {
        return view! { <FieldChip id=id look=look on_change=on_change /> }.into_any();
    }
    let found = options(facet);
    let value = Memo::new(move |_| facet.value(&look.place()));
    // What is filtered by and not among the choices any more is still shown, so that it can be taken away.
    let options = Signal::derive(move || {
        let (mut options, locale) = (found.get(), i18n.get_locale());
        if let Some(value) = value.get().filter(|it| options.iter().all(|known| known.0 != *it)) {
            let word = match facet {
                Facet::Parent => td_string!(locale, contact_list.filter_of_parent, id = value.clone()),
                _ => td_string!(locale, contact_list.gone).to_owned(),
            };
            options.push((value, word));
        }
        options
    });
    let choose = move |codes: Vec<String>| {
        let mut next = untrack(|| look.place());
        facet.set(&mut next, codes.first().map(String::as_str));
        on_change.run((next,));
    };
    view! {
        <FilterMenu
            label=move || label(i18n.get_locale(), facet, &[])
            options=options
            chosen=Signal::derive(move || value.get().into_iter().collect::<Vec<_>>())
            on_choose=choose
            single=true
        />
    }
    .into_any()
}

/// The choices of a filter; those that the server knows are asked for when the chip appears.
fn options(facet: Facet) -> Signal<Options> {
    let i18n = use_i18n();
    let asked = move |answer: calls::Answer<Options>| Signal::derive(move || answer.get().unwrap_or_default());
    let yes_no = move |yes: fn(Locale) -> &'static str, no: fn(Locale) -> &'static str| {
        Signal::derive(move || {
            let locale = i18n.get_locale();
            YES_NO.map(|(is, code)| (code.to_owned(), if is { yes(locale) } else { no(locale) }.to_owned())).to_vec()
        })
    };
    let has = || yes_no(|it| td_string!(it, contact_list.has_some), |it| td_string!(it, contact_list.has_none));
    match facet {
        Facet::Kind => Signal::derive(move || {
            let locale = i18n.get_locale();
            ContactKind::ALL.map(|it| (kind_code(it).to_owned(), contact_words::kind(locale, it).to_owned())).to_vec()
        }),
        Facet::Nature => Signal::derive(move || {
            let locale = i18n.get_locale();
            let option = |it| (nature_code(it).to_owned(), contact_words::natures(locale, it).to_owned());
            [Nature::Person, Nature::Company].map(option).to_vec()
        }),
        Facet::Way => Signal::derive(move || {
            let locale = i18n.get_locale();
            WAYS.map(|(way, code)| (code.to_owned(), words::way(locale, way).to_owned())).to_vec()
        }),
        Facet::Email | Facet::Phone => has(),
        Facet::Bulk => yes_no(|it| td_string!(it, contact_list.bulk_yes), |it| td_string!(it, contact_list.bulk_no)),
        Facet::StopEmail | Facet::StopPhone => {
            yes_no(|it| td_string!(it, contact_list.stopped), |it| td_string!(it, contact_list.not_stopped))
        }
        Facet::ConsentEmail | Facet::ConsentSms => Signal::derive(move || {
            let locale = i18n.get_locale();
            ConsentState::ALL.map(|it| (consent_code(it).to_owned(), contact_words::consent(locale, it).to_owned())).to_vec()
        }),
        Facet::Tag => asked(calls::ask(
            || (),
            |()| async {
                Ok(app::contacts::list_tags(String::new()).await?.into_iter().map(|it| (it.id.to_string(), it.name)).collect())
            },
        )),
        Facet::Owner => asked(calls::ask(
            || (),
            |()| async { Ok(app::contacts::list_owners().await?.into_iter().map(|(id, name)| (id.to_string(), name)).collect()) },
        )),
        Facet::List => asked(calls::ask(
            || (),
            |()| async {
                let page = app::recipient_lists::list_lists(ListQuery::default()).await?;
                Ok(page.rows.into_iter().map(|it| (it.id.to_string(), it.name)).collect())
            },
        )),
        Facet::Segment => asked(calls::ask(
            || (),
            |()| async {
                let page = app::segments::list_segments(ListQuery::default()).await?;
                Ok(page.rows.into_iter().map(|it| (it.id.to_string(), it.fields.name)).collect())
            },
        )),
        Facet::Parent | Facet::Field(_) => Signal::stored(Vec::new()),
    }
}

/// The name of a filter.
fn label(locale: Locale, facet: Facet, fields: &[FieldDefinition]) -> String {
    match facet {
        Facet::Kind => td_string!(locale, contacts.filter_kind),
        Facet::Nature => td_string!(locale, contacts.filter_nature),
        Facet::Tag => td_string!(locale, contact_list.filter_tag),
        Facet::Owner => td_string!(locale, contact_list.filter_owner),
        Facet::Way => td_string!(locale, contact_list.filter_way),
        Facet::List => td_string!(locale, contact_list.filter_list),
        Facet::Segment => td_string!(locale, contact_list.filter_segment),
        Facet::Email => td_string!(locale, contact_list.filter_email),
        Facet::Phone => td_string!(locale, contact_list.filter_phone),
        Facet::Bulk => td_string!(locale, contact_list.filter_bulk),
        Facet::StopEmail => td_string!(locale, contact_list.filter_stop_email),
        Facet::StopPhone => td_string!(locale, contact_list.filter_stop_phone),
        Facet::ConsentEmail => td_string!(locale, contact_list.filter_consent_email),
        Facet::ConsentSms => td_string!(locale, contact_list.filter_consent_sms),
        Facet::Parent => td_string!(locale, contact_list.filter_parent),
        Facet::Field(id) => return fields.iter().find(|it| it.id == id).map_or_else(String::new, |it| it.name.clone()),
    }
    .to_owned()
}

/// The filter by an own field: a chip that opens its condition.
#[component]
fn FieldChip(id: FieldId, look: Look, on_change: Callback<(ContactPlace,)>) -> impl IntoView {
    let i18n = use_i18n();
    let open = RwSignal::new(false);
    let definition = Memo::new(move |_| look.fields().into_iter().find(|it| it.id == id));
    let condition = Memo::new(move |_| look.place().condition(id).cloned());
    let name = move || definition.with(|it| it.as_ref().map(|it| it.name.clone()).unwrap_or_default());
    let words = move || {
        let (Some(field), Some(it)) = (definition.get(), condition.get()) else { return name() };
        let test = words::test(i18n.get_locale(), &it.test, field.kind);
        format!("{}: {test} {}", field.name, field_test::shown(&field, &it.test)).trim_end().to_owned()
    };
    let is_on = move || condition.with(Option::is_some);
    let set = Callback::new(move |(condition,): (Option<FieldCondition>,)| {
        open.set(false);
        let mut next = untrack(|| look.place());
        next.set_condition(id, condition);
        on_change.run((next,));
    });
    view! {
        <span class="filter" class:active=is_on>
            <button type="button" class="chip" aria-haspopup="dialog" on:click=move |_| open.set(true)>
                <span class="label">{words}</span>
                <Icon glyph=Glyph::CHEVRON_DOWN />
            </button>
            <Show when=is_on>
                <button
                    type="button"
                    class="chip-clear"
                    aria-label=move || t_string!(i18n, parts.filter_remove, name = name())
                    on:click=move |_| set.run((None,))
                >
                    <Icon glyph=Glyph::X />
                </button>
            </Show>
        </span>
        <Dialog title=move || t_string!(i18n, contact_list.test_title, field = name()) open=open>
            {move || definition.get().map(|it| view! { <FieldForm field=it condition=condition.get_untracked() on_set=set /> })}
        </Dialog>
    }
}

#[component]
fn FieldForm(
    field: FieldDefinition,
    condition: Option<FieldCondition>,
    on_set: Callback<(Option<FieldCondition>,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let form = FormState::new();
    let kind = field.kind;
    let begun = condition.as_ref().map(|it| &it.test);
    let test = RwSignal::new(begun.map_or(field_test::tests(kind)[0], field_test::name).to_owned());
    let value = RwSignal::new(begun.map(|it| field_test::shown(&field, it)).unwrap_or_default());
    let field = StoredValue::new(field);
    let tests = Signal::derive(move || {
        let locale = i18n.get_locale();
        field_test::tests(kind).iter().map(|it| ((*it).to_owned(), test_words(locale, it, kind).to_owned())).collect::<Vec<_>>()
    });
    let needs_value = move || test.with(|it| !matches!(it.as_str(), "filled" | "empty"));
    let choices = Signal::derive(move || {
        field.with_value(|it| it.choices.iter().map(|it| (it.name.clone(), it.name.clone())).collect::<Vec<_>>())
    });
    if kind == FieldKind::Choice && value.with_untracked(String::is_empty) {
        value.set(untrack(|| choices.with(|it| it.first().map(|it| it.0.clone()).unwrap_or_default())));
    }
    let save = move || {
        let typed =
            field.with_value(|it| test.with_untracked(|test| value.with_untracked(|text| field_test::typed(it, test, text))));
        match typed {
            Some(test) => on_set.run((Some(FieldCondition { field: field.with_value(|it| it.id), test }),)),
            None => {
                let fault = field.with_value(|it| it.parse(&value.get_untracked()).err()).unwrap_or(model::Fault::Missing);
                form.refuse(app::Problem::Refused(model::Refusal::field("value", fault)));
            }
        }
    };
    view! {
        <Form state=form on_submit=save>
            <Select label=move || t_string!(i18n, contact_list.test) options=tests value=test />
            <Show when=needs_value>
                {move || match kind {
                    FieldKind::Choice => view! {
                        <Select label=move || t_string!(i18n, contact_list.test_value) options=choices value=value name="value" />
                    }
                    .into_any(),
                    _ => view! {
                        <TextField label=move || t_string!(i18n, contact_list.test_value) value=value name="value" />
                    }
                    .into_any(),
                }}
            </Show>
            <footer class="dialog-end">
                <Button label=move || t_string!(i18n, contact_list.test_act) kind=ButtonKind::Primary submit=true />
            </footer>
        </Form>
    }
}

fn test_words(locale: Locale, name: &str, kind: FieldKind) -> &'static str {
    match (name, kind) {
        ("has", _) => td_string!(locale, contact_list.test_contains),
        ("from", FieldKind::Date) => td_string!(locale, contact_list.test_from),
        ("to", FieldKind::Date) => td_string!(locale, contact_list.test_until),
        ("from", _) => td_string!(locale, contact_list.test_at_least),
        ("to", _) => td_string!(locale, contact_list.test_at_most),
        ("filled", _) => td_string!(locale, contact_list.test_filled),
        ("empty", _) => td_string!(locale, contact_list.test_empty),
        _ => td_string!(locale, contact_list.test_is),
    }
}
