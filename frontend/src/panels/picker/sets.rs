//! Lists and segments that were picked and do not stand for their members yet.

use leptos::prelude::*;
use model::{Audience, message::RECIPIENTS_MAX};

use crate::format;
use crate::i18n::{language, messages as words, t_string, use_i18n};
use crate::parts::{Banner, Glyph, Icon, Tone};
use crate::state::recipients::{PickedSet, SetStanding};

/// The icon of a set.
pub(super) fn glyph(audience: Audience) -> Glyph {
    match audience {
        Audience::List(_) => Glyph::LIST,
        Audience::Segment(_) => Glyph::LIST_FILTER,
    }
}

/// A set as one chip.
#[component]
pub(in crate::panels) fn SetChip(
    /// The set.
    set: PickedSet,
    /// Called to take it away.
    on_remove: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (name, shown, standing) = (set.offer.name.clone(), set.offer.name, set.standing);
    let count = match standing {
        SetStanding::TooMany(n) => Some(n),
        _ => set.offer.members,
    };
    let faulty = standing != SetStanding::Coming;
    view! {
        <li class="recipient set" class:faulty=faulty>
            <span class="recipient-words" aria-busy=(!faulty).then_some("true")>
                <Icon glyph=glyph(set.offer.audience) />
                <span class="clip">{shown}</span>
                {count.map(|n| view! { <span class="meta">{move || format::number(language(i18n.get_locale()), n)}</span> })}
            </span>
            <button
                type="button"
                class="recipient-remove"
                aria-label=move || t_string!(i18n, picker.remove_set, name = name.clone())
                on:click=move |_| on_remove.run(())
            >
                <Icon glyph=Glyph::X />
            </button>
        </li>
    }
}

/// Says of the first set that stands in the way why it does.
#[component]
pub(in crate::panels) fn SetTrouble(
    /// The sets of the field.
    sets: Signal<Vec<PickedSet>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let trouble = Memo::new(move |_| sets.with(|it| it.iter().find(|it| it.standing != SetStanding::Coming).cloned()));
    let text = move |set: &PickedSet| match set.standing {
        SetStanding::TooMany(n) => t_string!(
            i18n,
            picker.too_many,
            name = set.offer.name.clone(),
            count = words::small(n),
            n = format::number(language(i18n.get_locale()), n),
            max = RECIPIENTS_MAX
        ),
        _ => t_string!(i18n, picker.not_taken_apart, name = set.offer.name.clone()),
    };
    move || trouble.get().map(|it| view! { <Banner tone=Tone::Warning text=move || text(&it) /> })
}
