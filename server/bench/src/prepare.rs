//! Preparing a campaign: gathered, merged, packed, sealed and stored durably, 20 KB of HTML each.

use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};
use engine::{Clock, Ctx, Engine, Options, campaigns};
use model::{
    AudiencePart, Campaign, CampaignAudience, CampaignContent, CampaignDraft, CampaignKind, Channel, Chosen, ContactFilter,
    Language, ReviewGroupKind, ReviewPlace, ReviewSort, TemplateBody, TemplateText,
};
use store::MasterKey;

use crate::figures::{Figures, Times};
use crate::fill;

/// How many prepared messages are opened one after the other.
const STEPS: u32 = 200;

/// Fills a database with contacts, prepares a campaign for all of them and looks through what was made.
pub async fn run(n: u32) -> Result<Figures> {
    let folder = tempfile::tempdir()?;
    let mut figures = Figures::new("prepare", n);
    let begin = Instant::now();
    // The system user comes first.
    open(folder.path()).await?.close().await;
    let store = fill::open(folder.path()).await?;
    fill::contacts(&store, n).await?;
    fill::messages(&store, 1).await?;
    store.close().await;
    figures.row("filling", format!("{:.0} s", begin.elapsed().as_secs_f64()));
    let before = size(folder.path())?;
    let engine = open(folder.path()).await?;
    let ctx = Ctx::system(&engine);
    let (id, _) = campaigns::save(&ctx, None, draft()).await?;
    campaigns::prepare(&ctx, id).await?;
    let begin = Instant::now();
    let mut gathered = None;
    while campaigns::work_step(&engine).await? {
        let work = campaigns::open(&ctx, id).await?.work;
        if gathered.is_none() && work.is_some_and(|it| 0 < it.of) {
            gathered = Some(begin.elapsed());
            // From here on only the work is timed, not the looking at it.
            campaigns::work_turn(&engine).await?;
        }
    }
    let gathering = gathered.context("nothing was gathered")?;
    let making = begin.elapsed() - gathering;
    let campaign = campaigns::open(&ctx, id).await?;
    let made = campaign.counts.prepared;
    tell(&mut figures, &campaign, gathering.as_secs_f64(), making.as_secs_f64());
    let times = look_through(&ctx, id).await?;
    figures.row("a step of the review", times.text());
    figures.key("p95_ms", times.share(0.95));
    engine.close().await;
    let bytes = (size(folder.path())? - before) as f64 / made as f64;
    figures.row("database, with indexes and keys of persons", format!("{bytes:.0} bytes a message"));
    figures.key("bytes_per_message", bytes);
    Ok(figures)
}

fn tell(figures: &mut Figures, campaign: &Campaign, gathering: f64, making: f64) {
    let made = campaign.counts.prepared;
    figures.row("audience", format!("{made} get a message, {:?} in groups", campaign.counts.audience));
    figures.row("gathering", format!("{gathering:.1} s"));
    figures.row("making", format!("{making:.1} s, {:.0} messages/s", made as f64 / making));
    figures.key("seconds", gathering + making);
    figures.key("messages_per_s", made as f64 / making);
}

/// Goes from message to message as the arrows do.
async fn look_through(ctx: &Ctx, campaign: model::CampaignId) -> Result<Times> {
    let place = ReviewPlace { campaign, group: ReviewGroupKind::All, sort: ReviewSort::Place };
    let (mut times, mut next) = (Times::default(), None);
    for _ in 0..STEPS {
        let begin = Instant::now();
        let shown = campaigns::review(ctx, place.clone(), next).await?.context("no message")?;
        times.note(begin);
        next = shown.next;
    }
    Ok(times)
}

/// Opens an engine on a folder, with the machine's clock.
pub async fn open(folder: &Path) -> Result<Engine> {
    let options = Options {
        data: folder.to_owned(),
        key: MasterKey::from_hex(fill::KEY).context("the key is not one")?,
        public_url: "https://posel.firma.sk".to_owned(),
        helo_name: "posel.firma.sk".to_owned(),
        trusted_certificates: None,
        clock: Clock::machine(),
    };
    Ok(Engine::open(options).await?)
}

fn size(folder: &Path) -> Result<u64> {
    Ok(std::fs::metadata(folder.join("posel.db"))?.len())
}

/// A service notice of 20 KB with ten fields.
fn draft() -> CampaignDraft {
    let mut html = String::from(
        "<p>{{ contact.salutation }},</p><p>píšeme spoločnosti {{ contact.company }} z mesta {{ contact.city }}.</p>",
    );
    for n in 0..120 {
        html.push_str(&format!(
            "<table><tr><td style=\"padding:4px 8px;color:#1d2a33\">Bod {n}: od 1. januára sídlime na novej adrese, ostatné sa nemení.</td></tr></table>"
        ));
    }
    html.push_str("<p>{{ contact.name }} · {{ contact.email }} · {{ contact.last_name }} · {{ contact.first_name }}</p>");
    html.push_str("<p>{{ contact.city }} · {{ today }} · {{ campaign.name }}</p>");
    let text = TemplateText {
        subject: "Zmena sídla pre {{ contact.name }}".into(),
        body: TemplateBody::Html(html),
        ..TemplateText::empty(Language::Sk, Channel::Email)
    };
    let everybody = AudiencePart::Contacts(Chosen::Matching { filter: ContactFilter::default(), except: Vec::new() });
    CampaignDraft {
        name: "Zmena sídla".into(),
        kind: CampaignKind::Service,
        content: CampaignContent::Own(vec![text]),
        audience: CampaignAudience { include: vec![everybody], ..CampaignAudience::default() },
        ..CampaignDraft::default()
    }
}
