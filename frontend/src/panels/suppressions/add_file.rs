//! Adding those who stand in a file: what was read is shown with what cannot be, then it is written down in steps.

use app::Problem;
use leptos::prelude::*;
use model::suppression::SUPPRESSIONS_AT_ONCE;
use model::{Change, SuppressionFile, SuppressionReason, SuppressionsAdded, SuppressionsDraft};

use super::reason::{Because, BecauseFields};
use crate::browser::upload;
use crate::format;
use crate::i18n::messages::small;
use crate::i18n::{language, refusals, suppressions as words, t_string, use_i18n};
use crate::live::Live;
use crate::panels::one_file::OneFile;
use crate::parts::{Banner, Button, DialogEnd, Form, FormState, Progress, Tone};
use crate::toast::Toasts;

/// How many bad pieces are named one by one.
const NAMED: usize = 20;

/// The file, and what was read in it.
#[component]
pub(super) fn AddFile(open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let file = RwSignal::new(None::<SuppressionFile>);
    view! {
        <Show
            when=move || file.with(Option::is_some)
            fallback=move || {
                view! {
                    <OneFile
                        label=move || t_string!(i18n, suppressions.file_pick)
                        hint=move || t_string!(i18n, suppressions.file_hint)
                        accept=".csv,.txt,.xlsx,.xml,.vcf"
                        start=|file, on_progress, on_end| upload::start_suppressions(file, on_progress, on_end)
                        on_ready=Callback::new(move |(it,)| file.set(Some(it)))
                    />
                    <footer class="dialog-end">
                        <Button label=move || t_string!(i18n, common.cancel) on_press=move || open.set(false) />
                    </footer>
                }
            }
        >
            <Found file=Signal::derive(move || file.get().unwrap_or_default()) open=open />
        </Show>
    }
}

#[component]
fn Found(file: Signal<SuppressionFile>, open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let form = FormState::new();
    let because = Because::imported();
    let share = RwSignal::new(None::<f64>);
    let number = move |n: u64| format::number(language(i18n.get_locale()), n);
    let n = move || file.with(|it| it.targets.len() as u64);
    let lifted = move || file.with(|it| it.lifted);
    let submit = move || {
        let targets = file.with_untracked(|it| it.targets.clone());
        form.submit(write_down(targets, because.reason(), because.note(), share), move |came| {
            toasts.done(words::added(untrack(|| i18n.get_locale()), &came));
            open.set(false);
            live.note(Change::Suppressions);
        });
    };
    view! {
        <Form state=form on_submit=submit>
            <p role="status">{move || t_string!(i18n, suppressions.file_found, count = small(n()), n = number(n()))}</p>
            <Show when=move || 0 < lifted()>
                <p class="meta">
                    {move || t_string!(i18n, suppressions.file_lifted, count = small(lifted()), n = number(lifted()))}
                </p>
            </Show>
            <Unread file=file />
            <Show when=move || 0 < n()>
                <BecauseFields because=because />
                <Show when=move || share.with(Option::is_some)>
                    <Progress
                        label=move || t_string!(i18n, suppressions.file_running)
                        share=Signal::derive(move || share.get().unwrap_or_default())
                    />
                </Show>
                <DialogEnd
                    label=move || t_string!(i18n, suppressions.file_save, count = small(n()), n = number(n()))
                    open=open
                    busy=form.busy()
                />
            </Show>
        </Form>
    }
}

/// Writes down step by step; what was written before a refusal stays, and is there already when it is tried again.
async fn write_down(
    targets: Vec<String>,
    reason: SuppressionReason,
    note: String,
    share: RwSignal<Option<f64>>,
) -> Result<SuppressionsAdded, Problem> {
    let (mut sum, mut done) = (SuppressionsAdded::default(), 0);
    for piece in targets.chunks(SUPPRESSIONS_AT_ONCE) {
        let _ = share.try_set(Some(done as f64 / targets.len() as f64));
        let draft = SuppressionsDraft { targets: piece.join("\n"), reason, note: note.clone() };
        let came = app::suppressions::add_suppressions_of_file(draft).await?;
        sum.added += came.added;
        sum.already += came.already;
        sum.bad.extend(came.bad);
        done += piece.len();
    }
    Ok(sum)
}

/// What cannot be read, each with its line.
#[component]
fn Unread(file: Signal<SuppressionFile>) -> impl IntoView {
    let i18n = use_i18n();
    let number = move |n: u64| format::number(language(i18n.get_locale()), n);
    let n = move || file.with(|it| it.bad_in_all);
    let head = move || t_string!(i18n, suppressions.bad, count = small(n()), n = number(n()));
    let more = move || {
        let rest = n().saturating_sub(NAMED as u64);
        (0 < rest).then(|| t_string!(i18n, suppressions.bad_more, count = small(rest), n = number(rest)))
    };
    let named = move || {
        let locale = i18n.get_locale();
        let bad = file.with(|it| it.bad.iter().take(NAMED).cloned().collect::<Vec<_>>());
        bad.into_iter()
            .map(|(line, fault)| {
                let at = t_string!(i18n, imports.hint_line, n = number(line));
                view! { <li>{at} ": " {refusals::fault(locale, &fault)}</li> }
            })
            .collect_view()
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
