//! An answer on its way, arrived, or refused.

use std::sync::Arc;

use leptos::prelude::*;

use crate::calls::Answer;
use crate::parts::{ErrorState, Skeleton};

/// Shows grey lines until an answer has come, what came, or why nothing came. What came stays while it is asked for again.
#[component]
pub fn Loaded<T, F, V>(
    /// The answer.
    answer: Answer<T>,
    /// How many grey lines.
    #[prop(default = 6)]
    lines: usize,
    /// Draws what came; called once, with a signal that follows the newest answer.
    children: F,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
    F: Fn(Signal<T>) -> V + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let children = Arc::new(children);
    let here = Memo::new(move |_| answer.with(|it| it.is_some()));
    let problem = Memo::new(move |_| answer.problem());
    move || {
        if here.get() {
            let shown = answer.now().map(|first| {
                let value = Memo::new(move |_| answer.get().unwrap_or_else(|| first.clone()));
                children(value.into())
            });
            return shown.into_any();
        }
        match problem.get() {
            Some(problem) => {
                view! { <ErrorState problem=Signal::stored(problem) on_retry=move || answer.ask_again() /> }.into_any()
            }
            None => view! { <Skeleton lines=lines /> }.into_any(),
        }
    }
}
