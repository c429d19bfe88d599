//! The signs that make a text message dear, each with what can be written instead.

use content::sms::{Alphabet, Dear, dear_as, replaced, without_diacritics};
use leptos::prelude::*;

use crate::i18n::{t_string, use_i18n};
use crate::parts::{Button, ButtonKind};
use crate::state::sms_text::Measured;

/// The signs that force Unicode. When diacritics are taken off only those are left that have no likeness.
#[component]
pub(super) fn DearSigns(
    /// What is typed.
    value: RwSignal<String>,
    /// The text for the person that is shown.
    measured: Memo<Option<Measured>>,
    /// Whether diacritics stay.
    keeps_diacritics: RwSignal<bool>,
    /// Whether it can only be looked at.
    readonly: Signal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let signs = Memo::new(move |_| {
        let in_latin1 = measured.with(|it| it.as_ref().is_some_and(|it| it.in_latin1));
        let stays = |it: &Dear| {
            let plain = || without_diacritics(&it.sign.to_string());
            keeps_diacritics.get() || Alphabet::as_written(&plain(), in_latin1) == Alphabet::Unicode
        };
        value.with(|it| dear_as(it, in_latin1).into_iter().filter(stays).collect::<Vec<_>>())
    });
    // What comes from the data cannot be replaced in the text.
    let from_data = Memo::new(move |_| {
        let forcing = measured.with(|it| it.as_ref().map(|it| it.count.forcing.clone()).unwrap_or_default());
        let from_data =
            signs.with(|signs| forcing.into_iter().filter(|it| signs.iter().all(|dear| dear.sign != *it)).collect::<Vec<_>>());
        from_data.iter().map(char::to_string).collect::<Vec<_>>().join(" ")
    });
    let replace_all = move || {
        let cheap = signs.with_untracked(|it| it.iter().fold(value.get_untracked(), |text, it| replaced(&text, it.sign)));
        value.set(cheap);
    };
    view! {
        <Show when=move || signs.with(|it| !it.is_empty())>
            <section class="sms-dear" aria-label=move || t_string!(i18n, sms_text.dear)>
                <p>{move || t_string!(i18n, sms_text.dear_why)}</p>
                <ul>
                    <For each=move || signs.get() key=|it| (it.sign, it.times) let:it>
                        {
                            let Dear { sign, times, instead } = it;
                            let does = move || match instead.as_str() {
                                "" => t_string!(i18n, sms_text.leave_out, sign = sign).to_string(),
                                it => t_string!(i18n, sms_text.replace, sign = sign, instead = it.to_owned()).to_string(),
                            };
                            view! {
                                <li>
                                    <kbd>{sign.to_string()}</kbd>
                                    <span>{format!("×\u{202f}{times}")}</span>
                                    <Button
                                        label=does
                                        kind=ButtonKind::Quiet
                                        disabled=readonly
                                        on_press=move || value.update(|it| *it = replaced(it, sign))
                                    />
                                </li>
                            }
                        }
                    </For>
                </ul>
                <Show when=move || signs.with(|it| 1 < it.len())>
                    <Button label=move || t_string!(i18n, sms_text.replace_all) disabled=readonly on_press=replace_all />
                </Show>
            </section>
        </Show>
        <Show when=move || from_data.with(|it| !it.is_empty())>
            <p class="hint">{move || t_string!(i18n, sms_text.dear_data, signs = from_data.get())}</p>
        </Show>
    }
}
