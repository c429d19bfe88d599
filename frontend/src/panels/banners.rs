//! Lines above every page: nothing leaves the house, the server is away.

use leptos::prelude::*;
use model::Permission;

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
    let may_open = move || session.can(Permission::AccountsManage);
    view! {
        <Show when=move || !live.is_connected()>
            <Banner tone=Tone::Warning glyph=Glyph::PLUG text=move || t_string!(i18n, frame.offline) />
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
