//! All delivered texts that were changed, brought back at once.

use leptos::prelude::*;
use model::{Change, Page, TemplateFilter, TemplateQuery, TemplateRow};

use crate::calls;
use crate::i18n::messages::small;
use crate::i18n::{t_string, tu_string, use_i18n};
use crate::live::Live;
use crate::parts::{Confirm, Glyph, Menu, MenuItem};
use crate::toast::Toasts;

/// A menu with the act; it names what would be overwritten before anything is.
#[component]
pub fn ResetAllTemplates() -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let (busy, asks) = (RwSignal::new(false), RwSignal::new(false));
    let touched = RwSignal::new(Vec::<TemplateRow>::new());
    let look = move || {
        let filter = TemplateFilter { is_touched: true, ..TemplateFilter::default() };
        let query = TemplateQuery { filter, ..TemplateQuery::default() };
        calls::act(busy, app::templates::list_templates(query), move |page: Page<TemplateRow>| {
            if page.rows.is_empty() {
                return toasts.done(tu_string!(i18n, templates.reset_none).to_owned());
            }
            touched.set(page.rows);
            asks.set(true);
        });
    };
    let reset = move || {
        let keys = touched.with_untracked(|it| it.iter().map(|it| (it.id, it.revision)).collect());
        calls::act(busy, app::templates::reset_templates(keys), move |()| {
            asks.set(false);
            toasts.done(tu_string!(i18n, templates.reset_done).to_owned());
            live.note(Change::Templates);
        });
    };
    let n = move || small(touched.with(Vec::len) as u64);
    let names = move || touched.with(|it| it.iter().map(|it| it.name.as_str()).collect::<Vec<_>>().join(", "));
    view! {
        <Menu label=move || t_string!(i18n, templates.more) glyph=Glyph::ELLIPSIS icon_only=true>
            <MenuItem label=move || t_string!(i18n, templates.reset_all) glyph=Glyph::ROTATE_CW on_press=look />
        </Menu>
        <Confirm
            open=asks
            question=move || t_string!(i18n, templates.reset_many_title, count = n(), n = n())
            text=move || format!("{}. {}", names(), t_string!(i18n, templates.reset_text))
            act=move || t_string!(i18n, templates.reset_many, count = n(), n = n())
            busy=busy
            on_confirm=reset
        />
    }
}
