//! Two contacts side by side, and what stays of each.

use leptos::prelude::*;
use model::{Contact, ContactId};

use crate::calls;
use crate::format;
use crate::i18n::{Locale, contacts as contact_words, t_string, td_string, use_i18n};
use crate::panels::loaded::Loaded;
use crate::parts::{Button, ButtonKind, Dialog};
use crate::state::merge::{Merge, MergeField};
use crate::toast::Toasts;

/// Compares the two chosen contacts and merges them, once it was seen that this is for ever.
#[component]
pub(super) fn MergeDialog(
    /// Which two.
    chosen: RwSignal<Vec<ContactId>>,
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Called with the contact that went.
    #[prop(into)]
    on_merged: Callback<(ContactId,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Dialog title=move || t_string!(i18n, duplicates.merge_title) open=open wide=true>
            <Fetch chosen=chosen.get_untracked() open=open on_merged=on_merged />
        </Dialog>
    }
}

/// Asked when the dialog opens: what is compared is what is stored now.
#[component]
fn Fetch(chosen: Vec<ContactId>, open: RwSignal<bool>, on_merged: Callback<(ContactId,)>) -> impl IntoView {
    let [left, right] = [chosen.first().copied(), chosen.get(1).copied()].map(|it| it.unwrap_or(ContactId(0)));
    let answer = calls::ask(
        || (),
        move |()| async move {
            let left = app::contacts::open_contact(left).await?;
            Ok((left, app::contacts::open_contact(right).await?))
        },
    );
    view! {
        <Loaded answer=answer let:both>
            {
                let (left, right): (Contact, Contact) = both.get_untracked();
                view! { <Compare merge=RwSignal::new(Merge::new(left, right)) open=open on_merged=on_merged /> }
            }
        </Loaded>
    }
}

#[component]
fn Compare(merge: RwSignal<Merge>, open: RwSignal<bool>, on_merged: Callback<(ContactId,)>) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = Toasts::find();
    let busy = RwSignal::new(false);
    let differing = merge.with_untracked(Merge::differing);
    let name = move |side: usize| merge.with(|it| it.sides[side].fields.display_name());
    let act = move || {
        let draft = merge.with_untracked(Merge::draft);
        let (name, gone) = (draft.fields.display_name(), draft.other.0);
        calls::act(busy, app::duplicates::merge_contacts(draft), move |_| {
            open.set(false);
            toasts.done(untrack(|| t_string!(i18n, duplicates.merged, name = name)));
            on_merged.run((gone,));
        });
    };
    view! {
        <p>{move || t_string!(i18n, duplicates.merge_text)}</p>
        <table class="merge">
            <thead>
                <tr>
                    <th scope="col">{move || t_string!(i18n, duplicates.which_stays)}</th>
                    {[0, 1]
                        .map(|side| {
                            let state = move || match merge.with(|it| it.stays == side) {
                                true => t_string!(i18n, duplicates.stays),
                                false => t_string!(i18n, duplicates.goes),
                            };
                            view! {
                                <th scope="col">
                                    <Choice
                                        group="stays".to_owned()
                                        words=Signal::derive(move || name(side))
                                        on=Signal::derive(move || merge.with(|it| it.stays == side))
                                        on_choose=move || merge.update(|it| it.stays = side)
                                    />
                                    <span class="meta">{state}</span>
                                </th>
                            }
                        })
                        .collect_view()}
                </tr>
            </thead>
            <tbody>
                {differing.into_iter().map(|it| view! { <FieldRow field=it merge=merge /> }).collect_view()}
                <United merge=merge />
            </tbody>
        </table>
        <p class="meta">{move || t_string!(i18n, duplicates.same)}</p>
        <footer class="dialog-end">
            <Button label=move || t_string!(i18n, common.cancel) on_press=move || open.set(false) />
            <Button label=move || t_string!(i18n, duplicates.merge_act) kind=ButtonKind::Danger busy=busy on_press=act />
        </footer>
    }
}

#[component]
fn FieldRow(field: MergeField, merge: RwSignal<Merge>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <tr>
            <th scope="row">{move || label(i18n.get_locale(), field)}</th>
            {[0, 1]
                .map(|side| {
                    let words = move || match merge.with(|it| value(i18n.get_locale(), field, &it.sides[side])) {
                        it if it.is_empty() => t_string!(i18n, duplicates.nothing_typed).to_owned(),
                        it => it,
                    };
                    view! {
                        <td>
                            <Choice
                                group=format!("{field:?}")
                                words=Signal::derive(words)
                                on=Signal::derive(move || merge.with(|it| it.side(field) == side))
                                on_choose=move || merge.update(|it| it.choose(field, side))
                            />
                        </td>
                    }
                })
                .collect_view()}
        </tr>
    }
}

#[component]
fn Choice(group: String, words: Signal<String>, on: Signal<bool>, #[prop(into)] on_choose: Callback<()>) -> impl IntoView {
    view! {
        <label class="radio">
            <input type="radio" name=format!("merge-{group}") prop:checked=move || on.get() on:change=move |_| on_choose.run(()) />
            <span>{move || words.get()}</span>
        </label>
    }
}

/// What of both stays together.
#[component]
fn United(merge: RwSignal<Merge>) -> impl IntoView {
    let i18n = use_i18n();
    let lists = move || {
        let fields = merge.with(Merge::fields);
        let text = |lines: &[model::AddressLine]| lines.iter().map(|it| format::phone(&it.text)).collect::<Vec<_>>().join(", ");
        [
            (t_string!(i18n, duplicates.field_emails), text(&fields.emails)),
            (t_string!(i18n, duplicates.field_phones), text(&fields.phones)),
            (t_string!(i18n, duplicates.field_tags), fields.tags.join(", ")),
        ]
    };
    move || {
        lists()
            .into_iter()
            .filter(|it| !it.1.is_empty())
            .map(|(name, text)| {
                view! {
                    <tr>
                        <th scope="row">{name}</th>
                        <td colspan="2">{text}</td>
                    </tr>
                }
            })
            .collect_view()
    }
}

fn label(locale: Locale, field: MergeField) -> &'static str {
    match field {
        MergeField::Nature => td_string!(locale, duplicates.field_nature),
        MergeField::Kind => td_string!(locale, duplicates.field_kind),
        MergeField::Titles => td_string!(locale, duplicates.field_titles),
        MergeField::FirstName => td_string!(locale, duplicates.field_first_name),
        MergeField::LastName => td_string!(locale, duplicates.field_last_name),
        MergeField::Vocative => td_string!(locale, duplicates.field_vocative),
        MergeField::Company => td_string!(locale, duplicates.field_company),
        MergeField::Position => td_string!(locale, duplicates.field_position),
        MergeField::Salutation => td_string!(locale, duplicates.field_salutation),
        MergeField::RegistrationNumber => td_string!(locale, duplicates.field_registration_number),
        MergeField::TaxNumber => td_string!(locale, duplicates.field_tax_number),
        MergeField::VatNumber => td_string!(locale, duplicates.field_vat_number),
        MergeField::Billing => td_string!(locale, duplicates.field_billing),
        MergeField::Delivery => td_string!(locale, duplicates.field_delivery),
        MergeField::Note => td_string!(locale, duplicates.field_note),
    }
}

fn value(locale: Locale, field: MergeField, contact: &Contact) -> String {
    match field {
        MergeField::Nature => contact_words::nature(locale, contact.fields.nature).to_owned(),
        MergeField::Kind => contact_words::kind(locale, contact.fields.kind).to_owned(),
        _ => field.text(&contact.fields),
    }
}
