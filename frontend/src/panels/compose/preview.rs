//! The e-mail as the recipient will see it, beside the text while it is written.

use leptos::html;
use leptos::prelude::*;

use super::desk::Desk;
use super::signature::signature;
use crate::browser::frame;
use crate::browser::timer::Pause;
use crate::i18n::{t_string, use_i18n};

/// How long typing must rest before the preview follows, in milliseconds.
const REST_MS: u32 = 120;

/// A sheet in a sealed frame: the sandbox lets nothing run, the body is written from outside so that it keeps its scroll place.
#[component]
pub(super) fn Preview(
    /// What is written.
    desk: Desk,
) -> impl IntoView {
    let i18n = use_i18n();
    let signature = signature();
    let node = NodeRef::<html::Iframe>::new();
    let pause = Pause::new(REST_MS);
    let page = Memo::new(move |_| {
        let signature = signature.with(|it| if desk.with_signature.get() { it.clone() } else { String::new() });
        desk.body.with(|it| document(it, &signature))
    });
    let write = move || {
        if let Some(frame) = node.try_get_untracked().flatten() {
            page.try_with_untracked(|it| frame::write(&frame, it));
        }
    };
    Effect::new(move |_| {
        page.track();
        pause.then(write);
    });
    let is_blank = move || desk.body.with(|it| it.trim().is_empty());
    view! {
        <section class="preview" aria-label=move || t_string!(i18n, messages.preview)>
            <h2>{move || t_string!(i18n, messages.preview)}</h2>
            <div class="preview-sheet">
                <p class="preview-subject clip">
                    {move || match desk.subject.get() {
                        it if it.trim().is_empty() => t_string!(i18n, messages.no_subject).to_owned(),
                        it => it,
                    }}
                </p>
                <Show when=is_blank>
                    <p class="preview-empty">{move || t_string!(i18n, messages.preview_empty)}</p>
                </Show>
                <iframe
                    sandbox="allow-same-origin"
                    title=move || t_string!(i18n, messages.preview_frame)
                    srcdoc=frame::empty_document("mail-sheet")
                    node_ref=node
                    class:blank=is_blank
                    tabindex=move || is_blank().then_some("-1")
                    on:load=move |_| write()
                ></iframe>
            </div>
        </section>
    }
}

/// The body of the sheet. Links are there to be seen: followed inside the frame they would only lose the sheet.
fn document(body: &str, signature: &str) -> String {
    let mut html = content::plain::to_html(body);
    if !signature.is_empty() {
        html.push_str("<div class=\"mail-signature\">");
        html.push_str(&content::plain::to_html(signature));
        html.push_str("</div>");
    }
    html.replace("<a href=", "<a tabindex=\"-1\" href=")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_stands_below_the_text_and_markup_is_only_text() {
        assert_eq!(
            document("Dobrý deň <b>", "Eva\nwww.x.sk"),
            "<p>Dobrý deň &lt;b&gt;</p>\n<div class=\"mail-signature\"><p>Eva<br>\n\
             <a tabindex=\"-1\" href=\"https://www.x.sk\">www.x.sk</a></p>\n</div>"
        );
        assert_eq!(document("", ""), "");
    }
}
