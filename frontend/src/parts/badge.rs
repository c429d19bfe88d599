//! States: always a colour, a shape and a word.

use leptos::prelude::*;
use model::{AccountState, DeliveryState, MessageState, UserState};

use crate::i18n::{use_i18n, words};

/// The look of a state: shape by its outline, colour by the style sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mark {
    /// An empty ring: being written, invited.
    Draft,
    /// A ring with a quarter: complete, waits for release.
    Prepared,
    /// A half full ring: waits for its turn.
    Waiting,
    /// A three-quarter ring that turns: leaves now.
    Sending,
    /// A full disc: taken over.
    Accepted,
    /// A tick: arrived, or works.
    Delivered,
    /// A bent arrow: tried again later.
    Deferred,
    /// Half a disc and half a cross: some did, some did not.
    Partly,
    /// A cross: failed for good.
    Failed,
    /// A question mark: nobody knows.
    Unknown,
    /// A barred ring: must not be sent.
    Suppressed,
    /// A dash: stopped by a person, or switched off.
    Cancelled,
    /// Two bars: paused.
    Paused,
    /// A cogwheel reduced to a square: the system itself.
    System,
}

impl Mark {
    /// All marks.
    pub const ALL: [Self; 14] = [
        Self::Draft,
        Self::Prepared,
        Self::Waiting,
        Self::Sending,
        Self::Accepted,
        Self::Delivered,
        Self::Deferred,
        Self::Partly,
        Self::Failed,
        Self::Unknown,
        Self::Suppressed,
        Self::Cancelled,
        Self::Paused,
        Self::System,
    ];

    /// The name by which the style sheet colours it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Prepared => "prepared",
            Self::Waiting => "waiting",
            Self::Sending => "sending",
            Self::Accepted => "accepted",
            Self::Delivered => "delivered",
            Self::Deferred => "deferred",
            Self::Partly => "partly",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
            Self::Suppressed => "suppressed",
            Self::Cancelled => "cancelled",
            Self::Paused => "paused",
            Self::System => "system",
        }
    }

    /// Its outline in a square of 16.
    fn path(self) -> &'static str {
        const RING: &str = "M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11z";
        match self {
            Self::Draft | Self::Prepared | Self::Waiting | Self::Sending => RING,
            Self::Accepted => "M8 1.8a6.2 6.2 0 1 0 0 12.4a6.2 6.2 0 1 0 0-12.4z",
            Self::Delivered => "M2.8 8.6l3.5 3.5l7-8",
            Self::Deferred => "M13.2 8a5.2 5.2 0 1 1-1.6-3.7M13.4 1.8v3.1h-3.1",
            Self::Partly => "M8 2.5a5.5 5.5 0 0 0 0 11M11 5.5l3 5M14 5.5l-3 5",
            Self::Failed => "M3.5 3.5l9 9M12.5 3.5l-9 9",
            Self::Unknown => "M5 5.6a3 3 0 1 1 4.4 2.7c-.9.5-1.4 1-1.4 2M8 13.4v.1",
            Self::Suppressed => "M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11zM4.2 11.8l7.6-7.6",
            Self::Cancelled => "M3 8h10",
            Self::Paused => "M5.5 3.5v9M10.5 3.5v9",
            Self::System => "M3 3h10v10h-10z",
        }
    }

    /// The part of the ring that is filled.
    fn filled(self) -> &'static str {
        match self {
            Self::Prepared => "M8 8V2.5a5.5 5.5 0 0 1 5.5 5.5z",
            Self::Waiting => "M8 2.5a5.5 5.5 0 0 1 0 11z",
            Self::Sending => "M8 8V2.5a5.5 5.5 0 1 1-5.5 5.5z",
            Self::Partly => "M8 2.5a5.5 5.5 0 0 0 0 11z",
            Self::Accepted => "M8 1.8a6.2 6.2 0 1 0 0 12.4a6.2 6.2 0 1 0 0-12.4z",
            _ => "",
        }
    }
}

/// How a message's state looks.
pub fn message_mark(state: MessageState) -> Mark {
    match state {
        MessageState::Draft => Mark::Draft,
        MessageState::Prepared => Mark::Prepared,
        MessageState::Queued => Mark::Waiting,
        MessageState::Sent => Mark::Accepted,
        MessageState::PartlySent => Mark::Partly,
        MessageState::Failed => Mark::Failed,
        MessageState::Cancelled => Mark::Cancelled,
    }
}

/// How a delivery's state looks.
pub fn delivery_mark(state: DeliveryState) -> Mark {
    match state {
        DeliveryState::Waiting => Mark::Waiting,
        DeliveryState::Leased | DeliveryState::Handed => Mark::Sending,
        DeliveryState::Accepted => Mark::Accepted,
        DeliveryState::Delivered => Mark::Delivered,
        DeliveryState::Returned | DeliveryState::Rejected | DeliveryState::Expired => Mark::Failed,
        DeliveryState::Unknown => Mark::Unknown,
        DeliveryState::Suppressed => Mark::Suppressed,
        DeliveryState::Cancelled => Mark::Cancelled,
    }
}

/// A shape with its word.
#[component]
pub fn MarkBadge(
    /// The look.
    #[prop(into)]
    mark: Signal<Mark>,
    /// The word.
    #[prop(into)]
    word: TextProp,
    /// On a tinted ground, for headings.
    #[prop(optional)]
    pill: bool,
) -> impl IntoView {
    view! {
        <span class="badge" class:pill=pill data-mark=move || mark.get().name()>
            <svg class="mark" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
                <path class="filled" d=move || mark.get().filled() />
                <path class="outline" d=move || mark.get().path() />
            </svg>
            <span class="word">{move || word.get()}</span>
        </span>
    }
}

/// How far a message has come.
#[component]
pub fn MessageBadge(
    /// The state.
    #[prop(into)]
    state: Signal<MessageState>,
    /// On a tinted ground, for headings.
    #[prop(optional)]
    pill: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let mark = Signal::derive(move || message_mark(state.get()));
    view! { <MarkBadge mark=mark word=move || words::message_state(i18n.get_locale(), state.get()) pill=pill /> }
}

/// How far a delivery has come.
#[component]
pub fn DeliveryBadge(
    /// The state.
    #[prop(into)]
    state: Signal<DeliveryState>,
    /// On a tinted ground, for headings.
    #[prop(optional)]
    pill: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let mark = Signal::derive(move || delivery_mark(state.get()));
    view! { <MarkBadge mark=mark word=move || words::delivery_state(i18n.get_locale(), state.get()) pill=pill /> }
}

/// Whether an account sends.
#[component]
pub fn AccountBadge(
    /// The state.
    #[prop(into)]
    state: Signal<AccountState>,
) -> impl IntoView {
    let i18n = use_i18n();
    let mark = Signal::derive(move || match state.get() {
        AccountState::Active => Mark::Delivered,
        AccountState::Paused => Mark::Paused,
        AccountState::Trouble { .. } => Mark::Failed,
    });
    view! { <MarkBadge mark=mark word=move || state.with(|it| words::account_state(i18n.get_locale(), it)) /> }
}

/// What state a user is in.
#[component]
pub fn UserBadge(
    /// The state.
    #[prop(into)]
    state: Signal<UserState>,
) -> impl IntoView {
    let i18n = use_i18n();
    let mark = Signal::derive(move || match state.get() {
        UserState::Invited => Mark::Draft,
        UserState::Active => Mark::Delivered,
        UserState::Disabled => Mark::Cancelled,
        UserState::System => Mark::System,
    });
    view! { <MarkBadge mark=mark word=move || words::user_state(i18n.get_locale(), state.get()) /> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_states_look_the_same() {
        for (n, one) in Mark::ALL.iter().enumerate() {
            for other in &Mark::ALL[n + 1..] {
                assert_ne!((one.path(), one.filled()), (other.path(), other.filled()), "{one:?} {other:?}");
            }
        }
    }
}
