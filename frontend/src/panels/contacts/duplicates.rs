//! Contacts that seem to be the same: found by one reason at a time, portion by portion.

mod holders;
mod merge;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::A;
use model::{Change, ContactId, DuplicateGroup, DuplicatePlace, DuplicateReason, Permission};

pub use self::holders::Holders;
use self::merge::MergeDialog;
use crate::calls;
use crate::format;
use crate::i18n::{contact_list as words, language, t_string, use_i18n};
use crate::live::Live;
use crate::parts::{Avatar, Button, ButtonKind, EmptyState, ErrorState, Glyph, Skeleton, When};
use crate::session::Session;
use crate::state::merge::choose_two;
use crate::toast::Toasts;

/// How many groups are looked for before the person is asked whether to go on.
const ENOUGH: usize = 20;

/// The groups found for one reason.
#[component]
pub fn DuplicateList(
    /// By what they are found.
    #[prop(into)]
    reason: Signal<DuplicateReason>,
) -> impl IntoView {
    let i18n = use_i18n();
    let search = Search::new(reason);
    let groups = search.groups;
    let is_nothing = move || groups.with(Vec::is_empty) && !search.pending.get() && search.next.with(Option::is_none);
    view! {
        <div class="duplicates" aria-busy=move || search.pending.get().to_string()>
            <For each=move || groups.get() key=|it| (it.reason, it.key.clone(), it.count) let:group>
                <Group group=group search=search />
            </For>
            <Show when=move || search.pending.get()>
                <p class="meta" role="status">{move || t_string!(i18n, duplicates.looking)}</p>
                <Skeleton lines=4 />
            </Show>
            {move || {
                search
                    .problem
                    .get()
                    .map(|it| view! { <ErrorState problem=Signal::stored(it) on_retry=move || search.go_on() /> })
            }}
            <Show when=move || is_nothing() && search.problem.with(Option::is_none)>
                <EmptyState
                    glyph=Glyph::CHECK_CHECK
                    title=move || t_string!(i18n, duplicates.nothing_title)
                    text=move || t_string!(i18n, duplicates.nothing_text)
                />
            </Show>
            <Show when=move || !search.pending.get() && search.next.with(Option::is_some)>
                <Button label=move || t_string!(i18n, duplicates.more) on_press=move || search.go_on() />
            </Show>
        </div>
    }
}

/// Looking through the contacts, call by call.
#[derive(Clone, Copy)]
struct Search {
    groups: RwSignal<Vec<DuplicateGroup>>,
    next: RwSignal<Option<DuplicatePlace>>,
    pending: RwSignal<bool>,
    problem: RwSignal<Option<app::Problem>>,
    turn: StoredValue<u32>,
}

impl Search {
    fn new(reason: Signal<DuplicateReason>) -> Self {
        let search = Self {
            groups: RwSignal::new(Vec::new()),
            next: RwSignal::new(None),
            pending: RwSignal::new(true),
            problem: RwSignal::new(None),
            turn: StoredValue::new(0),
        };
        let reason = Memo::new(move |_| reason.get());
        Effect::new(move |_| {
            search.groups.set(Vec::new());
            search.next.set(Some(DuplicatePlace { reason: reason.get(), from: String::new() }));
            search.go_on();
        });
        search
    }

    /// Looks on until there are enough new groups or everything was looked at.
    fn go_on(self) {
        let own = self.turn.get_value() + 1;
        self.turn.set_value(own);
        self.pending.set(true);
        self.problem.set(None);
        let session = Session::find();
        spawn_local(async move {
            let mut found = 0;
            while found < ENOUGH {
                let Some(place) = self.next.try_get_untracked().flatten() else { break };
                let came = app::duplicates::list_duplicates(place).await;
                if self.turn.try_get_value() != Some(own) {
                    return;
                }
                match came {
                    Ok(page) => {
                        found += page.groups.len();
                        self.next.set(page.next);
                        self.groups.update(|it| it.extend(page.groups));
                    }
                    Err(app::Problem::Refused(model::Refusal::SignedOut)) => return session.end(),
                    Err(problem) => {
                        self.problem.set(Some(problem));
                        break;
                    }
                }
            }
            self.pending.set(false);
        });
    }

    /// Takes a group away that is settled.
    fn settle(self, group: &DuplicateGroup) {
        self.groups.update(|it| it.retain(|it| (it.reason, &it.key) != (group.reason, &group.key)));
    }

    /// Takes a contact out of all groups; what is left of one contact is no group any more.
    fn forget(self, id: ContactId) {
        self.groups.update(|groups| {
            for group in groups.iter_mut() {
                let before = group.contacts.len();
                group.contacts.retain(|it| it.row.id != id);
                group.count -= (before - group.contacts.len()) as u32;
            }
            groups.retain(|it| 1 < it.count);
        });
    }
}

#[component]
fn Group(group: DuplicateGroup, search: Search) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let (live, toasts) = (Live::find(), Toasts::find());
    let chosen = RwSignal::new(group.contacts.iter().take(2).map(|it| it.row.id).collect::<Vec<_>>());
    let (merges, busy) = (RwSignal::new(false), RwSignal::new(false));
    let shared = StoredValue::new(group.key.trim_start_matches("| ").replace(" | ", ", "));
    let count = group.count;
    let title = move || {
        let n = format::number(language(i18n.get_locale()), u64::from(count));
        t_string!(i18n, duplicates.group, count = count, n = n, key = shared.get_value())
    };
    let own = StoredValue::new(group.clone());
    let dismiss = move || {
        let (reason, key) = own.with_value(|it| (it.reason, it.key.clone()));
        calls::act(busy, app::duplicates::dismiss_duplicates(reason, key), move |()| {
            toasts.done(untrack(|| t_string!(i18n, duplicates.dismissed)));
            own.with_value(|it| search.settle(it));
        });
    };
    let merged = move |gone: ContactId| {
        search.forget(gone);
        live.note(Change::Contacts);
    };
    let may_merge = move || session.can(Permission::ContactsEdit) && session.can(Permission::ContactsDelete);
    let is_two = move || chosen.with(|it| it.len() == 2);
    view! {
        <section class="duplicate-group" aria-label=title>
            <header>
                <h2>{title}</h2>
                <div class="duplicate-acts">
                    <Show when=move || session.can(Permission::ContactsEdit)>
                        <Button label=move || t_string!(i18n, duplicates.dismiss) busy=busy on_press=dismiss />
                    </Show>
                    <Show when=may_merge>
                        <Button
                            label=move || t_string!(i18n, duplicates.merge)
                            kind=ButtonKind::Primary
                            disabled=Signal::derive(move || !is_two())
                            hint=move || if is_two() { "" } else { t_string!(i18n, duplicates.merge_two) }
                            on_press=move || merges.set(true)
                        />
                    </Show>
                </div>
            </header>
            <ul>
                {group
                    .contacts
                    .into_iter()
                    .map(|line| {
                        let (id, name) = (line.row.id, line.row.name.clone());
                        let phone = format::phone(&line.row.phone);
                        let facts = [line.row.company_name, line.row.email, phone, line.row.city, line.registration_number];
                        let facts = facts.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" · ");
                        let spoken = name.clone();
                        view! {
                            <li>
                                <Show when=may_merge>
                                    <input
                                        type="checkbox"
                                        aria-label={
                                            let spoken = spoken.clone();
                                            move || t_string!(i18n, duplicates.choose, name = spoken.clone())
                                        }
                                        prop:checked=move || chosen.with(|it| it.contains(&id))
                                        on:change=move |_| chosen.update(|it| choose_two(it, id))
                                    />
                                </Show>
                                <Avatar name=Signal::stored(name.clone()) square=line.row.nature == model::Nature::Company />
                                <span class="clip">
                                    <A href=format!("/contacts/{id}")>{name}</A>
                                    " "
                                    <span class="meta">{facts}</span>
                                </span>
                                <span class="meta"><When at=Signal::stored(line.row.updated_at) /></span>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
            <MergeDialog chosen=chosen open=merges on_merged=merged />
        </section>
    }
}

/// The reasons, as a choice above the groups.
#[component]
pub fn Reasons(
    /// The one that is shown.
    #[prop(into)]
    reason: Signal<DuplicateReason>,
    /// Called with another one.
    #[prop(into)]
    on_choose: Callback<(DuplicateReason,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="filters" role="group" aria-label=move || t_string!(i18n, duplicates.reasons)>
            {DuplicateReason::ALL
                .map(|it| {
                    view! {
                        <crate::parts::Chip
                            label=move || words::reason(i18n.get_locale(), it)
                            pressed=Signal::derive(move || reason.get() == it)
                            on_press=move || on_choose.run((it,))
                        />
                    }
                })
                .collect_view()}
        </div>
    }
}
