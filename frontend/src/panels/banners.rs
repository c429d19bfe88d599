//! Lines above every page: nothing leaves the house, nothing leaves until somebody decides, the server is away.

use leptos::prelude::*;
use model::{Permission, Trouble};

use crate::i18n::{t_string, use_i18n};
use crate::live::Live;
use crate::parts::{Banner, ButtonKind, ButtonLink, Glyph, Tone};
use crate::session::Session;

/// Says what is unusual about the installation right now.
#[component]
pub fn Banners() -> impl IntoView {
    let i18n = use_i18n();
    let (session, live) = (Session::find(), Live::find());
    let captures = Memo::new(move |_| session.me().is_some_and(|me| me.capture_only));
    let put_back = Memo::new(move |_| session.me().is_some_and(|me| me.put_back));
    let may_decide = move || session.can(Permission::OutboxManage);
    let may_open = move || session.can(Permission::AccountsManage);
    view! {
        <Show when=move || !live.is_connected()>
            <Banner tone=Tone::Warning glyph=Glyph::PLUG text=move || t_string!(i18n, frame.offline) />
        </Show>
        {move || {
            let words = move || match live.pulse().trouble {
                Some(Trouble::Halted) => t_string!(i18n, frame.disk_failed),
                _ => t_string!(i18n, frame.disk_full),
            };
            let is_told = live.is_connected() && live.pulse().trouble.is_some();
            is_told.then(|| view! { <Banner tone=Tone::Bad glyph=Glyph::TRIANGLE_ALERT text=words /> })
        }}
        <Show when=move || put_back.get()>
            <Banner tone=Tone::Warning glyph=Glyph::PAUSE text=move || t_string!(i18n, frame.put_back)>
                <Show when=may_decide>
                    <ButtonLink
                        kind=ButtonKind::Quiet
                        label=move || t_string!(i18n, frame.put_back_open)
                        href="/outbox".to_owned()
                    />
                </Show>
            </Banner>
        </Show>
        <Show when=move || captures.get()>
            <Banner glyph=Glyph::INBOX text=move || t_string!(i18n, frame.captured_all)>
                <Show when=may_open>
                    <ButtonLink
                        kind=ButtonKind::Quiet
                        label=move || t_string!(i18n, frame.open_capture)
                        href="/capture".to_owned()
                    />
                    <ButtonLink
                        kind=ButtonKind::Quiet
                        label=move || t_string!(i18n, frame.add_account)
                        href="/settings/accounts/new".to_owned()
                    />
                </Show>
            </Banner>
        </Show>
    }
}
