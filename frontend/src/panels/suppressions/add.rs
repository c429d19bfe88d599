//! Adding one or many: what can be read is counted while one types, what cannot is named.

use leptos::prelude::*;
use model::{Change, SuppressionsDraft};

use super::add_file::AddFile;
use super::reason::{Because, BecauseFields};
use crate::format;
use crate::i18n::{language, refusals, suppressions as words, t_string, use_i18n};
use crate::live::Live;
use crate::parts::{Banner, Dialog, DialogEnd, Form, FormState, RadioGroup, TextArea, Tone};
use crate::state::target_list::TargetCount;
use crate::toast::Toasts;

/// How many bad pieces are named one by one.
const NAMED: usize = 5;

/// The dialog that adds.
#[component]
pub fn AddSuppressions(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Dialog title=move || t_string!(i18n, suppressions.add_title) open=open>
            <Ways open=open />
        </Dialog>
    }
}

/// Typed, or from a file.
#[component]
fn Ways(open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let way = RwSignal::new("typed".to_owned());
    let options = vec![
        ("typed", TextProp::from(move || t_string!(i18n, suppressions.way_typed))),
        ("file", TextProp::from(move || t_string!(i18n, suppressions.way_file))),
    ];
    view! {
        <RadioGroup label=move || t_string!(i18n, suppressions.way) options=options value=way segmented=true />
        <Show when=move || way.with(|it| it == "file") fallback=move || view! { <AddForm open=open /> }>
            <AddFile open=open />
        </Show>
    }
}

#[component]
fn AddForm(open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let form = FormState::new();
    let targets = RwSignal::new(String::new());
    let because = Because::new();
    let count = Memo::new(move |_| targets.with(|it| TargetCount::of(it)));
    let submit = move || {
        let draft = SuppressionsDraft { targets: targets.get_untracked(), reason: because.reason(), note: because.note() };
        form.submit(app::suppressions::add_suppressions(draft), move |came| {
            toasts.done(words::added(untrack(|| i18n.get_locale()), &came));
            open.set(false);
            live.note(Change::Suppressions);
        });
    };
    view! {
        <Form state=form on_submit=submit>
            <TextArea
                label=move || t_string!(i18n, suppressions.targets)
                hint=move || t_string!(i18n, suppressions.targets_hint)
                value=targets
                name="targets"
                lines=5
            />
            <div class="target-count" role="status">
                <Reads count=count />
            </div>
            <Unread count=count />
            <BecauseFields because=because />
            <DialogEnd label=move || t_string!(i18n, suppressions.save) open=open busy=form.busy() />
        </Form>
    }
}

/// What can be read, by kind.
#[component]
fn Reads(count: Memo<TargetCount>) -> impl IntoView {
    let i18n = use_i18n();
    move || {
        let it = count.get();
        let n = |n: u32| format::number(language(i18n.get_locale()), u64::from(n));
        let mut kinds = Vec::new();
        if 0 < it.addresses {
            kinds.push(t_string!(i18n, suppressions.reads_addresses, count = it.addresses, n = n(it.addresses)));
        }
        if 0 < it.domains {
            kinds.push(t_string!(i18n, suppressions.reads_domains, count = it.domains, n = n(it.domains)));
        }
        if 0 < it.numbers {
            kinds.push(t_string!(i18n, suppressions.reads_numbers, count = it.numbers, n = n(it.numbers)));
        }
        (!kinds.is_empty()).then(|| view! { <p class="meta">{kinds.join(" · ")}</p> })
    }
}

/// What cannot be read, each piece with what is wrong.
#[component]
fn Unread(count: Memo<TargetCount>) -> impl IntoView {
    let i18n = use_i18n();
    let bad = Memo::new(move |_| count.with(|it| it.bad.clone()));
    let n = move || bad.with(|it| it.len() as u32);
    let written = move |n: u32| format::number(language(i18n.get_locale()), u64::from(n));
    let head = move || t_string!(i18n, suppressions.bad, count = n(), n = written(n()));
    let more = move || {
        let rest = n().saturating_sub(NAMED as u32);
        (0 < rest).then(|| t_string!(i18n, suppressions.bad_more, count = rest, n = written(rest)))
    };
    let named = move || {
        let locale = i18n.get_locale();
        bad.get().iter().take(NAMED).map(|it| view! { <li>{refusals::fault(locale, it)}</li> }).collect_view()
    };
    view! {
        <Show when=move || 0 < n()>
            <Banner tone=Tone::Warning text=head>
                <ul class="unread">
                    {named}
                    {move || more().map(|it| view! { <li class="meta">{it}</li> })}
                </ul>
            </Banner>
        </Show>
    }
}
