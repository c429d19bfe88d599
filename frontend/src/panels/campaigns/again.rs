//! What can be made of a campaign that was sent: its result as a file, and a correction for exactly those who got it.

use leptos::prelude::*;
use model::campaign::export::{CampaignExportOrder, CampaignFormat};
use model::{Campaign, CampaignId, CampaignReport, CampaignState, Change, Permission, SentVersion};

use crate::calls;
use crate::format;
use crate::i18n::{campaign_words, campaigns as words, language, t_string, td_string, tu_string, use_i18n};
use crate::live::Live;
use crate::panels::export::{ExportRun, Exporting};
use crate::panels::messages::keeping::{ProofMenu, tell_proofs};
use crate::parts::{Button, Dialog, DialogEnd, Form, FormState, Glyph, Menu, MenuItem, Select, TextField};
use crate::session::Session;
use crate::toast::Toasts;

/// The forms of a file to choose from.
#[component]
pub(super) fn ResultMenu(
    /// The campaign.
    campaign: Signal<Campaign>,
) -> impl IntoView {
    let i18n = use_i18n();
    let run = ExportRun::idle();
    let begin = move |format: CampaignFormat| {
        let locale = i18n.get_locale_untracked();
        let (id, name) = campaign.with_untracked(|it| (it.id, it.draft.name.trim().to_owned()));
        let order =
            CampaignExportOrder { campaign: id, format, language: language(locale), words: campaign_words::words(locale) };
        run.fetch("/campaigns/export", &order, format!("{name}.{}", format.ending()));
    };
    let label = move |it: CampaignFormat| match it {
        CampaignFormat::Xlsx => td_string!(i18n.get_locale(), campaigns.file_xlsx),
        CampaignFormat::Csv => td_string!(i18n.get_locale(), campaigns.file_csv),
        CampaignFormat::Pdf => td_string!(i18n.get_locale(), campaigns.file_pdf),
    };
    let item = move |it: CampaignFormat| {
        view! { <MenuItem label=move || label(it) glyph=Glyph::FILE_TEXT on_press=move || begin(it) /> }
    };
    view! {
        <Exporting run=run>
            <Menu label=move || t_string!(i18n, campaigns.take_out_result) glyph=Glyph::DOWNLOAD>
                {CampaignFormat::ALL.map(item).into_iter().collect_view()}
            </Menu>
        </Exporting>
    }
}

/// Keeps all messages of a campaign that is over as proof, or no longer.
#[component]
pub(super) fn CampaignProof(
    /// The campaign.
    campaign: Signal<Campaign>,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let (live, toasts, busy) = (Live::find(), Toasts::find(), RwSignal::new(false));
    let is_over = Memo::new(move |_| campaign.with(|it| matches!(it.state, CampaignState::Finished | CampaignState::Cancelled)));
    let choose = move |is_proof: bool| {
        let id = campaign.with_untracked(|it| it.id);
        calls::act(busy, app::retention::keep_campaign_as_proof(id, is_proof), move |n| {
            tell_proofs(i18n, toasts, is_proof, n);
            live.note(Change::Messages);
        });
    };
    view! {
        <Show when=move || is_over.get() && session.can(Permission::RetentionManage)>
            <ProofMenu on_choose=choose busy=busy />
        </Show>
    }
}

/// The button, and the dialog in which the version is chosen where several were sent.
#[component]
pub(super) fn Correction(
    /// The campaign.
    campaign: Signal<Campaign>,
    /// What became of it.
    report: Signal<CampaignReport>,
    /// Called with the campaign to open.
    on_open: Callback<(CampaignId,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let open = RwSignal::new(false);
    let shows = move || session.can(Permission::CampaignWrite) && report.with(|it| !it.versions.is_empty());
    view! {
        <Show when=shows>
            <Button label=move || t_string!(i18n, campaigns.correct) icon=Glyph::PENCIL on_press=move || open.set(true) />
            <Dialog title=move || t_string!(i18n, campaigns.correct_title) open=open>
                <CorrectForm campaign=campaign report=report on_open=on_open open=open />
            </Dialog>
        </Show>
    }
}

#[component]
fn CorrectForm(
    campaign: Signal<Campaign>,
    report: Signal<CampaignReport>,
    on_open: Callback<(CampaignId,)>,
    open: RwSignal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let form = FormState::new();
    let id = campaign.with_untracked(|it| it.id);
    let name =
        RwSignal::new(campaign.with_untracked(|it| tu_string!(i18n, campaigns.correct_name, name = it.draft.name.clone())));
    let version = RwSignal::new(String::new());
    let several = Memo::new(move |_| report.with(|it| 1 < it.versions.len()));
    let options = Signal::derive(move || {
        let all = (String::new(), t_string!(i18n, campaigns.correct_all).to_owned());
        let one = |it: &SentVersion| {
            let locale = i18n.get_locale();
            let (at, sent) = (format::moment(locale, it.at), words::messages(locale, it.sent));
            (it.version.to_string(), t_string!(i18n, campaigns.correct_version, n = it.version, at = at, messages = sent))
        };
        std::iter::once(all).chain(report.with(|it| it.versions.iter().map(one).collect::<Vec<_>>())).collect::<Vec<_>>()
    });
    let submit = move || {
        let version = version.with_untracked(|it| it.parse().ok());
        form.submit(app::campaigns::correct_campaign(id, version, name.get_untracked()), move |made| {
            open.set(false);
            live.note(Change::Campaigns);
            on_open.run((made,));
        });
    };
    view! {
        <Form state=form on_submit=submit>
            <p>{move || t_string!(i18n, campaigns.correct_text)}</p>
            <Show when=move || several.get()>
                <Select label=move || t_string!(i18n, campaigns.correct_whom) options=options value=version name="version" />
            </Show>
            <TextField label=move || t_string!(i18n, campaigns.name) value=name name="name" />
            <DialogEnd label=move || t_string!(i18n, campaigns.correct_make) open=open busy=form.busy() />
        </Form>
    }
}
