//! Samples of what says how things stand.

use app::Problem;
use leptos::prelude::*;
use model::time::hours;
use model::{AccountState, DeliveryState, MessageState, Moment, Noun, Refusal, UserState};

use super::Samples;
use crate::browser::timer;
use crate::parts::{
    AccountBadge, Avatar, Banner, Button, CopyButton, DeliveryBadge, EmptyState, ErrorState, Glyph, HourChart, Kbd, MessageBadge,
    Progress, Skeleton, Tone, UserBadge, When,
};
use crate::state::bars;

#[component]
pub(super) fn Badges() -> impl IntoView {
    let trouble = AccountState::Trouble { reply: String::new(), since: Moment(0) };
    view! {
        <Samples name="Badge">
            {MessageState::ALL.map(|it| view! { <MessageBadge state=it /> }).collect_view()}
        </Samples>
        <Samples name="Badge, pill">
            {DeliveryState::ALL.map(|it| view! { <DeliveryBadge state=it pill=true /> }).collect_view()}
        </Samples>
        <Samples name="Badge, accounts and users">
            {[AccountState::Active, AccountState::Paused, trouble].map(|it| view! { <AccountBadge state=it /> }).collect_view()}
            {[UserState::Invited, UserState::Active, UserState::Disabled, UserState::System]
                .map(|it| view! { <UserBadge state=it /> })
                .collect_view()}
        </Samples>
    }
}

#[component]
pub(super) fn Messages() -> impl IntoView {
    let problems = [
        Problem::Refused(Refusal::NotFound(Noun::Message)),
        Problem::Failed { incident: "K7Q2-9F".to_owned() },
        Problem::Unreachable,
    ];
    view! {
        <Samples name="Banner">
            <Banner text="Dobré vedieť." />
            <Banner tone=Tone::Good text="Všetko je v poriadku." />
            <Banner tone=Tone::Warning text="Pozor na to.">
                <Button label="Pozrieť" on_press=|| () />
            </Banner>
            <Banner tone=Tone::Bad text="Niečo sa nepodarilo." />
        </Samples>
        <Samples name="Empty, Error">
            <EmptyState glyph=Glyph::INBOX title="Zatiaľ tu nič nie je" text="Jedna veta poučí, jedno tlačidlo pomôže.">
                <Button label="Začať" on_press=|| () />
            </EmptyState>
            {problems
                .map(|it| view! { <ErrorState problem=Signal::stored(it) on_retry=|| () /> })
                .into_iter()
                .collect_view()}
        </Samples>
    }
}

#[component]
pub(super) fn Figures() -> impl IntoView {
    let now = timer::now();
    let counts = [0, 0, 0, 0, 0, 0, 3, 12, 40, 38, 22, 9, 14, 31, 45, 28, 12, 4, 1, 0, 0, 0, 2, 1];
    let names = ["Eva Nová", "Ján Kováč", "Žofia Šimková", "Papiernictvo Novák", "Řehoř Čapek", "Chalupa s.r.o."];
    view! {
        <Samples name="HourChart">
            <HourChart label="Za deň" bars=Signal::stored(bars::lay_out(&counts, now)) />
        </Samples>
        <Samples name="Progress, Skeleton">
            {[0.0, 0.35, 1.0].map(|it| view! { <Progress label="Priebeh" share=it /> }).collect_view()}
            <Skeleton lines=3 />
        </Samples>
        <Samples name="Avatar">
            {names.map(|it| view! { <Avatar name=it.to_owned() /> }).collect_view()}
            {names.map(|it| view! { <Avatar name=it.to_owned() large=true square=true /> }).collect_view()}
        </Samples>
        <Samples name="When, Kbd, Copy">
            {[0, hours(24), hours(24 * 20), hours(24 * 400)]
                .map(|ms| view! { <When at=Moment(now.0 - ms) /> })
                .collect_view()}
            <Kbd keys="Ctrl K" />
            <CopyButton text=Signal::stored("posel".to_owned()) />
        </Samples>
    }
}
