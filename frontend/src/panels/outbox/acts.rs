//! What can be done to deliveries of the outbox, one by one and many at once.

use app::Problem;
use leptos::prelude::*;
use model::{Change, Decision, DeliveryId, OutboxPart, OutboxRow};

use crate::calls;
use crate::i18n::messages::small;
use crate::i18n::{I18n, t_string, use_i18n};
use crate::live::Live;
use crate::parts::{Button, ButtonKind, Confirm, Glyph, TickedBar};
use crate::state::outbox_place::OutboxPlace;
use crate::state::selection::Selection;
use crate::toast::Toasts;

/// What can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutboxAct {
    /// It leaves as soon as the limits let it.
    SendNow,
    /// It never leaves.
    Remove,
    /// A person decided about what is unknown.
    Decide(Decision),
}

/// What is asked about before it is done.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// The act.
    pub act: OutboxAct,
    /// To which deliveries.
    pub ids: Vec<DeliveryId>,
}

impl OutboxAct {
    /// What can be done in a part.
    pub fn of(part: OutboxPart) -> &'static [Self] {
        match part {
            OutboxPart::Turn => &[Self::Remove],
            OutboxPart::Planned | OutboxPart::Retry | OutboxPart::Domain => &[Self::SendNow, Self::Remove],
            OutboxPart::Unknown => &[Self::Decide(Decision::SendAgain), Self::Decide(Decision::TakeAsAccepted)],
        }
    }

    async fn run(self, ids: Vec<DeliveryId>) -> Result<u64, Problem> {
        match self {
            Self::SendNow => app::outbox::send_deliveries_now(ids).await,
            Self::Remove => app::outbox::remove_deliveries(ids).await,
            Self::Decide(decision) => app::outbox::decide_deliveries(ids, decision).await,
        }
    }

    /// Its name with how many it is done to.
    fn name(self, i18n: I18n, n: u32) -> String {
        match self {
            Self::SendNow => t_string!(i18n, outbox.now_many, count = n, n = n),
            Self::Remove => t_string!(i18n, outbox.remove_many, count = n, n = n),
            Self::Decide(Decision::SendAgain) => t_string!(i18n, outbox.again_many, count = n, n = n),
            Self::Decide(Decision::TakeAsAccepted) => t_string!(i18n, outbox.accept_many, count = n, n = n),
        }
    }

    /// The question before it is done to so many, and what will happen.
    fn question(self, i18n: I18n, n: u32) -> (String, &'static str) {
        match self {
            Self::Remove if n == 1 => (t_string!(i18n, outbox.remove_question).to_owned(), t_string!(i18n, outbox.remove_text)),
            Self::SendNow => (t_string!(i18n, outbox.now_question, count = n, n = n), t_string!(i18n, outbox.now_text)),
            Self::Remove => {
                (t_string!(i18n, outbox.remove_many_question, count = n, n = n), t_string!(i18n, outbox.remove_many_text))
            }
            Self::Decide(Decision::SendAgain) => {
                (t_string!(i18n, outbox.again_question, count = n, n = n), t_string!(i18n, outbox.again_text))
            }
            Self::Decide(Decision::TakeAsAccepted) => {
                (t_string!(i18n, outbox.accept_question, count = n, n = n), t_string!(i18n, outbox.accept_text))
            }
        }
    }

    fn glyph(self) -> Glyph {
        match self {
            Self::SendNow => Glyph::SEND,
            Self::Remove => Glyph::BAN,
            Self::Decide(Decision::SendAgain) => Glyph::ROTATE_CW,
            Self::Decide(Decision::TakeAsAccepted) => Glyph::CHECK,
        }
    }
}

/// The buttons of one row. Only taking out is asked about: it cannot be undone.
#[component]
pub fn One(
    /// The row.
    row: Memo<Option<OutboxRow>>,
    /// The part it stands in.
    part: OutboxPart,
    /// What is asked about.
    asked: RwSignal<Option<Asked>>,
    /// Of which delivery the evidence is shown.
    evidence: RwSignal<Option<DeliveryId>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let busy = RwSignal::new(false);
    let id = move || row.with_untracked(|it| it.as_ref().map(|it| it.id));
    let run = move |act: OutboxAct| {
        let Some(id) = id() else { return };
        if act == OutboxAct::Remove {
            asked.set(Some(Asked { act, ids: vec![id] }));
            return;
        }
        calls::act(busy, act.run(vec![id]), move |_| {
            live.note(Change::Messages);
            toasts.done(untrack(|| match act {
                OutboxAct::Decide(_) => t_string!(i18n, messages.decided),
                _ => t_string!(i18n, outbox.sent_now),
            }));
        });
    };
    let label = move |act| match act {
        OutboxAct::SendNow => t_string!(i18n, outbox.send_now),
        OutboxAct::Remove => t_string!(i18n, outbox.remove),
        OutboxAct::Decide(Decision::SendAgain) => t_string!(i18n, messages.decide_again),
        OutboxAct::Decide(Decision::TakeAsAccepted) => t_string!(i18n, messages.decide_accepted),
    };
    let hint = move |act| match act {
        OutboxAct::SendNow | OutboxAct::Remove => "",
        OutboxAct::Decide(Decision::SendAgain) => t_string!(i18n, messages.decide_again_text),
        OutboxAct::Decide(Decision::TakeAsAccepted) => t_string!(i18n, messages.decide_accepted_text),
    };
    let was_tried = move || row.with(|it| it.as_ref().is_some_and(|it| 0 < it.tries));
    view! {
        <Show when=was_tried>
            <Button
                label=move || t_string!(i18n, outbox.evidence)
                kind=ButtonKind::Quiet
                on_press=move || evidence.set(id())
            />
        </Show>
        {OutboxAct::of(part)
            .iter()
            .map(|act| {
                let act = *act;
                view! {
                    <Button
                        label=move || label(act)
                        hint=move || hint(act)
                        kind=ButtonKind::Quiet
                        busy=busy
                        on_press=move || run(act)
                    />
                }
            })
            .collect_view()}
    }
}

/// The bar below the list while deliveries are ticked.
#[component]
pub fn TickedDeliveries(
    /// What the list shows.
    place: Signal<OutboxPlace>,
    /// The ticked ones.
    selection: RwSignal<Selection>,
    /// What is asked about.
    asked: RwSignal<Option<Asked>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let n = move || small(selection.with(Selection::len) as u64);
    let part = Memo::new(move |_| place.get().part);
    let ask = move |act| {
        let ids = selection.with_untracked(|it| it.ids().map(DeliveryId).collect());
        asked.set(Some(Asked { act, ids }));
    };
    let buttons = move || {
        let button = move |act: &OutboxAct| {
            let act = *act;
            view! { <Button label=move || act.name(i18n, n()) icon=act.glyph() on_press=move || ask(act) /> }
        };
        OutboxAct::of(part.get()).iter().map(button).collect_view()
    };
    view! {
        <TickedBar
            selection=selection
            words=move || t_string!(i18n, outbox.ticked, count = n(), n = n())
            label=move || t_string!(i18n, outbox.ticked_acts)
        >
            {buttons}
        </TickedBar>
    }
}

/// Asks with the number before something is done to many, and says how many it was done to.
#[component]
pub fn Many(
    /// What is asked about.
    asked: RwSignal<Option<Asked>>,
    /// Called when it is done.
    #[prop(into)]
    on_done: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let (busy, open) = (RwSignal::new(false), RwSignal::new(false));
    Effect::new(move |_| {
        if asked.with(Option::is_some) {
            open.set(true);
        }
    });
    let told = move || asked.with(|it| it.as_ref().map_or((OutboxAct::Remove, 0), |it| (it.act, small(it.ids.len() as u64))));
    let run = move || {
        let Some(Asked { act, ids }) = asked.get_untracked() else { return };
        let is_one = ids.len() == 1;
        calls::act(busy, act.run(ids), move |n| {
            open.set(false);
            asked.set(None);
            on_done.run(());
            live.note(Change::Messages);
            toasts.done(untrack(|| match act {
                OutboxAct::Remove if is_one => t_string!(i18n, outbox.removed).to_owned(),
                _ => t_string!(i18n, outbox.done_many, count = small(n), n = n),
            }));
        });
    };
    view! {
        <Confirm
            open=open
            question=move || {
                let (act, n) = told();
                act.question(i18n, n).0
            }
            text=move || {
                let (act, n) = told();
                act.question(i18n, n).1
            }
            act=move || match told() {
                (OutboxAct::Remove, 1) => t_string!(i18n, outbox.remove).to_owned(),
                (act, n) => act.name(i18n, n),
            }
            busy=busy
            on_confirm=run
        />
    }
}
