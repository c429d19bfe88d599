//! A hint while a contact is typed: somebody else has this address already.

use leptos::prelude::*;
use leptos_router::components::A;
use model::{AddressHolder, ContactId};

use crate::browser::timer::Pause;
use crate::calls;
use crate::i18n::{t_string, use_i18n};
use crate::parts::{Glyph, Icon};

/// How long typing must rest before it is asked, in milliseconds.
const REST_MS: u32 = 400;

/// Names who has the typed addresses and numbers already.
#[component]
pub fn Holders(
    /// The e-mail addresses as typed.
    #[prop(into)]
    emails: Signal<Vec<String>>,
    /// The phone numbers as typed.
    #[prop(into)]
    phones: Signal<Vec<String>>,
    /// The contact that is being changed.
    besides: Option<ContactId>,
) -> impl IntoView {
    let i18n = use_i18n();
    let pause = StoredValue::new(Pause::new(REST_MS));
    let rested = RwSignal::new((Vec::new(), Vec::new()));
    let typed = Memo::new(move |_| {
        let full = |it: Vec<String>| it.into_iter().filter(|it| 4 < it.trim().len()).collect::<Vec<_>>();
        (full(emails.get()), full(phones.get()))
    });
    Effect::new(move |_| {
        let typed = typed.get();
        pause.with_value(|it| it.then(move || drop(rested.try_set(typed))));
    });
    let answer = calls::ask(
        move || rested.get(),
        move |(emails, phones): (Vec<String>, Vec<String>)| async move {
            match emails.is_empty() && phones.is_empty() {
                true => Ok(Vec::new()),
                false => app::duplicates::find_holders(emails, phones, besides).await,
            }
        },
    );
    let holders = Memo::new(move |_| answer.get().unwrap_or_default());
    let count = move || holders.with(|it| it.len() as u32);
    view! {
        <div role="status">
            <Show when=move || 0 < count()>
                <div class="holders">
                    <Icon glyph=Glyph::TRIANGLE_ALERT />
                    <div>
                        <p>{move || t_string!(i18n, duplicates.holders, count = count())}</p>
                        <ul>
                            {move || {
                                holders
                                    .get()
                                    .into_iter()
                                    .map(|it: AddressHolder| {
                                        let words = t_string!(i18n, duplicates.holder, text = it.text, name = it.name);
                                        view! {
                                            <li>
                                                <A href=format!("/contacts/{}", it.contact)>{words}</A>
                                            </li>
                                        }
                                    })
                                    .collect_view()
                            }}
                        </ul>
                    </div>
                </div>
            </Show>
        </div>
    }
}
