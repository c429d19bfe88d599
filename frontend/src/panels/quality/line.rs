//! One finding: its sentence, where it is, and its two acts.

use content::lint::Place;
use content::quality::{Fix, Part};
use leptos::prelude::*;

use crate::i18n::{quality as words, t_string, use_i18n};
use crate::parts::{Button, ButtonKind};
use crate::state::quality::Line;

/// One finding.
#[component]
pub(super) fn FindingRow(
    line: Line,
    readonly: Signal<bool>,
    on_show: Callback<(Part, Option<Place>)>,
    on_fix: Callback<(Fix,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let line = StoredValue::new(line);
    let sentence = move || line.with_value(|it| it.words(i18n.get_locale()));
    let place = move || line.with_value(|it| place(i18n, it));
    let show = move || {
        let (part, place) = line.with_value(|it| (it.part, it.places.first().cloned()));
        on_show.run((part, place));
    };
    let fix = line.with_value(|it| it.fix.clone());
    // Without a place in the source there is nothing to jump to but the field of the part.
    let can_show = line.with_value(|it| it.part != Part::Body || !it.places.is_empty());
    view! {
        <li>
            <p class="quality-words"><span>{sentence}</span>" "<span class="meta">{place}</span></p>
            <div class="quality-acts">
                <Show when=move || can_show>
                    <Button
                        label=move || t_string!(i18n, quality.show)
                        hint=move || t_string!(i18n, quality.show_name, what = sentence())
                        kind=ButtonKind::Quiet
                        on_press=show
                    />
                </Show>
                {fix
                    .map(|fix| {
                        let fix = StoredValue::new(fix);
                        view! {
                            <Show when=move || !readonly.get()>
                                <Button
                                    label=move || t_string!(i18n, quality.fix)
                                    hint=move || t_string!(i18n, quality.fix_name, what = sentence())
                                    on_press=move || on_fix.run((fix.get_value(),))
                                />
                            </Show>
                        }
                    })}
            </div>
        </li>
    }
}

/// *text správy · riadok 12 · 3×*
fn place(i18n: crate::i18n::I18n, line: &Line) -> String {
    let mut words = vec![words::part(i18n.get_locale(), line.part).to_owned()];
    if let Some(place) = line.places.first() {
        words.push(t_string!(i18n, quality.line, line = place.line));
    }
    if 1 < line.count {
        words.push(t_string!(i18n, quality.times, n = line.count));
    }
    words.join(" · ")
}
