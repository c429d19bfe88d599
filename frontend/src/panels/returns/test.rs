//! *Test the mailbox*: opens it with what is typed and reads nothing.

use leptos::prelude::*;
use model::{AccountId, MailboxProbe};

use super::fields::Fields;
use crate::calls::act;
use crate::format;
use crate::i18n::{language, messages::small, returns as words, t_string, use_i18n};
use crate::parts::{Banner, Button, FormState, Glyph, Tone};
use crate::state::mailbox_form::MailboxForm;

/// The button and, below it, the last result; a result is marked as old once something else is typed.
#[component]
pub(super) fn MailboxTest(fields: Fields, id: AccountId, form: FormState) -> impl IntoView {
    let i18n = use_i18n();
    let busy = RwSignal::new(false);
    let made = RwSignal::new(None::<(MailboxForm, MailboxProbe)>);
    let test = move || {
        let typed = untrack(|| fields.form());
        let draft = match typed.draft() {
            Ok(draft) => draft,
            Err(refusal) => return form.refuse(refusal.into()),
        };
        form.clear_all();
        made.set(None);
        act(busy, app::bounces::test_bounce_mailbox(id, draft), move |probe| made.set(Some((typed, probe))));
    };
    let old = Memo::new(move |_| made.with(|it| it.as_ref().is_some_and(|it| it.0 != fields.form())));
    let label = move || if busy.get() { t_string!(i18n, accounts.testing) } else { t_string!(i18n, returns.test) };
    view! {
        <section class="connection-test">
            <div class="connection-test-head">
                <Button label=label icon=Glyph::PLUG busy=busy on_press=test />
                <p class="hint">{move || t_string!(i18n, returns.test_hint)}</p>
            </div>
            <div role="status">
                <Show when=move || old.get()>
                    <Banner tone=Tone::Warning text=move || t_string!(i18n, returns.test_old) />
                </Show>
                {move || made.get().map(|it| view! { <Outcome probe=it.1 /> })}
            </div>
        </section>
    }
}

#[component]
fn Outcome(probe: MailboxProbe) -> impl IntoView {
    let i18n = use_i18n();
    match probe.trouble {
        Some((stage, said)) => {
            let text = move || t_string!(i18n, returns.test_failed, stage = words::stage(i18n.get_locale(), stage));
            view! {
                <Banner tone=Tone::Bad text=text />
                <pre class="literal">{said}</pre>
            }
            .into_any()
        }
        None => {
            let n = probe.mails.unwrap_or_default();
            let number = move || format::number(language(i18n.get_locale()), n);
            let text = move || t_string!(i18n, returns.test_opened, count = small(n), n = number());
            view! { <Banner tone=Tone::Good text=text /> }.into_any()
        }
    }
}
