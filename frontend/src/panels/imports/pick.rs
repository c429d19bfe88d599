//! One value of several, folded away.

use leptos::prelude::*;

use crate::parts::Select;

/// A list of choices over values of the model.
#[component]
pub(super) fn Pick<T: Clone + PartialEq + Send + Sync + 'static>(
    /// What is chosen.
    #[prop(into)]
    label: TextProp,
    /// The values and their words.
    #[prop(into)]
    options: Signal<Vec<(T, String)>>,
    /// The value now.
    #[prop(into)]
    value: Signal<T>,
    /// Called with another value.
    #[prop(into)]
    on_pick: Callback<(T,)>,
    /// The field's name, by which faults find it.
    #[prop(into, optional)]
    name: String,
) -> impl IntoView {
    let place =
        move || options.with(|all| value.with(|it| all.iter().position(|one| one.0 == *it))).unwrap_or_default().to_string();
    let chosen = RwSignal::new(untrack(place));
    // What changes from outside is shown; what is chosen here is told.
    Effect::new(move |_| chosen.set(place()));
    Effect::new(move |before: Option<String>| {
        let now = chosen.get();
        if before.is_some_and(|it| it != now)
            && let Some(it) = now.parse().ok().and_then(|at: usize| options.with_untracked(|all| all.get(at).cloned()))
            && value.with_untracked(|own| *own != it.0)
        {
            on_pick.run((it.0,));
        }
        now
    });
    let words =
        Signal::derive(move || options.with(|all| all.iter().enumerate().map(|(n, it)| (n.to_string(), it.1.clone())).collect()));
    view! { <Select label=label options=words value=chosen name=name /> }
}
