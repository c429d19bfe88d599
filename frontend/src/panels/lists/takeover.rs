//! Taking contacts over into a list by what they are to us.

use leptos::prelude::*;
use model::{ContactKind, Reachable, RecipientListId, Takeover};

use super::run::Run;
use crate::i18n::{contacts, lists as words, t_string, tu_string, use_i18n};
use crate::parts::{Button, ButtonKind, Checkbox, Dialog, RadioGroup};
use crate::toast::Toasts;

/// Asks which contacts are taken over and takes them.
#[component]
pub(super) fn TakeoverDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The list.
    list: RecipientListId,
    /// Runs the calls.
    run: Run,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Dialog title=move || t_string!(i18n, lists.takeover_title) open=open>
            <TakeoverForm open=open list=list run=run />
        </Dialog>
    }
}

#[component]
fn TakeoverForm(open: RwSignal<bool>, list: RecipientListId, run: Run) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = Toasts::find();
    let kinds = ContactKind::ALL.map(|kind| (kind, RwSignal::new(false)));
    let (branches, persons) = (RwSignal::new(true), RwSignal::new(true));
    let reachable = RwSignal::new("anyhow".to_owned());
    let is_nobody = Signal::derive(move || kinds.iter().all(|it| !it.1.get()));
    let begin = move || {
        let takeover = Takeover {
            kinds: kinds.iter().filter(|it| it.1.get_untracked()).map(|it| it.0).collect(),
            branches: branches.get_untracked(),
            persons: persons.get_untracked(),
            reachable: match reachable.get_untracked().as_str() {
                "email" => Reachable::Email,
                "phone" => Reachable::Phone,
                "either" => Reachable::Either,
                _ => Reachable::Anyhow,
            },
        };
        open.set(false);
        run.start(
            move |after| app::recipient_lists::take_over_into_list(list, takeover.clone(), after),
            move |all| {
                let n = words::members(i18n.get_locale_untracked(), u64::from(all.done));
                toasts.done(tu_string!(i18n, lists.added, members = n));
            },
        );
    };
    let boxes = kinds.map(|(kind, checked)| {
        view! { <Checkbox label=move || contacts::kind(i18n.get_locale(), kind) checked=checked /> }
    });
    view! {
        <div class="form">
            <fieldset class="radio-group">
                <legend>{move || t_string!(i18n, lists.takeover_kinds)}</legend>
                <div class="takeover-kinds">{boxes.into_iter().collect_view()}</div>
            </fieldset>
            <div class="takeover-kin">
                <Checkbox label=move || t_string!(i18n, lists.takeover_branches) checked=branches />
                <Checkbox label=move || t_string!(i18n, lists.takeover_persons) checked=persons />
            </div>
            <RadioGroup
                label=move || t_string!(i18n, lists.takeover_reachable)
                options=vec![
                    ("anyhow", TextProp::from(move || t_string!(i18n, lists.reachable_anyhow))),
                    ("email", TextProp::from(move || t_string!(i18n, lists.reachable_email))),
                    ("phone", TextProp::from(move || t_string!(i18n, lists.reachable_phone))),
                    ("either", TextProp::from(move || t_string!(i18n, lists.reachable_either))),
                ]
                value=reachable
            />
            <footer class="dialog-end">
                <Button label=move || t_string!(i18n, common.cancel) on_press=move || open.set(false) />
                <Button
                    label=move || t_string!(i18n, lists.takeover_begin)
                    kind=ButtonKind::Primary
                    disabled=is_nobody
                    on_press=begin
                />
            </footer>
        </div>
    }
}
