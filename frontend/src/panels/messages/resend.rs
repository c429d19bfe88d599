//! The question before messages are sent again: who gets them, who does not and why.

use leptos::prelude::*;
use model::{MessageId, ResendCount, ResendLook, ResendTo};

use crate::calls;
use crate::i18n::{t_string, use_i18n};
use crate::panels::loaded::Loaded;
use crate::parts::{Button, ButtonKind, Dialog, RadioGroup};

/// Looks what would go while it is open; the act goes to what can be sent again, and to whom was chosen.
#[component]
pub fn ResendDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// What would be repeated.
    #[prop(into)]
    ids: Signal<Vec<MessageId>>,
    /// Whether the act runs.
    #[prop(into)]
    busy: Signal<bool>,
    /// Called with the messages when it is wanted.
    #[prop(into)]
    on_confirm: Callback<(Vec<MessageId>, ResendTo)>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Dialog title=move || t_string!(i18n, messages.resend_title) open=open>
            <Question open=open ids=ids busy=busy on_confirm=on_confirm />
        </Dialog>
    }
}

#[component]
fn Question(
    open: RwSignal<bool>,
    ids: Signal<Vec<MessageId>>,
    busy: Signal<bool>,
    on_confirm: Callback<(Vec<MessageId>, ResendTo)>,
) -> impl IntoView {
    let look = calls::ask(move || ids.get(), app::messages::look_at_resending);
    view! {
        <Loaded answer=look lines=3 let:look>
            <Looked open=open look=look busy=busy on_confirm=on_confirm />
        </Loaded>
    }
}

/// What was found, the choice where there is one, and the act with its number.
#[component]
fn Looked(
    open: RwSignal<bool>,
    look: Signal<ResendLook>,
    busy: Signal<bool>,
    on_confirm: Callback<(Vec<MessageId>, ResendTo)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let chosen = RwSignal::new(code(look.with_untracked(ResendLook::usual)).to_owned());
    let to = Memo::new(
        move |_| if chosen.with(|it| it == code(ResendTo::Unreached)) { ResendTo::Unreached } else { ResendTo::Everybody },
    );
    let count = Memo::new(move |_| look.with(|it| it.count(to.get())));
    let people = move || count.with(|it| it.goes);
    let text = move || {
        if 1 < look.with(|it| it.ids.len()) {
            t_string!(i18n, messages.resend_many, count = people(), n = people())
        } else {
            t_string!(i18n, messages.resend_one, count = people(), n = people())
        }
    };
    let nobody = move || people() == 0;
    let options: Vec<(&'static str, TextProp)> = vec![
        (code(ResendTo::Unreached), (move || t_string!(i18n, messages.resend_unreached)).into()),
        (code(ResendTo::Everybody), (move || t_string!(i18n, messages.resend_everybody)).into()),
    ];
    let options = StoredValue::new(options);
    view! {
        <Show when=move || !nobody() fallback=move || view! { <p>{move || t_string!(i18n, messages.resend_nobody)}</p> }>
            <p>{text}</p>
        </Show>
        <Show when=move || look.with(ResendLook::is_mixed)>
            <RadioGroup
                label=move || t_string!(i18n, messages.resend_whom)
                options=options.get_value()
                value=chosen
            />
        </Show>
        <Left look=look count=count />
        <footer class="dialog-end">
            <Button label=move || t_string!(i18n, common.cancel) on_press=move || open.set(false) />
            <Show when=move || !nobody()>
                <Button
                    label=move || t_string!(i18n, messages.resend_to, count = people(), n = people())
                    kind=ButtonKind::Primary
                    busy=busy
                    on_press=move || on_confirm.run((look.with_untracked(|it| it.ids.clone()), to.get_untracked()))
                />
            </Show>
        </footer>
    }
}

fn code(to: ResendTo) -> &'static str {
    match to {
        ResendTo::Everybody => "everybody",
        ResendTo::Unreached => "unreached",
    }
}

/// Who is left out or doubtful, each with its number.
#[component]
fn Left(look: Signal<ResendLook>, count: Memo<ResendCount>) -> impl IntoView {
    let i18n = use_i18n();
    let lines = move || {
        let ResendCount { suppressed, invalid, .. } = count.get();
        let (had_it, not_possible) = look.with(|it| (it.had_it, it.not_possible));
        let lines = [
            (had_it, t_string!(i18n, messages.resend_had_it, count = had_it, n = had_it)),
            (suppressed, t_string!(i18n, messages.resend_suppressed, count = suppressed, n = suppressed)),
            (invalid, t_string!(i18n, messages.resend_invalid, count = invalid, n = invalid)),
            (not_possible, t_string!(i18n, messages.resend_not_possible, count = not_possible, n = not_possible)),
        ];
        lines.into_iter().filter(|it| 0 < it.0).map(|it| view! { <li>{it.1}</li> }).collect_view()
    };
    view! { <ul class="resend-left">{lines}</ul> }
}
